"""Polling: fetching updates, and confirming each only when it has been handled.

The one exception: chats that take more than a few seconds hold up nobody behind a full window.
The updates are fetched as they stand, not by the library's own method: one that can't be read
mustn't spoil the others, and a flood must cost next to nothing.
"""

import asyncio
import json
import logging
import time
from contextlib import suppress
from typing import Any, NamedTuple
from urllib.parse import urlencode

from telegram import Bot
from telegram.constants import PollingLimit
from telegram.error import Conflict, InvalidToken, TelegramError

from bot.telegram.transport.connections import Connections
from bot.telegram.transport.incoming import KINDS, Incoming, is_update
from bot.telegram.transport.retries import answered, waits

_LOGGER = logging.getLogger(__name__)
# Telegram hands over so many updates at once, counted from the oldest that isn't confirmed.
_WINDOW = int(PollingLimit.MAX_LIMIT)
# Seconds that Telegram waits for an update, and how much later it may say that there is none.
_LONG_POLL, _READ_TIMEOUT = 50, 20
# Seconds after which an update no longer holds up a full window, while so few are in hand.
_OVERDUE, _MOST_IN_HAND = 3.0, 5_000
# Seconds without trouble before the next is worth a line again.
_EPISODE = 60.0


class _Fetched(NamedTuple):
    """An update that isn't confirmed: when it came, and what ends when it has been handled."""

    time: float
    task: asyncio.Task[None] | None

    @property
    def is_handled(self) -> bool:
        return self.task is None or (self.task.done() and not self.task.cancelled())


class Polling:
    """Fetches updates for as long as it runs."""

    def __init__(self, bot: Bot, request: Connections, incoming: Incoming) -> None:
        self._bot = bot
        self._request = request
        self._incoming = incoming
        self._window: dict[int, _Fetched] = {}
        self._offset = 0
        self._last_problem = -_EPISODE

    async def run(self) -> None:
        """Fetch and hand on until cancelled; raise InvalidToken where the token isn't valid."""
        await answered(self._bot.delete_webhook)
        while True:
            self._move_on(time.monotonic() - _OVERDUE if self._may_skip() else 0)
            for update in await self._fetched(0 if self._window else _LONG_POLL):
                number = update["update_id"]
                if number not in self._window:
                    self._window[number] = _Fetched(time.monotonic(), self._incoming.take(update))
            in_hand = [one.task for one in self._window.values() if one.task]
            if in_hand:
                await asyncio.wait(in_hand, timeout=0.1)

    async def end(self) -> None:
        """Confirm what has been handled, so that it isn't answered again after a restart."""
        self._move_on()
        with suppress(TelegramError, TimeoutError):
            async with asyncio.timeout(1):
                await self._request.post(self._address(0, limit=1))

    def _move_on(self, overdue: float = 0.0) -> None:
        """Set the offset behind what has been handled, and behind what came before *overdue*."""
        for number, fetched in list(self._window.items()):
            self._offset = number
            if not fetched.is_handled and fetched.time >= overdue:
                return
            del self._window[number]
            self._offset = number + 1

    def _may_skip(self) -> bool:
        """Return whether a few chats, and no outage, hold up the others behind a full window."""
        if len(self._window) < _WINDOW or len(self._incoming.in_hand) >= _MOST_IN_HAND:
            return False
        others = any(fetched.is_handled for fetched in self._window.values())
        return others or self._request.is_reaching_some

    async def _fetched(self, seconds: int) -> list[dict[str, Any]]:
        """Return what isn't confirmed, waiting so many seconds for an update where nothing is."""
        for wait in waits():
            try:
                found = await self._request.post(
                    self._address(seconds), read_timeout=seconds + _READ_TIMEOUT
                )
                return [one for one in found if is_update(one)] if isinstance(found, list) else []
            except InvalidToken:
                raise
            except TelegramError as error:
                self._tell(error)
            await asyncio.sleep(wait)
        return []

    def _tell(self, error: TelegramError) -> None:
        said = "Updates can't be fetched, trying again"
        if isinstance(error, Conflict):
            said = "Another process uses this token, stop one of the two"
        if time.monotonic() - self._last_problem > _EPISODE:
            _LOGGER.warning("%s: %s", said, error)
        self._last_problem = time.monotonic()

    def _address(self, seconds: int, limit: int = _WINDOW) -> str:
        asked = {"offset": self._offset, "limit": limit, "timeout": seconds}
        kinds = {"allowed_updates": json.dumps(KINDS)}
        return f"{self._bot.base_url}/getUpdates?{urlencode(asked | kinds)}"
