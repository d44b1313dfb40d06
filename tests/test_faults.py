"""Faults of the network and of the Bot API: waited out, told in two lines, nothing lost."""

from typing import Any

import pytest
from botapi import Person
from running import BEGINS, ENDS, QUESTION, Watched, asking, is_answered, to, wait_for

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
    "token refused": {"status": 401, "description": "Unauthorized"},
}
any_fault = pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)


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
    first, again = filter(to(ada), watched.api.calls_of("sendMessage"))
    assert again.time - first.time >= fault.get("retry_after", 0)


def test_a_reply_whose_answer_is_lost_is_shown_again_at_the_worst(watched: Watched) -> None:
    ada = watched.api.person()
    lost = {"drop_connection": True, "takes_effect": True}
    watched.api.fail_next("sendMessage", **lost, chat_id=ada.id)
    ada.send(QUESTION)
    assert is_answered(ada)

    assert is_answered(ada)
    watched.api.wait_for_quiet()
    assert len(ada.chat.bot_messages) == 2
