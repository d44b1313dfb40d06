"""Conversations with the running bot through a Bot API as strict as Telegram's."""

import pytest
from botapi import BotApi, Person
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot import words
from bot.article import Article


@pytest.fixture
def ada(served: BotApi) -> Person:
    return served.person()


def test_help_says_how_to_ask_and_lists_the_commands(ada: Person) -> None:
    ada.send("/help")
    reply = ada.wait_for_reply()

    assert "in your own words" in reply.text
    assert all(f"/{name}" in reply.text for name in words.COMMANDS)


def test_about_says_what_was_read(ada: Person, article: Article) -> None:
    ada.send("/about")
    reply = ada.wait_for_reply()

    assert article.title in reply.text
    assert "11 passages" in reply.text


def test_article_shows_the_whole_text(ada: Person, article: Article) -> None:
    ada.send("/article")
    shown = ada.wait_for_reply().text
    while article.passages[-1].text not in shown:
        shown += "\n\n" + ada.wait_for_reply().text

    assert shown.split("\n\n")[2:] == [passage.text for passage in article.passages]


def test_an_unknown_command_lists_those_there_are(ada: Person) -> None:
    ada.send("/weather <b>")

    assert ada.wait_for_reply().text.startswith("I don't know /weather.")


@pytest.mark.parametrize("kind", ["photo", "voice", "video_note", "location", "contact", "dice"])
def test_what_has_no_words_gets_one_friendly_line(ada: Person, kind: str) -> None:
    sent = getattr(ada, f"send_{kind}")()
    reply = ada.wait_for_reply()

    assert reply.text == words.ONLY_TEXT
    assert reply.reply_to == sent.id


def test_a_caption_is_a_question(ada: Person) -> None:
    ada.send_photo("how many megawatts is the wind farm")

    assert "500 MW" in ada.wait_for_reply().text


def test_an_edited_question_is_answered_anew(ada: Person) -> None:
    sent = ada.send("indonesia")
    ada.wait_for_reply()
    ada.edit(sent, "how many megawatts is the wind farm")
    reply = ada.wait_for_reply()

    assert "500 MW" in reply.text
    assert reply.reply_to == sent.id


def test_what_was_understood_is_said(ada: Person) -> None:
    ada.send("wats going on in tanzanai")

    assert ada.wait_for_reply().text.startswith("Showing results for Tanzania.\n\nFrom the")


def test_countries_are_listed_with_flags_and_opened_by_a_tap(ada: Person) -> None:
    ada.send("/countries")
    listed = ada.wait_for_reply()
    assert listed.text.startswith("The article mentions 5 countries:")
    assert listed.buttons[1] == "🇪🇬 Egypt"
    ada.tap(listed, "🇪🇬 Egypt")

    assert "500 MW wind farm" in ada.wait_for_reply().text


def test_many_projects_have_pages(ada: Person) -> None:
    ada.send("/projects")
    listed = ada.wait_for_reply()
    first = listed.buttons
    assert len(first) == 9
    ada.tap(listed, first[-1])
    second = ada.wait_for_edit(listed).buttons
    assert second[-1] == "Back"
    ada.tap(listed, "Back")

    assert ada.wait_for_edit(listed).buttons == first
    assert not set(first) & set(second[:-1])


def test_a_list_asked_in_words_is_narrowed_to_a_region(ada: Person) -> None:
    ada.send("which african countries appear in it?")

    assert ada.wait_for_reply().buttons == ["🇪🇬 Egypt", "🇹🇿 Tanzania"]


def test_a_country_that_is_not_mentioned_offers_those_that_are(ada: Person) -> None:
    ada.send("high-speed rail in Vietnam")
    reply = ada.wait_for_reply()
    assert reply.text.startswith("The article doesn't mention Vietnam.")
    ada.tap(reply, "🇱🇦 Laos")

    assert "Luang Prabang" in ada.wait_for_reply().text


def test_small_talk_gets_a_human_reply(ada: Person) -> None:
    ada.send("thanks a lot!")

    assert ada.wait_for_reply().text == words.SMALL_TALK["thanks"]


