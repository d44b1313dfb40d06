"""Refusals, handlers that fail and updates that can't be read: told, and nobody held up."""

import time
from typing import Any

import pytest
from botapi import BotApi
from running import (
    QUESTION,
    TOKEN_SECRET,
    BotProcess,
    Watched,
    asking,
    is_answered,
    telegram_settings,
)

from bot import words

UNREACHABLE = [
    "Forbidden: bot was blocked by the user",
    "Forbidden: user is deactivated",
    "Forbidden: bot was kicked from the supergroup chat",
    "Bad Request: chat not found",
    "Bad Request: not enough rights to send text messages to the chat",
    "Bad Request: have no rights to send a message",
    "Bad Request: need administrator rights in the channel chat",
    "Bad Request: have no write access to the chat",
    "Bad Request: message thread not found",
    "Bad Request: TOPIC_CLOSED",
    "Bad Request: CHAT_WRITE_FORBIDDEN",
    "Bad Request: CHAT_SEND_PLAIN_FORBIDDEN",
    "Bad Request: CHAT_RESTRICTED",
    "Bad Request: TOPIC_DELETED",
    "Bad Request: CHANNEL_PRIVATE",
    "Forbidden: ALLOW_PAYMENT_REQUIRED_7",
    "Payment Required: PAYMENT_REQUIRED",
    "Not Acceptable: PRIVACY_PREMIUM_REQUIRED",
]
# What it says hardly ever.
RARE = [
    "Bad Request: FROZEN_METHOD_INVALID",
    "Bad Request: MESSAGE_EDIT_TIME_EXPIRED",
    "Bad Request: MESSAGE_AUTHOR_REQUIRED",
    "Bad Request: BUTTON_TYPE_INVALID",
    "Bad Request: reply markup is too long",
    "Bad Request: unlucky",
]
STATUSES = {"Bad Request": 400, "Payment Required": 402, "Forbidden": 403, "Not Acceptable": 406}
PRIVATE_CHAT = {"id": 1, "type": "private"}
COMMAND = [{"type": "bot_command", "offset": 0, "length": 7}]
USER = {"id": 7, "is_bot": False, "first_name": "PRIVATE"}
SENT = {"message_id": 1, "date": 1_700_000_000, "from": USER}
UNREADABLE: list[dict[str, Any]] = [
    {"message": 5},
    {"message": ["PRIVATE"]},
    {"message": {"text": "PRIVATE"}},
    {"message": {"message_id": 1, "date": 0, "chat": "PRIVATE"}},
    {"message": {"message_id": 1, "date": "PRIVATE", "chat": PRIVATE_CHAT}},
    {"message": {"message_id": 1, "date": 1e300, "chat": PRIVATE_CHAT}},
    {"message": {"chat": {"id": -7, "type": "group", "title": "x"}, "text": 5} | SENT},
    {"message": {"chat": PRIVATE_CHAT, "entities": COMMAND, "text": 5} | SENT},
    {"message": {"chat": PRIVATE_CHAT, "quote": {"text": "PRIVATE"}} | SENT},
    {"guest_message": {"guest_query_id": "PRIVATE", "chat": PRIVATE_CHAT}},
    {"my_chat_member": {"chat": PRIVATE_CHAT, "old_chat_member": {"status": "PRIVATE"}}},
    {"edited_message": {"chat": {"id": "PRIVATE", "type": 5}}},
    {"callback_query": {"id": "PRIVATE"}},
    {"inline_query": {"from": "PRIVATE"}},
]


def check_goes_on(api: BotApi) -> None:
    """Check that somebody else's question is answered."""
    assert is_answered(asking(api))
    api.wait_for_quiet()


@pytest.mark.parametrize("description", UNREACHABLE)
def test_a_reply_that_can_reach_nobody_is_given_up_in_one_line(
    watched: Watched, description: str
) -> None:
    status = STATUSES[description.partition(":")[0]]
    ada = watched.api.person()
    watched.api.fail_next("sendMessage", status, description=description, chat_id=ada.id, times=9)
    ada.send(QUESTION)
    check_goes_on(watched.api)

    logged = watched.logged("could not be delivered", 1)
    assert logged.count("\n") == logged.count("could not be delivered") == 1
    assert "ERROR" not in logged


def test_a_question_that_was_deleted_is_answered_all_the_same(watched: Watched) -> None:
    ada = watched.api.person()
    with watched.api.changed:
        ada.send(QUESTION).deleted = True
    reply = ada.wait_for_reply()

    assert "Jakarta" in reply.text
    assert reply.reply_to is None
    assert watched.logged() == ""


def test_a_page_that_is_gone_or_turned_already_is_shown_without_a_word(watched: Watched) -> None:
    ada = watched.api.person()
    page = ada.ask("egypt")
    with watched.api.changed:
        for _ in range(2):
            ada.tap(page, "More (1)")
    ada.chat.wait_for_edit(page)
    watched.api.wait_for_quiet()
    with watched.api.changed:
        ada.tap(page, "Back")
        page.deleted = True
    again = ada.wait_for_reply()
    watched.api.wait_for_quiet()

    assert "500 MW" in again.text
    assert watched.logged() == ""


