"""Checks of inline keyboards, the only `reply_markup` that the stand-in knows."""

from telegram.constants import (
    InlineKeyboardButtonLimit,
    InlineKeyboardMarkupLimit,
    InlineQueryLimit,
)

from .faults import JSON, refusal
from .parameters import checked_field
from .texts import is_link, utf16_length

_BUTTON = "can't parse inline keyboard button: "
_SWITCHES = ("switch_inline_query", "switch_inline_query_current_chat")
_ACTIONS = ("url", "callback_data", *_SWITCHES)
_CHOSEN = "switch_inline_query_chosen_chat"
_ALLOWED = [f"allow_{kind}_chats" for kind in ("user", "bot", "group", "channel")]


def checked_markup(markup: JSON | None) -> JSON:
    """Returns a `reply_markup` as a field of a message, or no field without buttons."""
    if not markup:
        return {}
    rows = checked_field(markup, "inline_keyboard", list)
    if rows is None:
        raise refusal("inline keyboard expected")
    for row in rows:
        for button in row:
            _check_button(button)
    is_too_wide = any(len(row) > InlineKeyboardMarkupLimit.BUTTONS_PER_ROW for row in rows)
    if is_too_wide or sum(map(len, rows)) > InlineKeyboardMarkupLimit.TOTAL_BUTTON_NUMBER:
        raise refusal("reply markup is too long")
    shown = [row for row in rows if row]
    return {"reply_markup": {"inline_keyboard": shown}} if shown else {}


def _check_button(button: JSON) -> None:
    text = checked_field(button, "text", str, _BUTTON)
    if text is None:
        raise refusal(f'{_BUTTON}Can\'t find field "text"')
    if not text.strip():
        raise refusal(f"{_BUTTON}Text of the button must be non-empty")
    given = [name for name in _ACTIONS if checked_field(button, name, str, _BUTTON) is not None]
    if chosen := checked_field(button, _CHOSEN, dict, _BUTTON):
        _check_chosen(chosen)
        given.append(_CHOSEN)
    if not given or (given[0] in ("url", "callback_data") and not button[given[0]]):
        raise refusal(f"{_BUTTON}Text buttons are unallowed in the inline keyboard")
    if len(given) > 1:
        raise refusal(f"{_BUTTON}Exactly one of the optional fields must be used")
    if len(button.get("callback_data", "").encode()) > InlineKeyboardButtonLimit.MAX_CALLBACK_DATA:
        raise refusal("BUTTON_DATA_INVALID")
    if "url" in button and not is_link(button["url"]):
        raise refusal(f"inline keyboard button URL '{button['url']}' is invalid: Wrong HTTP URL")


def _check_chosen(chosen: JSON) -> None:
    query = checked_field(chosen, "query", str, _BUTTON) or ""
    if not any(checked_field(chosen, name, bool, _BUTTON) for name in _ALLOWED):
        raise refusal("At least one chat type must be allowed")
    # Telegram takes a longer one, but nobody can ask it.
    if utf16_length(query) > InlineQueryLimit.MAX_QUERY_LENGTH:
        raise refusal("the inline query is too long")
