"""The application: python-telegram-bot set up for this bot, run until it is told to stop."""

import asyncio
import logging
import signal
from contextlib import suppress

from telegram import LinkPreviewOptions, Update
from telegram.constants import ParseMode
from telegram.error import Conflict, InvalidToken, NetworkError, TelegramError
from telegram.ext import AIORateLimiter, Application, Defaults

from bot.answer import Answerer
from bot.article import Article
from bot.settings import TelegramSettings, refused_token
from bot.telegram.handlers import Handlers, TelegramApplication
from bot.telegram.ordering import ChatByChat
from bot.telegram.profile import set_profile

_LOGGER = logging.getLogger(__name__)
_UPDATES = [
    Update.MESSAGE,
    Update.EDITED_MESSAGE,
    Update.CALLBACK_QUERY,
    Update.INLINE_QUERY,
]
# Seconds between two tries to reach Telegram at start: doubled up to the longest.
_SHORTEST_WAIT, _LONGEST_WAIT = 1.0, 30.0
# Seconds for the updates in hand before the program ends all the same.
_LONGEST_STOP = 5.0


def serve(answerer: Answerer, settings: TelegramSettings) -> None:
    """Answer on Telegram until SIGINT or SIGTERM.

    Raises:
        BotError: Telegram refuses the token.
    """
    try:
        asyncio.run(_serve(build_application(answerer, settings), answerer.article))
    except InvalidToken:
        # The library's message quotes the token.
        raise refused_token() from None


def build_application(answerer: Answerer, settings: TelegramSettings) -> TelegramApplication:
    """Return the application with every handler registered, not yet started."""
    defaults = Defaults(
        parse_mode=ParseMode.HTML,
        link_preview_options=LinkPreviewOptions(is_disabled=True),
        do_quote=True,
        allow_sending_without_reply=True,
    )
    environment = "/test" if settings.test_environment else ""
    application = (
        Application.builder()
        .token(settings.token)
        .base_url(f"{settings.api_base_url}/bot{{token}}{environment}")
        .base_file_url(f"{settings.api_base_url}/file/bot{{token}}{environment}")
        .defaults(defaults)
        .rate_limiter(AIORateLimiter(max_retries=3))
        .concurrent_updates(ChatByChat())
        .build()
    )
    Handlers(answerer).register(application)
    return application


async def _serve(application: TelegramApplication, article: Article) -> None:
    stop = _stop_signal()
    if not await _started(application, stop):
        return
    profile = asyncio.create_task(set_profile(application.bot, article))
    await stop.wait()
    profile.cancel()
    if application.updater:
        await application.updater.stop()
    with suppress(TimeoutError):
        async with asyncio.timeout(_LONGEST_STOP):
            await application.stop()
    if not application.running:
        await application.shutdown()


def _stop_signal() -> asyncio.Event:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: loop.call_soon_threadsafe(stop.set))
    return stop


async def _started(application: TelegramApplication, stop: asyncio.Event) -> bool:
    """Return whether the bot runs; False when it was told to stop before Telegram answered."""
    starting = asyncio.create_task(_start(application))
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait({starting, stopping}, return_when=asyncio.FIRST_COMPLETED)
    if not starting.done():
        starting.cancel()
        return False
    stopping.cancel()
    await starting
    return True


async def _start(application: TelegramApplication) -> None:
    await _connect(application)
    if application.updater:
        await application.updater.start_polling(
            bootstrap_retries=-1, allowed_updates=_UPDATES, error_callback=_log_polling_error
        )
    await application.start()
    _LOGGER.info("Answering as @%s", application.bot.username)


async def _connect(application: TelegramApplication) -> None:
    wait = _SHORTEST_WAIT
    while True:
        try:
            await application.initialize()
        except NetworkError as error:
            _LOGGER.warning("Telegram can't be reached, next try in %.0f s: %s", wait, error)
            await asyncio.sleep(wait)
            wait = min(2 * wait, _LONGEST_WAIT)
        else:
            return


def _log_polling_error(error: TelegramError) -> None:
    if isinstance(error, Conflict):
        _LOGGER.warning("Another process is running with this token. Stop one of the two.")
    else:
        _LOGGER.warning("Telegram can't be reached, trying again: %s", error)
