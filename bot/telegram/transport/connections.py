"""Connections: requests to Telegram, repeated until Telegram itself has answered."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import cache, lru_cache, partial
from http import HTTPStatus
from typing import Any, TypeAlias
from urllib.request import getproxies, proxy_bypass

import httpx
from telegram.request import BaseRequest, RequestData

from bot.errors import BotError
from bot.telegram.transport.retries import PATIENCE, Outage, UnansweredError, waits

_Answer: TypeAlias = tuple[int, bytes]

# As many requests at once. httpx's pool looks through all of its connections for every request,
# which costs twice the time with 32 of them: here each is a pool of its own. Its client, with
# redirects and cookies that nobody needs, is left out as well: 15 % of the time.
_AT_ONCE = 32
# Seconds. A request given up too early is made again, and its answer may then be shown twice.
_READ, _WRITE, _CONNECT = 20.0, 20.0, 5.0


class Connections(BaseRequest):
    """Makes requests over a few connections, and makes those again that found no answer.

    Lost connections, pages that aren't Telegram's, its own failures (5xx) and its flood control
    (429) are all waited out here, about an hour at the longest; refusals are the caller's.

    Args:
        address: The address of Telegram, which tells the proxy to take.
        failing: Tells of requests that fail.
        put_off: Tells of requests that Telegram puts off.
    """

    def __init__(self, address: str, failing: Outage, put_off: Outage) -> None:
        """Open the first connection, without a byte sent.

        Raises:
            BotError: The proxy of the environment can't be used.
        """
        self._free = asyncio.Semaphore(_AT_ONCE)
        self._failing, self._put_off = failing, put_off
        self._proxy = _proxy(httpx.URL(address))
        try:
            self._idle = [self._opened()]
        except (ValueError, ImportError, httpx.InvalidURL):
            raise BotError(
                f"The proxy {self._proxy} can't be used: take an HTTP proxy.", 2
            ) from None

    @property
    def read_timeout(self) -> float:
        """Seconds until an answer must have begun."""
        return _READ

    async def initialize(self) -> None:
        """Need nothing at start: connections are opened as they are needed."""

    async def shutdown(self) -> None:
        """Close every connection."""
        while self._idle:
            await self._idle.pop().aclose()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = None,
        *_: Any,
        **__: Any,
    ) -> _Answer:
        """Return the status and the body of Telegram's answer to a request.

        Raises:
            UnansweredError: There was none for about an hour.
        """
        ask = partial(self._answer, url, method, request_data, read_timeout)
        try:
            return await ask()
        except UnansweredError as problem:
            outage = self._put_off if problem.wait else self._failing
            with outage.of_one(problem):
                return await _later_answer(ask, problem)

    async def _answer(
        self, url: str, method: str, data: RequestData | None, read_timeout: Any
    ) -> _Answer:
        read = read_timeout if isinstance(read_timeout, int | float) else _READ
        request = httpx.Request(
            method,
            _parsed(url),
            headers={"User-Agent": self.USER_AGENT},
            data=data.json_parameters if data else None,
            files=data.multipart_data if data else None,
            extensions={"timeout": {"read": read, "write": _WRITE, "connect": _CONNECT}},
        )
        async with self._free:
            connection = self._idle.pop() if self._idle else self._opened()
            try:
                response = await connection.handle_async_request(request)
                body = await response.aread()
            except BaseException as error:
                # Not used again: one that is broken off midway may wait for itself for ever.
                await connection.aclose()
                if isinstance(error, httpx.HTTPError | OSError):
                    raise UnansweredError(f"{type(error).__name__} {error}".strip()) from None
                raise
            self._idle.append(connection)
        _check_is_answer(response.status_code, body)
        return response.status_code, body

    def _opened(self) -> httpx.AsyncHTTPTransport:
        return httpx.AsyncHTTPTransport(
            verify=_trusted(), limits=httpx.Limits(max_connections=1), proxy=self._proxy
        )


# The certificates that are trusted take half a megabyte.
_trusted = cache(httpx.create_ssl_context)
# Replies go to a handful of addresses; that of getUpdates changes with its offset.
_parsed = lru_cache(maxsize=32)(httpx.URL)


async def _later_answer(
    ask: Callable[[], Awaitable[_Answer]], problem: UnansweredError
) -> _Answer:
    for wait in waits():
        await asyncio.sleep(min(wait + problem.wait, PATIENCE))
        try:
            return await ask()
        except UnansweredError as again:
            problem = again
    raise problem


def _proxy(url: httpx.URL) -> str | None:
    """Return the proxy that the environment names for an address, None where it names none."""
    if proxy_bypass(url.host):
        return None
    proxies = getproxies()
    named = proxies.get(url.scheme) or proxies.get("all")
    return f"http://{named}" if named and "://" not in named else named


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
