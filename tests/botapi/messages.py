"""Messages, calls and queries, as tests see them."""

import time
from dataclasses import dataclass, field
from typing import Any

from .faults import JSON


class Message:
    """A message in its current state: edits show in it.

    Attributes:
        data: The Message object as Telegram gives it.
        from_bot: Whether the bot under test sent it.
        deleted: Whether it was deleted.
        edits: How often the bot edited it.
        inline_id: The only id that the bot knows of what it posted as a guest, else empty.
    """

    __slots__ = ("chat_id", "data", "deleted", "edits", "edits_seen", "from_bot", "id", "inline_id")

    def __init__(self, data: JSON, *, from_bot: bool) -> None:
        self.data = data
        self.id: int = data["message_id"]
        self.chat_id: int = data["chat"]["id"]
        self.from_bot = from_bot
        self.deleted = False
        self.edits = 0
        self.edits_seen = 0
        self.inline_id = ""

    def __repr__(self) -> str:
        return f"Message({self.id}, {self.text!r}, buttons={self.buttons})"

    @property
    def text(self) -> str:
        """The plain text, without markup."""
        return str(self.data.get("text", ""))

    @property
    def entities(self) -> list[JSON]:
        return list(self.data.get("entities", []))

    @property
    def topic(self) -> int | None:
        return self.data.get("message_thread_id")

    @property
    def reply_to(self) -> int | None:
        """The id of the message that it replies to, if any."""
        target = self.data.get("reply_to_message")
        return target["message_id"] if target else None

    @property
    def _all_buttons(self) -> list[JSON]:
        rows = self.data.get("reply_markup", {}).get("inline_keyboard", [])
        return [button for row in rows for button in row]

    @property
    def buttons(self) -> list[str]:
        """The texts of its buttons, row after row."""
        return [button["text"] for button in self._all_buttons]

    def button(self, text: str) -> JSON:
        """Returns the one button with a text, or raises a LookupError."""
        found = [button for button in self._all_buttons if button["text"] == text]
        if len(found) != 1:
            raise LookupError(f"{len(found)} buttons {text!r} among {self.buttons}")
        return found[0]

    def marked(self, kind: str) -> list[str]:
        """Returns the parts of the text that entities of a kind cover."""
        units = self.text.encode("utf-16-le")
        return [
            units[2 * one["offset"] : 2 * (one["offset"] + one["length"])].decode("utf-16-le")
            for one in self.entities
            if one["type"] == kind
        ]


@dataclass(slots=True)
class Call:
    """One call that the bot made.

    Attributes:
        number: Its place in `api.calls`.
        parameters: The parameters, decoded.
        time: When it came (`time.monotonic`).
        is_test: Whether it came by the path of Telegram's test environment.
        status: The HTTP status of the answer; 0 while unanswered or if the connection was dropped.
        error: The description of a refusal.
        answered: Whether it was answered, or its connection dropped.
    """

    number: int
    method: str
    parameters: JSON
    time: float
    is_test: bool
    status: int = 0
    result: Any = None
    error: str | None = None
    answered: bool = False


@dataclass(slots=True)
class Query:
    """A callback query, an inline query or a message to a guest that a person made.

    Attributes:
        kind: `callback_query`, `inline_query` or `guest_message`.
        asked: When (`time.monotonic`).
        answer: The parameters of the bot's answer, None before it.
        expired: Whether it was made too old to answer.
    """

    id: str
    kind: str
    asked: float = field(default_factory=time.monotonic)
    answer: JSON | None = None
    expired: bool = False

    @property
    def text(self) -> str:
        """What the answer to a callback query shows."""
        return str((self.answer or {}).get("text", ""))

    @property
    def results(self) -> list[JSON]:
        """What the answer to an inline query offers."""
        return list((self.answer or {}).get("results", []))
