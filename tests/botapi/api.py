"""The stand-in as tests use it."""

import asyncio
import itertools
import threading
from collections.abc import Callable, Coroutine
from typing import Any, Self

from .chats import Chat
from .faults import JSON, Fault
from .messages import Call
from .people import Person
from .server import Server
from .world import World

TOKEN = "123456:TEST-token_of-the-bot"


class BotApi(World):
    """A strict stand-in for Telegram's Bot API on 127.0.0.1."""

    def __init__(self, token: str = TOKEN) -> None:
        super().__init__(token)
        self._server = Server(self)
        self._started = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), daemon=True)
        self._person_ids = itertools.count(1001)
        self._chat_ids = itertools.count(1)

    def __enter__(self) -> Self:
        self._thread.start()
        self._started.wait(10)
        return self

    def __exit__(self, *_: object) -> None:
        loop, self.loop = self.loop, None
        if loop:
            loop.call_soon_threadsafe(self._stop.set)
            self._thread.join(10)

    async def _serve(self) -> None:
        self._stop = asyncio.Event()
        self._server.listen()
        self.loop = asyncio.get_running_loop()
        self._started.set()
        await self._stop.wait()
        await self._server.close()

    def go_down(self) -> None:
        """Closes the port and every connection, and keeps what it knows."""
        self._run(self._server.close())

    def come_back(self) -> None:
        """Opens the same port again."""
        self._run(self._reopen())

    def _run(self, work: Coroutine[Any, Any, None]) -> None:
        if self.loop:
            asyncio.run_coroutine_threadsafe(work, self.loop).result(10)

    async def _reopen(self) -> None:
        port, self._server = self._server.port, Server(self)
        self._server.listen(port)
        self.hand_on()

    def hand_on(self) -> None:
        """Hands new updates on to whoever waits for them. Runs on the loop."""
        super().hand_on()
        with self.changed:
            self._server.deliveries.send_new()

    @property
    def base_url(self) -> str:
        """The address without the token, such as `http://127.0.0.1:8081`."""
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
            return [call for call in self.calls if call.method == method]

    def wait_for_call(
        self,
        method: str,
        timeout: float = 15.0,
        *,
        after: Call | None = None,
        where: Callable[[Call], bool] = lambda _: True,
        answered: bool = True,
    ) -> Call:
        """Returns the first call of a method *after* another, or of all those *where* that holds.

        Unless it needn't be *answered*, the answer is waited for as well.
        """
        begin = after.number + 1 if after else 0

        def find() -> Call | None:
            calls = itertools.islice(self.calls, begin, None)
            mine = (call for call in calls if call.method == method and where(call))
            return next((call for call in mine if call.answered or not answered), None)

        return self.wait_until(find, timeout, f"call of {method}")

    def wait_for_quiet(self, timeout: float = 15.0) -> None:
        """Returns once the bot has confirmed every update."""
        self.wait_until(lambda: not self.updates.pending or None, timeout, "confirmed updates")

    def person(self, user_id: int | None = None, first_name: str = "Ada") -> Person:
        """Returns a new person with a private chat that the bot may write in."""
        number = next(self._person_ids) if user_id is None else user_id
        names = {"first_name": first_name}
        user: JSON = {"id": number, "is_bot": False, "language_code": "en"} | names
        with self.changed:
            person = Person(self, user, self._chat(number, type="private", **names))
            self.persons[number] = person
        return person

    def group(self) -> Chat:
        """Returns a new basic group with the bot in it."""
        return self._chat(-5_000_000 - next(self._chat_ids), type="group", title="Group")

    def supergroup(self, *, chat_id: int | None = None, is_forum: bool = False) -> Chat:
        """Returns a new supergroup with the bot in it."""
        forum = {"is_forum": True} if is_forum else {}
        number = chat_id or -1_001_000_000_000 - next(self._chat_ids)
        return self._chat(number, type="supergroup", title="Supergroup", **forum)

    def channel(self, *, chat_id: int | None = None) -> Chat:
        """Returns a new channel with the bot among its administrators."""
        number = chat_id or -1_002_000_000_000 - next(self._chat_ids)
        return self._chat(number, type="channel", title="Channel")

    def _chat(self, number: int, **data: Any) -> Chat:
        with self.changed:
            self.chats[number] = Chat(self, {"id": number} | data)
            return self.chats[number]

    def fail_next(self, method: str, status: int = 502, **details: Any) -> Fault:
        """Has the next calls of a method go wrong, as `Fault` describes, and returns that."""
        fault = Fault(method, status, **details)
        with self.changed:
            self.faults.append(fault)
        return fault
