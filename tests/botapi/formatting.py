"""From the text that was asked for to the text and entities that Telegram keeps."""

from __future__ import annotations

import itertools
import re

from .errors import JSON, bad_request
from .html import parse_html
from .links import checked_link, found_entities, utf16_length
from .parameters import Parameters, checked_field

MAXIMUM_TEXT = 4096
MAXIMUM_ENTITIES = 100
PRIORITIES = {
    "blockquote": 0,
    "expandable_blockquote": 0,
    "pre": 11,
    "code": 20,
    "text_link": 49,
    "text_mention": 49,
    "mention": 50,
    "hashtag": 50,
    "cashtag": 50,
    "bot_command": 50,
    "url": 50,
    "email": 50,
    "phone_number": 50,
    "bold": 90,
    "italic": 91,
    "underline": 92,
    "strikethrough": 93,
    "spoiler": 94,
    "custom_emoji": 99,
}
SPLITTABLE = frozenset(("bold", "italic", "underline", "strikethrough", "spoiler"))
_QUOTES = frozenset(("blockquote", "expandable_blockquote"))
_VISIBLE_IF_BLANK = frozenset(("text_link", "text_mention", "custom_emoji"))
_UNCLEAN = re.compile("[\x00-\x09\x0b-\x1f\u2028-\u202e\u0333\u033f\u030a]")
_BLANK = " \n\u00a0\u200b\u200c\u200d\u2060\u2800\u3164\ufeff\u200e\u200f"


def formatted_text(
    parameters: Parameters, name: str = "text", entities_name: str = "entities"
) -> tuple[str, list[JSON]]:
    """Returns the text of a message and its entities, checked as Telegram checks them."""
    markup = parameters.text(name)
    if not markup:
        raise bad_request("message text is empty")
    text, entities = _parsed(parameters, markup, entities_name)
    text, entities = fixed_text(text, entities)
    if utf16_length(text) > MAXIMUM_TEXT:
        raise bad_request("message is too long")
    return text, entities


def _parsed(parameters: Parameters, markup: str, entities_name: str) -> tuple[str, list[JSON]]:
    mode = parameters.text("parse_mode").lower()
    if mode == "html":
        return parse_html(markup)
    if mode in ("markdown", "markdownv2"):
        raise bad_request("NOT_IMPLEMENTED: this stand-in parses only HTML")
    if mode not in ("", "none"):
        raise bad_request("unsupported parse_mode")
    given = parameters.array(entities_name, "MessageEntity")
    return markup, [_checked_entity(entity, utf16_length(markup)) for entity in given or ()]


def _checked_entity(entity: object, size: int) -> JSON:
    prefix = "can't parse MessageEntity: "
    if not isinstance(entity, dict):
        raise bad_request(f"{prefix}MessageEntity must be an Object")
    offset = checked_field(entity, "offset", int, prefix) or 0
    length = checked_field(entity, "length", int, prefix) or 0
    if entity.get("type") not in PRIORITIES:
        raise bad_request(f"{prefix}Unsupported type specified")
    needed = {"text_link": "url", "text_mention": "user", "custom_emoji": "custom_emoji_id"}
    field = needed.get(entity["type"])
    if field and field not in entity:
        raise bad_request(f'{prefix}Can\'t find field "{field}"')
    if offset < 0:
        raise bad_request(f"receive an entity with incorrect offset {offset}")
    if length < 0:
        raise bad_request(f"receive an entity with incorrect length {length}")
    if offset > size:
        raise bad_request(f"entity begins after the end of the text at UTF-16 offset {offset}")
    if offset + length > size:
        raise bad_request(
            f"entity beginning at UTF-16 offset {offset}"
            f" ends after the end of the text at UTF-16 offset {offset + length}"
        )
    if field == "url":
        url, problem = checked_link(str(entity["url"]))
        if problem:
            raise bad_request(f"entity URL '{entity['url']}' is invalid: {problem}")
        return entity | {"url": url}
    return entity


def fixed_text(text: str, entities: list[JSON]) -> tuple[str, list[JSON]]:
    """Returns a text cleaned and trimmed, with its entities in Telegram's order and shape.

    Raises:
        ApiError: Nothing visible is left.
    """
    if _UNCLEAN.search(text):
        text, entities = _cleaned(text, entities)
    found = found_entities(text)
    if not entities and not found:
        trimmed = text.strip(" \n")
        if not trimmed.strip(_BLANK):
            raise bad_request("text must be non-empty")
        return trimmed, []
    return _trimmed(text, _shaped(entities, found))


