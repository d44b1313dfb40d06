"""Lifetime: serving until SIGINT or SIGTERM, and what is finished then."""

import asyncio
import gc
import logging
import os
import signal
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any

from telegram.error import InvalidToken, TelegramError

from bot.answering import Answerer
from bot.answering.renewal import renew
from bot.article import Shelf
from bot.errors import BotError
from bot.settings import REFUSED_TOKEN, TelegramSettings
from bot.telegram.admission import Admission, Limits
from bot.telegram.application import new_application, set_profile
from bot.telegram.handlers import Handlers
from bot.telegram.transport.connections import ENDURED, Connections
from bot.telegram.transport.incoming import Incoming
from bot.telegram.transport.polling import Polling
from bot.telegram.transport.retries import Outage, answered
from bot.telegram.transport.webhook import Webhook

_LOGGER = logging.getLogger(__name__)


def serve(
    answerer: Answerer,
    settings: TelegramSettings,
    prepare: Callable[[Answerer], None],
    shelf: Shelf,
) -> None:
    """Answer on Telegram until SIGINT or SIGTERM, and from *shelf* anew when that changes.

    What takes long is done to what answers by *prepare*. A BotError is raised where Telegram, the
    port or the proxy refuses.
    """
    _settle()
    try:
        asyncio.run(_until_stopped(_answer(answerer, settings, prepare, shelf)))
    except InvalidToken:
        # The library's message quotes the token.
        raise BotError(REFUSED_TOKEN, 2) from None
    except TelegramError as error:
        raise BotError(f"Telegram refused the bot: {error}. Try again later.") from None


async def _until_stopped(answering: Coroutine[Any, Any, None]) -> None:
    told, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: loop.call_soon_threadsafe(told.set))
    ending, serving = asyncio.create_task(told.wait()), asyncio.create_task(answering)
    await asyncio.wait({ending, serving}, return_when=asyncio.FIRST_COMPLETED)
    serving.cancel()
    with suppress(asyncio.CancelledError):
        await serving
    # A thread may hang in the look-up of Telegram's name for half a minute, and be waited for.
    logging.shutdown()
    os._exit(0)


async def _answer(
    answerer: Answerer,
    settings: TelegramSettings,
    prepare: Callable[[Answerer], None],
    shelf: Shelf,
) -> None:
    """Answer until cancelled, then finish what is in hand."""
    users, chats = settings.allowed_users, settings.allowed_chats
    outages = Outage(), Outage()
    # Fetching waits for no reply: it has connections of its own.
    replies, fetching = (Connections(settings.api_base_url, *outages) for _ in range(2))
    application = new_application(settings, replies, fetching)
    handlers = Handlers(answerer, is_restricted=bool(users or chats))
    handlers.register(application)
    admission = Admission(users, chats, Limits(settings.questions_per_minute))
    incoming = Incoming(application, admission)
    source: Webhook | Polling = (
        Webhook(application.bot, incoming, settings.webhook)
        if settings.webhook
        else Polling(application.bot, fetching, incoming)
    )
    await answered(application.initialize)
    replies.endured = fetching.endured = ENDURED
    _LOGGER.info("Answering as @%s", application.bot.username)

    async def use(renewed: Answerer) -> None:
        await handlers.use(renewed)
        _settle()
        await set_profile(application.bot, renewed.article)

    beside = [
        set_profile(application.bot, answerer.article),
        asyncio.to_thread(_prepare, prepare, answerer),
        renew(shelf, prepare, use),
    ]
    tasks = list(map(asyncio.create_task, beside))
    try:
        await source.run()
    finally:
        for task in tasks:
            task.cancel()
        await incoming.finish(seconds=3.5)
        await source.end()
        await application.shutdown()


def _settle() -> None:
    """Let go of what is no longer needed."""
    gc.unfreeze()
    gc.collect()
    # Looking through the rest for garbage again and again is 5 % of the time.
    gc.freeze()


def _prepare(prepare: Callable[[Answerer], None], answerer: Answerer) -> None:
    try:
        prepare(answerer)
    except Exception:
        _LOGGER.exception("Questions are answered without what could not be prepared")
