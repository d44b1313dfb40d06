"""Addressing: what in a message is said to the bot, in private and among others."""

import re

from telegram import Message, User
from telegram.constants import ChatType
from telegram.ext import filters

from bot import words


def question_in(message: Message, bot: User) -> str | None:
    """Return what *message* asks of the bot, empty where it is only called, None where it isn't."""
    mention = rf"(?i)(?<![\w.])@{bot.username}\b"
    question, mentions = re.subn(mention, " ", text_of(message))
    # A mention alone, in reply to somebody's message, asks that message.
    if mentions and not is_private(message) and not re.search(r"\w", question):
        return text_of(message.reply_to_message)
    is_meant = mentions or is_private(message) or replies_to(message, bot)
    return question.strip() if is_meant else None


def command_in(message: Message) -> tuple[str, str, str]:
    """Return the command that *message* begins with, the bot named in it, and what follows."""
    written = message.parse_entity(message.entities[0])
    command, _, name = written.removeprefix("/").partition("@")
    return command, name, text_of(message).removeprefix(written).strip()


def text_of(message: Message | None) -> str:
    """Return the text or caption of *message*, empty where it has none or there is no message."""
    return (message.text or message.caption or "") if message else ""


def replies_to(message: Message, bot: User) -> bool:
    """Return whether *message* replies to one of the bot's."""
    replied = message.reply_to_message
    return bool(replied and replied.from_user and replied.from_user.id == bot.id)


def is_private(message: Message) -> bool:
    """Return whether nobody but the person and the bot reads *message*."""
    return message.chat.type == ChatType.PRIVATE


def is_addressed(message: Message, bot: User) -> bool:
    """Return whether a person says *message* to the bot."""
    # An admin who writes in the group's name looks like a bot.
    is_bot = message.from_user and message.from_user.is_bot and not message.sender_chat
    if is_bot or message.via_bot or message.is_automatic_forward:
        return False
    if not filters.COMMAND.filter(message):
        if not text_of(message):
            # Nobody says a service message, also of a kind that the library can't know yet.
            return is_private(message) and message.effective_attachment is not None
        return is_private(message) or question_in(message, bot) is not None
    command, name, _ = command_in(message)
    if name:
        return name.lower() == (bot.username or "").lower()
    return is_private(message) or command.lower() in words.GROUP_COMMANDS | words.ARTICLES_COMMAND
