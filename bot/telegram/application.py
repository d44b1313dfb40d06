"""The application: python-telegram-bot set up for this bot, run until it is told to stop."""

import asyncio
import gc
import logging
import os
import signal
from contextlib import suppress

from telegram import LinkPreviewOptions, Update
from telegram.constants import ParseMode
from telegram.error import InvalidToken, TelegramError
from telegram.ext import Application, Defaults

from bot.answering.answerer import Answerer
from bot.errors import BotError
from bot.settings import REFUSED_TOKEN, TelegramSettings
from bot.telegram.admission import Access, Admission
from bot.telegram.handlers import Handlers
from bot.telegram.library import TelegramApplication
from bot.telegram.limits import Limits
from bot.telegram.profile import set_profile
from bot.telegram.transport.connections import Connections
from bot.telegram.transport.incoming import Incoming
from bot.telegram.transport.polling import Polling
from bot.telegram.transport.retries import Outage, answered
from bot.telegram.transport.webhook import Webhook

_LOGGER = logging.getLogger(__name__)
_UPDATES: list[str] = [
    Update.MESSAGE,
    Update.EDITED_MESSAGE,
    Update.CALLBACK_QUERY,
    Update.INLINE_QUERY,
]
# Seconds for the updates in hand before the program ends all the same.
_LONGEST_STOP = 3.5


def serve(answerer: Answerer, settings: TelegramSettings) -> None:
    """Answer on Telegram until SIGINT or SIGTERM.

    Raises:
        BotError: Telegram refuses the token, the bot or the webhook, the webhook's port can't be
            listened on, or the proxy can't be used.
    """
    # What was loaded stays: looking through it for garbage again and again is 5 % of the time.
    gc.collect()
    gc.freeze()
    try:
        asyncio.run(_serve(answerer, settings))
    except InvalidToken:
        # The library's message quotes the token.
        raise BotError(REFUSED_TOKEN, 2) from None
    except TelegramError as error:
        raise BotError(f"Telegram refused the bot: {error}. Try again later.") from None


async def _serve(answerer: Answerer, settings: TelegramSettings) -> None:
    stop = asyncio.create_task(_stop_signal().wait())
    serving = asyncio.create_task(_answer(answerer, settings))
    await asyncio.wait({stop, serving}, return_when=asyncio.FIRST_COMPLETED)
    stop.cancel()
    serving.cancel()
    with suppress(asyncio.CancelledError):
        await serving
    # A thread may hang in the look-up of Telegram's name for half a minute, and be waited for.
    logging.shutdown()
    os._exit(0)


def _stop_signal() -> asyncio.Event:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: loop.call_soon_threadsafe(stop.set))
    return stop


async def _answer(answerer: Answerer, settings: TelegramSettings) -> None:
    """Answer until cancelled, then finish what is in hand."""
    access = Access(settings.allowed_users, settings.allowed_chats)
    outages = Outage(), Outage()
    # Fetching waits for no reply: it has connections of its own.
    replies, fetching = (Connections(settings.api_base_url, *outages) for _ in range(2))
    application = _application(settings, replies, fetching)
    Handlers(answerer, access.is_restricted).register(application)
    limits = Limits(settings.questions_per_minute)
    incoming = Incoming(application, Admission(access, limits))
    source = _source(application, settings, fetching, incoming)
    await answered(application.initialize)
    _LOGGER.info("Answering as @%s", application.bot.username)
    profile = asyncio.create_task(set_profile(application.bot, answerer.article))
    try:
        await source.run()
    finally:
        profile.cancel()
        await incoming.finish(_LONGEST_STOP)
        await source.end()
        await application.shutdown()


def _application(
    settings: TelegramSettings, replies: Connections, fetching: Connections
) -> TelegramApplication:
    defaults = Defaults(
        parse_mode=ParseMode.HTML,
        link_preview_options=LinkPreviewOptions(is_disabled=True),
        do_quote=True,
        allow_sending_without_reply=True,
    )
    environment = "/test" if settings.test_environment else ""
    return (
        Application.builder()
        .token(settings.token)
        .base_url(f"{settings.api_base_url}/bot{{token}}{environment}")
        .defaults(defaults)
        .request(replies)
        .get_updates_request(fetching)
        .updater(None)
        .build()
    )


def _source(
    application: TelegramApplication,
    settings: TelegramSettings,
    fetching: Connections,
    incoming: Incoming,
) -> Polling | Webhook:
    if settings.webhook:
        return Webhook(application.bot, incoming, _UPDATES, settings.webhook)
    return Polling(application.bot, fetching, incoming, _UPDATES)
