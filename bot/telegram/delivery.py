"""Delivery: replies on their way to Telegram, and what it may say against them."""

from telegram import CallbackQuery, MaybeInaccessibleMessage, Message
from telegram.error import BadRequest, ChatMigrated, Forbidden, TelegramError

from bot.telegram.library import Context
from bot.telegram.replies import Reply

_TOO_OLD = "query is too old"
_UNDELIVERABLE = (
    "chat not found",
    "rights",
    "no write access",
    "_forbidden",
    "chat_restricted",
    "thread not found",
    "topic_closed",
    "user is deactivated",
    _TOO_OLD,
)


def is_undeliverable(error: TelegramError) -> bool:
    """Return whether a reply can't reach anybody, and nothing is wrong with the bot.

    The bot is blocked or thrown out, may not write in the chat or the topic, the chat is gone, or
    a query is too old to be answered.
    """
    if isinstance(error, Forbidden | ChatMigrated):
        return True
    reason = error.message.lower()
    return isinstance(error, BadRequest) and any(one in reason for one in _UNDELIVERABLE)


async def acknowledge(query: CallbackQuery, text: str) -> None:
    """End a button's waiting, with a *text* to read where there is one."""
    try:
        await query.answer(text or None)
    except BadRequest as error:
        # The tap is too old to be told anything; what it asks for is shown all the same.
        if _TOO_OLD not in error.message.lower():
            raise


async def sent_reply(message: Message, reply: Reply, context: Context) -> int:
    """Reply to a message, also where its group has become a supergroup, and return the id."""
    try:
        sent = await message.reply_text(reply.html, reply_markup=reply.keyboard)
    except ChatMigrated as moved:
        chat = moved.new_chat_id
        sent = await context.bot.send_message(chat, reply.html, reply_markup=reply.keyboard)
    return sent.id


async def send_below(shown: MaybeInaccessibleMessage, reply: Reply, context: Context) -> None:
    """Send a message to the chat, and the topic of a forum, that another one is in."""
    topic = None
    if isinstance(shown, Message) and shown.is_topic_message:
        topic = shown.message_thread_id
    await context.bot.send_message(
        shown.chat.id, reply.html, reply_markup=reply.keyboard, message_thread_id=topic
    )


async def is_edited(chat: int, message: int, reply: Reply, context: Context) -> bool:
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
