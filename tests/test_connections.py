"""Connections: proxies, and what the log tells of requests that fail or are put off."""

import asyncio
import time
from collections.abc import AsyncIterator, Sized
from contextlib import asynccontextmanager

import pytest
from botapi import BotApi
from hooked import free_port, question, webhook_settings
from running import QUESTION, TOKEN, BotProcess, asking, is_answered, telegram_settings
from telegram import Message, Update
from telegram.error import InvalidToken
from telegram.ext import CallbackContext, TypeHandler

from bot.settings import read_telegram_settings
from bot.telegram.admission import Admission, Limits
from bot.telegram.application import TelegramApplication, new_application
from bot.telegram.delivery import is_edited, send_below, send_reply
from bot.telegram.replies import Reply
from bot.telegram.transport.connections import Connections
from bot.telegram.transport.incoming import Incoming
from bot.telegram.transport.polling import Polling
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


@asynccontextmanager
async def begun(
    api: BotApi,
) -> AsyncIterator[tuple[TelegramApplication, Incoming, Connections]]:
    """Return an application that has said who it is, what hands it updates and what it asks by."""
    connections = Connections(api.base_url, Outage(), Outage())
    settings = read_telegram_settings(telegram_settings(api))
    application = new_application(settings, connections, connections)
    await application.initialize()
    admission = Admission(frozenset(), frozenset(), Limits(1))
    try:
        yield application, Incoming(application, admission), connections
    finally:
        await connections.shutdown()


def test_a_token_that_was_good_is_given_up_after_a_while_only(api: BotApi) -> None:
    async def refused_for(seconds: float) -> float:
        async with begun(api) as (application, incoming, connections):
            connections.endured = seconds
            refusing = api.fail_next("getUpdates", 401, description="Unauthorized", times=1000)
            began = time.monotonic()
            with pytest.raises(InvalidToken):
                await Polling(application.bot, connections, incoming).run()
            refusing.times = 0
            return time.monotonic() - began

    assert asyncio.run(refused_for(0)) < 1.2 < asyncio.run(refused_for(1.2))


def test_however_many_people_write_the_library_keeps_none_of_them(api: BotApi) -> None:
    heard: list[int] = []

    async def hear(update: Update, _: object) -> None:
        heard.append(update.update_id)

    async def kept_of(people: int) -> list[int]:
        async with begun(api) as (application, incoming, _):
            application.add_handler(TypeHandler(Update, hear))
            tasks = [incoming.take(question(api.person())) for _ in range(people)]
            await asyncio.gather(*filter(None, tasks))
        kinds = type(application).__mro__
        slots = {name for kind in kinds for name in getattr(kind, "__slots__", ())}
        kept = [getattr(application, name, None) for name in slots]
        return [len(one) for one in kept if isinstance(one, Sized)]

    assert max(asyncio.run(kept_of(200))) < 10
    assert len(heard) == 200


def test_a_reply_that_is_too_long_arrives_as_far_as_it_fits(api: BotApi) -> None:
    ada = api.person()
    asked = ada.send(QUESTION)
    long = Reply(f"<b>{'&lt;😀' * 3_000}</b>")

    async def deliver() -> None:
        async with begun(api) as (application, _, _):
            message = Message.de_json(dict(asked.data), application.bot)
            context = CallbackContext(application)
            sent = await send_reply(message, long, context)
            assert await is_edited(ada.id, sent, long, context)
            await send_below(message, long, context)

    asyncio.run(deliver())
    assert [one.text[:3] for one in ada.chat.bot_messages] == ["<😀<"] * 2
