"""Connections: proxies, and what the log tells of requests that fail or are put off."""

import pytest
from botapi import BotApi
from hooked import free_port, webhook_settings
from running import (
    BEGINS,
    ENDS,
    QUESTION,
    BotProcess,
    asking,
    is_answered,
    telegram_settings,
)

ELSEWHERE = {"TELEGRAM_API_BASE_URL": "http://telegram.invalid"}


def test_telegram_is_reached_through_the_proxy_of_the_environment(
    bot: BotProcess, api: BotApi
) -> None:
    bot.start(settings=telegram_settings(api) | ELSEWHERE | {"HTTP_PROXY": api.base_url})

    assert is_answered(asking(api))


def test_a_proxy_needs_no_scheme(bot: BotProcess, api: BotApi) -> None:
    proxy = api.base_url.removeprefix("http://")
    bot.start(settings=telegram_settings(api) | ELSEWHERE | {"HTTP_PROXY": proxy})

    assert api.wait_for_call("getUpdates", answered=False)


def test_a_proxy_is_not_used_where_the_environment_says_so(bot: BotProcess, api: BotApi) -> None:
    nowhere = {"HTTP_PROXY": "http://127.0.0.1:9", "NO_PROXY": "127.0.0.1"}
    bot.start(settings=telegram_settings(api) | nowhere)

    assert api.wait_for_call("getUpdates", answered=False)


@pytest.mark.parametrize("proxy", ["socks5://127.0.0.1:9", "gopher://127.0.0.1:9"])
def test_a_proxy_that_cannot_be_used_is_said_in_one_line(
    bot: BotProcess, api: BotApi, proxy: str
) -> None:
    ended = bot.run(settings=telegram_settings(api) | {"HTTP_PROXY": proxy})

    assert ended.returncode == 2
    assert ended.stderr.count("\n") == 1
    assert "proxy" in ended.stderr


def test_flood_control_of_one_chat_hides_no_outage_and_lasts_beyond_it(
    bot: BotProcess, api: BotApi
) -> None:
    process = bot.start(settings=telegram_settings(api))
    slow = api.person()
    api.fail_next("sendMessage", retry_after=30, chat_id=slow.id)
    slow.send(QUESTION)
    api.wait_for_call("sendMessage")
    quick = api.person()
    api.fail_next("sendMessage", 502, chat_id=quick.id)
    quick.send(QUESTION)
    assert is_answered(quick)
    _, logged = bot.stop(process)

    # The end of the process is no end of the flood control.
    assert logged.count(BEGINS) == 2
    assert "asks to wait 30 s" in logged
    assert logged.count(ENDS) == 1
    assert "1 updates unanswered" in logged


def test_two_processes_that_announce_themselves_at_once_wait_for_each_other(
    bot: BotProcess, api: BotApi
) -> None:
    refused = "Conflict: terminated by other setWebhook"
    api.fail_next("setWebhook", 409, description=refused)
    process = bot.start(settings=webhook_settings(api, free_port()))
    announced = api.wait_for_call("setWebhook", where=lambda call: call.error is None)

    assert announced.status == 200
    assert bot.stop(process)[0] == 0
