"""Guests: mentioned in a chat where it is nobody, the bot says one thing there."""

from collections.abc import Iterator

import pytest
from botapi import BotApi, Chat, Message, Person
from dialogues import MEGAWATTS
from running import TOKEN, serving_without_trouble

from bot import words

MEMBER, USER = -1_001_000_000_778, 601


@pytest.fixture(params=["group", "supergroup", "private"])
def chat(served: BotApi, request: pytest.FixtureRequest) -> Chat:
    """A chat that the bot isn't in."""
    kind = str(request.param)
    place = served.person().chat if kind == "private" else getattr(served, kind)()
    place.bot_can_write = False
    return place


def posted(person: Person, chat: Chat, text: str, **extra: object) -> Message:
    """Return what the bot posts as a guest."""
    person.summon(text, chat=chat, **extra)
    return chat.wait_for_reply()


def test_a_guest_answers_and_its_pages_turn(ada: Person, chat: Chat) -> None:
    page = posted(ada, chat, "egypt @test_bot")
    first = page.text
    assert "500 MW" in page.marked("bold")[0]
    assert page.buttons == ["More (1)"]

    ada.tap(page, "More (1)")
    assert "From the mountains of Indonesia" in chat.wait_for_edit(page).text
    ada.tap(page, words.BACK)
    assert chat.wait_for_edit(page).text == first


def test_a_guest_is_asked_as_a_member_is(served: BotApi, ada: Person, chat: Chat) -> None:
    asked = served.person().send(MEGAWATTS).data
    for text in ("@test_bot", f"@Test_Bot {MEGAWATTS}", f"/ask@test_bot {MEGAWATTS}"):
        assert "500 MW" in posted(ada, chat, text, reply_to_message=asked).text
    assert posted(ada, chat, "@test_bot").text == words.ASK_WHAT
    assert posted(ada, chat, "@test_bot /countries").buttons == []
    assert posted(ada, chat, "@test_bot thanks").text == words.SMALL_TALK["thanks"]
    assert "/ask – " in posted(ada, chat, "/help@test_bot").text


def test_what_a_guest_says_is_nothing_to_lean_on(served: BotApi, ada: Person) -> None:
    bob = served.person(first_name="Bob")
    bob.ask("egypt wind farm")
    # Two people write to each other: the bot gets the chat with the id of one.
    assert "500 MW" not in posted(ada, bob.chat, "@test_bot how big is it?").text
    assert "500 MW" in bob.ask("how big is it?").text


def test_a_button_that_is_not_a_guests_harms_nothing(ada: Person, chat: Chat) -> None:
    page = posted(ada, chat, "@test_bot egypt")
    for data in ("entry:countries:0:Egypt", "page:00000000:0:1.0", "x"):
        assert ada.wait_for_answer(ada.tap_data(page, data)).text == words.OLD_BUTTON
    assert page.edits == 0


def test_a_guest_too_late_is_silent(served: BotApi, ada: Person, chat: Chat) -> None:
    served.query_lifetime, lifetime = 0.0, served.query_lifetime
    ada.summon("@test_bot egypt", chat=chat)
    served.wait_for_quiet()
    served.query_lifetime = lifetime

    assert not chat.bot_messages


@pytest.fixture(scope="module")
def restricted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BotApi]:
    allowed = {"ALLOWED_USERS": str(USER), "ALLOWED_CHATS": str(MEMBER)}
    with (
        BotApi(token=TOKEN) as api,
        serving_without_trouble(api, tmp_path_factory.mktemp("guests"), **allowed),
    ):
        yield api


def test_a_stranger_is_told_his_id_once_whatever_chat_he_is_in(restricted: BotApi) -> None:
    ada, eve = restricted.person(USER), restricted.person(first_name="Eve")
    told = posted(eve, ada.chat, "@test_bot egypt").text
    eve.summon("@test_bot egypt", chat=ada.chat)
    eve.summon("@test_bot egypt", chat=restricted.supergroup(chat_id=MEMBER))
    restricted.wait_for_quiet()

    assert told == words.not_allowed(eve.id, None)
    assert len(ada.chat.bot_messages) == 1
    assert not restricted.chats[MEMBER].bot_messages
    assert "500 MW" in posted(ada, eve.chat, "@test_bot egypt").text