def test_a_page_turns_forward_and_back_in_one_message(ada: Person) -> None:
    ada.send("What is this article about?")
    page = ada.wait_for_reply()
    first = page.text
    ada.tap(page, "More (1)")
    second = ada.wait_for_edit(page).text
    ada.tap(page, "Back")

    assert ada.wait_for_edit(page).text == first
    assert first != second


def test_a_guess_says_so_on_each_of_its_pages(ada: Person) -> None:
    ada.send("which Egyptian landscape was changed into fields?")
    page = ada.wait_for_reply()
    assert page.text.startswith(words.GUESS)
    ada.tap(page, page.buttons[-1])

    assert ada.wait_for_edit(page).text.startswith(words.GUESS)


def test_a_second_tap_on_the_same_button_does_no_harm(served: BotApi, ada: Person) -> None:
    ada.send("What is this article about?")
    page = ada.wait_for_reply()
    data = page.button("More (1)")["callback_data"]
    for _ in range(2):
        served.wait_for_answer(ada.tap_data(page, data))
    ada.send("thanks")

    assert ada.wait_for_reply().text == words.SMALL_TALK["thanks"]


def test_a_page_of_a_deleted_message_is_sent_anew(ada: Person) -> None:
    ada.send("What is this article about?")
    page = ada.wait_for_reply()
    data = page.button("More (1)")["callback_data"]
    page.deleted = True
    ada.tap_data(page, data)

    assert "From the mountains of Indonesia" in ada.wait_for_reply().text


@pytest.mark.parametrize(
    "data",
    [
        "",
        "x",
        "page:00000000:0:1.0",
        "page:nonsense",
        "ask:",
        "entry:projects:00000000",
        "list:x:0:",
    ],
)
def test_a_button_that_is_not_ours_is_answered_kindly(
    served: BotApi, ada: Person, data: str
) -> None:
    ada.send("hi")
    query = ada.tap_data(ada.wait_for_reply(), data)

    assert served.wait_for_answer(query).text == words.OLD_BUTTON


def test_what_a_person_types_never_becomes_markup(ada: Person) -> None:
    ada.send("/start")
    welcome = ada.wait_for_reply()
    ada.tap_data(welcome, "ask:<b>deepseek</b> & @everyone http://x.example")
    reply = ada.wait_for_reply()

    assert "<b>deepseek</b>" in reply.text
    assert "<b>deepseek</b>" not in reply.marked("bold")


def test_channel_posts_are_left_alone(served: BotApi, ada: Person) -> None:
    channel = served.channel()
    channel.post("indonesia")
    ada.send("thanks")
    ada.wait_for_reply()

    assert not channel.bot_messages


def test_somebody_who_joins_is_not_told_to_write_text(served: BotApi, ada: Person) -> None:
    group = served.group()
    ada.send(chat=group, new_chat_members=[ada.user])
    ada.send("thanks")
    ada.wait_for_reply()

    assert not group.bot_messages


def test_a_reply_that_fails_is_followed_by_a_friendly_line(served: BotApi, ada: Person) -> None:
    served.fail_next("sendMessage", 400, description="Bad Request: unlucky", chat_id=ada.id)
    ada.send("indonesia")

    assert ada.wait_for_reply().text == words.FAILED


def test_who_blocked_the_bot_holds_up_nobody(served: BotApi, ada: Person) -> None:
    blocker = served.person()
    blocker.send("indonesia")
    blocker.block()
    ada.send("thanks")

    assert ada.wait_for_reply().text == words.SMALL_TALK["thanks"]


MESSAGES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=4096)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(MESSAGES)
def test_every_message_gets_exactly_one_valid_reply(served: BotApi, text: str) -> None:
    person = served.person()
    person.send(text)
    person.wait_for_reply()
    served.wait_for_quiet()

    calls = [
        call
        for call in served.calls_of("sendMessage")
        if int(call.parameters["chat_id"]) == person.id
    ]
    assert [call.error for call in calls] == [None]
