"""From a text with Telegram's HTML to the text and entities that it keeps."""

import re
from typing import NamedTuple

from telegram.constants import MessageLimit

from .faults import JSON, ApiError, refusal
from .texts import found_entities, is_link, utf16_length

_NAMES = {
    "bold": "b strong",
    "italic": "i em",
    "underline": "u ins",
    "strikethrough": "s strike del",
    "spoiler": "span tg-spoiler",
    "text_link": "a",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}
_TAGS = {tag: kind for kind, tags in _NAMES.items() for tag in tags.split()}
_TEXT = re.compile(r"[^<]+")
_START = re.compile(r"<([^\s>]*)")
_ATTRIBUTE = re.compile(
    r"\s*(?P<name>[^\s=>]+)"
    r"(?:\s*=\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[A-Za-z0-9.-]*)(?=[\s>])))?"
)
_START_ENDS = re.compile(r"\s*>")
_END = re.compile(r"</([^\s>]*)\s*>")
_CHARACTER = re.compile(r"&(?:#(?:[xX]([0-9a-fA-F]{1,7})|([0-9]{1,8}))|([A-Za-z]+));?")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_CODES = (*range(33), 0xA0, *range(0x200B, 0x2010), *range(0x2028, 0x202F), 0x2060, 0x2800, 0x3164)
_INVISIBLE = "".join(map(chr, (*_CODES, 0xFEFF)))


class _Open(NamedTuple):
    tag: str
    attributes: dict[str, str]
    begin: int


def formatted_text(values: JSON, name: str = "text") -> JSON:
    """Returns the text that a parameter names and its entities, as in a Message object."""
    markup, mode = values.get(name, "").strip(" \n"), values.get("parse_mode", "").lower()
    if not values.get(name):
        raise refusal("message text is empty")
    if mode not in ("", "html"):
        raise refusal("unsupported parse_mode")
    text, entities = parse_html(markup) if mode else (markup, [])
    if not text.strip(_INVISIBLE):
        raise refusal("text must be non-empty")
    if utf16_length(text) > MessageLimit.MAX_TEXT_LENGTH:
        raise refusal("message is too long")
    found = [*entities, *found_entities(text)][: MessageLimit.MESSAGE_ENTITIES]
    return {"text": text} | ({"entities": found} if found else {})


def parse_html(markup: str) -> tuple[str, list[JSON]]:
    """Returns the plain text and its entities, or raises Telegram's refusal of the markup."""
    return _Reader(markup).read()


class _Reader:
    """Reads one text from left to right."""

    def __init__(self, markup: str) -> None:
        self.markup = markup
        self.position = 0
        self.text = ""
        self.open: list[_Open] = []
        self.entities: list[JSON] = []

    def read(self) -> tuple[str, list[JSON]]:
        while self.position < len(self.markup):
            if text := self._taken(_TEXT):
                self.text += _decoded(text[0])
            elif self.markup.startswith("</", self.position):
                self._end_tag()
            else:
                self._start_tag()
        if self.open:
            said = f'Can\'t find end tag corresponding to start tag "{self.open[-1].tag}"'
            raise _unparsed(said)
        return self.text, self.entities

    def _taken(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        match = pattern.match(self.markup, self.position)
        if match:
            self.position = match.end()
        return match

    def _start_tag(self) -> None:
        begin = self.position
        start = self._taken(_START)
        tag = start[1].lower() if start else ""
        if self.position == len(self.markup):
            raise self._wrong("Unclosed start tag", begin)
        if tag not in _TAGS:
            raise self._wrong(f'Unsupported start tag "{tag}"', begin)
        attributes = {}
        while found := self._taken(_ATTRIBUTE):
            value = found["double"] or found["single"] or (found["bare"] or "").lower()
            attributes[found["name"].lower()] = _decoded(value)
        if not self._taken(_START_ENDS):
            raise self._wrong(f'Unclosed start tag "{tag}"', begin)
        if tag == "span" and attributes.get("class") != "tg-spoiler":
            raise self._wrong('Tag "span" must have class "tg-spoiler"', begin)
        self.open.append(_Open(tag, attributes, len(self.text)))

    def _end_tag(self) -> None:
        begin = self.position
        if not self.open:
            raise self._wrong("Unexpected end tag", begin)
        end = self._taken(_END)
        if not end:
            raise self._wrong("Unclosed end tag", begin)
        opened, name = self.open.pop(), end[1].lower()
        if name not in ("", opened.tag):
            wanted = f', expected "</{opened.tag}>", found "</{name}>"'
            raise self._wrong("Unmatched end tag", begin, wanted)
        if entity := self._entity(opened):
            self.entities.append(entity)

    def _entity(self, opened: _Open) -> JSON | None:
        covered = self.text[opened.begin :]
        offset, length = utf16_length(self.text[: opened.begin]), utf16_length(covered)
        is_folded = opened.tag == "blockquote" and "expandable" in opened.attributes
        kind = f"{'expandable_' * is_folded}{_TAGS[opened.tag]}"
        entity: JSON = {"type": kind, "offset": offset, "length": length}
        if opened.tag == "a":
            entity["url"] = opened.attributes.get("href") or covered
            length = length if is_link(entity["url"]) else 0
        return entity if length else None

    def _wrong(self, said: str, position: int, then: str = "") -> ApiError:
        byte = len(self.markup[:position].encode(errors="surrogatepass"))
        return _unparsed(f"{said} at byte offset {byte}{then}")


def _decoded(text: str) -> str:
    return _CHARACTER.sub(_character, text) if "&" in text else text


def _character(match: re.Match[str]) -> str:
    hexadecimal, decimal, name = match.groups()
    if name:
        return _NAMED.get(name, match[0])
    code = int(hexadecimal, 16) if hexadecimal else int(decimal)
    if 0xD800 <= code <= 0xDFFF:
        raise _unparsed("Text contains invalid Unicode characters after decoding HTML entities")
    return chr(code) if 0 < code < 0x10FFFF else match[0]


def _unparsed(said: str) -> ApiError:
    return refusal(f"can't parse entities: {said}")
