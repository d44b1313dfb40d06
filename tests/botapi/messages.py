"""Messages, calls and queries, as tests see them."""

import time
from dataclasses import dataclass, field
from typing import Any

from .faults import JSON


class Message:
    """A message in its current state: edits show in it."""

    def __init__(self, data: JSON, *, from_bot: bool) -> None:
        self.data = data  # the Message object as Telegram gives it
        self.id: int = data["message_id"]
        self.chat_id: int = data["chat"]["id"]
        self.from_bot = from_bot
        self.deleted = False
        self.edits = 0  # of the bot
        self.edits_seen = 0
        self.inline_id = ""  # the only id that the bot knows of what it posted as a guest

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
    """One call that the bot made."""

    number: int  # its place in `api.calls`
    method: str
    parameters: JSON  # decoded
    time: float  # when it came (`time.monotonic`)
    is_test: bool  # whether it came by the path of Telegram's test environment
    status: int = 0  # of the answer; 0 while unanswered or if the connection was dropped
    result: Any = None
    error: str | None = None  # the description of a refusal
    answered: bool = False  # or its connection dropped


@dataclass(slots=True)
class Query:
    """What a person made that may be answered for a while."""

    id: str
    kind: str  # `callback_query`, `inline_query` or `guest_message`
    asked: float = field(default_factory=time.monotonic)
    answer: JSON | None = None  # the parameters of the bot's answer
    expired: bool = False  # made too old to answer

    @property
    def text(self) -> str:
        """What the answer to a callback query shows."""
        return str((self.answer or {}).get("text", ""))

    @property
    def results(self) -> list[JSON]:
        """What the answer to an inline query offers."""
        return list((self.answer or {}).get("results", []))
