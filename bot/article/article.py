"""The article: a text file read into a title, a date and passages."""

import datetime
import math
import re
import textwrap
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.errors import BotError
from bot.language.text import sentences

# A passage is read on a phone and has to fit one message with room for its source line.
MAX_WORDS = 120
MAX_CHARACTERS = 1200
MAX_TITLE_WORDS = 30
MAX_TITLE_CHARACTERS = 200

_HEADER = re.compile(r"(?:date\s+)?(\d{4}-\d{2}-\d{2})\s+(\S.*)", re.IGNORECASE)
_CREDIT = re.compile(r"\(([^()]+)\)[.\s]*\Z")
_CREDIT_WORDS = re.compile(
    r"(photo|photograph|image|picture|credit|courtesy|source|ap|afp|epa|getty|reuters|xinhua)\b",
    re.IGNORECASE,
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]")


@dataclass(frozen=True)
class Passage:
    """A piece of the article that is found and shown as a whole.

    Attributes:
        number: Its place in the article, from 1; the header has 0.
        text: Its words, on one line.
        is_caption: Whether it describes a photo and ends in its credit.
        paragraph: The blank-line-separated block of the file that it comes from, from 0.
    """

    number: int
    text: str
    is_caption: bool
    paragraph: int

    @property
    def sentences(self) -> list[str]:
        """Its sentences in order, each a substring of its text."""
        return sentences(self.text)


@dataclass(frozen=True)
class Article:
    """An article as read from its file.

    Attributes:
        title: Its headline; the file's name where it has none.
        date: The day it was published, None where the file doesn't say.
        passages: Its text in order, at least one passage.
        has_headline: Whether the title is a headline of the article's own.
    """

    title: str
    date: datetime.date | None
    passages: tuple[Passage, ...]
    has_headline: bool = True

    @property
    def header(self) -> Passage:
        """Its date and title, as a passage with the number 0."""
        text = f"{self.date} {self.title}" if self.date else self.title
        return Passage(0, text, is_caption=False, paragraph=0)

    @property
    def fingerprint(self) -> str:
        """Eight digits that change when the text does."""
        text = "\n".join(passage.text for passage in self.passages)
        return f"{zlib.crc32(text.encode()):08x}"

    def passage(self, number: int) -> Passage:
        """Return the passage with this *number*.

        Raises:
            LookupError: There is none.
        """
        if not 0 <= number <= len(self.passages):
            raise LookupError(f"no passage {number}")
        return self.passages[number - 1] if number else self.header


def read_article(path: Path) -> Article:
    """Return the article in the text file at *path*.

    A first line such as `date 2025-03-03 The title` gives date and title; a first block that
    is one short line without a full stop is the title.

    Raises:
        BotError: The file is missing, can't be read, isn't UTF-8 text or has no passage.
    """
    blocks = _blocks(_read_text(path))
    if not blocks:
        raise BotError(f"The article {path} is empty. Put some text in it.")
    header, body = _split_header(blocks)
    if not body:
        raise BotError(f"The article {path} has a title only. Put some text below it.")
    date, title = _date_and_title(header)
    passages = _passages(body, first_paragraph=1 if header else 0)
    named = title or path.stem.replace("_", " ")
    return Article(named, date, tuple(passages), has_headline=bool(title))


def _read_text(path: Path) -> str:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise BotError(f"There is no article {path}. Check the path.") from None
    except UnicodeDecodeError:
        raise BotError(f"The article {path} is not UTF-8 text. Save it as UTF-8.") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise BotError(f"The article {path} can't be read: {reason}.") from None
    if "\0" in text:
        raise BotError(f"The article {path} is not a text file. Save it as UTF-8 text.")
    return _CONTROL.sub("", text)


def _blocks(text: str) -> list[str]:
    lines = [line.strip() for line in text.splitlines()]
    if lines and _HEADER.fullmatch(lines[0]):
        lines.insert(1, "")
    blocks = re.split(r"\n{2,}", "\n".join(lines))
    return [block.strip("\n") for block in blocks if block.strip("\n")]


def _split_header(blocks: list[str]) -> tuple[str, list[str]]:
    first = blocks[0]
    if _HEADER.fullmatch(first) or (len(blocks) > 1 and _is_title(first)):
        return first, blocks[1:]
    return "", blocks


def _is_title(block: str) -> bool:
    return (
        "\n" not in block
        and len(block.split()) <= MAX_TITLE_WORDS
        and not block.endswith((".", "!", ":", ";", ",", ")"))
    )


def _date_and_title(header: str) -> tuple[datetime.date | None, str]:
    match = _HEADER.fullmatch(header)
    if not match:
        return None, _shortened(header.lstrip("# "))
    try:
        return datetime.date.fromisoformat(match[1]), _shortened(match[2])
    except ValueError:
        return None, _shortened(header)


def _shortened(title: str) -> str:
    return (
        textwrap.shorten(title, MAX_TITLE_CHARACTERS, placeholder="…")
        or title[:MAX_TITLE_CHARACTERS]
    )


def _passages(body: list[str], first_paragraph: int) -> Iterator[Passage]:
    number = 0
    for paragraph, block in enumerate(body, start=first_paragraph):
        is_caption = _is_caption(block)
        for text in _pieces(" ".join(block.split())):
            number += 1
            yield Passage(number, text, is_caption, paragraph)


def _is_caption(block: str) -> bool:
    credit = _CREDIT.search(block)
    if not credit:
        return False
    parts = [part.strip() for part in credit[1].split("/")]
    names = len(parts) > 1 and all(part[:1].isupper() for part in parts)
    return names or _CREDIT_WORDS.match(credit[1]) is not None


def _pieces(text: str) -> list[str]:
    """Return *text* cut at sentence ends into pieces of about the same number of words."""
    count = max(math.ceil(len(text.split()) / MAX_WORDS), math.ceil(len(text) / MAX_CHARACTERS))
    pieces: list[list[str]] = [[] for _ in range(count)]
    position = 0
    for sentence in _short_sentences(text):
        middle = position + len(sentence) / 2
        pieces[min(count - 1, int(count * middle / len(text)))].append(sentence)
        position += len(sentence) + 1
    return [" ".join(piece) for piece in pieces if piece]


def _short_sentences(text: str) -> list[str]:
    return [
        part
        for sentence in sentences(text)
        for part in textwrap.wrap(sentence, MAX_CHARACTERS, break_on_hyphens=False)
    ]
