"""People who write to the bot."""

from __future__ import annotations

import time
from typing import Any

from .chats import Chat, plain_content
from .errors import JSON
from .links import found_entities
from .messages import Message, Query
from .world import World, public_message


class Person:
    """Somebody who talks to the bot, with their private chat.

    Attributes:
        user: The User object.
        chat: The private chat with the bot.
    """

    def __init__(self, world: World, user: JSON, chat: Chat) -> None:
        self.world = world
        self.user = user
        self.chat = chat

    def __repr__(self) -> str:
        return f"Person({self.id}, {self.user['first_name']!r})"

    @property
    def id(self) -> int:
        """The user id, which is the id of the private chat too."""
        number: int = self.user["id"]
        return number

    @property
    def messages(self) -> list[Message]:
        """The messages in the private chat now."""
        return self.chat.messages

    def send(
        self,
        text: str = "",
        *,
        chat: Chat | None = None,
        reply_to: Message | None = None,
        topic: int | None = None,
        **extra: Any,
    ) -> Message:
        """Sends a message, to the bot itself unless a group is given.

        Args:
            text: The text; commands, mentions and links in it become entities.
            chat: The group, if not the private chat.
            reply_to: The message that it replies to.
            topic: The topic of a forum.
            **extra: Further fields of the Message object.
        """
        place = chat or self.chat
        content: JSON = {"from": self.user} | plain_content(text, extra)
        if reply_to:
            content["reply_to_message"] = public_message(reply_to)
            topic = topic or (reply_to.topic if place.is_forum else None)
        if topic:
            content |= {"message_thread_id": topic, "is_topic_message": True}
        with self.world.changed:
            place.members.setdefault(self.id, "member")
            return place.world_message("message", content)

    def edit(self, message: Message | int, text: str, *, chat: Chat | None = None) -> Message:
        """Edits one of their own messages."""
        place = chat or self.chat
        number = message if isinstance(message, int) else message.id
        with self.world.changed:
            edited = place.find(number)
            if edited is None or edited.data.get("from") != self.user:
                raise LookupError(f"{self} has no message {number} in {place}")
            edited.data.pop("entities", None)
            edited.data |= plain_content(text, {"edit_date": int(time.time())})
            self.world.push({"edited_message": dict(edited.data)})
        return edited

    def send_file(self, kind: str, caption: str | None = None, **options: Any) -> Message:
        """Sends a document, a video, an audio or an animation."""
        content: JSON = {kind: _file(kind) | {"file_name": f"{kind}.bin"}}
        if kind in ("video", "animation"):
            content[kind] |= {"width": 640, "height": 480, "duration": 3}
        elif kind == "audio":
            content[kind] |= {"duration": 3}
        return self.send(**content, **_captioned(caption), **options)

    def send_photo(self, caption: str | None = None, **options: Any) -> Message:
        """Sends a photo."""
        photo = [_file("photo") | {"width": 320, "height": 240}]
        return self.send(photo=photo, **_captioned(caption), **options)

    def send_sticker(self, emoji: str = "👍", **options: Any) -> Message:
        """Sends a sticker."""
        sticker = _file("sticker") | {"type": "regular", "width": 512, "height": 512}
        sticker |= {"is_animated": False, "is_video": False, "emoji": emoji}
        return self.send(sticker=sticker, **options)

    def send_voice(self, **options: Any) -> Message:
        """Sends a voice message."""
        return self.send(voice=_file("voice") | {"duration": 2}, **options)

    def send_video_note(self, **options: Any) -> Message:
        """Sends a round video."""
        return self.send(video_note=_file("note") | {"duration": 2, "length": 240}, **options)

    def send_location(
        self, latitude: float = 48.8583, longitude: float = 2.2945, **options: Any
    ) -> Message:
        """Sends a place on the map."""
        return self.send(location={"latitude": latitude, "longitude": longitude}, **options)

    def send_contact(self, phone_number: str = "+12025550100", **options: Any) -> Message:
        """Sends a contact: their own."""
        contact = {"phone_number": phone_number, "first_name": self.user["first_name"]}
        return self.send(contact=contact | {"user_id": self.id}, **options)

    def send_dice(self, emoji: str = "🎲", value: int = 4, **options: Any) -> Message:
        """Throws a dice."""
        return self.send(dice={"emoji": emoji, "value": value}, **options)

    def tap(self, message: Message, button_text: str) -> Query:
        """Taps an inline button that the message has now."""
        with self.world.changed:
            if message.deleted:
                raise LookupError(f"{message} was deleted")
            button = message.button(button_text)
            if "callback_data" not in button:
                raise LookupError(f"The button {button_text!r} makes no callback query: {button}")
            return self.tap_data(message, button["callback_data"])

    def tap_data(self, message: Message, data: str) -> Query:
        """Makes a callback query with any data, as with a keyboard from long ago."""
        with self.world.changed:
            query = self.world.new_query("callback_query", self.id)
            content = dict(message.data)
            if message.deleted:
                content = {name: content[name] for name in ("chat", "message_id")} | {"date": 0}
            update = {"id": query.id, "from": self.user, "message": content, "data": data}
            update["chat_instance"] = str(message.chat_id)
            self.world.push({"callback_query": update})
        return query

    def inline_query(self, text: str, *, offset: str = "", chat_type: str = "sender") -> Query:
        """Types the bot's name and a text in some chat."""
        with self.world.changed:
            query = self.world.new_query("inline_query", self.id)
            update = {"id": query.id, "from": self.user, "query": text, "offset": offset}
            self.world.push({"inline_query": update | {"chat_type": chat_type}})
        return query

    def choose(self, query: Query, result_id: str, text: str = "") -> None:
        """Chooses one of the results of an inline query, which the bot may hear of."""
        if result_id not in [result["id"] for result in query.results]:
            raise LookupError(f"No result {result_id!r} was offered")
        chosen = {"result_id": result_id, "from": self.user, "query": text}
        self.world.push({"chosen_inline_result": chosen})

    def wait_for_answer(self, query: Query, timeout: float = 15.0) -> Query:
        """Returns a query once the bot has answered it."""
        return self.world.wait_until(
            lambda: query if query.answer is not None else None,
            timeout,
            f"answer to the {query.kind}",
        )

    def wait_for_reply(self, timeout: float = 15.0) -> Message:
        """Returns the next message of the bot in the private chat."""
        return self.chat.wait_for_reply(timeout)

    def wait_for_edit(self, message: Message, timeout: float = 15.0) -> Message:
        """Returns a message once the bot has edited it anew since the last wait."""
        return self.chat.wait_for_edit(message, timeout)

    def block(self, blocked: bool = True) -> None:
        """Blocks the bot, or lets it write again; the bot gets `my_chat_member`."""
        with self.world.changed:
            self.chat.blocked = blocked
            old, new = ("member", "kicked") if blocked else ("kicked", "member")
            self.world.push({"my_chat_member": self.membership(old, new)})

    def membership(self, old: str, new: str) -> JSON:
        """Returns the change of what the bot is in the private chat, a ChatMemberUpdated."""

        def member(status: str) -> JSON:
            until = {"until_date": 0} if status == "kicked" else {}
            return {"user": self.world.user, "status": status} | until

        return {
            "chat": self.chat.data,
            "from": self.user,
            "date": int(time.time()),
            "old_chat_member": member(old),
            "new_chat_member": member(new),
        }


def _captioned(caption: str | None) -> JSON:
    if caption is None:
        return {}
    entities = found_entities(caption)
    return {"caption": caption} | ({"caption_entities": entities} if entities else {})


def _file(kind: str) -> JSON:
    return {"file_id": f"{kind}-file", "file_unique_id": f"{kind}-unique", "file_size": 1234}
