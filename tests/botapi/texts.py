"""Texts as Telegram counts and reads them: their length, and the links in them."""

import re

from .faults import JSON

_LINK = re.compile(
    r"(?:https?://)?(?:[\w-]+\.)+[\w-]+(?::\d+)?(?:[/?#]\S*)?|tg://\S+", re.ASCII | re.IGNORECASE
)
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


def is_link(address: str) -> bool:
    """Returns whether Telegram takes an address as a link."""
    return _LINK.fullmatch(address) is not None


def utf16_length(text: str) -> int:
    """Returns the length in the units that Telegram counts in."""
    return len(text.encode("utf-16-le", errors="surrogatepass")) // 2


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
