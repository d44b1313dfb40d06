"""The application: python-telegram-bot set up for this bot, and the profile that people see."""

import logging
from typing import Any, TypeAlias

from telegram import Bot, BotCommand, BotCommandScope
from telegram.error import TelegramError
from telegram.ext import Application, ContextTypes

from bot import words
from bot.article import Article
from bot.settings import TelegramSettings
from bot.telegram.transport.connections import Connections

_LOGGER = logging.getLogger(__name__)
_MENUS = [
    (BotCommandScope(BotCommandScope.ALL_PRIVATE_CHATS), words.COMMANDS),
    (BotCommandScope(BotCommandScope.ALL_GROUP_CHATS), words.GROUP_COMMANDS),
]
# The parameters: bot, context, three kinds of stored data, jobs.
TelegramApplication: TypeAlias = Application[Any, Any, Any, Any, Any, Any]
Context: TypeAlias = ContextTypes.DEFAULT_TYPE


class _ForgetfulApplication(TelegramApplication):
    def _mark_for_persistence_update(self, **_: object) -> None:
        """Keep nothing: the library would remember each chat for ever, to store what it has not."""


def new_application(
    settings: TelegramSettings, replies: Connections, fetching: Connections
) -> TelegramApplication:
    """Return an application that makes its requests through *replies* and *fetching*."""
    environment = "/test" if settings.test_environment else ""
    return (
        Application.builder()
        .application_class(_ForgetfulApplication)
        .token(settings.token)
        .base_url(f"{settings.api_base_url}/bot{{token}}{environment}")
        .request(replies)
        .get_updates_request(fetching)
        .updater(None)
        .build()
    )


async def set_profile(bot: Bot, article: Article) -> None:
    """Bring the bot's menus and descriptions up to date; what fails is logged and left."""
    description = words.description(article.titles)
    further = words.ARTICLES_COMMAND if article.parts else {}
    try:
        for scope, commands in _MENUS:
            wanted = [BotCommand(name, text) for name, text in (commands | further).items()]
            if list(await bot.get_my_commands(scope)) != wanted:
                await bot.set_my_commands(wanted, scope)
        if (await bot.get_my_description()).description != description:
            await bot.set_my_description(description)
        if (await bot.get_my_short_description()).short_description != words.SHORT_DESCRIPTION:
            await bot.set_my_short_description(words.SHORT_DESCRIPTION)
    except TelegramError as error:
        _LOGGER.warning("The bot's profile could not be set: %s", error)