def test_queries_that_are_too_old_harm_nothing(watched: Watched) -> None:
    ada = watched.api.person()
    page = ada.ask("egypt")
    with watched.api.changed:
        ada.tap(page, "More (1)").expired = True
        ada.inline_query(QUESTION).expired = True

    assert "From the mountains of Indonesia" in ada.chat.wait_for_edit(page).text
    check_goes_on(watched.api)
    assert "ERROR" not in watched.logged("could not be delivered", 1)


def test_an_update_whose_handler_fails_is_apologised_for_and_told_without_its_words(
    watched: Watched,
) -> None:
    ada = watched.api.person()
    sent = {"message_id": 1, "date": int(time.time()), "text": 271828182845}
    watched.api.push_raw({"message": sent | {"chat": ada.chat.data, "from": ada.user}})

    assert ada.wait_for_reply().text == words.FAILED
    logged = watched.logged("Traceback", 1)
    assert "handlers.py" in logged
    assert logged.rstrip().endswith("\nTypeError")
    assert "271828182845" not in logged


@pytest.mark.parametrize("description", RARE)
@pytest.mark.parametrize("times", [1, 2])
def test_a_reply_that_is_refused_is_told_in_one_line_and_followed_by_a_friendly_one(
    watched: Watched, description: str, times: int
) -> None:
    ada = watched.api.person()
    watched.api.fail_next("sendMessage", 400, description=description, chat_id=ada.id, times=times)
    ada.send(QUESTION)
    check_goes_on(watched.api)

    assert [one.text for one in ada.chat.bot_messages] == [words.FAILED] * (2 - times)
    logged = watched.logged("\n", 1).lower()
    assert logged.count("\n") == 1
    assert (
        f" error bot.telegram.delivery: a reply was given up: {description[13:].lower()}" in logged
    )


@pytest.mark.parametrize("description", RARE)
def test_a_page_that_cannot_be_turned_is_shown_anew_without_a_word(
    watched: Watched, description: str
) -> None:
    ada = watched.api.person()
    page = ada.ask("egypt")
    watched.api.fail_next("editMessageText", 400, description=description, chat_id=ada.id)
    watched.api.fail_next("answerCallbackQuery", 400, description=description)
    ada.tap(page, "More (1)")

    assert "From the mountains of Indonesia" in ada.wait_for_reply().text
    check_goes_on(watched.api)
    assert watched.logged() == ""


@pytest.mark.parametrize("status", [200, 201])
@pytest.mark.parametrize("result", ["{}", '{"date": "PRIVATE"}', '"PRIVATE"', "null"])
def test_an_answer_that_is_no_message_is_apologised_for_once(
    watched: Watched, status: int, result: str
) -> None:
    ada = watched.api.person()
    body = f'{{"ok": true, "result": {result}}}'
    watched.api.fail_next("sendMessage", status, body=body, chat_id=ada.id)
    ada.send(QUESTION)

    assert ada.wait_for_reply().text == words.FAILED
    check_goes_on(watched.api)
    logged = watched.logged("Traceback", 1)
    assert logged.count("Traceback") == 1
    assert "PRIVATE" not in logged
    assert len(ada.chat.bot_messages) == 1


def test_at_debug_the_words_may_show_but_the_token_never(bot: BotProcess, api: BotApi) -> None:
    process = bot.start(settings=telegram_settings(api, LOG_LEVEL="DEBUG"))
    ada = api.person()
    api.fail_next("sendMessage", 201, body='{"ok": true, "result": {}}')
    ada.send(QUESTION)
    assert ada.wait_for_reply().text == words.FAILED

    code, logged = bot.stop(process)
    assert code == 0
    assert "Traceback" in logged
    assert "sendMessage" in logged
    assert TOKEN_SECRET not in logged


@pytest.mark.parametrize("update", UNREADABLE, ids=str)
def test_an_update_that_cannot_be_read_is_passed_over_in_one_line(
    watched: Watched, update: dict[str, Any]
) -> None:
    watched.api.push_raw(update)
    check_goes_on(watched.api)

    logged = watched.logged("passed over", 1)
    assert logged.count("\n") == 1
    assert " WARNING " in logged
    assert "PRIVATE" not in logged


def test_what_has_no_id_or_is_of_no_known_kind_is_passed_over(watched: Watched) -> None:
    watched.api.push_raw({"telepathy": {"id": 1, "thought": "PRIVATE"}})
    watched.api.push_raw({})
    check_goes_on(watched.api)
    found = '[5, "PRIVATE", null, {"message": {}}, {"update_id": "7"}, {"update_id": true}]'
    watched.api.fail_next("getUpdates", 200, body=f'{{"ok": true, "result": {found}}}')
    watched.api.fail_next("getUpdates", 200, body='{"ok": true, "result": {"update_id": 1}}')
    check_goes_on(watched.api)
    check_goes_on(watched.api)

    assert "PRIVATE" not in watched.logged()
