"""Addressing: what in a message is said to the bot, in private and among others."""

import re

from telegram import ChatMember, ChatMemberUpdated, Message, MessageEntity, User
from telegram.constants import ChatType

from bot import words

_GONE = (ChatMember.LEFT, ChatMember.BANNED)


def question_in(message: Message, bot: User) -> str | None:
    """Return what *message* asks of the bot, empty where it is only called, None where it isn't."""
    mention = rf"(?i)(?<![\w.])@{bot.username}\b"
    question, mentions = re.subn(mention, " ", text_of(message))
    # A mention alone, in reply to somebody's message, asks that message.
    if mentions and not re.search(r"\w", question):
        return replied_text(message)
    is_meant = mentions or message.guest_query_id or is_private(message) or own_text(message, bot)
    return question.strip() if is_meant else None


def command_in(message: Message) -> tuple[str, str, str] | None:
    """Return the command that *message* begins with, the bot named in it, and what follows."""
    text, first = text_of(message), next(iter(message.entities or message.caption_entities), None)
    if not text or not first or first.type != MessageEntity.BOT_COMMAND or first.offset:
        return None
    command, _, name = text[1 : first.length].partition("@")
    return command, name, text[first.length :].strip()


def text_of(message: Message | None) -> str:
    """Return the text or caption of *message*, empty where it has none or there is no message."""
    return (message.text or message.caption or "") if message else ""


def replied_text(message: Message) -> str:
    """Return what *message* replies to: the part that is quoted, else the whole text."""
    return message.quote.text if message.quote else text_of(message.reply_to_message)


def own_text(message: Message, bot: User) -> str:
    """Return the text of the bot's message that *message* replies to, empty without one."""
    replied = message.reply_to_message
    return text_of(replied) if replied and replied.from_user == bot else ""


def is_private(message: Message) -> bool:
    """Return whether nobody but the person and the bot reads *message*."""
    # As a guest the bot is among people who write to each other in private.
    return message.chat.type == ChatType.PRIVATE and not message.guest_query_id


def is_addressed(message: Message, bot: User) -> bool:
    """Return whether a person says *message* to the bot."""
    # An admin who writes in the group's name looks like a bot.
    is_bot = message.from_user and message.from_user.is_bot and not message.sender_chat
    if is_bot or message.via_bot or message.is_automatic_forward:
        return False
    command = command_in(message)
    if not command:
        if not text_of(message):
            # Nobody says a service message, also of a kind that the library can't know yet.
            return is_private(message) and message.effective_attachment is not None
        return is_private(message) or question_in(message, bot) is not None
    name = command[1].lower()
    if name:
        return name == (bot.username or "").lower()
    known = words.GROUP_COMMANDS | words.ARTICLES_COMMAND
    return is_private(message) or command[0].lower() in known


def is_added(change: ChatMemberUpdated) -> bool:
    """Return whether the bot has just come into a group."""
    was, now = (one.status in _GONE for one in (change.old_chat_member, change.new_chat_member))
    return was and not now and change.chat.type in (ChatType.GROUP, ChatType.SUPERGROUP)
