"""The parameters of a call: decoding, and access with checked types."""

from __future__ import annotations

import json
import re
from typing import Any

from tornado.httputil import HTTPServerRequest

from .errors import JSON, bad_request

STRUCTURES = frozenset(
    (
        "allowed_updates",
        "button",
        "commands",
        "entities",
        "link_preview_options",
        "reaction",
        "reply_markup",
        "reply_parameters",
        "results",
        "scope",
    )
)
INTEGERS = frozenset(
    (
        "cache_time",
        "limit",
        "max_connections",
        "message_id",
        "message_thread_id",
        "offset",
        "reply_to_message_id",
        "timeout",
        "user_id",
    )
)
BOOLEANS = frozenset(
    (
        "allow_paid_broadcast",
        "allow_sending_without_reply",
        "disable_notification",
        "disable_web_page_preview",
        "drop_pending_updates",
        "is_big",
        "is_personal",
        "protect_content",
        "show_alert",
    )
)
_INTEGER = re.compile(r"[+-]?[0-9]{1,20}")
_TRUTHS = {"true": True, "false": False, "1": True, "0": False, "yes": True, "no": False}


class Parameters:
    """What a call was given, by name."""

    __slots__ = ("values",)

    def __init__(self, values: JSON) -> None:
        self.values = {
            name: _decoded(name, value) for name, value in values.items() if value is not None
        }

    def __contains__(self, name: str) -> bool:
        return name in self.values

    def text(self, name: str, default: str = "") -> str:
        """Returns a string; numbers are taken as written, as Telegram does."""
        value = self.values.get(name, default)
        if isinstance(value, str):
            return value
        if isinstance(value, int | float) and not isinstance(value, bool):
            return str(value)
        raise bad_request(f'parameter "{name}" must be of type String')

    def integer(self, name: str, default: int = 0) -> int:
        """Returns a whole number."""
        value = self.values.get(name, default)
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        raise bad_request(f'parameter "{name}" must be of type Integer')

    def boolean(self, name: str) -> bool:
        """Returns a truth value, false when it was not given."""
        value = self.values.get(name, False)
        if isinstance(value, bool):
            return value
        raise bad_request(f'parameter "{name}" must be of type Boolean')

    def mapping(self, name: str, label: str) -> JSON | None:
        """Returns a JSON object, or None when it was not given."""
        value = self._structure(name, label)
        if value is None or isinstance(value, dict):
            return value
        raise bad_request(f"object expected as {label}")

    def array(self, name: str, label: str) -> list[Any] | None:
        """Returns a JSON array, or None when it was not given."""
        value = self._structure(name, label)
        if value is None or isinstance(value, list):
            return value
        raise bad_request(f"expected an Array of {label}")

    def file(self, name: str) -> bytes | None:
        """Returns what a file that was uploaded holds, or None when there is none."""
        value = self.values.get(name)
        return value["body"] if isinstance(value, dict) else None

    def _structure(self, name: str, label: str) -> Any:
        value = self.values.get(name)
        if value is None or value == "":
            return None
        if isinstance(value, str):
            raise bad_request(f"can't parse {label} JSON object")
        return value


def _decoded(name: str, value: Any) -> Any:
    # What does not decode stays as it came, for the method to refuse by name.
    if not isinstance(value, str):
        return value
    if name in STRUCTURES:
        try:
            return json.loads(value) if value else None
        except ValueError:
            return value
    if name in INTEGERS:
        return int(value) if _INTEGER.fullmatch(value) else value
    if name in BOOLEANS:
        return _TRUTHS.get(value.lower(), value)
    return value


def read_request(request: HTTPServerRequest) -> Parameters:
    """Returns the parameters of a request, from its query and its body of any kind."""
    values: JSON = {}
    for name, given in request.arguments.items():
        try:
            values[name] = given[-1].decode()
        except UnicodeDecodeError:
            raise bad_request("strings must be encoded in UTF-8") from None
    if request.headers.get("Content-Type", "").startswith("application/json") and request.body:
        values.update(_json_body(request.body))
    for name, files in request.files.items():
        values[name] = {"filename": files[0]["filename"], "body": files[0]["body"]}
    return Parameters(values)


def _json_body(body: bytes) -> JSON:
    try:
        decoded = json.loads(body)
    except ValueError:
        raise bad_request("can't parse JSON object") from None
    if not isinstance(decoded, dict):
        raise bad_request("object expected as the body of the request")
    return decoded


def checked_field(owner: JSON, name: str, kind: type, prefix: str = "") -> Any:
    """Returns the optional field of a JSON object, refusing a wrong type.

    Args:
        owner: The object that was given.
        name: The field.
        kind: `str`, `bool`, `int`, `list` or `dict`.
        prefix: What goes before the refusal, such as "can't parse inline keyboard button: ".
    """
    value = owner.get(name)
    if value is None:
        return None
    if isinstance(value, kind) and (kind is bool or not isinstance(value, bool)):
        return value
    label = {str: "String", bool: "Boolean", int: "Number", list: "Array", dict: "Object"}[kind]
    field = "Field" if prefix else "field"
    raise bad_request(f'{prefix}{field} "{name}" must be of type {label}')
