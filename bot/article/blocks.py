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
    """A line as a person reads it: a paragraph of prose is one, however it is broken."""

    text: str  # as it is shown, without the marks of markdown
    source: str  # as it stands in the file
    paragraph: int  # of the file, between blank lines, from 0
    is_first: bool = True  # of its paragraph
    is_last: bool = True
    kind: Kind = Kind.TEXT
    level: int = 0  # how deep what opens a text stands, from 1
