"""Addressing: what is said to the bot, and what others say among themselves."""

from typing import Any

import pytest
from botapi import BotApi
from telegram import Message, Update, User

from bot.telegram.addressing import is_addressed, question_in

BOT = User(123456789, "Test Bot", is_bot=True, username="test_bot")
ROBOT = {"id": 4711, "is_bot": True, "first_name": "Robot"}
ANONYMOUS = {
    "id": 1087968824,
    "is_bot": True,
    "first_name": "Group",
    "username": "GroupAnonymousBot",
}


def message(text: str, *, is_private: bool = False, **extra: Any) -> Message:
    """Return a message as Telegram would deliver it."""
    api = BotApi(token=f"{BOT.id}:token")
    ada = api.person()
    ada.send(text, chat=None if is_private else api.supergroup(), **extra)
    update = Update.de_json(api.pending[0], None)
    assert update.message
    return update.message


@pytest.mark.parametrize(
    "text",
    [
        "@test_bot egypt",
        "egypt @Test_Bot?",
        "@test_bot",
        "/ask egypt",
        "/ask",
        "/ASK egypt",
        "/help@test_bot",
        "/weather@Test_Bot",
        "hello /ask @test_bot",
    ],
)
def test_a_mention_and_a_command_of_its_own_are_meant_for_the_bot(text: str) -> None:
    assert is_addressed(message(text), BOT)


@pytest.mark.parametrize(
    "text",
    [
        "egypt",
        "test_bot egypt",
        "@test_bottom egypt",
        "egypt@test_bot",
        "/weather",
        "/weather @test_bot",
        "/ask@other_bot @test_bot",
        "/askew",
        "please /ask egypt",
    ],
)
def test_others_talk_and_others_commands_are_not(text: str) -> None:
    assert not is_addressed(message(text), BOT)


@pytest.mark.parametrize("text", ["egypt", "/weather", "/ask", "@somebody hi", "/x@test_bot"])
def test_in_private_everything_is(text: str) -> None:
    assert is_addressed(message(text, is_private=True), BOT)


def test_in_private_a_command_for_another_bot_is_not() -> None:
    assert not is_addressed(message("/ask@other_bot egypt", is_private=True), BOT)


def test_a_reply_to_the_bot_is_meant_for_it() -> None:
    its_own = {"message_id": 1, "date": 0, "chat": {"id": -1, "type": "supergroup"}, "text": "x"}
    said = message("and how big?", reply_to_message=its_own | {"from": BOT.to_dict()})
    others = message("and how big?", reply_to_message=its_own | {"from": ROBOT})

    assert is_addressed(said, BOT)
    assert not is_addressed(others, BOT)


def test_what_a_bot_wrote_or_passed_on_is_not() -> None:
    assert not is_addressed(message("@test_bot egypt", **{"from": ROBOT}), BOT)
    assert not is_addressed(message("@test_bot egypt", via_bot=BOT.to_dict()), BOT)
    assert not is_addressed(message("@test_bot egypt", is_automatic_forward=True), BOT)


def test_an_admin_in_the_groups_name_is_a_person() -> None:
    group = {"id": -1, "type": "supergroup", "title": "Group"}

    assert is_addressed(message("@test_bot egypt", **{"from": ANONYMOUS}, sender_chat=group), BOT)


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("@test_bot egypt", "egypt"),
        ("so, @TEST_BOT, egypt?", "so,  , egypt?"),
        ("@test_bot @test_bot egypt", "egypt"),
        ("@test_bot", ""),
        ("@test_bot ?!", ""),
        ("egypt", None),
    ],
)
def test_the_question_is_what_is_left_without_the_mention(text: str, question: str | None) -> None:
    assert question_in(message(text), BOT) == question
