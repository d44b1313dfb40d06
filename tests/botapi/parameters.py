"""The parameters of a call: their types, and how they come."""

import contextlib
import json
from collections.abc import Collection
from typing import Any

from tornado.httputil import HTTPServerRequest

from .faults import JSON, refusal

# A parameter has the same type in every method; any other than these is a string.
_NAMES = {
    int: "cache_time direct_messages_topic_id limit max_connections message_id message_thread_id"
    " offset timeout",
    bool: "disable_notification drop_pending_updates is_personal protect_content show_alert",
    list: "allowed_updates commands results",
    dict: "button certificate link_preview_options reply_markup reply_parameters result scope",
}
_TYPES = {name: kind for kind, names in _NAMES.items() for name in names.split()}
_LABELS = {str: "String", int: "Integer", bool: "Boolean", list: "Array", dict: "Object"}


def read_request(request: HTTPServerRequest) -> JSON:
    """Returns the parameters of a request, from its query and its body of any kind.

    What can't be decoded stays as it came, for `check` to refuse it by its name.
    """
    values: JSON = {}
    for name, given in request.arguments.items():
        values[name] = _decoded(name, given[-1].decode())
    if request.headers.get("Content-Type", "").startswith("application/json"):
        values |= json.loads(request.body)
    for name, files in request.files.items():
        values[name] = {"filename": files[0]["filename"], "body": files[0]["body"]}
    return values


def _decoded(name: str, value: str) -> Any:
    if name in _TYPES:
        with contextlib.suppress(ValueError):
            return json.loads(value)
    return value


def check(values: JSON, names: Collection[str]) -> None:
    """Refuses parameters of other names or of the wrong types.

    Telegram passes over a parameter that it does not know: here, it is taken for a mistake.
    """
    for name, value in values.items():
        if name not in names:
            raise refusal(f'parameter "{name}" is not known here')
        kind = _TYPES.get(name, str)
        is_number = name == "chat_id" and _is_a(value, int)
        if not _is_a(value, kind) and not is_number:
            raise refusal(f'parameter "{name}" must be of type {_LABELS[kind]}')


def checked_field(owner: Any, name: str, kind: type, prefix: str = "") -> Any:
    """Returns the optional field of a JSON object, refusing another type with a prefix."""
    if not isinstance(owner, dict):
        raise refusal(f"{prefix}object expected")
    value = owner.get(name)
    if value is not None and not _is_a(value, kind):
        raise refusal(f'{prefix}field "{name}" must be of type {_LABELS[kind]}')
    return value


def _is_a(value: object, kind: type) -> bool:
    return isinstance(value, kind) and (kind is bool or not isinstance(value, bool))
