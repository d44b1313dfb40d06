"""The methods that send, edit and delete messages."""

from __future__ import annotations

import time
from typing import Any

from telegram.constants import ReactionEmoji

from .chats import Chat
from .errors import JSON, bad_request
from .formatting import formatted_text
from .keyboards import is_inline, read_markup
from .links import checked_link
from .messages import Message
from .parameters import Parameters, checked_field
from .world import World, public_message

ACTIONS = frozenset(
    (
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
        "record_audio",
        "upload_audio",
        "cancel",
    )
)
_PREVIEW_FLAGS = ("is_disabled", "prefer_small_media", "prefer_large_media", "show_above_text")
_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the"
    " same as a current content and reply markup of the message"
)


def _text_content(world: World, parameters: Parameters) -> JSON:
    text, entities = formatted_text(parameters)
    content: JSON = {"text": text} | _preview(parameters)
    if entities and (known := world.resolve_mentions(entities)):
        content["entities"] = known
    return content


def send_message(world: World, parameters: Parameters) -> JSON:
    """sendMessage."""
    content = _text_content(world, parameters)
    markup = read_markup(parameters)
    if is_inline(markup):
        content["reply_markup"] = markup
    reply = _reply_parameters(parameters)
    if parameters.boolean("protect_content"):
        content["has_protected_content"] = True
    parameters.boolean("disable_notification")
    chat = world.writable_chat(parameters.values.get("chat_id"))
    content |= _sender(world, chat) | _topic(chat, parameters)
    if reply:
        content |= _reply(world, chat, reply)
    return dict(chat.add(content, from_bot=True, markup=markup).data)


def edit_message_text(world: World, parameters: Parameters) -> JSON:
    """editMessageText."""
    content = _text_content(world, parameters)
    markup = read_markup(parameters)
    message = _own_message(world, parameters)
    if "text" not in message.data:
        raise bad_request("there is no text in the message to edit")
    return _edit(message, content, markup)


def edit_message_reply_markup(world: World, parameters: Parameters) -> JSON:
    """editMessageReplyMarkup."""
    markup = read_markup(parameters)
    message = _own_message(world, parameters)
    names = ("text", "entities", "link_preview_options")
    content = {name: message.data[name] for name in names if name in message.data}
    return _edit(message, content, markup)


def delete_message(world: World, parameters: Parameters) -> bool:
    """deleteMessage."""
    chat = world.find_chat(parameters.values.get("chat_id"))
    message = chat.find(_message_id(parameters))
    if message is None:
        raise bad_request("message to delete not found")
    may = message.from_bot or chat.type == "private" or chat.bot_is_administrator
    if not may or time.time() - message.data["date"] > 48 * 3600:
        raise bad_request("message can't be deleted")
    message.deleted = True
    return True


def send_chat_action(world: World, parameters: Parameters) -> bool:
    """sendChatAction."""
    action = parameters.text("action")
    if action not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat = world.writable_chat(parameters.values.get("chat_id"))
    _topic(chat, parameters)
    chat.actions.append(action)
    return True


def set_message_reaction(world: World, parameters: Parameters) -> bool:
    """setMessageReaction."""
    reactions = parameters.array("reaction", "ReactionType") or []
    if len(reactions) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    for reaction in reactions:
        if not isinstance(reaction, dict) or reaction.get("type") not in ("emoji", "custom_emoji"):
            raise bad_request("can't parse ReactionType: Unsupported type specified")
        if reaction["type"] == "emoji" and reaction.get("emoji") not in set(ReactionEmoji):
            raise bad_request("REACTION_INVALID")
    parameters.boolean("is_big")
    chat = world.writable_chat(parameters.values.get("chat_id"))
    message = chat.find(_message_id(parameters))
    if message is None:
        raise bad_request("message to react not found")
    message.reactions = reactions
    return True


def _sender(world: World, chat: Chat) -> JSON:
    if chat.type == "channel":
        return {"sender_chat": chat.data}
    return {"from": world.user}


