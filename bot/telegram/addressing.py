"""Addressing: what in a message is said to the bot, in private and among others."""

import re

from telegram import Message, User
from telegram.constants import ChatType
from telegram.ext import filters

from bot import words


def question_in(message: Message, bot: User) -> str | None:
    """Return what *message* asks of the bot, None when it isn't addressed to it.

    It is empty where the bot is only called.

    In a private chat everything is; elsewhere what mentions the bot or replies to it. A mention
    alone, in reply to somebody else's message, asks that message.
    """
    said = text_of(message)
    mention = re.compile(rf"(?<![\w.])@{bot.username}\b", re.IGNORECASE)
    mentioned = mention.search(said) is not None
    question = mention.sub(" ", said).strip()
    if message.chat.type == ChatType.PRIVATE:
        return question
    if mentioned:
        return question if re.search(r"\w", question) else replied_text(message)
    return question if replies_to(message, bot) else None


def command_in(message: Message) -> str:
    """Return the command that *message* begins with, such as /help or /help@name."""
    return message.parse_entity(message.entities[0])


def text_of(message: Message) -> str:
    """Return the text or the caption of a message, empty where it has none."""
    return message.text or message.caption or ""


def replied_text(message: Message) -> str:
    """Return the text of the message that *message* replies to, empty where there is none."""
    return text_of(message.reply_to_message) if message.reply_to_message else ""


def replies_to(message: Message, bot: User) -> bool:
    """Return whether *message* replies to one of the bot's."""
    replied = message.reply_to_message
    return bool(replied and replied.from_user and replied.from_user.id == bot.id)


def is_from_person(message: Message) -> bool:
    """Return whether a person, or a group's admin in its name, wrote *message* by hand."""
    is_bot = message.from_user and message.from_user.is_bot and not message.sender_chat
    return not (is_bot or message.via_bot or message.is_automatic_forward)


def is_addressed(message: Message, bot: User) -> bool:
    """Return whether a person says *message* to the bot.

    In private everything is but a command that names another bot; elsewhere a command that is the
    bot's own or names it, a mention, and a reply to it.
    """
    if not is_from_person(message):
        return False
    is_private = message.chat.type == ChatType.PRIVATE
    if not filters.COMMAND.filter(message):
        return is_private or question_in(message, bot) is not None
    command, _, name = command_in(message).lower().partition("@")
    if name:
        return name == (bot.username or "").lower()
    return is_private or command.removeprefix("/") in words.GROUP_COMMANDS
