"""Addressing: what in a message is said to the bot, in private and among others."""

import re

from telegram import Message, User
from telegram.constants import ChatType


def question_in(message: Message, bot: User) -> str | None:
    """Return what *message* asks of the bot, None when it isn't addressed to it.

    In a private chat everything is; elsewhere what mentions the bot or replies to it. A mention
    alone, in reply to somebody else's message, asks that message.
    """
    if _is_from_a_bot(message) or (message.via_bot and message.via_bot.id == bot.id):
        return None
    said = text_of(message)
    mention = re.compile(rf"@{bot.username}\b", re.IGNORECASE)
    mentioned = mention.search(said) is not None
    question = mention.sub(" ", said).strip()
    if message.chat.type == ChatType.PRIVATE:
        return question or said
    if mentioned:
        return question or replied_text(message) or said
    return question if replies_to(message, bot) else None


def is_for_other_bot(message: Message, bot: User) -> bool:
    """Return whether a command names another bot, or none where several may be listening."""
    command = text_of(message).split(maxsplit=1)[0]
    _, _, name = command.partition("@")
    if name:
        return name.lower() != (bot.username or "").lower()
    return message.chat.type != ChatType.PRIVATE


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


def _is_from_a_bot(message: Message) -> bool:
    return bool(message.from_user and message.from_user.is_bot and not message.sender_chat)
