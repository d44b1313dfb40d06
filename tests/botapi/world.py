"""Everything the stand-in knows: the bot, the chats, the updates and the calls."""

from __future__ import annotations

import asyncio
import itertools
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from .errors import JSON, bad_request, forbidden
from .faults import Fault
from .messages import Call, Message, Query
from .updates import UpdateQueue

if TYPE_CHECKING:
    from .chats import Chat
    from .people import Person

Found = TypeVar("Found")


class World:
    """The state behind the API; `changed` guards it and tells of every change.

    Attributes:
        token: The only token that is let in.
        latency: Seconds before every answer.
        query_lifetime: Seconds in which callback and inline queries can be answered.
        calls: All the calls, in the order they came.
    """

    def __init__(self, token: str, username: str, first_name: str) -> None:
        self.token = token
        self.user: JSON = {
            "id": int(token.partition(":")[0]),
            "is_bot": True,
            "first_name": first_name,
            "username": username,
        }
        self.latency = 0.0
        self.query_lifetime = 30.0
        self.changed = threading.Condition(threading.RLock())
        self.calls: list[Call] = []
        self.chats: dict[int, Chat] = {}
        self.persons: dict[int, Person] = {}
        self.updates = UpdateQueue()
        self.queries: dict[str, Query] = {}
        self.faults: list[Fault] = []
        self.commands: dict[tuple[str, str], list[JSON]] = {}
        self.profile: dict[tuple[str, str], str] = {("name", ""): first_name}
        self.webhook: JSON = {}
        self.loop: asyncio.AbstractEventLoop | None = None
        self._message_ids = itertools.count(1)
        self._query_ids = itertools.count(4_000_000_000_000_000_001)

    def next_message_id(self) -> int:
        """Returns an id from the count that private chats and basic groups share."""
        return next(self._message_ids)

    def wait_until(self, find: Callable[[], Found | None], timeout: float, what: str) -> Found:
        """Returns the first thing found, looking again after each change.

        Raises:
            TimeoutError: Nothing was found in time.
        """
        deadline = time.monotonic() + timeout
        with self.changed:
            while True:
                found = find()
                if found is not None:
                    return found
                left = deadline - time.monotonic()
                if left <= 0:
                    last = [f"{call.method}: {call.error or call.status}" for call in self.calls]
                    raise TimeoutError(f"No {what} within {timeout} s; the last calls: {last[-8:]}")
                self.changed.wait(left)

    def push(self, update: JSON) -> JSON | None:
        """Queues an update and gives it an id; None when the bot did not ask for its kind."""
        with self.changed:
            queued = self.updates.append(update)
            if queued:
                self.wake()
            self.changed.notify_all()
        return queued

    def push_raw(self, update: JSON) -> None:
        """Queues an update of any shape, to which only an id is added."""
        with self.changed:
            self.updates.append_raw(update)
            self.wake()
            self.changed.notify_all()

    def wake(self) -> None:
        """Has the loop look at the queue of updates, if anything waits for them."""
        if self.loop and (self.updates.is_polled or self.webhook):
            self.loop.call_soon_threadsafe(self.on_update)

    def on_update(self) -> None:
        """Hands new updates on. Runs on the loop."""
        with self.changed:
            if self.updates.pending:
                self.updates.end_poll()

    def new_query(self, kind: str, user_id: int) -> Query:
        """Returns a query that can be answered from now on."""
        query = Query(str(next(self._query_ids)), kind, user_id)
        self.queries[query.id] = query
        return query

    def open_query(self, query_id: str, kind: str) -> Query:
        """Returns a query that can still be answered.

        Raises:
            ApiError: It is unknown, answered or too old.
        """
        query = self.queries.get(query_id)
        too_old = query and time.monotonic() - query.asked > self.query_lifetime
        if not query or query.kind != kind or query.answer is not None or query.expired or too_old:
            raise bad_request(
                "query is too old and response timeout expired or query ID is invalid"
            )
        return query

    def find_chat(self, chat_id: object) -> Chat:
        """Returns the chat that a call names, by id or public @name.

        Raises:
            ApiError: There is none.
        """
        if chat_id is None or chat_id == "":
            raise bad_request("chat_id is empty")
        chat = self.chats.get(_integer(chat_id))
        if chat is None and isinstance(chat_id, str) and chat_id.startswith("@"):
            name = chat_id[1:].lower()
            public = (one for one in self.chats.values() if one.type != "private")
            chat = next((one for one in public if one.username.lower() == name), None)
        if chat is None:
            raise bad_request("chat not found")
        return chat

    def writable_chat(self, chat_id: object) -> Chat:
        """Returns the chat that a call names if the bot may write there."""
        chat = self.find_chat(chat_id)
        if chat.blocked and chat.type == "private":
            raise forbidden("bot was blocked by the user")
        if chat.blocked:
            kind = "group" if chat.type == "group" else chat.type
            raise forbidden(f"bot was kicked from the {kind} chat")
        if not chat.bot_can_write:
            raise bad_request("not enough rights to send text messages to the chat")
        return chat

    def resolve_mentions(self, entities: list[JSON]) -> list[JSON]:
        """Returns entities with the users of text mentions; unknown users are no mention."""
        kept = []
        for entity in entities:
            if entity["type"] != "text_mention":
                kept.append(entity)
            elif person := self.persons.get(entity["user"].get("id")):
                kept.append(entity | {"user": person.user})
        return kept


def _integer(value: object) -> int:
    try:
        return int(value) if isinstance(value, int | str) else 0
    except ValueError:
        return 0


def public_message(message: Message) -> JSON:
    """Returns the Message object of a message without the message it replies to."""
    return {name: value for name, value in message.data.items() if name != "reply_to_message"}