def _cleaned(text: str, entities: list[JSON]) -> tuple[str, list[JSON]]:
    pieces: list[str] = []
    offsets = []
    offset = 0
    for letter in text:
        width = 1 + (letter > "\uffff")
        offsets += [offset] * width
        kept = letter
        if _UNCLEAN.match(letter):
            kept = " " if letter < " " and letter != "\r" else ""
        pieces.append(kept)
        offset += width if kept else 0
    offsets.append(offset)
    moved = []
    for entity in entities:
        begin = offsets[entity["offset"]]
        end = offsets[entity["offset"] + entity["length"]]
        moved.append(entity | {"offset": begin, "length": end - begin})
    return "".join(pieces), moved


def _order(entity: JSON) -> tuple[int, int, int]:
    return entity["offset"], -entity["length"], PRIORITIES[entity["type"]]


def _end(entity: JSON) -> int:
    end: int = entity["offset"] + entity["length"]
    return end


def _shaped(given: list[JSON], found: list[JSON]) -> list[JSON]:
    entities = sorted((entity for entity in given if entity["length"] > 0), key=_order)
    quotes = _separate([entity for entity in entities if entity["type"] in _QUOTES])
    whole = _separate(
        [
            entity
            for entity in entities
            if entity["type"] not in SPLITTABLE | _QUOTES and not _crosses(entity, quotes)
        ]
    )
    explicit = list(whole)
    whole += [
        entity
        for entity in found
        if not _crosses(entity, quotes) and not any(_overlap(entity, other) for other in explicit)
    ]
    loose = _merged([entity for entity in entities if entity["type"] in SPLITTABLE])
    return sorted(quotes + whole + _split(loose, quotes + whole), key=_order)


def _separate(entities: list[JSON]) -> list[JSON]:
    kept: list[JSON] = []
    for entity in entities:
        if not kept or entity["offset"] >= _end(kept[-1]):
            kept.append(entity)
    return kept


def _overlap(one: JSON, other: JSON) -> bool:
    return bool(one["offset"] < _end(other) and other["offset"] < _end(one))


def _crosses(entity: JSON, quotes: list[JSON]) -> bool:
    return any(
        _overlap(entity, quote)
        and not (quote["offset"] <= entity["offset"] and _end(entity) <= _end(quote))
        for quote in quotes
    )


def _merged(entities: list[JSON]) -> list[JSON]:
    merged: list[JSON] = []
    for kind in sorted({entity["type"] for entity in entities}):
        last: JSON | None = None
        for entity in (entity for entity in entities if entity["type"] == kind):
            if last and entity["offset"] <= _end(last):
                last["length"] = max(_end(last), _end(entity)) - last["offset"]
            else:
                last = dict(entity)
                merged.append(last)
    return merged


def _split(loose: list[JSON], fences: list[JSON]) -> list[JSON]:
    # A style is cut at every border of a link or a quote and wherever another style begins
    # inside it; inside code there is none.
    code = [fence for fence in fences if fence["type"] in ("code", "pre")]
    borders = {edge for fence in fences for edge in (fence["offset"], _end(fence))}
    borders |= {entity["offset"] for entity in loose}
    pieces = []
    for entity in loose:
        inner = [edge for edge in borders if entity["offset"] < edge < _end(entity)]
        edges = sorted([entity["offset"], *inner, _end(entity)])
        for begin, end in itertools.pairwise(edges):
            piece = entity | {"offset": begin, "length": end - begin}
            if not any(_overlap(piece, fence) for fence in code):
                pieces.append(piece)
    return pieces


def _trimmed(text: str, entities: list[JSON]) -> tuple[str, list[JSON]]:
    units = text.encode("utf-16-le", errors="surrogatepass")
    blank = [units[at : at + 2] in (b" \0", b"\n\0") for at in range(0, len(units), 2)]
    end = len(blank)
    while end and blank[end - 1]:
        end -= 1
    kept = [entity for entity in entities if _without_blanks(entity, blank, end)]
    begin = 0
    limit = min((entity["offset"] for entity in kept), default=end)
    while begin < limit and blank[begin]:
        begin += 1
    trimmed = units[2 * begin : 2 * end].decode("utf-16-le", errors="surrogatepass")
    if not trimmed.strip(_BLANK):
        raise bad_request("text must be non-empty")
    for entity in kept:
        entity["offset"] -= begin
    return trimmed, sorted(kept, key=_order)[:MAXIMUM_ENTITIES]


def _without_blanks(entity: JSON, blank: list[bool], end: int) -> bool:
    stop = min(_end(entity), end)
    start = entity["offset"]
    if entity["type"] in SPLITTABLE:
        while start < stop and blank[start]:
            start += 1
    entity["offset"], entity["length"] = start, stop - start
    if stop <= start:
        return False
    return entity["type"] in _VISIBLE_IF_BLANK or not all(blank[start:stop])
