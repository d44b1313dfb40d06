"""A bot that Telegram calls, and calls made past the stand-in: by strangers, twice, ill-formed."""

import http.client
import itertools
import json
import socket
import time
from collections.abc import Mapping
from typing import Any

from botapi import BotApi, Person
from running import START, BotProcess, telegram_settings

SECRET = "S3cret_of-the-webhook"
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
PATH = "/telegram"
_numbers = itertools.count(1)


def free_port() -> int:
    """Return a port of 127.0.0.1 that nothing listens on."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port


def webhook_settings(api: BotApi, port: int, **others: str) -> dict[str, str]:
    """Return what a bot that *api* calls on a port needs in its environment."""
    webhook = {"WEBHOOK_URL": f"http://127.0.0.1:{port}{PATH}", "WEBHOOK_PORT": str(port)}
    return telegram_settings(api, **webhook | {"WEBHOOK_SECRET": SECRET} | others)


def question(person: Person, text: str = "indonesia") -> dict[str, Any]:
    """Return an update with a message that the stand-in knows nothing of."""
    message = {"message_id": next(_numbers), "date": int(time.time()), "text": text}
    message |= {"chat": person.chat.data, "from": person.user}
    return {"update_id": next(_numbers), "message": message}


class Hooked:
    """A bot's process that Telegram calls, and what it has logged so far."""

    def __init__(self, bot: BotProcess, api: BotApi, port: int = 0, **others: str) -> None:
        last = api.last_call
        self.api = api
        self.port = port or free_port()
        self.process = bot.start(settings=webhook_settings(api, self.port, **others))
        self._bot = bot
        self.announced = api.wait_for_call("setWebhook", timeout=START, after=last)

    @property
    def logged(self) -> str:
        return self._bot.logged(self.process)

    def call(self, body: object = b"", **details: Any) -> int:
        """Make one call, as a connection does, and return its status."""
        with self.connection() as connection:
            return connection.call(body, **details)

    def connection(self) -> "Connection":
        """Return a connection for several calls."""
        return Connection(self.port)

    def stop(self) -> int:
        """Send SIGTERM and return the exit code."""
        self.process.terminate()
        return self.wait()

    def wait(self) -> int:
        """Return the exit code when the process has ended."""
        self.process.communicate(timeout=20)
        return self.process.returncode


class Connection:
    """A connection to a bot, kept for several calls."""

    def __init__(self, port: int) -> None:
        self._http = http.client.HTTPConnection("127.0.0.1", port, timeout=10)

    def __enter__(self) -> "Connection":
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    def call(
        self,
        body: object = b"",
        *,
        secret: str | None = SECRET,
        method: str = "POST",
        path: str = PATH,
    ) -> int:
        """Make a call with bytes as they are, or anything else as JSON, and return its status."""
        headers: Mapping[str, str] = {} if secret is None else {SECRET_HEADER: secret}
        sent = body if isinstance(body, bytes) else json.dumps(body).encode()
        self._http.request(method, path, sent, headers)
        with self._http.getresponse() as response:
            response.read()
            return response.status


def answer_to(port: int, sent: bytes) -> bytes:
    """Send bytes, but no end of anything, and return the first line of the answer."""
    with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
        connection.sendall(sent)
        with connection.makefile("rb") as answer:
            return answer.readline()
