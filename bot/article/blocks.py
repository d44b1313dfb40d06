"""What every format ends in: the blocks of an article, each of a kind."""

from enum import Enum
from typing import NamedTuple


class Kind(Enum):
    """What a block is to a reader."""

    TITLE = "title"
    CREDIT = "credit"
    STANDFIRST = "standfirst"
    HEADING = "heading"
    QUESTION = "question"
    OPENER = "line that opens a list"
    TEXT = "text"
    SPEECH = "line of a dialogue"
    LINE = "line that is no sentence"
    ITEM = "list item"
    ROW = "table row"
    CAPTION = "caption"
    # From here on they are left out.
    FRONT_MATTER = "front matter"
    TABLE_HEAD = "head of a table"
    ADVERTISEMENT = "advertisement"
    READ_MORE = "read more"
    SHARE = "share line"
    PAGE_NUMBER = "page number"
    RUNNING_HEAD = "running head"
    NO_WORDS = "line without words"


HEAD = (Kind.TITLE, Kind.CREDIT)
OPENERS = (Kind.HEADING, Kind.QUESTION, Kind.OPENER)
BODY = (Kind.STANDFIRST, Kind.TEXT, Kind.SPEECH, Kind.LINE, Kind.ITEM, Kind.ROW, Kind.CAPTION)


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
