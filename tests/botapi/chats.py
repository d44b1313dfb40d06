"""Chats and the messages in them."""

from __future__ import annotations

import itertools
import time
from typing import Any

from .errors import JSON
from .links import found_entities
from .messages import Message
from .world import World


class Chat:
    """A private chat, a group, a supergroup or a channel.

    Attributes:
        blocked: Whether the person blocked the bot, or the group threw it out.
        bot_can_write: Whether the bot may send messages.
        bot_is_administrator: Whether the bot may delete the messages of others.
        topics: Names of the topics of a forum, by `message_thread_id`.
        closed_topics: Topics in which the bot cannot write.
        members: Status of the members, by user id.
    """

    def __init__(
        self, world: World, chat_id: int, kind: str, names: JSON, *, is_forum: bool = False
    ) -> None:
        self.world = world
        self.id = chat_id
        self.type = kind
        self.names = names
        self.is_forum = is_forum
        self.username: str = names.get("username") or ""
        self.blocked = False
        self.bot_can_write = True
        self.bot_is_administrator = kind == "channel"
        self.topics: dict[int, str] = {}
        self.closed_topics: set[int] = set()
        self.members: dict[int, str] = {world.user["id"]: "member"}
        self.all_messages: dict[int, Message] = {}
        self.actions: list[str] = []
        self.replies: list[Message] = []
        self._replies_seen = 0
        self._message_ids = itertools.count(1)
        self.data: JSON = {"id": chat_id, "type": kind} | names
        if is_forum:
            self.data["is_forum"] = True

    def __repr__(self) -> str:
        return f"Chat({self.id}, {self.type})"

    @property
    def messages(self) -> list[Message]:
        """The messages that are there now, in order."""
        with self.world.changed:
            return [one for one in self.all_messages.values() if not one.deleted]

    @property
    def bot_messages(self) -> list[Message]:
        """The messages of the bot that are there now, in order."""
        return [message for message in self.messages if message.from_bot]

    def find(self, message_id: int) -> Message | None:
        """Returns a message that is there, or None."""
        message = self.all_messages.get(message_id)
        return None if message is None or message.deleted else message

    def next_message_id(self) -> int:
        """Returns the id of the next message: supergroups and channels count by themselves."""
        if self.type in ("supergroup", "channel"):
            return next(self._message_ids)
        return self.world.next_message_id()

    def add(self, content: JSON, *, from_bot: bool, markup: JSON | None = None) -> Message:
        """Adds a message; the lock is held."""
        data = {"message_id": self.next_message_id(), "chat": self.data, "date": int(time.time())}
        message = Message(data | content, from_bot=from_bot, reply_markup=markup)
        self.all_messages[message.id] = message
        if from_bot:
            self.replies.append(message)
        return message

    def topic(self, name: str) -> int:
        """Creates a topic of a forum and returns its `message_thread_id`."""
        with self.world.changed:
            created = {"forum_topic_created": {"name": name, "icon_color": 7322096}}
            message = self.add(created | {"is_topic_message": True}, from_bot=False)
            message.data["message_thread_id"] = message.id
            self.topics[message.id] = name
        return message.id

    def wait_for_reply(self, timeout: float = 15.0) -> Message:
        """Returns the next message of the bot that was not returned before."""
        return self.world.wait_until(self._next_reply, timeout, f"message in {self}")

    def _next_reply(self) -> Message | None:
        while self._replies_seen < len(self.replies):
            message = self.replies[self._replies_seen]
            self._replies_seen += 1
            if not message.deleted:
                return message
        return None

    def wait_for_edit(self, message: Message, timeout: float = 15.0) -> Message:
        """Returns a message once the bot has edited it anew since the last wait."""

        def edited() -> Message | None:
            if message.edits == message.edits_seen:
                return None
            message.edits_seen = message.edits
            return message

        return self.world.wait_until(edited, timeout, f"edit of {message}")

    def post(self, text: str = "", **extra: Any) -> Message:
        """Publishes a post in a channel."""
        if self.type != "channel":
            raise ValueError("Only channels have posts: elsewhere a person sends")
        content = {"sender_chat": self.data} | plain_content(text, extra)
        return self.world_message("channel_post", content)

    def world_message(self, kind: str, content: JSON) -> Message:
        """Adds a message of somebody else than the bot and queues its update."""
        with self.world.changed:
            message = self.add(content, from_bot=False)
            if not (self.blocked and self.type != "private"):
                self.world.push({kind: dict(message.data)})
        return message


def plain_content(text: str, extra: JSON) -> JSON:
    """Returns the fields of a message with a text and what else is in it."""
    content: JSON = dict(extra)
    if text:
        content = {"text": text} | content
        entities = found_entities(text)
        if entities:
            content = {"entities": entities} | content
    return content
