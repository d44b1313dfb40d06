"""The bot's profile: its command menus and descriptions, set where they differ."""

import logging

from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
)
from telegram.error import TelegramError

from bot import words
from bot.article.article import Article

_LOGGER = logging.getLogger(__name__)


async def set_profile(bot: Bot, article: Article) -> None:
    """Bring the bot's menus and descriptions up to date; what fails is logged and left."""
    try:
        await _set_commands(bot, words.COMMANDS, BotCommandScopeAllPrivateChats())
        await _set_commands(bot, words.GROUP_COMMANDS, BotCommandScopeAllGroupChats())
        await _set_descriptions(bot, article)
    except TelegramError as error:
        _LOGGER.warning("The bot's profile could not be set: %s", error)


async def _set_commands(bot: Bot, commands: dict[str, str], scope: BotCommandScope) -> None:
    wanted = [BotCommand(name, text) for name, text in commands.items()]
    if list(await bot.get_my_commands(scope)) != wanted:
        await bot.set_my_commands(wanted, scope)


async def _set_descriptions(bot: Bot, article: Article) -> None:
    description = words.description(article.title, article.date)
    if (await bot.get_my_description()).description != description:
        await bot.set_my_description(description)
    if (await bot.get_my_short_description()).short_description != words.SHORT_DESCRIPTION:
        await bot.set_my_short_description(words.SHORT_DESCRIPTION)
