"""Connections: requests to Telegram, repeated until Telegram itself has answered."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from contextlib import suppress
from http import HTTPStatus
from typing import Any, TypeVar

import httpx
from telegram.error import NetworkError
from telegram.request import BaseRequest, HTTPXRequest

from bot.telegram.retries import PATIENCE, Outage, waits

_T = TypeVar("_T")

# As many requests at once. The library's own pool looks through all of its connections for every
# request, which costs twice the time with 32 of them: here each has a pool of its own.
AT_ONCE = 32
# Seconds: a request given up too early is made again, and its answer may then be shown twice.
_READ_TIMEOUT = 20.0


class UnansweredError(NetworkError):
    """A request that Telegram didn't answer, or put off.

    Attributes:
        wait: The seconds that Telegram asks to wait before the next try.
    """

    def __init__(self, problem: str, wait: float = 0.0) -> None:
        super().__init__(problem)
        self.wait = wait


async def answered(ask: Callable[[], Awaitable[_T]]) -> _T:
    """Return what *ask* does, begun anew for as long as Telegram doesn't answer."""
    while True:
        with suppress(UnansweredError):
            return await ask()


class Connections(BaseRequest):
    """Makes requests over a few connections, and makes those again that found no answer.

    Lost connections, pages that aren't Telegram's, its own failures (5xx) and its flood control
    (429) are all waited out here, about an hour at the longest; refusals are the caller's.
    """

    def __init__(self) -> None:
        self._idle: list[HTTPXRequest] = []
        self._free = asyncio.Semaphore(AT_ONCE)
        self._trusted = httpx.create_ssl_context()
        self._outage = Outage()

    @property
    def read_timeout(self) -> float:
        """Seconds until an answer must have begun."""
        return _READ_TIMEOUT

    async def initialize(self) -> None:
        """Need nothing at start: connections are opened as they are needed."""

    async def shutdown(self) -> None:
        """Close every connection."""
        while self._idle:
            await self._idle.pop().shutdown()

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        """Return the status and the body of Telegram's answer to a request.

        Raises:
            UnansweredError: There was none for about an hour.
        """
        try:
            return await self._answer(*args, **kwargs)
        except UnansweredError as problem:
            with self._outage.of_one(problem):
                return await self._later_answer(problem, *args, **kwargs)

    async def _later_answer(
        self, problem: UnansweredError, *args: Any, **kwargs: Any
    ) -> tuple[int, bytes]:
        for wait in waits():
            await asyncio.sleep(min(max(wait, problem.wait), PATIENCE))
            try:
                return await self._answer(*args, **kwargs)
            except UnansweredError as again:
                problem = again
        raise problem

    async def _answer(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        async with self._free:
            connection = self._idle.pop() if self._idle else self._opened()
            try:
                status, body = await connection.do_request(*args, **kwargs)
            except NetworkError as error:
                raise UnansweredError(error.message) from None
            finally:
                self._idle.append(connection)
        _check_is_answer(status, body)
        return status, body

    def _opened(self) -> HTTPXRequest:
        return HTTPXRequest(
            connection_pool_size=1,
            read_timeout=_READ_TIMEOUT,
            httpx_kwargs={"verify": self._trusted},
        )


def _check_is_answer(status: int, body: bytes) -> None:
    """Raise what is no answer of Telegram's, which is an object with a result or a refusal.

    The library logs a body that it can't read, and what people write may be in it.
    """
    said = _object(body)
    awaited = "result" if status < HTTPStatus.MULTIPLE_CHOICES else "ok"
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR or awaited not in said:
        raise UnansweredError(f"no usable answer, HTTP status {status}")
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        wait = _wait(said)
        raise UnansweredError(f"it asks to wait {wait:.0f} s", wait)


def _object(body: bytes) -> dict[str, Any]:
    with suppress(ValueError, RecursionError):
        said = json.loads(body.decode(errors="replace"))
        if isinstance(said, dict):
            return said
    return {}


def _wait(said: dict[str, Any]) -> float:
    with suppress(ValueError, LookupError, TypeError):
        return float(said["parameters"]["retry_after"])
    return 0.0
