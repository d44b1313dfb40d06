"""The table of methods: the function of each, and the parameters that it may have."""

from collections.abc import Callable
from functools import partial
from typing import Any

from . import profile, receiving, replies

_TEXT = "chat_id text parse_mode link_preview_options reply_markup"
_SENT = f"{_TEXT} message_thread_id direct_messages_topic_id reply_parameters"
_SENT += " disable_notification protect_content"
_TAPPED = "callback_query_id text show_alert cache_time"
_RESULTS = "inline_query_id results cache_time is_personal next_offset button"
_WEBHOOK = "url certificate max_connections allowed_updates drop_pending_updates secret_token"
_LONG, _SHORT = "description", "short_description"

METHODS: dict[str, tuple[Callable[..., Any], str]] = {
    "getMe": (profile.get_me, ""),
    "setMyCommands": (profile.set_my_commands, "commands scope"),
    "getMyCommands": (profile.get_my_commands, "scope"),
    "setMyDescription": (partial(profile.set_text, name=_LONG), _LONG),
    "getMyDescription": (partial(profile.get_text, name=_LONG), ""),
    "setMyShortDescription": (partial(profile.set_text, name=_SHORT), _SHORT),
    "getMyShortDescription": (partial(profile.get_text, name=_SHORT), ""),
    "sendMessage": (replies.send_message, _SENT),
    "editMessageText": (replies.edit_message_text, f"{_TEXT} message_id inline_message_id"),
    "answerCallbackQuery": (replies.answer_callback_query, _TAPPED),
    "answerInlineQuery": (replies.answer_inline_query, _RESULTS),
    "answerGuestQuery": (replies.answer_guest_query, "guest_query_id result"),
    "getUpdates": (receiving.get_updates, "offset limit timeout allowed_updates"),
    "setWebhook": (receiving.set_webhook, _WEBHOOK),
    "deleteWebhook": (receiving.delete_webhook, "drop_pending_updates"),
}
