"""Delivery: replies on their way to Telegram, and what becomes of those that don't get there."""

import logging
import re

from telegram import CallbackQuery, MaybeInaccessibleMessage, Message, Update
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, TelegramError
from telegram.ext import TypeHandler

from bot import words
from bot.telegram.admission import TurnedAway
from bot.telegram.application import Context, TelegramApplication
from bot.telegram.buttons import turns_only
from bot.telegram.rendering import fitted
from bot.telegram.replies import Reply, plain_reply
from bot.telegram.transport.retries import UnansweredError

_LOGGER = logging.getLogger(__name__)
# What Telegram says of a query, of a message to be edited, and of a chat gone or closed to the bot.
_TOO_OLD = "query is too old"
_UNEDITABLE = "not found|can't be edited|id invalid"
_UNCHANGED = "not modified"
_CLOSED = (
    "chat not found|chat restricted|rights|no write access| forbidden|thread not found"
    "|topic (closed|deleted)|(channel|chat|peer|user)( id)? (invalid|private)"
    "|user (is )?(banned|blocked|deactivated|deleted)|(admin|payment|premium) required"
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
    html, keyboard = fitted(reply.html), reply.keyboard
    try:
        return (await message.reply_text(html, reply_markup=keyboard)).id
    except ChatMigrated as moved:
        chat = moved.new_chat_id
        return (await context.bot.send_message(chat, html, reply_markup=keyboard)).id


async def send_below(shown: MaybeInaccessibleMessage, reply: Reply) -> None:
    """Send a message to the chat, and the topic of a forum, that another one is in."""
    html, keyboard = fitted(reply.html), reply.keyboard
    if isinstance(shown, Message):
        await shown.reply_text(html, reply_markup=keyboard, do_quote=False)
    else:
        await shown.chat.send_message(html, reply_markup=keyboard)


async def is_edited(
    chat: int | None, message: int | None, reply: Reply, context: Context, guest: str | None = None
) -> bool:
    """Edit a message, or a guest's by its id; return False where it is gone or too old for that."""
    html, keyboard = fitted(reply.html), reply.keyboard
    if guest:
        keyboard = turns_only(keyboard)
    try:
        await context.bot.edit_message_text(html, chat, message, guest, reply_markup=keyboard)
    except ChatMigrated:
        return False
    except BadRequest as error:
        if not _says(error, f"{_UNEDITABLE}|{_UNCHANGED}"):
            raise
        return _says(error, _UNCHANGED)
    return True


async def acknowledge(query: CallbackQuery, text: str) -> None:
    """End a button's waiting, with a *text* to read where there is one."""
    try:
        await query.answer(text or None)
    except BadRequest as error:
        # Too late to be told anything; what the tap asks for is shown all the same.
        if not _says(error, _TOO_OLD):
            raise


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
    if isinstance(error, Forbidden | ChatMigrated) or _says(error, f"{_CLOSED}|{_TOO_OLD}"):
        _LOGGER.info("A reply could not be delivered: %s", error)
    elif isinstance(error, UnansweredError | InvalidToken):
        _LOGGER.error("A reply was given up: %s", error)
    else:
        said = f": {error}" if isinstance(error, BadRequest) else ""
        _LOGGER.error("An update could not be answered%s", said, exc_info=error)
        if isinstance(update, Update) and update.effective_message:
            try:
                await send_reply(update.effective_message, plain_reply(words.FAILED), context)
            except TelegramError as again:
                _LOGGER.warning("The apology could not be sent: %s", again)


def _says(error: Exception | None, reasons: str) -> bool:
    # Some of Telegram's reasons are written like MESSAGE_NOT_MODIFIED.
    said = error.message.lower().replace("_", " ") if isinstance(error, TelegramError) else ""
    return re.search(reasons, said) is not None
