"""The webhook: where the bot wants to be called, and the delivery of updates to it."""

import asyncio
import json
import re
import ssl
from collections import deque
from itertools import takewhile
from urllib.parse import urlsplit

from .faults import JSON, refusal
from .world import World

_PAUSE = 0.05
_SECONDS = 60
_STATUS = re.compile(rb"HTTP/1\.[01] (\d+)")
_LENGTH = re.compile(rb"\r\nContent-Length: *(\d+)", re.IGNORECASE)
_SECRET = re.compile(r"[A-Za-z0-9_-]{0,256}")

_Connection = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class Webhook:
    """Where the bot is called, over connections that stay open, as Telegram's do.

    They are written by hand, as a POST takes a tenth of the processor that httpx takes.
    """

    def __init__(self, url: str, secret: str, certificate: bytes | None, limit: int) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise refusal("bad webhook: invalid webhook URL specified")
        if parts.scheme == "http" and parts.hostname != "127.0.0.1":
            raise refusal("bad webhook: An HTTPS URL must be provided for webhook")
        if not _SECRET.fullmatch(secret):
            raise refusal("secret token contains unallowed characters")
        told = f"\r\nX-Telegram-Bot-Api-Secret-Token: {secret}" if secret else ""
        self._head = (
            f"POST {parts.path or '/'} HTTP/1.1\r\nHost: {parts.netloc}{told}\r\n"
            "Content-Type: application/json\r\nContent-Length: "
        )
        trusted = _trusted(certificate) if parts.scheme == "https" else None
        self._place = parts.hostname, parts.port or (443 if trusted else 80), trusted
        self._kept: list[_Connection] = []
        self.places = asyncio.Semaphore(limit)

    async def takes(self, update: JSON) -> bool:
        """Posts an update and returns whether the answer is a 2xx."""
        body = json.dumps(update)
        request = f"{self._head}{len(body)}\r\n\r\n{body}".encode()
        try:
            async with asyncio.timeout(_SECONDS):
                connection = self._free() or await self._opened()
                return 200 <= await self._status(*connection, request) < 300
        except (OSError, EOFError):
            return False

    async def _opened(self) -> _Connection:
        host, port, trusted = self._place
        return await asyncio.open_connection(host, port, ssl=trusted)

    def _free(self) -> _Connection | None:
        while self._kept:
            reader, writer = self._kept.pop()
            if not reader.at_eof():
                return reader, writer
            writer.close()
        return None

    async def _status(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: bytes
    ) -> int:
        stays_open = False
        try:
            writer.write(request)
            head = await reader.readuntil(b"\r\n\r\n")
            length, status = _LENGTH.search(head), _STATUS.match(head)
            await reader.readexactly(int(length[1]) if length else 0)
            stays_open = bool(length)
            return int(status[1]) if status else 0
        finally:
            if stays_open:
                self._kept.append((reader, writer))
            else:
                writer.close()

    def close(self) -> None:
        """Closes the connections that nothing is sent over now."""
        for _, writer in self._kept:
            writer.close()
        self._kept.clear()


def _trusted(certificate: bytes | None) -> ssl.SSLContext:
    try:
        return ssl.create_default_context(cadata=certificate and certificate.decode("ascii"))
    except (ValueError, ssl.SSLError):
        raise refusal("bad webhook: can't use the certificate") from None


class Deliveries:
    """Posts updates until each is taken with a 2xx; those of one chat one after another."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._lined_up = 0
        self._lines: dict[object, deque[JSON]] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def send_new(self) -> None:
        """Lines up what came since the last time. Runs on the loop, with the lock held."""
        if not self.world.webhook:
            return
        pending = self.world.updates.pending
        new = list(takewhile(lambda number: number > self._lined_up, reversed(pending)))
        for number in reversed(new):
            self._lined_up = number
            chat = _chat_of(pending[number])
            if chat in self._lines:
                self._lines[chat].append(pending[number])
                continue
            self._lines[chat] = deque([pending[number]])
            task = asyncio.get_running_loop().create_task(self._deliver(chat))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _deliver(self, chat: object) -> None:
        line = self._lines[chat]
        while line:
            if await self._is_over(line[0]):
                line.popleft()
            else:
                await asyncio.sleep(_PAUSE)
        del self._lines[chat]

    async def _is_over(self, update: JSON) -> bool:
        """Returns whether an update is taken by the present webhook, or was by a poll."""
        pending, webhook = self.world.updates.pending, self.world.webhook
        if update["update_id"] not in pending:
            return True
        if webhook is None:
            return False
        async with webhook.places:
            if webhook is not self.world.webhook or not await webhook.takes(update):
                return False
        if webhook is not self.world.webhook:
            webhook.close()
        with self.world.changed:
            pending.pop(update["update_id"], None)
            self.world.changed.notify_all()
        return True

    async def close(self) -> None:
        """Ends all deliveries."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self.world.webhook:
            self.world.webhook.close()


def _chat_of(update: JSON) -> object:
    """Returns the chat that an update belongs to, or else the user."""
    content = next(value for name, value in update.items() if name != "update_id")
    shown = content.get("message") or content
    return shown["chat"]["id"] if "chat" in shown else content["from"]["id"]
