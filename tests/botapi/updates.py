"""The queue of updates, long polling included."""

import asyncio
import itertools

from .faults import JSON, ApiError, refusal


class UpdateQueue:
    """Updates in the order they happened, until the bot confirms them.

    Every method is called with the lock of the stand-in held.
    """

    def __init__(self) -> None:
        self.pending: dict[int, JSON] = {}
        self._allowed: frozenset[str] = frozenset()
        self._ids = itertools.count(100_000_001)
        self._poll: asyncio.Future[None] | None = None

    def allow(self, names: list[str] | None) -> None:
        """Remembers `allowed_updates`; without the parameter the last choice stays."""
        if names is not None:
            self._allowed = frozenset(names)

    def allows(self, update: JSON) -> bool:
        """Returns whether the bot asked for updates of this kind."""
        return not self._allowed or self._allowed.issuperset(update)

    def append(self, update: JSON) -> None:
        """Queues an update under a new id."""
        number = next(self._ids)
        self.pending[number] = {"update_id": number} | update

    def confirm(self, offset: int) -> None:
        """Forgets the updates below an offset."""
        while self.pending and (first := next(iter(self.pending))) < offset:
            del self.pending[first]

    def begin_poll(self) -> asyncio.Future[None]:
        """Returns what the loop waits on for the next update; ends any other waiting poll."""
        other = "terminated by other getUpdates request; make sure that only one bot instance"
        self.end_poll(refusal(f"{other} is running", 409))
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
