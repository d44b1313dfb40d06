"""Telegram's HTML: its tags, its nesting and its refusals."""

from __future__ import annotations

import re
from typing import NamedTuple

from .errors import JSON, ApiError, bad_request
from .links import checked_link, utf16_length

TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "span": "spoiler",
    "tg-spoiler": "spoiler",
    "a": "text_link",
    "tg-emoji": "custom_emoji",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}
_ARGUMENTS = {"a": "href", "span": "class", "code": "class", "tg-emoji": "emoji-id"}
_PLAIN = re.compile(r"[^<&]+")
_NAME = re.compile(r"[^\s>]*")
_ATTRIBUTE = re.compile(r"[^\s=>]*")
_TOKEN = re.compile(r"[A-Za-z0-9.-]*")
_SPACES = re.compile(r"\s*")
_CHARACTER = re.compile(r"&(?:#(?:[xX]([0-9a-fA-F]{1,7})|([0-9]{1,8}))|([A-Za-z]+));?")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_USER = re.compile(r"tg:(?://)?user\?id=([0-9]+)")


class _Open(NamedTuple):
    tag: str
    argument: str
    offset: int
    piece: int


class _Reader:
    """Reads one text from left to right."""

    def __init__(self, markup: str) -> None:
        self.markup = markup
        self.position = 0
        self.pieces: list[str] = []
        self.offset = 0
        self.open: list[_Open] = []
        self.entities: list[JSON] = []

    def read(self) -> tuple[str, list[JSON]]:
        while self.position < len(self.markup):
            letter = self.markup[self.position]
            if letter == "<":
                if self.markup.startswith("</", self.position):
                    self._end_tag()
                else:
                    self._start_tag()
            elif letter == "&":
                self._append(self._character())
            else:
                self._append(self._take(_PLAIN))
        if self.open:
            tag = self.open[-1].tag
            raise _refusal(f'Can\'t find end tag corresponding to start tag "{tag}"')
        return "".join(self.pieces), self.entities

    def _append(self, piece: str) -> None:
        self.pieces.append(piece)
        self.offset += utf16_length(piece)

    def _take(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self.markup, self.position)
        if match is None:
            return ""
        self.position = match.end()
        return match[0]

    def _peek(self) -> str:
        return self.markup[self.position : self.position + 1]

    def _byte(self, position: int) -> int:
        return len(self.markup[:position].encode(errors="surrogatepass"))

    def _character(self) -> str:
        match = _CHARACTER.match(self.markup, self.position)
        character = _decoded_character(match) if match else ""
        if match is None or not character:
            self.position += 1
            return "&"
        self.position = match.end()
        return character

    def _start_tag(self) -> None:
        begin = self._byte(self.position)
        self.position += 1
        tag = self._take(_NAME).lower()
        if not self._peek():
            raise _refusal(f"Unclosed start tag at byte offset {begin}")
        if tag not in TAGS:
            raise _refusal(f'Unsupported start tag "{tag}" at byte offset {begin}')
        argument = self._attributes(tag, begin)
        if tag == "span" and argument != "tg-spoiler":
            raise _refusal(f'Tag "span" must have class "tg-spoiler" at byte offset {begin}')
        self.open.append(_Open(tag, argument, self.offset, len(self.pieces)))

    def _attributes(self, tag: str, begin: int) -> str:
        argument = ""
        while True:
            self._take(_SPACES)
            if self._peek() == ">":
                self.position += 1
                return argument
            if not self._peek():
                raise _refusal(f'Unclosed start tag "{tag}" at byte offset {begin}')
            name = self._take(_ATTRIBUTE).lower()
            if not name:
                raise _refusal(f'Empty attribute name in the tag "{tag}" at byte offset {begin}')
            value = self._value(tag, begin)
            if name == _ARGUMENTS.get(tag):
                argument = value
            elif tag == "blockquote" and name == "expandable":
                argument = "expandable"

    def _value(self, tag: str, begin: int) -> str:
        self._take(_SPACES)
        if self._peek() != "=":
            return ""
        self.position += 1
        self._take(_SPACES)
        quote = self._peek()
        if not quote:
            raise _refusal(f'Unclosed start tag "{tag}" at byte offset {begin}')
        if quote in "\"'":
            return self._quoted(quote, begin)
        start = self.position
        value = self._take(_TOKEN).lower()
        if not (self._peek().isspace() or self._peek() == ">"):
            raise _refusal(f"Unexpected end of name token at byte offset {self._byte(start)}")
        return value

    def _quoted(self, quote: str, begin: int) -> str:
        self.position += 1
        value = []
        while self._peek() not in ("", quote):
            if self._peek() == "&":
                value.append(self._character())
            else:
                value.append(self._peek())
                self.position += 1
        self.position += 1
        if not self._peek():
            raise _refusal(f"Unclosed start tag at byte offset {begin}")
        return "".join(value)

    def _end_tag(self) -> None:
        begin = self._byte(self.position)
        if not self.open:
            raise _refusal(f"Unexpected end tag at byte offset {begin}")
        self.position += 2
        name = self._take(_NAME).lower()
        self._take(_SPACES)
        if self._peek() != ">":
            raise _refusal(f"Unclosed end tag at byte offset {begin}")
        self.position += 1
        opened = self.open.pop()
        if name and name != opened.tag:
            raise _refusal(
                f"Unmatched end tag at byte offset {begin},"
                f' expected "</{opened.tag}>", found "</{name}>"'
            )
        if self.offset > opened.offset:
            self._close(opened)

    def _close(self, opened: _Open) -> None:
        entity: JSON = {
            "type": TAGS[opened.tag],
            "offset": opened.offset,
            "length": self.offset - opened.offset,
        }
        if opened.tag == "a":
            url = opened.argument or "".join(self.pieces[opened.piece :])
            if not _link(entity, url):
                return
        elif opened.tag == "tg-emoji":
            if not opened.argument.isdecimal() or int(opened.argument) >= 2**63:
                raise _refusal("Invalid custom emoji identifier specified")
            entity["custom_emoji_id"] = opened.argument
        elif opened.tag == "blockquote" and opened.argument:
            entity["type"] = "expandable_blockquote"
        elif opened.tag == "code" and opened.argument.startswith("language-"):
            entity["language"] = opened.argument.removeprefix("language-")
        if opened.tag in ("code", "pre") and self._joined(entity):
            return
        self.entities.append(entity)

    def _joined(self, entity: JSON) -> bool:
        # A language is kept only where <pre> and <code> cover the very same text.
        last = self.entities[-1] if self.entities else {}
        other = {"code": "pre", "pre": "code"}[entity["type"]]
        language = entity.get("language") or last.get("language")
        same = last.get("type") == other and all(
            last[name] == entity[name] for name in ("offset", "length")
        )
        if same and language:
            last.update(type="pre", language=language)
        return bool(same and language)


def _link(entity: JSON, url: str) -> bool:
    user = _USER.fullmatch(url)
    if user:
        entity["type"] = "text_mention"
        entity["user"] = {"id": int(user[1])}
        return True
    entity["url"], problem = checked_link(url)
    return not problem


def _decoded_character(match: re.Match[str]) -> str:
    hexadecimal, decimal, name = match.groups()
    if name:
        return _NAMED.get(name, "")
    code = int(hexadecimal, 16) if hexadecimal else int(decimal)
    if 0xD800 <= code <= 0xDFFF:
        raise _refusal(
            "Text contains invalid Unicode characters after decoding HTML entities,"
            " check for unmatched surrogate code units"
        )
    return chr(code) if 0 < code < 0x10FFFF else ""


def _refusal(text: str) -> ApiError:
    return bad_request(f"can't parse entities: {text}")


def parse_html(markup: str) -> tuple[str, list[JSON]]:
    """Returns the plain text and its entities, whose offsets count UTF-16 units.

    Raises:
        ApiError: The markup is not Telegram's HTML.
    """
    return _Reader(markup).read()
