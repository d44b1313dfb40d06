"""Values: one setting out of a mapping, as the type it stands for."""

import re
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from bot.errors import BotError

_SWITCH = {"1": True, "true": True, "yes": True, "on": True}
_SWITCH |= {"": False, "0": False, "false": False, "no": False, "off": False}


def text(key: str, environ: Mapping[str, str]) -> str:
    """Return the value of *key* without blanks around it, empty where it isn't set."""
    return environ.get(key, "").strip()


def switch(key: str, environ: Mapping[str, str]) -> bool:
    """Return whether *key* is switched on.

    Raises:
        BotError: The value is neither true nor false.
    """
    value = text(key, environ).lower()
    if value not in _SWITCH:
        raise BotError(f"{key} must be true or false.", 2)
    return _SWITCH[value]


def number(key: str, environ: Mapping[str, str], default: int, highest: int) -> int:
    """Return the value of *key* as a whole number from 1 to *highest*.

    Raises:
        BotError: It is something else.
    """
    value = text(key, environ) or str(default)
    if not re.fullmatch(r"[0-9]{1,9}", value) or not 1 <= int(value) <= highest:
        raise BotError(f"{key} must be a whole number from 1 to {highest}.", 2)
    return int(value)


def ids(key: str, environ: Mapping[str, str]) -> frozenset[int]:
    """Return the ids of users or chats in the value of *key*, parted by commas or blanks.

    Raises:
        BotError: One of them is no whole number, or there is none.
    """
    value = text(key, environ)
    named = re.split(r"[\s,;]+", value.strip(",;"))
    if not value:
        return frozenset()
    if not all(re.fullmatch(r"-?[0-9]{1,18}", one) for one in named):
        raise BotError(f"{key} must be ids, such as 123456789, with commas between them.", 2)
    return frozenset(map(int, named))


def path(key: str, environ: Mapping[str, str]) -> Path | None:
    """Return the path in the value of *key*, a leading ~ resolved; None where it isn't set.

    Raises:
        BotError: It begins with the home of nobody on this machine.
    """
    value = text(key, environ)
    if not value:
        return None
    try:
        return Path(value).expanduser()
    except RuntimeError:
        raise BotError(f"{key} names the home of nobody here: {value}.", 2) from None


def is_web_address(value: str) -> bool:
    """Return whether *value* is an HTTP address without a query."""
    try:
        parts = urlsplit(value)
        has_port = parts.port is None or parts.port > 0
    except ValueError:
        return False
    plain = not re.search(r"[\s{}?#]", value)
    return parts.scheme in ("http", "https") and bool(parts.hostname) and has_port and plain
