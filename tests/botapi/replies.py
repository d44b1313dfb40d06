"""The methods by which the bot answers: messages, edits, callback queries, inline queries."""

import re
import time
from typing import Any

from telegram.constants import CallbackQueryLimit, InlineQueryLimit, InlineQueryResultLimit

from .chats import Chat
from .faults import JSON, refusal
from .html import formatted_text
from .keyboards import checked_markup
from .parameters import checked_field
from .texts import utf16_length
from .world import World, public_message

_SHOWN = ("text", "entities", "reply_markup")
_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the"
    " same as a current content and reply markup of the message"
)
_RESULT = "can't parse inline query result: "
_BUTTON = "can't parse inline query results button: "
_START_PARAMETER = re.compile(r"[A-Za-z0-9_-]{1,64}")


def send_message(world: World, values: JSON) -> JSON:
    content = _content(values)
    chat = world.writable_chat(values.get("chat_id", ""))
    content |= {"from": world.user} | _topic(chat, values.get("message_thread_id"))
    content |= _reply(chat, values.get("reply_parameters"))
    return dict(chat.add(content, from_bot=True).data)


def edit_message_text(world: World, values: JSON) -> JSON | bool:
    content = _content(values)
    if "inline_message_id" in values:
        message = world.guest_messages.get(values["inline_message_id"])
    else:
        chat = world.writable_chat(values.get("chat_id", ""))
        message = chat.find(values.get("message_id", 0))
    if message is None:
        raise refusal("message to edit not found")
    if not message.from_bot:
        raise refusal("message can't be edited")
    if all(content.get(name) == message.data.get(name) for name in _SHOWN):
        raise refusal(_NOT_MODIFIED)
    for name in _SHOWN:
        message.data.pop(name, None)
    message.data |= content | {"edit_date": int(time.time())}
    message.edits += 1
    return True if message.inline_id else dict(message.data)


def _content(values: JSON) -> JSON:
    checked_field(values.get("link_preview_options", {}), "is_disabled", bool)
    return formatted_text(values) | checked_markup(values.get("reply_markup"))


def _topic(chat: Chat, thread: int | None) -> JSON:
    if thread is None:
        return {}
    if thread not in chat.topics:
        raise refusal("message thread not found")
    return {"message_thread_id": thread, "is_topic_message": True}


def _reply(chat: Chat, reply: JSON | None) -> JSON:
    if reply is None:
        return {}
    target = chat.find(_required(reply, "message_id", int))
    if target:
        return {"reply_to_message": public_message(target)}
    if checked_field(reply, "allow_sending_without_reply", bool):
        return {}
    raise refusal("message to be replied not found")


def answer_callback_query(world: World, values: JSON) -> bool:
    query = world.open_query(values.get("callback_query_id"), "callback_query")
    if utf16_length(values.get("text", "")) > CallbackQueryLimit.ANSWER_CALLBACK_QUERY_TEXT_LENGTH:
        raise refusal("MESSAGE_TOO_LONG")
    query.answer = values
    return True


def answer_inline_query(world: World, values: JSON) -> bool:
    results = _required(values, "results", list)
    if len(results) > InlineQueryLimit.RESULTS:
        raise refusal("RESULTS_TOO_MUCH")
    checked = [_checked_result(result) for result in results]
    if len({result["id"] for result in checked}) < len(checked):
        raise refusal("RESULT_ID_DUPLICATE")
    if button := values.get("button"):
        _required(button, "text", str, _BUTTON)
        if not _START_PARAMETER.fullmatch(_required(button, "start_parameter", str, _BUTTON)):
            raise refusal("START_PARAM_INVALID")
    query = world.open_query(values.get("inline_query_id"), "inline_query")
    query.answer = values | {"results": checked}
    return True


def answer_guest_query(world: World, values: JSON) -> JSON:
    """Posts the one message of a guest, in a chat where it may do nothing else."""
    result = _checked_result(_required(values, "result", dict))
    query = world.open_query(values.get("guest_query_id"), "guest_message")
    query.answer = values
    said, asked = result["input_message_content"], world.guest_queries[query.id]
    content = {"from": world.user, "guest_bot_caller_user": asked.data["from"]}
    content |= {"text": said["message_text"], "entities": said["entities"]}
    content |= checked_markup(result.get("reply_markup"))
    message = world.chats[asked.chat_id].add(content, from_bot=True)
    message.inline_id = f"guest-{query.id}"
    world.guest_messages[message.inline_id] = message
    return {"inline_message_id": message.inline_id}


def _checked_result(result: JSON) -> JSON:
    if _required(result, "type", str, _RESULT) != "article":
        raise refusal(f"{_RESULT}only articles are known here")
    number = _required(result, "id", str, _RESULT)
    if not 1 <= len(number.encode()) <= InlineQueryResultLimit.MAX_ID_LENGTH:
        raise refusal("RESULT_ID_INVALID")
    if not _required(result, "title", str, _RESULT).strip():
        raise refusal("ARTICLE_TITLE_EMPTY")
    checked_markup(result.get("reply_markup"))
    content = _required(result, "input_message_content", dict, _RESULT)
    shown = formatted_text(content, "message_text")
    parsed = {"message_text": shown["text"], "entities": shown.get("entities", [])}
    return result | {"input_message_content": content | parsed}


def _required(owner: JSON, name: str, kind: type, prefix: str = "") -> Any:
    value = checked_field(owner, name, kind, prefix)
    if value is None:
        raise refusal(f'{prefix}Can\'t find field "{name}"')
    return value
