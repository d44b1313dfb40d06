"""Connections: requests to Telegram, repeated until Telegram itself has answered."""

import asyncio
import json
import time
from contextlib import ExitStack, suppress
from functools import cache, lru_cache
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import httpx
from telegram.request import BaseRequest, RequestData

from bot.errors import BotError
from bot.settings import BAD_PROXY
from bot.telegram.transport.retries import PATIENCE, Outage, UnansweredError, waits

# As many requests at once. httpx's pool looks through all of its connections for every request,
# which costs twice the time with 32 of them: here each is a pool of its own. Its client, with
# redirects and cookies that nobody needs, is left out as well: 15 % of the time.
_AT_ONCE = 32
# Seconds. A request given up too early is made again, and its answer may then be shown twice.
_READ, _WRITE, _CONNECT = 20.0, 20.0, 5.0
# What the library takes for a token that isn't valid. Telegram refuses valid ones in passing: one
# that was good before is tried again for so many seconds.
_REFUSED, ENDURED = (HTTPStatus.UNAUTHORIZED, HTTPStatus.NOT_FOUND), 180.0
# The certificates that are trusted take half a megabyte.
_trusted = cache(httpx.create_ssl_context)
# Replies go to a handful of addresses; that of getUpdates changes with its offset.
_parsed = lru_cache(maxsize=32)(httpx.URL)


class Connections(BaseRequest):
    """Makes requests over a few connections, and makes those again that found no answer.

    Lost connections, pages that aren't Telegram's, its own failures (5xx) and its flood control
    (429) are all waited out here, about an hour at the longest; refusals are the caller's.
    """

    def __init__(self, address: str, failing: Outage, put_off: Outage) -> None:
        """Open a connection, nothing sent; raise a BotError where the proxy can't be used."""
        self._free = asyncio.Semaphore(_AT_ONCE)
        self._failing, self._put_off = failing, put_off
        self.endured = 0.0  # seconds for which a refused token is tried again
        try:
            self._proxy = _proxy(httpx.URL(address))
            self._idle = [self._opened()]
        except (ValueError, ImportError, httpx.InvalidURL):
            raise BotError(BAD_PROXY, 2) from None

    @property
    def is_reaching_some(self) -> bool:
        """Whether Telegram answers, but puts some requests off."""
        return self._put_off.is_on and not self._failing.is_on

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
        self, url: str, method: str, request_data: RequestData | None = None, *_: Any, **given: Any
    ) -> tuple[int, bytes]:
        """Return an answer's status and body; raise an UnansweredError after an hour without."""
        read = given.get("read_timeout")
        read = read if isinstance(read, int | float) else _READ
        asked = {
            "method": method,
            "url": _parsed(url),
            "headers": {"User-Agent": self.USER_AGENT},
            "data": request_data.json_parameters if request_data else None,
            "files": request_data.multipart_data if request_data else None,
            "extensions": {"timeout": {"read": read, "write": _WRITE, "connect": _CONNECT}},
        }
        trouble: Outage | None = None
        refused = 0.0
        with ExitStack() as outage:
            for wait in waits():
                try:
                    status, body = await self._answer(asked)
                    if status in _REFUSED:
                        refused = refused or time.monotonic()
                        if time.monotonic() - refused < self.endured:
                            raise UnansweredError(f"no usable answer, HTTP status {status}")
                    return status, body
                except UnansweredError as problem:
                    kind = self._put_off if problem.wait else self._failing
                    if kind is not trouble:
                        outage.close()
                        outage.enter_context(kind.of_one(problem))
                        trouble = kind
                    await asyncio.sleep(min(wait + problem.wait, PATIENCE))
        raise UnansweredError("no answer for an hour")

    async def _answer(self, asked: dict[str, Any]) -> tuple[int, bytes]:
        async with self._free:
            connection = self._idle.pop() if self._idle else self._opened()
            try:
                response = await connection.handle_async_request(httpx.Request(**asked))
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


def _proxy(url: httpx.URL) -> str | None:
    """Return the proxy that the environment names for an address, None where it names none."""
    if proxy_bypass(url.host):
        return None
    proxies = getproxies()
    named = proxies.get(url.scheme) or proxies.get("all")
    if not named:
        return None
    proxy = named if "://" in named else f"http://{named}"
    # A wrong port would only be noticed on connecting, as if Telegram refused.
    if not urlsplit(proxy).hostname or urlsplit(proxy).port == 0:
        raise ValueError
    return proxy


def _check_is_answer(status: int, body: bytes) -> None:
    """Raise what is no answer of Telegram's, which is an object with a result or a refusal."""
    # The library would log a body that it can't read, and what people write may be in it.
    with suppress(ValueError, LookupError, TypeError, RecursionError):
        said = json.loads(body.decode(errors="replace"))
        if status == HTTPStatus.TOO_MANY_REQUESTS:
            wait = float(said["parameters"]["retry_after"])
            raise UnansweredError(f"it asks to wait {wait:.0f} s", wait)
        awaited = "result" if status < HTTPStatus.MULTIPLE_CHOICES else "ok"
        is_own = status < HTTPStatus.INTERNAL_SERVER_ERROR
        if is_own and isinstance(said, dict) and awaited in said:
            return
    raise UnansweredError(f"no usable answer, HTTP status {status}")
