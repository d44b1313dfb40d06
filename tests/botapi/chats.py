"""Chats and the messages in them."""

import itertools
import time
from typing import Self

from .faults import JSON
from .messages import Message
from .texts import found_entities
from .world import World


class Chat:
    """A private chat, a group, a supergroup or a channel."""

    def __init__(self, world: World, data: JSON) -> None:
        self.world = world
        self.data = data
        self.id: int = data["id"]
        self.type: str = data["type"]
        self.is_forum: bool = data.get("is_forum", False)
        self.topics: set[int] = set()  # the ids of a forum's
        self.blocked = False  # by the person
        self.bot_can_write = True
        self.migrated_to: Self | None = None  # the supergroup that the group has become
        self.all_messages: dict[int, Message] = {}  # those that were deleted, too, by their ids
        self.replies: list[Message] = []  # all that the bot ever sent there
        self._replies_seen = 0
        counts_itself = self.type in ("supergroup", "channel")
        self._message_ids = itertools.count(1) if counts_itself else world.message_ids

    def __repr__(self) -> str:
        return f"Chat({self.id}, {self.type})"

    @property
    def bot_messages(self) -> list[Message]:
        """The messages of the bot that are there now, in order."""
        with self.world.changed:
            return [message for message in self.replies if not message.deleted]

    def find(self, message_id: int) -> Message | None:
        """Returns a message that is there, or None."""
        message = self.all_messages.get(message_id)
        return None if message is None or message.deleted else message

    def add(self, content: JSON, *, from_bot: bool) -> Message:
        """Adds a message; the lock is held."""
        number, now = next(self._message_ids), int(time.time())
        data = {"message_id": number, "chat": self.data, "date": now}
        self.all_messages[number] = message = Message(data | content, from_bot=from_bot)
        if from_bot:
            self.replies.append(message)
        return message

    def send(self, kind: str, text: str, content: JSON) -> Message:
        """Adds a message of somebody else than the bot and queues its update."""
        with self.world.changed:
            message = self.add(text_content(text) | content, from_bot=False)
            self.world.push({kind: dict(message.data)})
        return message

    def post(self, text: str) -> Message:
        """Publishes a post in a channel."""
        return self.send("channel_post", text, {"sender_chat": self.data})

    def topic(self) -> int:
        """Creates a topic of a forum and returns its `message_thread_id`."""
        with self.world.changed:
            message = self.add({"forum_topic_created": {}}, from_bot=False)
            self.topics.add(message.id)
        return message.id

    def wait_for_reply(self, timeout: float = 15.0) -> Message:
        """Returns the next message of the bot that was not returned before."""
        return self.world.wait_until(self._next_reply, timeout, f"message in {self}")

    def _next_reply(self) -> Message | None:
        unseen = self.replies[self._replies_seen :]
        message = next((one for one in unseen if not one.deleted), None)
        self._replies_seen += unseen.index(message) + 1 if message else len(unseen)
        return message

    def wait_for_edit(self, message: Message, timeout: float = 15.0) -> Message:
        """Returns a message once the bot has edited it anew since the last wait."""

        def edited() -> Message | None:
            if message.edits == message.edits_seen:
                return None
            message.edits_seen = message.edits
            return message

        return self.world.wait_until(edited, timeout, f"edit of {message}")


def text_content(text: str, name: str = "text", entities_name: str = "entities") -> JSON:
    """Returns the fields of a text with what Telegram finds in it, or none for no text."""
    found = found_entities(text)
    return ({name: text} if text else {}) | ({entities_name: found} if found else {})
