import io
import re
from contextlib import redirect_stdout

import pytest
from dialogues import DIALOGUES, MEGAWATTS, OPENING
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import words
from bot.answering import Answerer
from bot.terminal.chat import Chat, chat

HINTS = (words.CHAT_MORE, words.CHAT_HINT, "Type ")


def told(answerer: Answerer, *lines: str) -> list[str]:
    """Return the paragraphs that answer *lines*, without the three of the introduction."""
    return [paragraph.plain for paragraph in Chat(answerer).talk(lines)][3:]


def printed(answerer: Answerer, typed: str) -> str:
    out = io.StringIO()
    with redirect_stdout(out), pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.stdin", io.StringIO(typed))
        chat(answerer)
    return out.getvalue()


@pytest.mark.parametrize(("lines", "said"), DIALOGUES)
def test_a_dialogue_goes_as_on_telegram(answerer: Answerer, lines: list[str], said: str) -> None:
    last = told(answerer, *lines)[len(told(answerer, *lines[:-1])) :]
    shown = [one for one in last if not one.startswith(HINTS)]

    assert re.search(said, "\n\n".join(shown), re.DOTALL)


def test_what_can_be_chosen_or_seen_further_is_said(answerer: Answerer) -> None:
    listed, choose, wind_farm, more, opening = told(answerer, "/countries", "2", "/more")

    assert "2. 🇪🇬 Egypt" in listed
    assert choose == words.chat_choose(5)
    assert "500 MW" in wind_farm
    assert more == words.chat_more(1)
    assert opening.startswith(OPENING)
    assert len(told(answerer, "what is this about?")) == 2


def test_a_number_without_such_an_entry_is_a_question(answerer: Answerer) -> None:
    assert "500 MW wind farm" in told(answerer, "500")[0]
    assert "500 MW wind farm" in told(answerer, "/countries", "500")[2]


def test_who_goes_on_to_ask_means_no_entry_of_an_older_list(answerer: Answerer) -> None:
    *_, opening = told(answerer, "/countries", "thanks", "1")

    assert "Indonesia" not in opening


@pytest.mark.parametrize("line", words.CHAT_ENDS)
def test_the_conversation_ends_when_told_to(answerer: Answerer, line: str) -> None:
    assert told(answerer, line.upper(), MEGAWATTS) == []


def test_stars_mark_the_key_sentence_where_nothing_is_bold(answerer: Answerer) -> None:
    asked = "which philosophy does harmonious coexistence reflect"

    assert re.search(r"\*\*Such strides reflect[^*]*\*\*\nPassage 7", printed(answerer, asked))


@settings(max_examples=100, deadline=None)
@given(st.text(min_size=1, max_size=300).filter(str.strip))
def test_any_line_gets_a_reply(answerer: Answerer, line: str) -> None:
    has_ended = line.strip().lower() in words.CHAT_ENDS

    assert has_ended or len(printed(answerer, line)) > len(printed(answerer, ""))


def test_a_suggestion_is_chosen_by_its_number(answerer: Answerer) -> None:
    assert told(answerer, "2") == told(answerer, answerer.examples[1])
    assert told(answerer, "/countries", "/start", "2")[-1] == told(answerer, "2")[-1]


def test_all_that_it_knows_is_listed(answerer: Answerer) -> None:
    for listed in (*told(answerer, "/help"), *told(answerer, "/nothing")):
        assert {"/ask", "/more", "/article", "/quit"} <= set(listed.split())


@pytest.mark.parametrize(
    "line", ["9" * 5_000, "passage " + "9" * 5_000, "٣", "²", "-1", "1.5", "½"]
)
def test_no_number_after_a_list_is_too_much(answerer: Answerer, line: str) -> None:
    assert len(told(answerer, "/countries", line)) > len(told(answerer, "/countries"))
