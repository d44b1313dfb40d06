"""The rules: what a line of an article is to a reader."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence, Set
from itertools import zip_longest
from typing import NamedTuple, TypeAlias

from bot.article.blocks import OPENERS, Block, Kind
from bot.article.captions import is_caption, is_credit
from bot.article.lines import SENTENCE_END

_MAX_HEADING_WORDS, _MAX_HEADING_CHARACTERS = 10, 90
_MAX_QUESTION_WORDS, _MAX_OPENER_WORDS, _MAX_SPEECH_WORDS, _MAX_LINE_WORDS = 60, 25, 20, 25
# A question before which nobody is named is shorter: texts end in questions too.
_MAX_OPEN_QUESTION_WORDS, _MAX_OPENER_CHARACTERS = 20, 300
# So many lines in a row that could be headings are a list; so long a text has its heading above.
_LIST, _TEXT = 3, 60

_QUOTED = re.compile(r"[\"“„«‘'—–-]")
_SPEAKER = re.compile(r"([^\W\d_][^\s:]*(?: [^\s:]+){0,2}):\s")
_ASKING = re.compile(r"Q(?:uestion)?\s?\d*\s*[:.)]\s", re.I)
_ANSWERING = re.compile(r"A(?:nswer)?\s?\d*\s*[:.)]\s", re.I)
_ITEM = re.compile(r"(?:[-*+•▪●◦·]|\(?(?:\d{1,3}|[a-z])[.)])\s+\S")
_NUMBERED = re.compile(r"((?:\d{1,2}\.)*)\d{1,2}[.)]?\s+[^\W\d_]|[IVX]{1,5}\.\s")
_CHAPTER = re.compile(r"(?:chapter|part|section|appendix) (?:\d+|[IVX]+|one|two|three)\b", re.I)
_HASHES = re.compile(r"\s*(#{1,6})\s")
_BOLD = re.compile(r"\s*(\*\*|__)[^*_]+\1:?\s*")
_UNDERLINE = re.compile(r"={3,}|-{3,}")
_ROW = re.compile(r"\|.*\||[^\t]+(?:\t+[^\t]+)+")
_RULED = re.compile(r"[\s|:-]*\|[\s|:-]*")
_PAGE_NUMBER = re.compile(r"\W{0,9}(?:page |p\. ?)?\d{1,4}(?: ?(?:of|/) ?\d{1,4})?\W{0,9}", re.I)
_WORD = re.compile(r"[^\W_]")

_ADVERTISING = (
    r"advert(?:isement)?s?|sponsored(?: content| post)?",
    r"(?:story|article) continues (?:after|below)[^.!?]*",
)
_READ_MORE = (
    r"(?:read|see|find out|learn) more\b[^.!?]*|read (?:also|next)[^.!?]*|back to top",
    r"related(?: articles?| stories| topics)?:?|more on this (?:story|topic)",
    r"continue reading[^.!?]*|(?:click|tap) here[^.!?]*",
    r"(?:sign up|subscribe)\b[^.!?]{0,60}newsletters?[^.!?]*[.!]?",
)
_SHARING = "share|follow us|tweet|print|facebook|twitter|whatsapp|linkedin|reddit"
_SHARED = rf"(?:{_SHARING}|this|article|story|post|on|via|with|to|x|e-?mail|copy|link|friends)"


class Place(NamedTuple):
    """A line, those around it, of which the one before is known already, and the article.

    Attributes:
        askers: Who asks in the article, "" where many questions stand alone.
        is_listed: Whether the line could be a heading but stands in a list of such.
        is_repeated: Whether the article has its text more than once.
    """

    line: Block
    before: Block | None
    after: Block | None
    askers: Set[str]
    is_listed: bool
    is_repeated: bool


Rule: TypeAlias = Callable[[Place], bool]


def _alone(*patterns: str) -> Rule:
    """Return the rule that a line at the end of its block is what one of *patterns* says."""
    compiled = re.compile("|".join(patterns), re.IGNORECASE)
    return lambda place: place.line.is_last and compiled.fullmatch(place.line.text) is not None


def _is_running_head(place: Place) -> bool:
    number_follows = place.after is not None and bool(_PAGE_NUMBER.fullmatch(place.after.text))
    is_at_edge = number_follows or _follows(place, Kind.PAGE_NUMBER)
    return is_at_edge and place.is_repeated and _could_be_heading(place.line)


def _is_table_head(place: Place) -> bool:
    text, after = place.line.text, place.after.text if place.after else ""
    is_over_rows = _RULED.fullmatch(after) or ("\t" in text and _ROW.fullmatch(after))
    return bool(is_over_rows) and not _follows(place, Kind.ROW, Kind.TABLE_HEAD)


def _is_caption(place: Place) -> bool:
    line, after = place.line, place.after
    is_credited = after is not None and not after.is_first and is_credit(after.text)
    is_image = line.source.lstrip().startswith("![")
    return is_credited or is_image or is_caption(line.text)


def _is_question(place: Place) -> bool:
    text, after = place.line.text, place.after
    if not after or len(text.split()) > _MAX_QUESTION_WORDS:
        return False
    name = _speaker(place.line)
    is_open = _asks(place.line) and not _asks(after) and place.line.is_first
    return bool(_ASKING.match(text)) or (name in place.askers and (is_open or bool(name)))


def _is_marked_heading(place: Place) -> bool:
    line = place.line
    is_bold = line.is_first and _BOLD.fullmatch(line.source)
    return bool(_HASHES.match(line.source) or is_bold) or _is_underlined(place)


def _is_underlined(place: Place) -> bool:
    after = place.after
    return after is not None and not after.is_first and bool(_UNDERLINE.fullmatch(after.text))


def _is_numbered_heading(place: Place) -> bool:
    line, after = place.line, place.after
    is_numbered = _NUMBERED.match(line.text) and _could_be_heading(line)
    is_chapter = _CHAPTER.match(line.text) and not SENTENCE_END.search(line.text)
    is_in_list = _follows(place, Kind.ITEM) or (after is not None and _ITEM.match(after.text))
    return bool(is_numbered or is_chapter) and line.is_first and not is_in_list


def _is_plain_heading(place: Place) -> bool:
    line, after = place.line, place.after
    if not after or not line.is_first or place.is_listed or not _could_be_heading(line):
        return False
    # Above further lines of its block only when those are a text: verse has no heading.
    is_text = SENTENCE_END.search(after.text) and len(after.text) > _TEXT > len(line.text)
    return line.is_last or line.text.isupper() or bool(is_text)


def _is_opener(place: Place) -> bool:
    text = place.line.text
    is_short = len(text.split()) <= _MAX_OPENER_WORDS
    return place.after is not None and is_short and text.endswith((":", "："))


def _is_speech(place: Place) -> bool:
    text = place.line.text
    is_spoken = (_QUOTED.match(text) or _SPEAKER.match(text)) and not _ANSWERING.match(text)
    return bool(is_spoken) and len(text.split()) <= _MAX_SPEECH_WORDS


def _is_no_sentence(place: Place) -> bool:
    text = place.line.text
    return not SENTENCE_END.search(text) and len(text.split()) <= _MAX_LINE_WORDS


# A line is of the first kind whose rule holds.
RULES: tuple[tuple[Kind, Rule], ...] = (
    (Kind.NO_WORDS, lambda place: not _WORD.search(place.line.text)),
    (Kind.PAGE_NUMBER, _alone(_PAGE_NUMBER.pattern)),
    (Kind.ADVERTISEMENT, _alone(*_ADVERTISING)),
    (Kind.READ_MORE, _alone(*_READ_MORE)),
    (Kind.SHARE, _alone(rf"(?:{_SHARING})(?:[\s,|·•/:]+{_SHARED})*")),
    (Kind.RUNNING_HEAD, _is_running_head),
    (Kind.TABLE_HEAD, _is_table_head),
    (Kind.ROW, lambda place: bool(_ROW.fullmatch(place.line.text))),
    (Kind.CAPTION, _is_caption),
    (Kind.HEADING, _is_marked_heading),
    (Kind.QUESTION, _is_question),
    (Kind.HEADING, _is_numbered_heading),
    (Kind.ITEM, lambda place: bool(_ITEM.match(place.line.text))),
    (Kind.HEADING, _is_plain_heading),
    (Kind.OPENER, _is_opener),
    (Kind.SPEECH, _is_speech),
    (Kind.LINE, _is_no_sentence),
    (Kind.TEXT, lambda _: True),
)


def structured(lines: Sequence[Block]) -> list[Block]:
    """Return *lines*, those behind the head of an article, each as what it is."""
    askers, listed = _askers(lines), _listed(lines)
    counts = Counter(line.text for line in lines)
    found: list[Block] = []
    for i, (line, after) in enumerate(zip_longest(lines, lines[1:])):
        before = found[-1] if found else None
        place = Place(line, before, after, askers, i in listed, counts[line.text] > 1)
        kind = next(kind for kind, holds in RULES if holds(place))
        # What is longer can't be shown above a passage.
        kind = Kind.TEXT if kind in OPENERS and len(line.text) > _MAX_OPENER_CHARACTERS else kind
        found.append(line._replace(kind=kind, level=_level(kind, place)))
    return found


def _level(kind: Kind, place: Place) -> int:
    if kind is not Kind.HEADING:
        return {Kind.QUESTION: 20, Kind.OPENER: 30}.get(kind, 0)
    level = _level_of_heading(place)
    before = place.before
    is_below = before and before.kind is Kind.HEADING and before.level == level
    return level + 1 if is_below else level


def _level_of_heading(place: Place) -> int:
    text = place.line.text
    if hashes := _HASHES.match(place.line.source):
        return len(hashes[1])
    if _is_underlined(place):
        return 2
    if number := _NUMBERED.match(text):
        return 6 + min(4, (number[1] or "").count("."))
    return 4 if text.isupper() or _CHAPTER.match(text) else 12


def _follows(place: Place, *kinds: Kind) -> bool:
    return place.before is not None and place.before.kind in kinds


def _could_be_heading(line: Block) -> bool:
    text = line.text
    is_short = len(text) <= _MAX_HEADING_CHARACTERS and len(text.split()) <= _MAX_HEADING_WORDS
    begins = text[:1].isalnum() and not text[:1].islower()
    return is_short and begins and text[-1] not in ".,;:!…。，；：！" and not _SPEAKER.match(text)


def _asks(line: Block) -> bool:
    most = _MAX_QUESTION_WORDS if _speaker(line) else _MAX_OPEN_QUESTION_WORDS
    is_asked = line.text.endswith(("?", "？")) and not _QUOTED.match(line.text)
    return is_asked and len(line.text.split()) <= most


def _speaker(line: Block) -> str:
    said = _SPEAKER.match(line.text)
    return said[1] if said else ""


def _askers(lines: Iterable[Block]) -> set[str]:
    """Return the speakers at least half of whose turns end in a question mark, two at least."""
    turns = Counter(_speaker(line) for line in lines)
    asked = Counter(_speaker(line) for line in lines if _asks(line))
    return {
        name for name in asked if asked[name] > 1 and (not name or 2 * asked[name] >= turns[name])
    }


def _listed(lines: Iterable[Block]) -> set[int]:
    """Return where lines that could be headings make up a list."""
    found: set[int] = set()
    run: list[int] = []
    for i, line in enumerate(lines):
        if line.is_first and line.is_last and _could_be_heading(line) and not _asks(line):
            run.append(i)
            continue
        found.update(run if len(run) >= _LIST else ())
        run = []
    return found.union(run)
