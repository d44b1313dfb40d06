"""What every format ends in: the blocks of an article, each of a kind."""

from enum import Enum
from typing import NamedTuple


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
    """A line as a person reads it: a paragraph of prose is one, however it is broken.

    Attributes:
        text: Its words as they are shown, without the marks of markdown.
        source: The same as it stands in the file.
        paragraph: The blank-line-separated block of the file that it stands in, from 0.
        is_first: Whether it begins a paragraph.
        is_last: Whether it ends one.
        kind: What it is to a reader.
        level: Of what opens a text how deep it stands, from 1.
    """

    text: str
    source: str
    paragraph: int
    is_first: bool = True
    is_last: bool = True
    kind: Kind = Kind.TEXT
    level: int = 0
