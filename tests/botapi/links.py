"""Which addresses Telegram takes as links, and what is a link in a plain text."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from .errors import JSON

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):(?=//|[A-Za-z])")
_HOST = re.compile(r"(?:[\w-]+\.)+[\w-]+", re.ASCII | re.IGNORECASE)
_INTERNAL = ("tg", "ton", "tonsite")
_TOP_LEVEL = "com|org|net|io|dev|app|ai|info|edu|gov|me|ru|de|uk|fr|it|es|eu|co|py|rs|sh|xyz|tv"
_ENTITY = re.compile(
    r"(?P<email>(?<![\w.+-])[\w.+-]+@(?:[\w-]+\.)+[A-Za-z]{2,}\b)"
    rf"|(?P<url>(?<![\w@./-])(?:https?://(?:[\w-]+\.)+\w{{2,}}|(?:[\w-]+\.)+(?:{_TOP_LEVEL}))"
    r"(?![\w-])(?::[0-9]+)?(?:[/?#](?:[^\s<>\"]*[^\s<>\".,;:!?)\]'])?)?)"
    r"|(?P<mention>(?<!\w)@[A-Za-z0-9_]{2,32}\b)"
    r"|(?P<bot_command>(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/<>]))"
    r"|(?P<hashtag>(?<!\w)\#(?=[0-9_]*[^\W0-9_])\w{1,256})"
    r"|(?P<cashtag>(?<!\w)\$[A-Z]{3,8}\b)"
)
_HINTS = re.compile(r"[@/#$.]")


def checked_link(url: str) -> tuple[str, str]:
    """Returns the address as Telegram keeps it and, if it is refused, the reason."""
    scheme = _SCHEME.match(url)
    name = scheme[1].lower() if scheme else "http"
    if name in _INTERNAL:
        return url, ""
    if name not in ("http", "https"):
        return "", "Unsupported URL protocol"
    try:
        parts = urlsplit(url if scheme else f"http://{url}")
        host = (parts.hostname or "").strip()
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return "", "Wrong HTTP URL"
    if not host:
        return "", "URL host is empty"
    if any(letter.isspace() for letter in url) or not _HOST.fullmatch(host):
        return "", "Wrong HTTP URL"
    rest = parts._replace(scheme="", netloc="", path=parts.path or "/").geturl()
    return f"{name}://{host}{port}{rest}", ""


def utf16_length(text: str) -> int:
    """Returns the length in the units that Telegram counts in."""
    if text.isascii():
        return len(text)
    return len(text) + sum(letter > "\uffff" for letter in text)


def found_entities(text: str) -> list[JSON]:
    """Returns the commands, mentions, addresses and tags that Telegram finds by itself."""
    if not _HINTS.search(text):
        return []
    return [
        {
            "type": match.lastgroup,
            "offset": utf16_length(text[: match.start()]),
            "length": utf16_length(match[0]),
        }
        for match in _ENTITY.finditer(text)
    ]
