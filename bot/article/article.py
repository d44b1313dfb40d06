"""The values: an article and its passages."""

import datetime
import zlib
from dataclasses import dataclass

from bot.article.blocks import Block
from bot.language.sentences import sentences


@dataclass(frozen=True)
class Passage:
    """A piece of the article that is found and shown as a whole."""

    number: int  # from 1; the header has 0
    text: str  # a line of a list, a table or a dialogue has its own line
    is_caption: bool
    paragraphs: tuple[int, ...] = ()  # of the file, between blank lines, from 0
    headings: tuple[str, ...] = ()  # that open it, at most three, the nearest last

    @property
    def heading(self) -> str:
        """What is shown above it and searched with it, a line each, empty where nothing is."""
        return "\n".join(self.headings)

    @property
    def sentences(self) -> list[str]:
        """Its sentences in order, each a substring of its text."""
        return sentences(self.text)


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

    @property
    def header(self) -> Passage:
        """Its date and title with the lines of credit, as a passage with the number 0."""
        title = f"{self.date} {self.title}" if self.date else self.title
        text = "\n".join([title, *(line.text for line in self.credits)])
        return Passage(0, text, False, (0, *(line.paragraph for line in self.credits)))

    @property
    def fingerprint(self) -> str:
        """Eight digits that change when the text does."""
        text = "\n".join(passage.text for passage in self.passages)
        return f"{zlib.crc32(text.encode()):08x}"

    def passage(self, number: int) -> Passage:
        """Return the passage with this *number*; raise a LookupError where there is none."""
        if not 0 <= number <= len(self.passages):
            raise LookupError(f"no passage {number}")
        return self.passages[number - 1] if number else self.header
