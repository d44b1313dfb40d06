"""Delivery: replies on their way to Telegram, and what it may say against them."""

from telegram import CallbackQuery, MaybeInaccessibleMessage, Message
from telegram.error import BadRequest
from telegram.ext import ContextTypes

from bot.telegram.replies import Reply


def is_muted(error: BadRequest) -> bool:
    """Return whether the bot may not write in a chat or a topic."""
    reason = error.message.lower()
    return any(one in reason for one in ("not enough rights", "topic_closed", "write_forbidden"))


async def acknowledge(query: CallbackQuery, text: str) -> None:
    """End a button's waiting, with a *text* to read where there is one."""
    try:
        await query.answer(text or None)
    except BadRequest as error:
        # The tap is too old to be told anything; what it asks for is shown all the same.
        if "query is too old" not in error.message.lower():
            raise


async def send_below(
    shown: MaybeInaccessibleMessage, reply: Reply, context: ContextTypes.DEFAULT_TYPE
) -> None:
    """Send a message to the chat, and the topic of a forum, that another one is in."""
    topic = None
    if isinstance(shown, Message) and shown.is_topic_message:
        topic = shown.message_thread_id
    await context.bot.send_message(
        shown.chat.id, reply.html, reply_markup=reply.keyboard, message_thread_id=topic
    )


async def is_edited(
    chat: int, message: int, reply: Reply, context: ContextTypes.DEFAULT_TYPE
) -> bool:
    """Edit a message and return True, or False where it is gone or too old for that."""
    try:
        await context.bot.edit_message_text(
            reply.html, chat_id=chat, message_id=message, reply_markup=reply.keyboard
        )
    except BadRequest as error:
        reason = error.message.lower()
        if "not found" in reason or "can't be edited" in reason:
            return False
        # A second tap on the same button arrives when the page has been turned already.
        if "not modified" not in reason:
            raise
    return True
