"""Incoming: updates as Telegram sends them, handled chat by chat, each of them once."""

import asyncio
import logging
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, TypeGuard
from weakref import WeakValueDictionary

from cachetools import TTLCache
from telegram import Update

from bot.telegram.admission import Admission, TurnedAway
from bot.telegram.application import TelegramApplication

_LOGGER = logging.getLogger(__name__)
# The kinds of updates that Telegram is asked for.
KINDS = ["message", "edited_message", "guest_message"]
KINDS += ["callback_query", "inline_query", "my_chat_member"]


class Incoming:
    """Handles updates: those of a chat one after the other, those of several side by side."""

    def __init__(self, application: TelegramApplication, admission: Admission) -> None:
        self._application = application
        self._admission = admission
        self._turns: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        self.in_hand: dict[int, asyncio.Task[None]] = {}
        self._waiting: Counter[int] = Counter()
        # Telegram sends an update again that it doesn't know to be handled.
        self._handled: TTLCache[int, None] = TTLCache(1_000, 10 * 60)

    def take(self, update: Mapping[str, Any]) -> asyncio.Task[None] | None:
        """Begin to handle an update, and return what ends with it, None where it is over."""
        number, chat = update["update_id"], chat_of(update)
        if number in self.in_hand or number in self._handled:
            return self.in_hand.get(number)
        if self._admission.is_flood(update, chat, self._waiting[chat]):
            return None
        admitted = self._read(update, chat)
        if not admitted:
            return None
        task = asyncio.create_task(self._handle(admitted, number, chat))
        task.add_done_callback(lambda _: self._end(number, chat))
        self.in_hand[number] = task
        self._waiting[chat] += 1
        return task

    async def finish(self, seconds: float) -> None:
        """Wait for what is in hand, and give up what is not done in so many seconds."""
        tasks = list(self.in_hand.values())
        with suppress(TimeoutError):
            await asyncio.wait_for(asyncio.gather(*tasks, return_exceptions=True), seconds)
        late = sum(task.cancelled() for task in tasks)
        if late:
            _LOGGER.warning("Stopping with %s updates unanswered, for chats too slow", late)

    def _read(self, update: Mapping[str, Any], chat: int) -> Update | TurnedAway | None:
        try:
            read = Update.de_json(dict(update), self._application.bot)
            me = self._application.bot.bot
            return self._admission.admitted(read, me, self._waiting[chat])
        except Exception as error:
            number, problem = update["update_id"], type(error).__name__
            _LOGGER.warning("Update %s can't be read and is passed over: %s", number, problem)
            return None

    async def _handle(self, admitted: Update | TurnedAway, number: int, chat: int) -> None:
        async with self._turns.setdefault(chat, asyncio.Lock()):
            try:
                await self._application.process_update(admitted)
            except Exception:
                _LOGGER.exception("Update %s could not be handled", number)
        self._handled[number] = None

    def _end(self, number: int, chat: int) -> None:
        del self.in_hand[number]
        self._waiting[chat] -= 1
        if not self._waiting[chat]:
            del self._waiting[chat]


def is_update(found: object) -> TypeGuard[dict[str, Any]]:
    """Return whether what Telegram sends is an update: it has an id, whatever else it has."""
    return isinstance(found, dict) and type(found.get("update_id")) is int


def chat_of(update: Mapping[str, Any]) -> int:
    """Return the id of an update's chat, of its user where it has none, 0 without either."""
    content = _object(next((part for part in update.values() if isinstance(part, dict)), None))
    places = [content.get("chat"), _object(content.get("message")).get("chat"), content.get("from")]
    if "guest_query_id" in content:
        # The chat where the bot is a guest may have the id of another one.
        places.reverse()
    ids = (_object(place).get("id") for place in places)
    return next((number for number in ids if isinstance(number, int)), 0)


def _object(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
