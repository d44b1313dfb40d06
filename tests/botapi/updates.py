"""The queue of updates, long polling included."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Iterable
from typing import Any

from .errors import JSON, ApiError, bad_request, conflict

KINDS = frozenset(
    (
        "message",
        "edited_message",
        "channel_post",
        "edited_channel_post",
        "business_connection",
        "business_message",
        "edited_business_message",
        "deleted_business_messages",
        "message_reaction",
        "message_reaction_count",
        "inline_query",
        "chosen_inline_result",
        "callback_query",
        "shipping_query",
        "pre_checkout_query",
        "purchased_paid_media",
        "poll",
        "poll_answer",
        "my_chat_member",
        "chat_member",
        "chat_join_request",
        "chat_boost",
        "removed_chat_boost",
        "managed_bot",
    )
)
_BY_REQUEST_ONLY = frozenset(("chat_member", "message_reaction", "message_reaction_count"))
_OTHER_REQUEST = (
    "terminated by other getUpdates request; make sure that only one bot instance is running"
)


class UpdateQueue:
    """Updates in the order they happened, until the bot confirms them.

    Every method but `numbered` is called with the lock of the stand-in held.
    """

    def __init__(self, first_id: int = 100_000_001) -> None:
        self.pending: dict[int, JSON] = {}
        self.allowed: frozenset[str] = KINDS - _BY_REQUEST_ONLY
        self.allowed_names: list[str] | None = None
        self._ids = itertools.count(first_id)
        self._poll: asyncio.Future[None] | None = None

    def allow(self, names: list[Any] | None) -> None:
        """Remembers `allowed_updates`; without the parameter the last choice stays."""
        if names is None:
            return
        if not all(isinstance(name, str) for name in names):
            raise bad_request("expected an Array of String as allowed_updates")
        self.allowed_names = sorted(set(names) & KINDS) or None
        self.allowed = frozenset(self.allowed_names or KINDS - _BY_REQUEST_ONLY)

    def append(self, update: JSON) -> JSON | None:
        """Queues an update under a new id; returns None for a kind the bot did not ask for."""
        kinds = set(update) - {"update_id"}
        if len(kinds) != 1 or not kinds <= KINDS:
            raise ValueError(f"An update holds exactly one known kind, not {sorted(kinds)}")
        if not kinds <= self.allowed:
            return None
        return self.append_raw({kind: update[kind] for kind in kinds})

    def append_raw(self, update: JSON) -> JSON:
        """Queues an update of any shape under a new id."""
        number = next(self._ids)
        self.pending[number] = {"update_id": number} | update
        return self.pending[number]

    def confirm_before(self, offset: int) -> None:
        """Forgets updates: those below a positive offset, or all but the last few."""
        if offset < 0:
            for number in list(self.pending)[:offset]:
                del self.pending[number]
            return
        while self.pending and (first := next(iter(self.pending))) < offset:
            del self.pending[first]

    def forget(self, numbers: Iterable[int]) -> None:
        """Forgets updates that a webhook took."""
        for number in numbers:
            self.pending.pop(number, None)

    def first(self, limit: int) -> list[JSON]:
        """Returns the oldest unconfirmed updates."""
        return list(itertools.islice(self.pending.values(), limit))

    def begin_poll(self) -> asyncio.Future[None]:
        """Returns what the loop waits on for the next update; ends any other waiting poll."""
        self.end_poll(conflict(_OTHER_REQUEST))
        self._poll = asyncio.get_running_loop().create_future()
        return self._poll

    def end_poll(self, reason: ApiError | None = None) -> None:
        """Wakes the waiting poll, with a refusal if there is one. Runs on the loop."""
        poll, self._poll = self._poll, None
        if poll is None or poll.done():
            return
        if reason:
            poll.set_exception(reason)
        else:
            poll.set_result(None)

    @property
    def is_polled(self) -> bool:
        """Whether a getUpdates call waits for an update."""
        return self._poll is not None and not self._poll.done()
