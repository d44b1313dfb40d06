"""The stand-in as tests use it."""

from __future__ import annotations

import asyncio
import itertools
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self, Unpack

from .chats import Chat
from .errors import JSON
from .faults import Fault, FaultDetails
from .messages import Call, Query
from .people import Person
from .server import Server
from .world import World

TOKEN = "123456:TEST-token_of-the-bot"


class BotApi(World):
    """A strict stand-in for Telegram's Bot API on 127.0.0.1.

    Args:
        token: The token of the bot; others are turned away.
        username: The name of the bot.
        first_name: What the bot is called.
        webhook_retry: Seconds between attempts to reach a webhook that fails.
    """

    def __init__(
        self,
        token: str = TOKEN,
        *,
        username: str = "test_bot",
        first_name: str = "Test Bot",
        webhook_retry: float = 0.05,
    ) -> None:
        super().__init__(token, username, first_name)
        self.webhook_retry = webhook_retry
        self._server: Server | None = None
        self._thread: threading.Thread | None = None
        self._person_ids = itertools.count(1001)
        self._chat_ids = itertools.count(1)

    def __enter__(self) -> Self:
        started = threading.Event()
        self._thread = threading.Thread(
            target=lambda: asyncio.run(self._serve(started)), name="botapi", daemon=True
        )
        self._thread.start()
        if not started.wait(10):
            raise RuntimeError("The stand-in did not start")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        loop, self.loop = self.loop, None
        if loop:
            loop.call_soon_threadsafe(self._stop.set)
        if self._thread:
            self._thread.join(10)

    async def _serve(self, started: threading.Event) -> None:
        self._stop = asyncio.Event()
        self._server = Server(self, self.webhook_retry)
        self._server.listen()
        self._port = self._server.port
        self.loop = asyncio.get_running_loop()
        started.set()
        await self._stop.wait()
        await self._server.close()

    def go_down(self) -> None:
        """Closes the port and every connection, and keeps what it knows."""
        if self._server and self.loop:
            asyncio.run_coroutine_threadsafe(self._server.close(), self.loop).result(10)

    def come_back(self) -> None:
        """Opens the same port again."""
        if self.loop:
            asyncio.run_coroutine_threadsafe(self._reopen(), self.loop).result(10)

    async def _reopen(self) -> None:
        self._server = Server(self, self.webhook_retry)
        self._server.listen(self._port)

    def on_update(self) -> None:
        """Hands new updates on to whoever waits for them. Runs on the loop."""
        super().on_update()
        if self._server:
            with self.changed:
                self._server.webhook.send_new()

    @property
    def base_url(self) -> str:
        """The address without the token, such as `http://127.0.0.1:8081`."""
        if self._server is None:
            raise RuntimeError("The stand-in is not running: use `with BotApi() as api`")
        return f"http://127.0.0.1:{self._server.port}"

    @property
    def pending(self) -> list[JSON]:
        """The updates that the bot has not confirmed."""
        with self.changed:
            return list(self.updates.pending.values())

    @property
    def last_call(self) -> Call | None:
        """The newest call; a mark for `wait_for_call(after=...)`."""
        return self.calls[-1] if self.calls else None

    def calls_of(self, method: str) -> list[Call]:
        """Returns the calls of one method so far."""
        with self.changed:
            return [call for call in self.calls if call.method.lower() == method.lower()]

    def wait_for_call(
        self,
        method: str,
        timeout: float = 15.0,
        *,
        after: Call | None = None,
        where: Callable[[Call], bool] = lambda _: True,
        answered: bool = True,
    ) -> Call:
        """Returns the first call of a method after another call (or of all).

        Args:
            method: The name, in any case.
            timeout: Seconds before a `TimeoutError`.
            after: Only later calls than this one count.
            where: Which calls count.
            answered: Whether to wait for the answer as well.
        """
        name = method.lower()
        seen = after.number + 1 if after else 0
        waiting: list[Call] = []

        def find() -> Call | None:
            nonlocal seen, waiting
            # A call is looked at again only while its answer is still to come.
            waiting += [call for call in self.calls[seen:] if call.method.lower() == name]
            seen = len(self.calls)
            ready = [call for call in waiting if call.answered or not answered]
            waiting = [call for call in waiting if not call.answered and answered]
            return next(filter(where, ready), None)

        return self.wait_until(find, timeout, f"call of {method}")

    def wait_for_quiet(self, timeout: float = 15.0) -> None:
        """Returns once the bot has confirmed every update."""
        self.wait_until(
            lambda: True if not self.updates.pending else None, timeout, "confirmed updates"
        )

    def wait_for_answer(self, query: Query, timeout: float = 15.0) -> Query:
        """Returns a query once the bot has answered it."""
        return self.wait_until(
            lambda: query if query.answer is not None else None, timeout, "answer to the query"
        )

    def person(
        self,
        user_id: int | None = None,
        first_name: str = "Ada",
        *,
        language_code: str | None = "en",
        username: str | None = None,
        last_name: str | None = None,
    ) -> Person:
        """Returns a new person with a private chat that the bot may write in."""
        with self.changed:
            number = next(self._person_ids) if user_id is None else user_id
            names: JSON = {"first_name": first_name}
            names |= {"last_name": last_name} if last_name else {}
            names |= {"username": username} if username else {}
            user: JSON = {"id": number, "is_bot": False} | names
            if language_code:
                user["language_code"] = language_code
            chat = Chat(self, number, "private", names)
            self.chats[number] = chat
            self.persons[number] = Person(self, user, chat)
            return self.persons[number]

    def group(self, title: str = "Group", *, chat_id: int | None = None) -> Chat:
        """Returns a new basic group with the bot in it."""
        number = -5_000_000 - next(self._chat_ids) if chat_id is None else chat_id
        return self._place(number, "group", {"title": title})

    def supergroup(
        self,
        title: str = "Supergroup",
        *,
        chat_id: int | None = None,
        username: str | None = None,
        is_forum: bool = False,
    ) -> Chat:
        """Returns a new supergroup with the bot in it."""
        number = -1_001_000_000_000 - next(self._chat_ids) if chat_id is None else chat_id
        names = {"title": title} | ({"username": username} if username else {})
        return self._place(number, "supergroup", names, is_forum=is_forum)

    def channel(
        self, title: str = "Channel", *, chat_id: int | None = None, username: str | None = None
    ) -> Chat:
        """Returns a new channel with the bot among its administrators."""
        number = -1_002_000_000_000 - next(self._chat_ids) if chat_id is None else chat_id
        names = {"title": title} | ({"username": username} if username else {})
        return self._place(number, "channel", names)

    def _place(self, number: int, kind: str, names: JSON, **options: Any) -> Chat:
        with self.changed:
            self.chats[number] = Chat(self, number, kind, names, **options)
            return self.chats[number]

    def fail_next(self, method: str, status: int = 502, **details: Unpack[FaultDetails]) -> Fault:
        """Has the next calls of a method ("*": of any) go wrong, as `Fault` describes.

        Returns:
            The fault, whose `times` can be set to 0 to end it.
        """
        fault = Fault(method.lower(), status, **details)
        with self.changed:
            self.faults.append(fault)
        return fault
