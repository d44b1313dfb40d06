"""Everything the stand-in knows: the bot, the chats, the updates and the calls."""

from __future__ import annotations

import asyncio
import itertools
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from .faults import JSON, Fault, refusal
from .messages import Call, Message, Query
from .updates import UpdateQueue

if TYPE_CHECKING:
    from .chats import Chat
    from .people import Person
    from .webhook import Webhook

Found = TypeVar("Found")


class World:
    """The state behind the API; `changed` guards it and tells of every change."""

    def __init__(self, token: str) -> None:
        self.token = token  # the only one that is let in
        names = {"first_name": "Test Bot", "username": "test_bot"}
        self.user: JSON = {"id": int(token.partition(":")[0]), "is_bot": True} | names
        self.latency = 0.0  # seconds before every answer
        self.query_lifetime = 30.0  # seconds in which queries can be answered
        self.changed = threading.Condition(threading.RLock())
        self.calls: list[Call] = []  # in the order they came
        self.chats: dict[int, Chat] = {}
        self.persons: dict[int, Person] = {}
        self.updates = UpdateQueue()
        self.queries: dict[str, Query] = {}
        # What people wrote to the guest, by the query, and what it posted, by the inline id.
        self.guest_queries: dict[str, Message] = {}
        self.guest_messages: dict[str, Message] = {}
        self.faults: list[Fault] = []
        # What the bot says of itself, by what it is and the scope.
        self.profile: dict[tuple[str, str], str | list[JSON]] = {}
        self.webhook: Webhook | None = None
        self.loop: asyncio.AbstractEventLoop | None = None
        # Private chats and basic groups share their count.
        self.message_ids = itertools.count(1)
        self._query_ids = itertools.count(4_000_000_000_000_000_001)

    def wait_until(self, find: Callable[[], Found | None], timeout: float, what: str) -> Found:
        """Returns the first thing found in time, looking again after each change."""
        deadline = time.monotonic() + timeout
        with self.changed:
            while (found := find()) is None:
                left = deadline - time.monotonic()
                if left <= 0:
                    last = [f"{call.method}: {call.error or call.status}" for call in self.calls]
                    raise TimeoutError(f"No {what} within {timeout} s; the last calls: {last[-8:]}")
                self.changed.wait(left)
        return found

    def wait_for_answer(self, query: Query, timeout: float = 15.0) -> Query:
        """Returns a query once the bot has answered it."""
        return self.wait_until(
            lambda: query if query.answer is not None else None, timeout, f"answer to {query}"
        )

    def push(self, update: JSON) -> None:
        """Queues an update, unless the bot did not ask for its kind."""
        if self.updates.allows(update):
            self.push_raw(update)

    def push_raw(self, update: JSON) -> None:
        """Queues an update of any shape, to which only an id is added."""
        with self.changed:
            self.updates.append(update)
            self.wake()

    def wake(self) -> None:
        """Tells of the change, and has the loop look at the queue if anything waits for it."""
        if self.loop and (self.updates.is_polled or self.webhook):
            self.loop.call_soon_threadsafe(self.hand_on)
        self.changed.notify_all()

    def hand_on(self) -> None:
        """Hands new updates on. Runs on the loop."""
        with self.changed:
            if self.updates.pending:
                self.updates.end_poll()

    def pick_fault(self, method: str, values: JSON) -> Fault | None:
        """Returns the fault that tests ordered for a call, using it up, or None."""
        fault = next((one for one in self.faults if one.fits(method, values)), None)
        if fault:
            fault.times -= 1
        return fault

    def new_query(self, kind: str) -> Query:
        """Returns a query that can be answered from now on."""
        query = Query(str(next(self._query_ids)), kind)
        self.queries[query.id] = query
        return query

    def open_query(self, query_id: object, kind: str) -> Query:
        """Returns a query that can still be answered, and refuses any other."""
        query = self.queries.get(str(query_id))
        is_open = query and query.kind == kind and query.answer is None and not query.expired
        if not query or not is_open or time.monotonic() - query.asked > self.query_lifetime:
            raise refusal("query is too old and response timeout expired or query ID is invalid")
        return query

    def writable_chat(self, chat_id: str | int) -> Chat:
        """Returns the chat that a call names, and refuses one where the bot may not write."""
        if chat_id == "":
            raise refusal("chat_id is empty")
        chat = self.chats.get(int(chat_id)) if str(chat_id).lstrip("-").isdecimal() else None
        if chat is None:
            raise refusal("chat not found")
        if chat.blocked:
            raise refusal("bot was blocked by the user", 403)
        if chat.migrated_to:
            said = "group chat was upgraded to a supergroup chat"
            raise refusal(said, migrate_to_chat_id=chat.migrated_to.id)
        if not chat.bot_can_write:
            raise refusal("not enough rights to send text messages to the chat")
        return chat


def public_message(message: Message) -> JSON:
    """Returns the Message object of a message without the message it replies to."""
    return {name: value for name, value in message.data.items() if name != "reply_to_message"}
