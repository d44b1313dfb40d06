"""Ordering: one chat's updates in order, those of several chats side by side."""

import asyncio
from collections.abc import Awaitable
from typing import Any
from weakref import WeakValueDictionary

from telegram import Update
from telegram.ext import BaseUpdateProcessor

# As many updates may wait for their turn; as many chats are answered at once: with more of them
# the library's HTTP connections get in each other's way.
WAITING, AT_ONCE = 10_000, 32


class ChatByChat(BaseUpdateProcessor):
    """Handles the updates of a chat one after the other, without holding up other chats."""

    def __init__(self) -> None:
        super().__init__(max_concurrent_updates=WAITING)
        self._turns: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        self._at_once = asyncio.Semaphore(AT_ONCE)

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Handle *update* once those before it in its chat have been."""
        turn = self._turns.setdefault(_chat_of(update), asyncio.Lock())
        async with turn, self._at_once:
            await coroutine

    async def initialize(self) -> None:
        """Need nothing at start."""

    async def shutdown(self) -> None:
        """Need nothing at the end."""


def _chat_of(update: object) -> int:
    """Return the id of an update's chat, of its user where it has none."""
    if not isinstance(update, Update):
        return 0
    place = update.effective_chat or update.effective_user
    return place.id if place else 0
