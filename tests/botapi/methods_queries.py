"""The methods that answer callback queries and inline queries."""

from __future__ import annotations

import re
from typing import Any

from .errors import JSON, bad_request
from .formatting import formatted_text
from .keyboards import checked_markup
from .links import checked_link, utf16_length
from .parameters import Parameters, checked_field
from .world import World

MAXIMUM_RESULTS = 50
_RESULT = "can't parse inline query result: "
_KINDS = frozenset(
    (
        "article",
        "audio",
        "contact",
        "document",
        "game",
        "gif",
        "location",
        "mpeg4_gif",
        "photo",
        "sticker",
        "venue",
        "video",
        "voice",
    )
)
_START_PARAMETER = re.compile(r"[A-Za-z0-9_-]{1,64}")


def answer_callback_query(world: World, parameters: Parameters) -> bool:
    """answerCallbackQuery."""
    text = parameters.text("text")
    parameters.boolean("show_alert")
    parameters.integer("cache_time")
    query = world.open_query(parameters.text("callback_query_id"), "callback_query")
    if utf16_length(text) > 200:
        raise bad_request("MESSAGE_TOO_LONG")
    url = parameters.text("url")
    if url and checked_link(url)[1]:
        raise bad_request("URL_INVALID")
    query.answer = dict(parameters.values)
    return True


def answer_inline_query(world: World, parameters: Parameters) -> bool:
    """answerInlineQuery."""
    results = parameters.array("results", "inline query results")
    if results is None:
        raise bad_request('can\'t find field "results"')
    if len(results) > MAXIMUM_RESULTS:
        raise bad_request("RESULTS_TOO_MUCH")
    checked = [_checked_result(result) for result in results]
    if len({result["id"] for result in checked}) < len(checked):
        raise bad_request("RESULT_ID_DUPLICATE")
    parameters.integer("cache_time")
    parameters.boolean("is_personal")
    if len(parameters.text("next_offset").encode()) > 64:
        raise bad_request("NEXT_OFFSET_INVALID")
    _check_button(parameters.mapping("button", "InlineQueryResultsButton"))
    query = world.open_query(parameters.text("inline_query_id"), "inline_query")
    query.answer = parameters.values | {"results": checked}
    return True


def _check_button(button: JSON | None) -> None:
    if button is None:
        return
    if not button.get("text"):
        raise bad_request("can't parse inline query results button: Can't find field \"text\"")
    start = button.get("start_parameter")
    if ("web_app" in button) == (start is not None):
        raise bad_request("can't parse inline query results button: exactly one kind is needed")
    if start is not None and not _START_PARAMETER.fullmatch(str(start)):
        raise bad_request("START_PARAM_INVALID")


def _checked_result(result: object) -> JSON:
    if not isinstance(result, dict):
        raise bad_request(f"{_RESULT}object expected")
    for name in ("type", "id"):
        _required(result, name, str)
    if not 1 <= len(result["id"].encode()) <= 64:
        raise bad_request("RESULT_ID_INVALID" if result["id"] else "RESULT_ID_EMPTY")
    if result["type"] not in _KINDS:
        raise bad_request(f"{_RESULT}unsupported type of the result")
    if result["type"] == "article":
        _required(result, "input_message_content", dict)
        if not _required(result, "title", str).strip():
            raise bad_request("ARTICLE_TITLE_EMPTY")
    if result.get("reply_markup"):
        checked_markup(result["reply_markup"])
    content = checked_field(result, "input_message_content", dict, _RESULT)
    return result | {"input_message_content": _checked_content(content)} if content else result


def _required(result: JSON, name: str, kind: type) -> Any:
    value = checked_field(result, name, kind, _RESULT)
    if value is None:
        raise bad_request(f'{_RESULT}Can\'t find field "{name}"')
    return value


def _checked_content(content: JSON) -> JSON:
    if "message_text" not in content:
        if any(name in content for name in ("latitude", "phone_number", "payload")):
            return content
        raise bad_request(f'{_RESULT}Can\'t find field "message_text"')
    text, entities = formatted_text(Parameters(content), "message_text")
    return content | {"message_text": text, "entities": entities}


METHODS: dict[str, Any] = {
    "answerCallbackQuery": answer_callback_query,
    "answerInlineQuery": answer_inline_query,
}
