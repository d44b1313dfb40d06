"""Failures: what is said and logged when an update can't be answered."""

import logging

from telegram import Message, Update
from telegram.error import BadRequest, InvalidToken, TelegramError

from bot import words
from bot.telegram.delivery import is_undeliverable, sent_reply
from bot.telegram.library import Context
from bot.telegram.replies import plain_reply
from bot.telegram.transport.retries import UnansweredError

_LOGGER = logging.getLogger(__name__)


async def answer_failure(update: object, context: Context) -> None:
    """Log what went wrong, and tell the person where that can help."""
    error = context.error
    if isinstance(error, TelegramError) and is_undeliverable(error):
        _LOGGER.info("A reply could not be delivered: %s", error)
        return
    if isinstance(error, UnansweredError | InvalidToken):
        _LOGGER.error("A reply was given up: %s", error)
        return
    said = f": {error}" if isinstance(error, BadRequest) else ""
    _LOGGER.error("An update could not be answered%s", said, exc_info=error)
    if isinstance(update, Update) and update.effective_message:
        await _apologise(update.effective_message, context)


async def _apologise(message: Message, context: Context) -> None:
    try:
        await sent_reply(message, plain_reply(words.FAILED), context)
    except TelegramError as again:
        _LOGGER.warning("The apology could not be sent: %s", again)
