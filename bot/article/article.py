"""The values: the blocks of a file, each of a kind, and the article and passages they make."""

import datetime
import zlib
from bisect import bisect_left
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from itertools import chain
from typing import NamedTuple, TypeVar

from bot import words
from bot.language.sentences import clauses, sentences

_T = TypeVar("_T")


class Kind(Enum):
    """What a block is to a reader."""

    TITLE = "title"
    CREDIT = "credit"
    HEADING = "heading"
    QUESTION = "question"
    OPENER = "line that opens what follows"
    TEXT = "text"
    LINE = "line of a list, a dialogue or a poem"
    ROW = "table row"
    CAPTION = "caption"
    # From here on they are left out.
    FRONT_MATTER = "front matter"
    TABLE_HEAD = "head of a table"
    PAGE = "line of the page around the text"
    RUNNING_HEAD = "running head"
    NO_WORDS = "line without words"


OPENERS = (Kind.HEADING, Kind.QUESTION, Kind.OPENER)
BODY = (Kind.TEXT, Kind.LINE, Kind.ROW, Kind.CAPTION)


class Block(NamedTuple):
    """A line as a person reads it: a paragraph of prose is one, however it is broken."""

    text: str  # as it is shown, without the marks of markdown
    source: str  # as it stands in the file
    paragraph: int  # of the file, between blank lines, from 0
    is_first: bool = True  # of its paragraph
    is_last: bool = True
    kind: Kind = Kind.TEXT
    level: int = 0  # how deep what opens a text stands, from 1


@dataclass(frozen=True)
class Passage:
    """A piece of the article that is found and shown as a whole."""

    number: int  # from 1, through all articles of a collection; headers have 0, -1, -2 and so on
    text: str  # a line of a list, a table or a dialogue has its own line
    is_caption: bool
    paragraphs: tuple[int, ...] = ()  # of the file, between blank lines, from 0
    headings: tuple[str, ...] = ()  # that open it, at most three, the nearest last

    @property
    def is_header(self) -> bool:
        """Whether it is what stands above an article."""
        return self.number < 1

    @property
    def heading(self) -> str:
        """What is shown above it and searched with it, a line each, empty where nothing is."""
        return "\n".join(self.headings)

    @property
    def sentences(self) -> list[str]:
        """Its sentences in order, each a substring of its text."""
        return sentences(self.text)

    @cached_property
    def marks(self) -> list[str]:
        """What may be marked of it: its sentences, and behind them the clauses of long ones."""
        return [*self.sentences, *chain.from_iterable(map(clauses, self.sentences))]


@dataclass(frozen=True)
class Article:
    """An article as read from its file; what that doesn't say is None or empty."""

    title: str
    date: datetime.date | None  # of its publication
    passages: tuple[Passage, ...]  # at least one
    has_headline: bool = True  # where it has none, the title is the file's name
    author: str = ""
    outlet: str = ""
    credits: tuple[Block, ...] = ()  # the lines that say who, when and where
    origin: str = ""  # the address that it was fetched from and the day, as a sentence
    place: int = 0  # among the articles of a collection
    offset: int = 0  # how many passages the articles before it have
    parts: tuple["Article", ...] = ()  # the articles of a collection: none, or at least two

    @property
    def articles(self) -> tuple["Article", ...]:
        """The articles that it is made of, or itself alone."""
        return self.parts or (self,)

    @property
    def titles(self) -> list[str]:
        """What each article is called, with its date."""
        return [words.dated(one.title, one.date) for one in self.articles]

    @property
    def header(self) -> Passage:
        """Its date and title with the lines of credit, as a passage with a number below 1."""
        told = "\n".join(["", *(line.text for line in self.credits)])
        # What only the page's own data says stands in no line.
        told += f"\n{self.author}" if self.author not in told else ""
        is_dated = self.date is None or str(self.date.year) in told
        text = f"{self.title if is_dated else f'{self.date} {self.title}'}{told}"
        paragraphs = (0, *(line.paragraph for line in self.credits))
        return Passage(-self.place, text, is_caption=False, paragraphs=paragraphs)

    @cached_property
    def fingerprint(self) -> str:
        """Eight digits that change when the text does."""
        text = "\n".join(passage.text for passage in self.passages)
        return f"{zlib.crc32(text.encode()):08x}"

    def passage(self, number: int) -> Passage:
        """Return the passage with this *number*; raise a LookupError where there is none."""
        article = self.article_of(number)
        if number == -article.place:
            return article.header
        if not 0 < number - article.offset <= len(article.passages):
            raise LookupError(f"no passage {number}")
        return article.passages[number - article.offset - 1]

    def article_of(self, number: int) -> "Article":
        """Return the article that the passage with this *number* would be of."""
        if not self.parts:
            return self
        behind = bisect_left(self.parts, number, key=lambda one: one.offset)
        return self.parts[behind - 1 if number > 0 else -number]

    def own_number(self, passage: Passage) -> int:
        """Return the number that one of its passages has in it, 0 for the header."""
        return passage.number + (self.place if passage.is_header else -self.offset)

    def own_passage(self, number: int) -> Passage:
        """Return the passage with this *number* in it; raise a LookupError where there is none."""
        return self.passage(number + (self.offset if number > 0 else -self.place))


def joined(parts: Iterable[_T], goes_on: Callable[[list[_T], _T], object]) -> list[list[_T]]:
    """Return *parts*, each together with those before it where it *goes_on* with them."""
    found: list[list[_T]] = []
    for part in parts:
        if found and goes_on(found[-1], part):
            found[-1].append(part)
        else:
            found.append([part])
    return found
