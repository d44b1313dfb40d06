"""Messages, calls and queries, as tests see them."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Any

from .errors import JSON


class Message:
    """A message in its current state: edits show in it.

    Attributes:
        data: The Message object as Telegram gives it.
        from_bot: Whether the bot under test sent it.
        deleted: Whether it was deleted.
        reply_markup: What the bot gave as `reply_markup`, reply keyboards included.
        reactions: The bot's reactions to it.
        edits: How often the bot edited it.
    """

    __slots__ = ("data", "deleted", "edits", "edits_seen", "from_bot", "reactions", "reply_markup")

    def __init__(self, data: JSON, *, from_bot: bool, reply_markup: JSON | None = None) -> None:
        self.data = data
        self.from_bot = from_bot
        self.reply_markup = reply_markup
        self.deleted = False
        self.reactions: list[JSON] = []
        self.edits = 0
        self.edits_seen = 0

    def __repr__(self) -> str:
        return f"Message({self.id}, {self.text!r}, buttons={self.buttons})"

    @property
    def id(self) -> int:
        """The `message_id`."""
        number: int = self.data["message_id"]
        return number

    @property
    def chat_id(self) -> int:
        """The id of its chat."""
        number: int = self.data["chat"]["id"]
        return number

    @property
    def text(self) -> str:
        """The plain text (or caption), without markup."""
        text: str = self.data.get("text") or self.data.get("caption") or ""
        return text

    @property
    def entities(self) -> list[JSON]:
        """The entities of the text."""
        entities: list[JSON] = self.data.get("entities") or []
        return entities

    @property
    def topic(self) -> int | None:
        """The `message_thread_id`, if any."""
        return self.data.get("message_thread_id")

    @property
    def reply_to(self) -> int | None:
        """The id of the message that it replies to, if any."""
        target = self.data.get("reply_to_message")
        return target["message_id"] if target else None

    @property
    def rows(self) -> list[list[JSON]]:
        """The buttons under it, inline or not."""
        markup = self.reply_markup or {}
        rows: list[list[JSON]] = markup.get("inline_keyboard") or markup.get("keyboard") or []
        return rows

    @property
    def buttons(self) -> list[str]:
        """The texts of its buttons, row after row."""
        return [button["text"] for row in self.rows for button in row]

    def button(self, text: str) -> JSON:
        """Returns the button with a text.

        Raises:
            LookupError: The message has none, or several.
        """
        found = [button for row in self.rows for button in row if button["text"] == text]
        if len(found) != 1:
            raise LookupError(f"{len(found)} buttons {text!r} among {self.buttons}")
        return found[0]

    def marked(self, kind: str) -> list[str]:
        """Returns the parts of the text that entities of a kind cover."""
        units = self.text.encode("utf-16-le", errors="surrogatepass")
        return [
            units[2 * entity["offset"] : 2 * (entity["offset"] + entity["length"])].decode(
                "utf-16-le", errors="surrogatepass"
            )
            for entity in self.entities
            if entity["type"] == kind
        ]


@dataclass(slots=True)
class Call:
    """One call that the bot made.

    Attributes:
        number: Its place in `api.calls`.
        method: Telegram's spelling of the method.
        parameters: The parameters, decoded.
        time: When it came (`time.monotonic`).
        status: The HTTP status of the answer; 0 while unanswered or if the connection was dropped.
        result: What was returned.
        error: The description of a refusal.
        is_test: Whether it came by the path of Telegram's test environment.
        answered: Whether it was answered, or its connection dropped.
    """

    number: int
    method: str
    parameters: JSON
    time: float
    status: int = 0
    result: Any = None
    error: str | None = None
    is_test: bool = False
    answered: bool = False


@dataclass(slots=True)
class Query:
    """A callback query or an inline query that a person made.

    Attributes:
        id: Its id.
        kind: `callback_query` or `inline_query`.
        user_id: Who asked.
        asked: When (`time.monotonic`).
        answer: The parameters of the bot's answer, None before it.
        expired: Whether it was made too old to answer.
    """

    id: str
    kind: str
    user_id: int
    asked: float = field(default_factory=time.monotonic)
    answer: JSON | None = None
    expired: bool = False

    @property
    def text(self) -> str:
        """What the answer to a callback query shows."""
        text: str = (self.answer or {}).get("text") or ""
        return text

    @property
    def results(self) -> list[JSON]:
        """What the answer to an inline query offers."""
        results: list[JSON] = (self.answer or {}).get("results") or []
        return results
