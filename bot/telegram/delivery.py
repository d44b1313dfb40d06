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
    " forbidden",
    "chat restricted",
    "peer id invalid",
    "thread not found",
    "topic closed",
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
    reason = _reason(error)
    return isinstance(error, BadRequest) and any(one in reason for one in _UNDELIVERABLE)


def _reason(error: TelegramError) -> str:
    """Return what Telegram says, in words also where it says MESSAGE_NOT_MODIFIED."""
    return error.message.lower().replace("_", " ")


async def acknowledge(query: CallbackQuery, text: str) -> None:
    """End a button's waiting, with a *text* to read where there is one."""
    try:
        await query.answer(text or None)
    except BadRequest as error:
        # The tap is too old to be told anything; what it asks for is shown all the same.
        if _TOO_OLD not in _reason(error):
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
    except ChatMigrated:
        return False
    except BadRequest as error:
        reason = _reason(error)
        if any(one in reason for one in ("not found", "can't be edited", "id invalid")):
            return False
        # A second tap on the same button arrives when the page has been turned already.
        if "not modified" not in reason:
            raise
    return True
