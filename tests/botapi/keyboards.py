"""Checks of `reply_markup`."""

from __future__ import annotations

from typing import Any

from .errors import JSON, bad_request
from .links import checked_link
from .parameters import Parameters, checked_field

MAXIMUM_BUTTONS = 100
MAXIMUM_ROW = 8
MAXIMUM_DATA = 64
_INLINE = "can't parse inline keyboard button: "
_ACTIONS = {
    "url": str,
    "callback_data": str,
    "web_app": dict,
    "login_url": dict,
    "switch_inline_query": str,
    "switch_inline_query_current_chat": str,
    "switch_inline_query_chosen_chat": dict,
    "copy_text": dict,
    "callback_game": dict,
    "pay": bool,
}
_FLAGS = "force_reply remove_keyboard resize_keyboard one_time_keyboard selective is_persistent"


def read_markup(parameters: Parameters) -> JSON | None:
    """Returns the checked `reply_markup` of a call, or None without one."""
    markup = parameters.mapping("reply_markup", "reply markup")
    if not markup:
        return None
    return checked_markup(markup)


def checked_markup(markup: JSON) -> JSON:
    """Returns a reply markup that Telegram accepts.

    Raises:
        ApiError: It does not.
    """
    for flag in _FLAGS.split():
        checked_field(markup, flag, bool)
    if "inline_keyboard" in markup:
        rows = _rows(markup, "inline_keyboard")
        for row in rows:
            for button in row:
                _check_inline_button(button)
        _check_size(rows)
        return {"inline_keyboard": [row for row in rows if row]}
    if "keyboard" in markup:
        for row in _rows(markup, "keyboard"):
            for button in row:
                _check_reply_button(button)
    elif not any(markup.get(name) for name in ("force_reply", "remove_keyboard")):
        raise bad_request("object expected as reply markup")
    return markup


def is_inline(markup: JSON | None) -> bool:
    """Returns whether a reply markup is an inline keyboard with buttons."""
    return bool(markup and markup.get("inline_keyboard"))


def _rows(markup: JSON, name: str) -> list[list[Any]]:
    rows: list[list[Any]] = checked_field(markup, name, list) or []
    if not all(isinstance(row, list) for row in rows):
        raise bad_request(f'field "{name}" must be an Array of Arrays')
    return rows


def _check_size(rows: list[list[Any]]) -> None:
    too_wide = any(len(row) > MAXIMUM_ROW for row in rows)
    if too_wide or sum(map(len, rows)) > MAXIMUM_BUTTONS:
        raise bad_request("reply markup is too long")


def _check_inline_button(button: object) -> None:
    if not isinstance(button, dict):
        raise bad_request(f"{_INLINE}InlineKeyboardButton must be an Object")
    if button.get("text") is None:
        raise bad_request(f'{_INLINE}Can\'t find field "text"')
    if not checked_field(button, "text", str, _INLINE).strip():
        raise bad_request(f"{_INLINE}Text of the button must be non-empty")
    given = [
        name
        for name, kind in _ACTIONS.items()
        if checked_field(button, name, kind, _INLINE) is not None
    ]
    if not given or (button[given[0]] == "" and not given[0].startswith("switch")):
        raise bad_request(f"{_INLINE}Text buttons are unallowed in the inline keyboard")
    if len(given) > 1:
        raise bad_request(f"{_INLINE}Exactly one of the optional fields must be used")
    _check_action(button, given[0])


def _check_action(button: JSON, action: str) -> None:
    if action == "callback_data" and len(button[action].encode()) > MAXIMUM_DATA:
        raise bad_request("BUTTON_DATA_INVALID")
    if action == "url":
        _check_url(button["url"], "inline keyboard button URL")
    elif action == "login_url":
        _check_url(button[action].get("url", ""), "inline keyboard button login URL")
    elif action == "web_app":
        _check_web_app(button, "inline keyboard button")
    elif action == "copy_text":
        if not 1 <= len(str(button[action].get("text", ""))) <= 256:
            raise bad_request("BUTTON_COPY_TEXT_INVALID")
    elif action in ("pay", "callback_game"):
        raise bad_request("BUTTON_TYPE_INVALID")


def _check_reply_button(button: object) -> None:
    prefix = "can't parse keyboard button: "
    if isinstance(button, str):
        return
    if not isinstance(button, dict):
        raise bad_request(f"{prefix}KeyboardButton must be an Object")
    if button.get("text") is None:
        raise bad_request(f'{prefix}Can\'t find field "text"')
    checked_field(button, "text", str, prefix)
    if "web_app" in button:
        _check_web_app(button, "keyboard button")


def _check_url(url: str, label: str) -> None:
    problem = checked_link(url)[1]
    if problem:
        raise bad_request(f"{label} '{url}' is invalid: {problem}")


def _check_web_app(button: JSON, label: str) -> None:
    url = str(button["web_app"].get("url", ""))
    if not url.lower().startswith("https://"):
        raise bad_request(f"{label} Web App URL '{url}' is invalid: Only HTTPS links are allowed")
    _check_url(url, f"{label} Web App URL")