def _preview(parameters: Parameters) -> JSON:
    options = parameters.mapping("link_preview_options", "link preview options")
    if options is None:
        return {}
    for flag in _PREVIEW_FLAGS:
        checked_field(options, flag, bool)
    url = checked_field(options, "url", str)
    if url and checked_link(url)[1]:
        raise bad_request("WEBPAGE_URL_INVALID")
    return {"link_preview_options": options}


def _topic(chat: Chat, parameters: Parameters) -> JSON:
    thread = parameters.integer("message_thread_id")
    if not thread:
        return {}
    if chat.is_forum and thread in chat.topics:
        if thread in chat.closed_topics:
            raise bad_request("TOPIC_CLOSED")
        return {"message_thread_id": thread, "is_topic_message": True}
    if chat.is_forum or chat.type != "supergroup" or not chat.find(thread):
        raise bad_request("message thread not found")
    return {"message_thread_id": thread}


def _reply_parameters(parameters: Parameters) -> JSON | None:
    reply = parameters.mapping("reply_parameters", "reply parameters")
    if reply is not None:
        if "message_id" not in reply:
            raise bad_request('can\'t find field "message_id"')
        for name, kind in (
            ("message_id", int),
            ("quote", str),
            ("allow_sending_without_reply", bool),
        ):
            checked_field(reply, name, kind)
        return reply
    legacy = parameters.integer("reply_to_message_id")
    optional = parameters.boolean("allow_sending_without_reply")
    return {"message_id": legacy, "allow_sending_without_reply": optional} if legacy else None


def _reply(world: World, chat: Chat, reply: JSON) -> JSON:
    source = world.find_chat(reply["chat_id"]) if reply.get("chat_id") else chat
    target = source.find(reply["message_id"])
    if target is None:
        if reply.get("allow_sending_without_reply"):
            return {}
        raise bad_request("message to be replied not found")
    content: JSON = {"reply_to_message": public_message(target)} if source is chat else {}
    if reply.get("quote"):
        position = target.text.find(reply["quote"])
        if position < 0:
            raise bad_request("QUOTE_TEXT_INVALID")
        units = len(target.text[:position].encode("utf-16-le")) // 2
        content["quote"] = {"text": reply["quote"], "position": units, "is_manual": True}
    if chat.is_forum and target.topic in chat.topics:
        content |= {"message_thread_id": target.topic, "is_topic_message": True}
    return content


def _message_id(parameters: Parameters) -> int:
    if not parameters.integer("message_id"):
        raise bad_request("message identifier is not specified")
    return parameters.integer("message_id")


def _own_message(world: World, parameters: Parameters) -> Message:
    if "inline_message_id" in parameters:
        raise bad_request("MESSAGE_ID_INVALID")
    chat_id = parameters.values.get("chat_id")
    if chat_id is None:
        raise bad_request("message identifier is not specified")
    chat = world.writable_chat(chat_id)
    message = chat.find(_message_id(parameters))
    if message is None:
        raise bad_request("message to edit not found")
    if not message.from_bot:
        raise bad_request("message can't be edited")
    return message


def _edit(message: Message, content: JSON, markup: JSON | None) -> JSON:
    if markup and "inline_keyboard" not in markup:
        raise bad_request("inline keyboard expected")
    if is_inline(markup):
        content["reply_markup"] = markup
    compared: tuple[str, ...] = ("text", "entities", "reply_markup")
    if all(content.get(name) == message.data.get(name) for name in compared):
        raise bad_request(_NOT_MODIFIED)
    for name in (*compared, "link_preview_options"):
        message.data.pop(name, None)
    message.data |= content | {"edit_date": int(time.time())}
    message.reply_markup = markup
    message.edits += 1
    return dict(message.data)


METHODS: dict[str, Any] = {
    "sendMessage": send_message,
    "editMessageText": edit_message_text,
    "editMessageReplyMarkup": edit_message_reply_markup,
    "deleteMessage": delete_message,
    "sendChatAction": send_chat_action,
    "setMessageReaction": set_message_reaction,
}
