"""Retries: how long to wait between them, and how little is said of them."""

import asyncio
import logging
import random
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TypeVar

from telegram.error import Conflict, NetworkError

_T = TypeVar("_T")

_LOGGER = logging.getLogger(__name__)
# Seconds between tries, doubled each time; chance keeps those apart that failed together.
_SHORTEST_WAIT, _LONGEST_WAIT = 0.5, 10.0
# Seconds after which a request is given up: by then nobody waits for the answer.
PATIENCE = 60 * 60.0


class UnansweredError(NetworkError):
    """A request that Telegram didn't answer, or put off: then it asks for a *wait* in seconds."""

    def __init__(self, problem: str, wait: float = 0.0) -> None:
        super().__init__(problem)
        self.wait = wait


def waits(timer: Callable[[], float] = time.monotonic) -> Iterator[float]:
    """Return the seconds to wait before each further try, for about an hour by *timer*."""
    longest, begun = _SHORTEST_WAIT, timer()
    while timer() - begun < PATIENCE:
        yield longest * random.uniform(0.5, 1)  # noqa: S311 - nothing secret about it
        longest = min(2 * longest, _LONGEST_WAIT)


async def answered(ask: Callable[[], Awaitable[_T]]) -> _T:
    """Return what *ask* does, begun anew while Telegram doesn't answer or hears another process."""
    while True:
        for wait in waits():
            with suppress(UnansweredError, Conflict):
                return await ask()
            await asyncio.sleep(wait)


class Outage:
    """Tells of trouble that befalls many requests in two lines: as it begins, and as it ends."""

    def __init__(self) -> None:
        self._affected = 0
        self._since = 0.0

    @property
    def is_on(self) -> bool:
        """Whether any request is affected now."""
        return self._affected > 0

    @contextmanager
    def of_one(self, problem: Exception) -> Iterator[None]:
        """Count one request as affected by *problem* for as long as it is repeated."""
        if not self._affected:
            self._since = time.monotonic()
            _LOGGER.warning("A request to Telegram failed, trying again: %s", problem)
        self._affected += 1
        try:
            yield
        finally:
            self._affected -= 1
        if not self._affected:
            seconds = time.monotonic() - self._since
            _LOGGER.info("No request to Telegram fails any more, after %.1f s", seconds)
