import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console

from bot import words
from bot.answering.answerer import Answerer
from bot.terminal.chat import Chat


@pytest.fixture
def chat(answerer: Answerer) -> Chat:
    return Chat(answerer, Console(file=io.StringIO()))


def said(chat: Chat, line: str) -> str:
    return "\n\n".join(paragraph.plain for paragraph in chat.reply(line))


def test_a_question_is_answered_with_its_passage_and_source(chat: Chat) -> None:
    reply = said(chat, "how many megawatts is the wind farm")

    assert reply.startswith("Photo shows a 500 MW wind farm")
    assert "Photo caption, passage 6 of 11" in reply


def test_the_key_sentence_is_marked(chat: Chat) -> None:
    [paragraph] = chat.reply("which philosophy does harmonious coexistence reflect")
    [bold] = [span for span in paragraph.spans if span.style == "bold"]

    assert paragraph.plain[bold.start : bold.end].startswith("Such strides reflect")


@pytest.mark.parametrize(
    "command", ["/start", "/help", "/about", "/article", "/countries", "/projects", "/HELP"]
)
def test_the_commands_of_telegram_work_here(chat: Chat, command: str) -> None:
    assert "I don't know" not in said(chat, command)


def test_an_unknown_command_lists_those_there_are(chat: Chat) -> None:
    reply = said(chat, "/quit now")

    assert "I don't know /quit" in reply
    assert all(f"/{name}" in reply for name in words.COMMANDS)


def test_more_shows_the_further_passages_in_turn(chat: Chat) -> None:
    assert "/more shows 1 further passage." in said(chat, "egypt")
    assert said(chat, "/more").startswith("From the mountains of Indonesia")
    assert said(chat, "/more") == words.SMALL_TALK["enough"]


def test_what_it_is_about_is_told_by_headline_and_opening(chat: Chat) -> None:
    reply = said(chat, "what is this article about?")

    assert "2025-03-03 China committed" in reply
    assert "From the mountains of Indonesia" in reply
    assert "/more" not in reply


def test_a_list_is_narrowed_by_what_stands_behind_its_command(chat: Chat) -> None:
    assert "2 countries (Africa)" in said(chat, "/countries africa")


def test_quit_ends_the_conversation(answerer: Answerer) -> None:
    out = io.StringIO()
    Chat(answerer, Console(file=out)).run(["quit", "how many megawatts is the wind farm"])

    assert "500 MW" not in out.getvalue()


def test_more_forgets_the_passages_of_an_earlier_question(chat: Chat) -> None:
    said(chat, "egypt")
    said(chat, "qwertyuiop")

    assert said(chat, "/more") == words.SMALL_TALK["enough"]


def test_an_entry_of_a_list_is_chosen_by_its_number(chat: Chat) -> None:
    assert "2. 🇪🇬 Egypt" in said(chat, "which countries are mentioned?")
    assert "500 MW wind farm" in said(chat, "2")


def test_a_number_without_a_list_is_a_question(chat: Chat) -> None:
    assert "500 MW wind farm" in said(chat, "500")


def test_a_country_that_is_not_mentioned_offers_those_that_are(chat: Chat) -> None:
    assert said(chat, "trains in vietnam").startswith("The article doesn't mention Vietnam. It")
    assert "Luang Prabang" in said(chat, "5")


@settings(max_examples=200, deadline=None)
@given(st.text(min_size=1, max_size=300).filter(str.strip))
def test_any_line_gets_a_reply(answerer: Answerer, line: str) -> None:
    out = io.StringIO()
    Chat(answerer, Console(file=out)).run([line])

    assert out.getvalue()


def test_more_goes_on_from_a_chosen_entry(chat: Chat) -> None:
    said(chat, "/countries")
    said(chat, "2")

    assert "From the mountains of Indonesia" in said(chat, "more")


def test_ask_works_here_too(chat: Chat) -> None:
    assert "500 MW" in said(chat, "/ask how many megawatts is the wind farm")
    assert said(chat, "/ask") == words.ASK_WHAT


def test_a_follow_up_leans_on_what_was_shown(chat: Chat) -> None:
    said(chat, "what is China doing in Indonesia?")

    assert "500 MW" in said(chat, "and in Egypt?")
    assert "500 MW" in said(chat, "how big is it?")


def test_another_language_is_answered_kindly(chat: Chat) -> None:
    assert said(chat, "что это?") == words.FOREIGN
