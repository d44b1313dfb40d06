"""What takes its time: chats that are put off or slow, beside others and at the end of a process.

Apart from the rest, as nothing but waiting for clocks makes these tests long.
"""

import signal
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from botapi import BotApi
from hooked import Hooked, question
from running import (
    BEGINS,
    ENDS,
    QUESTION,
    BotProcess,
    is_answered,
    telegram_settings,
    to,
    wait_for,
)


def test_a_chat_that_is_put_off_holds_up_neither_another_nor_the_end_and_hides_no_outage(
    bot: BotProcess, api: BotApi
) -> None:
    process = bot.start(settings=telegram_settings(api))
    slow, quick = api.person(), api.person()
    api.fail_next("sendMessage", retry_after=30, chat_id=slow.id)
    slow.send(QUESTION)
    api.wait_for_call("sendMessage")
    api.fail_next("sendMessage", 502, chat_id=quick.id)
    quick.send(QUESTION)
    assert is_answered(quick)
    code, logged = bot.stop(process)

    assert code == 0
    # The end of the process is no end of the flood control.
    assert [logged.count(one) for one in (BEGINS, ENDS)] == [2, 1]
    assert "asks to wait 30 s" in logged
    assert "1 updates unanswered" in logged
    bot.start(settings=telegram_settings(api))
    assert is_answered(slow)
    api.wait_for_quiet()
    assert len(slow.chat.bot_messages) == 1


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
    # Counted from here, a start may take its time.
    api.wait_for_call("getUpdates", timeout=20)

    assert is_answered(quick, 7)
    assert process.poll() is None
    assert "Traceback" not in bot.logged(process)


@pytest.mark.parametrize(
    ("fault", "is_outage"), [({"retry_after": 400}, False), ({"status": 502}, True)]
)
def test_chats_that_are_put_off_hold_up_nobody_behind_a_full_window_an_outage_all(
    bot: BotProcess, api: BotApi, fault: dict[str, Any], is_outage: bool
) -> None:
    process = bot.start(settings=telegram_settings(api))
    crowd, ada = [api.person() for _ in range(6)], api.person()
    for person in crowd:
        api.fail_next("sendMessage", **fault, chat_id=person.id, times=999)
    api.wait_for_call("getUpdates", timeout=20, answered=False)
    with api.changed:
        for person in [*crowd * 19, ada]:
            person.send(QUESTION)

    if is_outage:
        time.sleep(4)
        assert (len(api.pending), ada.chat.bot_messages) == (6 * 19 + 1, [])
    else:
        assert is_answered(ada, 7)
    assert process.poll() is None


def test_a_call_is_not_held_for_a_chat_that_takes_long(bot: BotProcess, api: BotApi) -> None:
    hooked, ada = Hooked(bot, api), api.person()
    api.fail_next("sendMessage", 200, delay=6, chat_id=ada.id)
    update = question(ada)

    assert hooked.call(update) == 200
    sent = api.wait_for_call("sendMessage", where=to(ada), answered=False)
    assert not sent.answered
    assert hooked.call(update) == 200
    wait_for(lambda: sent.answered)
    assert len(ada.chat.bot_messages) == 1


def test_sigterm_lets_calls_under_way_be_answered(bot: BotProcess, api: BotApi) -> None:
    hooked = Hooked(bot, api)
    *people, late = [api.person() for _ in range(4)]
    api.fail_next("sendMessage", 200, delay=2, times=3)
    with ThreadPoolExecutor() as calls, hooked.connection() as kept:
        assert kept.call({"update_id": 1}) == 200
        asked = [calls.submit(hooked.call, question(person)) for person in people]
        for person in people:
            person.wait_for_reply()
        hooked.process.send_signal(signal.SIGTERM)
        # A bot that is yet to get the signal answers.
        wait_for(lambda: kept.call(question(late)) == 503)

        assert not any(one.done() for one in asked)
        assert [one.result(5) for one in asked] == [200] * 3
    assert hooked.wait() == 0
    assert "Traceback" not in hooked.logged
