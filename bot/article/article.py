"""The values: an article and its passages."""

import datetime
import zlib
from dataclasses import dataclass

from bot.article.blocks import Block
from bot.language.sentences import sentences


@dataclass(frozen=True)
class Passage:
    """A piece of the article that is found and shown as a whole.

    Attributes:
        number: Its place in the article, from 1; the header has 0.
        text: Its words; a line of a list, a table or a dialogue has its own line.
        is_caption: Whether it describes a photo.
        paragraphs: The blank-line-separated blocks of the file that it covers, from 0.
        headings: The headings, question or line that open it, at most three, the nearest last.
    """

    number: int
    text: str
    is_caption: bool
    paragraphs: tuple[int, ...] = ()
    headings: tuple[str, ...] = ()

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
    """An article as read from its file.

    Attributes:
        title: Its headline; the file's name where it has none.
        date: The day it was published, None where the file doesn't say.
        passages: Its text in order, at least one passage.
        has_headline: Whether the title is a headline of the article's own.
        author: Who wrote it, empty where the file doesn't say; so are the next two.
        outlet: Where it was published.
        credits: The lines that say who, when and where.
    """

    title: str
    date: datetime.date | None
    passages: tuple[Passage, ...]
    has_headline: bool = True
    author: str = ""
    outlet: str = ""
    credits: tuple[Block, ...] = ()

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
        """Return the passage with this *number*.

        Raises:
            LookupError: There is none.
        """
        if not 0 <= number <= len(self.passages):
            raise LookupError(f"no passage {number}")
        return self.passages[number - 1] if number else self.header
