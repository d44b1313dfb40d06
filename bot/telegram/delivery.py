"""Delivery: replies on their way to Telegram, and what becomes of those that don't get there."""

import logging
import re
from contextlib import suppress
from typing import Any

from telegram import CallbackQuery, MaybeInaccessibleMessage, Message, Update
from telegram.error import BadRequest, ChatMigrated, Forbidden, TelegramError
from telegram.ext import TypeHandler

from bot import words
from bot.telegram.admission import TurnedAway
from bot.telegram.application import Context, TelegramApplication
from bot.telegram.buttons import turns_only
from bot.telegram.rendering import fitted
from bot.telegram.replies import LOOK, Reply, plain_reply

_LOGGER = logging.getLogger(__name__)
# In this spelling the library takes them for methods that it doesn't know: its own also read what
# Telegram tells of a message sent, a sixth of all work.
_SEND, _EDIT = "send_Message", "edit_Message_Text"
# What Telegram says of an edit that changes nothing, of a chat gone or closed to the bot and of a
# query answered too late.
_UNCHANGED = "not modified"
_CLOSED = (
    "chat not found|chat restricted|rights|no write access| forbidden|thread not found"
    "|topic (closed|deleted)|(channel|chat|peer|user)( id)? (invalid|private)"
    "|user (is )?(banned|blocked|deactivated|deleted)|(admin|payment|premium) required"
    "|query is too old"
)


def register_refusals(application: TelegramApplication) -> None:
    """Add to *application* what answers those turned away, and what tells of failures."""
    application.add_handler(TypeHandler(TurnedAway, _turn_away))
    application.add_error_handler(_answer_failure)


async def send_reply(message: Message, reply: Reply, context: Context) -> int:
    """Reply to a message, also where its group has become a supergroup, and return the id.

    As a guest the bot says one thing in a chat, and gets no id: 0 is returned.
    """
    if message.guest_query_id:
        await message.answer_guest_query(reply.as_result(context.bot.first_name))
        return 0
    answered = {"message_id": message.id, "allow_sending_without_reply": True}
    try:
        sent = await send_below(message, reply, context, reply_parameters=answered)
    except ChatMigrated as moved:
        sent = await _post(_SEND, reply, context, chat_id=moved.new_chat_id)
    return int(sent["message_id"])


async def send_below(
    shown: MaybeInaccessibleMessage, reply: Reply, context: Context, **how: object
) -> Any:
    """Send a message to the chat, and the topic there, that another one is in."""
    if isinstance(shown, Message) and shown.is_topic_message:
        how["message_thread_id"] = shown.message_thread_id
    if isinstance(shown, Message) and shown.direct_messages_topic:
        how["direct_messages_topic_id"] = shown.direct_messages_topic.topic_id
    return await _post(_SEND, reply, context, chat_id=shown.chat.id, **how)


async def is_edited(
    chat: int | None, message: int | None, reply: Reply, context: Context, guest: str | None = None
) -> bool:
    """Edit a message, or a guest's by its id; return False where Telegram refuses that."""
    shown = {"chat_id": chat, "message_id": message, "inline_message_id": guest}
    if guest:
        reply = reply._replace(keyboard=turns_only(reply.keyboard))
    try:
        await _post(_EDIT, reply, context, **shown)
    except (BadRequest, ChatMigrated) as error:
        return _says(error, _UNCHANGED)
    return True


async def _post(method: str, reply: Reply, context: Context, **how: object) -> Any:
    said = {"text": fitted(reply.html), "reply_markup": reply.keyboard, **LOOK, **how}
    return await context.bot.do_api_request(method, said)


async def acknowledge(query: CallbackQuery, text: str) -> None:
    """End a button's waiting, with a *text* to read where there is one."""
    # Too late to be told anything, what the tap asks for is shown all the same.
    with suppress(BadRequest):
        await query.answer(text or None)


async def _turn_away(turned_away: TurnedAway, context: Context) -> None:
    """Say why an update gets no answer; an inline query is offered nothing."""
    update, said = turned_away
    if update.inline_query:
        await update.inline_query.answer([], is_personal=True)
    elif update.callback_query:
        await acknowledge(update.callback_query, said)
    elif update.effective_message:
        await send_reply(update.effective_message, plain_reply(said), context)


async def _answer_failure(update: object, context: Context) -> None:
    """Log why an update could not be answered, and tell the person where that can help."""
    error = context.error
    if isinstance(error, Forbidden | ChatMigrated) or _says(error, _CLOSED):
        _LOGGER.info("A reply could not be delivered: %s", error)
        return
    if isinstance(error, TelegramError):
        _LOGGER.error("A reply was given up: %s", error)
    else:
        _LOGGER.error("An update could not be answered", exc_info=error)
    is_worth_it = isinstance(error, BadRequest) or not isinstance(error, TelegramError)
    if is_worth_it and isinstance(update, Update) and update.effective_message:
        with suppress(TelegramError):
            await send_reply(update.effective_message, plain_reply(words.FAILED), context)


def _says(error: Exception | None, reasons: str) -> bool:
    # Some of Telegram's reasons are written like MESSAGE_NOT_MODIFIED.
    said = error.message.lower().replace("_", " ") if isinstance(error, TelegramError) else ""
    return re.search(reasons, said) is not None
