"""The bot's profile: its command menus and descriptions, set where they differ."""

import logging

from telegram import Bot, BotCommand, BotCommandScopeAllGroupChats, BotCommandScopeAllPrivateChats
from telegram.error import TelegramError

from bot import words
from bot.article import Article

_LOGGER = logging.getLogger(__name__)
_MENUS = [
    (BotCommandScopeAllPrivateChats(), words.COMMANDS),
    (BotCommandScopeAllGroupChats(), words.GROUP_COMMANDS),
]


async def set_profile(bot: Bot, article: Article) -> None:
    """Bring the bot's menus and descriptions up to date; what fails is logged and left."""
    description = words.description(article.title, article.date)
    try:
        for scope, commands in _MENUS:
            wanted = [BotCommand(name, text) for name, text in commands.items()]
            if list(await bot.get_my_commands(scope)) != wanted:
                await bot.set_my_commands(wanted, scope)
        if (await bot.get_my_description()).description != description:
            await bot.set_my_description(description)
        if (await bot.get_my_short_description()).short_description != words.SHORT_DESCRIPTION:
            await bot.set_my_short_description(words.SHORT_DESCRIPTION)
    except TelegramError as error:
        _LOGGER.warning("The bot's profile could not be set: %s", error)
