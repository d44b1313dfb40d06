"""Polling: fetching updates, and confirming each only when it has been handled.

The one exception: a chat that takes more than a few seconds holds up nobody behind a full window.
The updates are fetched as they stand, not by the library's own method: one that can't be read
mustn't spoil the others, and a flood must cost next to nothing.
"""

import asyncio
import json
import logging
import time
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, NamedTuple, TypeAlias
from urllib.parse import urlencode

from telegram import Bot
from telegram.constants import PollingLimit
from telegram.error import Conflict, InvalidToken, TelegramError
from telegram.request import BaseRequest

from bot.telegram.transport.connections import answered
from bot.telegram.transport.incoming import Incoming, is_update
from bot.telegram.transport.retries import waits

Updates: TypeAlias = list[Mapping[str, Any]]

_LOGGER = logging.getLogger(__name__)
# Telegram hands over so many updates at once, counted from the oldest that isn't confirmed.
_WINDOW = int(PollingLimit.MAX_LIMIT)
# Seconds that Telegram waits for an update before it says that there is none, and how much later
# that may arrive.
_LONG_POLL, _READ_TIMEOUT = 50, 20
# Confirm when this share of what was fetched has been handled: more would save requests, but be
# answered twice if the process were killed.
_TOGETHER = 0.2
# Seconds between two looks for news while something is in hand: doubled while there is none.
_SHORTEST_PAUSE, _LONGEST_PAUSE = 0.02, 0.5
# Seconds after which an update no longer keeps those behind a full window from being fetched, as
# long as so few are in hand.
_OVERDUE, _MOST_IN_HAND = 3.0, 1_000
# Seconds without trouble before the next is worth a line again.
_EPISODE = 60.0
# So many refusals of the token in a row are meant.
_REFUSALS = 3
# Seconds for the last confirmation.
_GOODBYE = 1.0


class _Fetched(NamedTuple):
    """An update that isn't confirmed: when it came, and what ends when it has been handled."""

    time: float
    task: asyncio.Task[None] | None

    @property
    def is_handled(self) -> bool:
        return self.task is None or (self.task.done() and not self.task.cancelled())


class Polling:
    """Fetches updates for as long as it runs.

    Args:
        bot: Whose updates they are.
        request: What makes the requests.
        incoming: What handles the updates.
        kinds: The kinds of updates to ask for.
    """

    def __init__(
        self, bot: Bot, request: BaseRequest, incoming: Incoming, kinds: list[str]
    ) -> None:
        self._bot = bot
        self._request = request
        self._incoming = incoming
        self._kinds = json.dumps(kinds)
        self._window: dict[int, _Fetched] = {}
        self._offset = 0
        self._handled = 0
        self._is_due = asyncio.Event()
        self._last_problem = -_EPISODE

    async def run(self) -> None:
        """Fetch and hand on until cancelled.

        Raises:
            InvalidToken: The token isn't valid any more.
        """
        await answered(self._bot.delete_webhook)
        pause = _SHORTEST_PAUSE
        while True:
            self._move_on(self._may_skip())
            self._handled = 0
            self._is_due.clear()
            has_news = self._take(await self._fetched(0 if self._window else _LONG_POLL))
            has_news = has_news or self._handled > 0
            pause = _SHORTEST_PAUSE if has_news else min(2 * pause, _LONGEST_PAUSE)
            with suppress(TimeoutError):
                async with asyncio.timeout(pause):
                    await self._is_due.wait()

    async def end(self) -> None:
        """Confirm what has been handled, so that it isn't answered again after a restart."""
        self._move_on(may_skip=False)
        with suppress(TelegramError, TimeoutError):
            async with asyncio.timeout(_GOODBYE):
                await self._request.post(self._address(0, limit=1))

    def _move_on(self, may_skip: bool) -> None:
        """Set the offset behind what has been handled, and behind what is overdue if it may."""
        now = time.monotonic()
        for number, fetched in list(self._window.items()):
            is_overdue = may_skip and now - fetched.time > _OVERDUE
            if not fetched.is_handled and not is_overdue:
                self._offset = number
                return
            del self._window[number]
            self._offset = number + 1

    def _may_skip(self) -> bool:
        """Return whether others get through while the window is full: one chat holds them up."""
        is_full = len(self._window) >= _WINDOW
        others = any(fetched.is_handled for fetched in self._window.values())
        return is_full and others and self._incoming.in_hand < _MOST_IN_HAND

    def _take(self, updates: Updates) -> bool:
        """Hand on what is new among *updates*, and return whether anything was."""
        new = [update for update in updates if update["update_id"] not in self._window]
        for update in new:
            task = self._incoming.take(update)
            self._window[update["update_id"]] = _Fetched(time.monotonic(), task)
            if task:
                task.add_done_callback(lambda _: self._count())
        if all(fetched.is_handled for fetched in self._window.values()):
            self._is_due.set()
        return bool(new)

    def _count(self) -> None:
        self._handled += 1
        if self._handled >= _TOGETHER * len(self._window) or not self._incoming.in_hand:
            self._is_due.set()

    async def _fetched(self, seconds: int) -> Updates:
        """Return what isn't confirmed, waiting so many seconds for an update where nothing is."""
        refusals = 0
        for wait in waits():
            try:
                found = await self._request.post(
                    self._address(seconds), read_timeout=seconds + _READ_TIMEOUT
                )
                return [one for one in found if is_update(one)] if isinstance(found, list) else []
            except InvalidToken:
                # Any page that isn't there counts as that, too.
                refusals += 1
                if refusals == _REFUSALS:
                    raise
            except TelegramError as error:
                self._tell(error)
            await asyncio.sleep(wait)
        return []

    def _tell(self, error: TelegramError) -> None:
        now = time.monotonic()
        is_new, self._last_problem = now - self._last_problem > _EPISODE, now
        if is_new and isinstance(error, Conflict):
            _LOGGER.warning("Another process uses this token, stop one of the two: %s", error)
        elif is_new:
            _LOGGER.warning("Updates can't be fetched, trying again: %s", error)

    def _address(self, seconds: int, limit: int = _WINDOW) -> str:
        asked = {"offset": self._offset, "limit": limit, "timeout": seconds}
        return (
            f"{self._bot.base_url}/getUpdates?{urlencode(asked | {'allowed_updates': self._kinds})}"
        )
