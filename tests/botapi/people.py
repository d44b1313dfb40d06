"""People who write to the bot."""

import time
from functools import partialmethod
from typing import Any

from .chats import Chat, text_content
from .faults import JSON
from .messages import Message, Query
from .world import World, public_message

_FILE = {"file_id": "file", "file_unique_id": "unique", "file_size": 1234}
_SIZE = {"width": 320, "height": 240}
_SHAPE = _SIZE | {"type": "regular", "is_animated": False, "is_video": False}


class Person:
    """Somebody who talks to the bot, with their private chat."""

    def __init__(self, world: World, user: JSON, chat: Chat) -> None:
        self.world = world
        self.user = user
        self.chat = chat
        self.id: int = user["id"]
        self.wait_for_answer = world.wait_for_answer
        self.wait_for_reply = chat.wait_for_reply
        self.wait_for_edit = chat.wait_for_edit

    def send(
        self,
        text: str = "",
        *,
        chat: Chat | None = None,
        reply_to: Message | None = None,
        topic: int | None = None,
        **extra: Any,
    ) -> Message:
        """Sends a message, with further fields of a Message object, to a group or to the bot."""
        place = chat or self.chat
        content: JSON = {"from": self.user} | extra
        if reply_to:
            content["reply_to_message"] = public_message(reply_to)
            topic = topic or (reply_to.topic if place.is_forum else None)
        if topic:
            content |= {"message_thread_id": topic, "is_topic_message": True}
        return place.send("message", text, content)

    def ask(self, text: str, **options: Any) -> Message:
        """Sends a message to the bot, and returns the reply."""
        self.send(text, **options)
        return self.wait_for_reply()

    def summon(self, text: str, *, chat: Chat, **extra: Any) -> Message:
        """Mentions the bot in a chat where it is nobody, to which it may say one thing."""
        with self.world.changed:
            query = self.world.new_query("guest_message")
            content = {"from": self.user, "guest_query_id": query.id} | extra
            asked = chat.send("guest_message", text, content)
            self.world.guest_queries[query.id] = asked
        return asked

    def edit(self, message: Message, text: str, *, chat: Chat | None = None) -> Message:
        """Edits one of their own messages."""
        with self.world.changed:
            edited = (chat or self.chat).find(message.id)
            if edited is None or edited.data.get("from") != self.user:
                raise LookupError(f"{message} is not theirs")
            edited.data.pop("entities", None)
            edited.data |= text_content(text) | {"edit_date": int(time.time())}
            self.world.push({"edited_message": dict(edited.data)})
        return edited

    def send_photo(self, caption: str = "", **options: Any) -> Message:
        """Sends a photo; those with one `media_group_id` are an album."""
        content = text_content(caption, "caption", "caption_entities")
        return self.send(photo=[_FILE | _SIZE], **content, **options)

    send_sticker = partialmethod(send, sticker=_FILE | _SHAPE)
    send_voice = partialmethod(send, voice=_FILE | {"duration": 2})
    send_video_note = partialmethod(send, video_note=_FILE | {"duration": 2, "length": 240})
    send_location = partialmethod(send, location={"latitude": 48.8583, "longitude": 2.2945})
    send_contact = partialmethod(send, contact={"phone_number": "+12025550100", "first_name": "A"})
    send_dice = partialmethod(send, dice={"emoji": "🎲", "value": 4})

    def tap(self, message: Message, button_text: str) -> Query:
        """Taps an inline button that the message has now."""
        with self.world.changed:
            if message.deleted:
                raise LookupError(f"{message} was deleted")
            return self.tap_data(message, message.button(button_text)["callback_data"])

    def tap_data(self, message: Message, data: str) -> Query:
        """Makes a callback query with any data, as with a keyboard from long ago."""
        content = dict(message.data)
        if message.deleted:
            content = {"chat": content["chat"], "message_id": message.id, "date": 0}
        shown = {"message": content, "chat_instance": str(message.chat_id)}
        if message.inline_id:
            shown = {"inline_message_id": message.inline_id, "chat_instance": "0"}
        return self._ask("callback_query", {"data": data} | shown)

    def inline_query(self, text: str) -> Query:
        """Types the bot's name and a text in some chat."""
        return self._ask("inline_query", {"query": text, "offset": "", "chat_type": "sender"})

    def _ask(self, kind: str, content: JSON) -> Query:
        with self.world.changed:
            query = self.world.new_query(kind)
            self.world.push({kind: {"id": query.id, "from": self.user} | content})
        return query

    def block(self) -> None:
        """Blocks the bot, which gets `my_chat_member` if it wants to."""
        with self.world.changed:
            self.chat.blocked = True
            self.world.push({"my_chat_member": self.membership("member", "kicked")})

    def change(self, chat: Chat, old: str, new: str) -> None:
        """Makes the bot something else in a group, such as `member` where it had `left`."""
        self.world.push({"my_chat_member": self.membership(old, new, chat)})

    def membership(self, old: str, new: str, chat: Chat | None = None) -> JSON:
        """Returns the change of what the bot is in a chat, a ChatMemberUpdated."""
        bot = {"user": self.world.user, "until_date": 0}
        place = (chat or self.chat).data
        changed: JSON = {"chat": place, "from": self.user, "date": int(time.time())}
        changed["old_chat_member"] = bot | {"status": old}
        return changed | {"new_chat_member": bot | {"status": new}}
