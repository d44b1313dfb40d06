"""The application: python-telegram-bot set up for this bot."""

from typing import Any, TypeAlias

from telegram import LinkPreviewOptions
from telegram.constants import ParseMode
from telegram.ext import Application, ContextTypes, Defaults

from bot.settings import TelegramSettings
from bot.telegram.transport.connections import Connections

# The parameters: bot, context, three kinds of stored data, jobs.
TelegramApplication: TypeAlias = Application[Any, Any, Any, Any, Any, Any]
Context: TypeAlias = ContextTypes.DEFAULT_TYPE


def new_application(
    settings: TelegramSettings, replies: Connections, fetching: Connections
) -> TelegramApplication:
    """Return an application that makes its requests through *replies* and *fetching*."""
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
