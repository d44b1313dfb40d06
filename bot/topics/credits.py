"""Credits: who took or gave a caption's photo."""

import re

from bot.topics.heads import BODIES

CREDIT = re.compile(r"\s*\(([^()]+)\)[.\s]*\Z")
_CREDITING = re.compile(
    r"^(?:photos?|images?|pictures?|source|courtesy)?(?:\s*(?:courtesy|credit|by|of|:))*\s+", re.I
)


def credited(text: str) -> list[str]:
    """Return the agencies in a caption's credit: People's Daily in (People's Daily/Ann Lee)."""
    credit = CREDIT.search(text)
    if not credit:
        return []
    parts = re.split(r"\s*/\s*|,\s*", _CREDITING.sub("", credit[1]))
    return [part for part in parts if _is_agency(part)]


def _is_agency(part: str) -> bool:
    words = part.lower().split()
    return bool(words) and (not BODIES.isdisjoint(words) or (len(words) == 1 and part.isupper()))
