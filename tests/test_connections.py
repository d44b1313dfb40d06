"""Connections: proxies, and what the log tells of requests that fail or are put off."""

import asyncio

import pytest
from botapi import BotApi
from hooked import free_port, webhook_settings
from running import QUESTION, TOKEN, BotProcess, asking, is_answered, telegram_settings

from bot.telegram.transport.connections import Connections
from bot.telegram.transport.retries import Outage

ELSEWHERE = {"TELEGRAM_API_BASE_URL": "http://telegram.invalid"}


@pytest.mark.parametrize("scheme", ["http://", ""])
def test_telegram_is_reached_through_the_proxy_of_the_environment(
    bot: BotProcess, api: BotApi, scheme: str
) -> None:
    proxy = {"HTTP_PROXY": api.base_url.replace("http://", scheme)}
    bot.start(settings=telegram_settings(api) | ELSEWHERE | proxy)

    assert is_answered(asking(api))


def test_a_proxy_is_not_used_where_the_environment_says_so(bot: BotProcess, api: BotApi) -> None:
    nowhere = {"HTTP_PROXY": "http://127.0.0.1:9", "NO_PROXY": "127.0.0.1"}
    bot.start(settings=telegram_settings(api) | nowhere)

    assert api.wait_for_call("getUpdates", answered=False)


@pytest.mark.parametrize(
    "proxy",
    [
        "socks5://me:S3CRET@127.0.0.1:9",
        "gopher://127.0.0.1:9",
        "me:S3CRET@127.0.0.1:65536",
        "http://me:S3CRET@127.0.0.1:-1",
        "http://me:S3CRET@",
    ],
)
def test_a_proxy_that_cannot_be_used_is_said_in_one_line(
    bot: BotProcess, api: BotApi, proxy: str
) -> None:
    ended = bot.run(settings=telegram_settings(api) | {"HTTP_PROXY": proxy})

    assert ended.returncode == 2
    assert ended.stderr.count("\n") == 1
    assert "proxy" in ended.stderr
    assert "S3CRET" not in ended.stderr


def test_two_processes_that_announce_themselves_at_once_wait_for_each_other(
    bot: BotProcess, api: BotApi
) -> None:
    refused = "Conflict: terminated by other setWebhook"
    api.fail_next("setWebhook", 409, description=refused)
    process = bot.start(settings=webhook_settings(api, free_port()))
    announced = api.wait_for_call("setWebhook", where=lambda call: call.error is None)

    assert announced.status == 200
    assert bot.stop(process)[0] == 0


def test_a_request_that_is_broken_off_at_any_moment_keeps_no_later_one_waiting(api: BotApi) -> None:
    api.latency = 0.004
    for _ in range(100):
        api.person().send(QUESTION)
    address = f"{api.base_url}/bot{TOKEN}/getUpdates"

    async def break_off() -> None:
        connections = Connections(api.base_url, Outage(), Outage())
        for moment in range(60):
            task = asyncio.create_task(connections.post(address))
            await asyncio.sleep(moment / 5_000)
            task.cancel()
            await asyncio.wait([task])
            await asyncio.wait_for(connections.post(address), 10)
        await connections.shutdown()

    asyncio.run(break_off())
