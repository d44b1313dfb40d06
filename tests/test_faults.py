"""Faults of the network and of the Bot API: waited out, told in two lines, nothing lost."""

from typing import Any

import pytest
from botapi import BotApi, Call, Person
from running import (
    BEGINS,
    ENDS,
    QUESTION,
    BotProcess,
    Watched,
    asking,
    is_answered,
    telegram_settings,
    wait_for,
)

PAGE = "<html><h1>Bad Gateway</h1></html>"
FAULTS: dict[str, dict[str, Any]] = {
    "refused": {"status": 502},
    "page": {"status": 500, "body": PAGE},
    "friendly page": {"status": 200, "body": PAGE},
    "broken": {"status": 200, "body": '{"ok": true, "result": [{"message": {"text": "PRIVATE'},
    "without a result": {"status": 200, "body": '{"ok": true}'},
    "no object": {"status": 200, "body": '"PRIVATE"'},
    "dropped": {"drop_connection": True},
    "put off": {"retry_after": 1},
}
any_fault = pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)


def is_to(person: Person, call: Call) -> bool:
    return int(call.parameters["chat_id"]) == person.id


def check_told_once(logged: str) -> None:
    """Check that one episode was told as it began and as it ended, and no more."""
    lines = logged.splitlines()
    told = [next((one for one in (BEGINS, ENDS) if one in line), line) for line in lines]
    assert told == [BEGINS, ENDS]
    assert " WARNING " in lines[0]
    assert "PRIVATE" not in logged


def check_waited_out(watched: Watched, person: Person) -> None:
    """Check that a fault was told once, and that a person's question is answered once."""
    assert is_answered(person)
    watched.api.wait_for_quiet()
    check_told_once(watched.logged(ENDS, 1))
    assert len(person.chat.bot_messages) == 1


def test_a_flood_of_a_slow_chat_holds_up_another_for_a_few_seconds_only(
    bot: BotProcess, api: BotApi
) -> None:
    process = bot.start(settings=telegram_settings(api))
    slow, quick = api.person(), api.person()
    api.fail_next("sendMessage", 200, delay=8, chat_id=slow.id, times=99)
    with api.changed:
        for _ in range(150):
            slow.send(QUESTION)
        quick.send(QUESTION)

    assert is_answered(quick)
    assert process.poll() is None
    assert "Traceback" not in bot.logged(process)


@any_fault
def test_fetching_updates_goes_on_by_itself(watched: Watched, fault: dict[str, Any]) -> None:
    failing = watched.api.fail_next("getUpdates", **fault)
    before = asking(watched.api)
    assert is_answered(before)
    watched.api.wait_until(lambda: not failing.times or None, 2, "failed getUpdates")
    check_waited_out(watched, asking(watched.api))
    assert len(before.chat.bot_messages) == 1


def test_an_api_that_is_gone_is_waited_for(watched: Watched) -> None:
    watched.api.go_down()
    ada = asking(watched.api)
    wait_for(lambda: BEGINS in watched.unseen)
    watched.api.come_back()
    check_waited_out(watched, ada)


@any_fault
def test_a_reply_that_finds_no_answer_is_sent_again(
    watched: Watched, fault: dict[str, Any]
) -> None:
    ada = watched.api.person()
    watched.api.fail_next("sendMessage", **fault, chat_id=ada.id)
    ada.send(QUESTION)
    check_waited_out(watched, ada)


def test_a_reply_whose_answer_is_lost_is_shown_again_at_the_worst(watched: Watched) -> None:
    ada = watched.api.person()
    lost = {"drop_connection": True, "takes_effect": True}
    watched.api.fail_next("sendMessage", **lost, chat_id=ada.id)
    ada.send(QUESTION)
    assert is_answered(ada)

    assert is_answered(ada)
    watched.api.wait_for_quiet()
    assert len(ada.chat.bot_messages) == 2


def test_a_reply_is_tried_until_it_arrives(watched: Watched) -> None:
    ada = watched.api.person()
    for kind in ("dropped", "page"):
        watched.api.fail_next("sendMessage", **FAULTS[kind], chat_id=ada.id)
    ada.send(QUESTION)
    check_waited_out(watched, ada)


def test_flood_control_of_one_chat_is_waited_out_and_holds_up_no_other(watched: Watched) -> None:
    slow, quick = watched.api.person(), watched.api.person()
    watched.api.fail_next("sendMessage", retry_after=3, chat_id=slow.id)
    slow.send(QUESTION)
    watched.api.wait_for_call("sendMessage", where=lambda call: is_to(slow, call))
    quick.send(QUESTION)
    assert is_answered(quick)
    assert not slow.chat.bot_messages
    assert is_answered(slow)

    first, again = (call for call in watched.api.calls_of("sendMessage") if is_to(slow, call))
    assert first.status == 429
    assert again.time - first.time >= 3
    assert len(slow.chat.bot_messages) == 1
