"""The rules: what a line of an article is to a reader."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence, Set
from itertools import pairwise
from typing import NamedTuple

from bot.article.article import Block, Kind
from bot.article.lines import SENTENCE_END

# How long they are at most, in characters; a longer question is a text that ends in one.
_HEADING, _QUESTION, _LINE, _CAPTION_AT_MOST = 70, 120, 150, 600
# What is longer can't be shown above a passage.
_SHOWN = 300
# So many lines in a row that could be headings are a list; so long a text has its heading above.
_LIST, _TEXT = 3, 60
# How deep they stand that open a text; a heading's mark or number may tell that it is higher.
_LEVELS = {Kind.HEADING: 12, Kind.QUESTION: 20, Kind.OPENER: 30}

_QUOTED = re.compile(r"[\"“„«‘'—–-]")
_SPEAKER = re.compile(
    r"(?!(?:Chapter|Part|Section|Step|Day)\b)([^\W\d_][^\s:]*(?: [^\s:]+){0,2}):\s"
)
_ASKING = re.compile(r"Q(?:uestion)?\s?\d*\s*[:.)]\s", re.I)
ITEM = re.compile(r"(?:[-*+•▪●◦·]|\(?(?:\d{1,3}|[a-z])[.)])\s+\S")
_NUMBER = re.compile(r"((?:\d{1,2}\.)*)\d{1,2}[.)]?\s+[^\W\d_]|[IVX]{1,5}\.\s")
_HASHES = re.compile(r"\s*(#{1,6})\s")
_BOLD = re.compile(r"\s*(\*\*|__)[^*_]+\1:?\s*")
_UNDERLINE = re.compile(r"={3,}|-{3,}")
_ROW = re.compile(r"\|.*\||[^\t]+(?:\t+[^\t]+)+")
_RULED = re.compile(r"[\s|:-]*\|[\s|:-]*")
_FENCE = re.compile(r"(?:```|~~~)[^`]*")
_WORD = re.compile(r"[^\W_]")
# A photo's credit at the beginning of a line, at its end, or in brackets at its end: there (EPA)
# needs more, and Agency/Ann Lee is enough.
_PHOTO = r"(?:photo|photograph|image|picture)"
_OF_PHOTO = (
    rf"(?:{_PHOTO} (?:(?:credit|source|caption)s?[:,/]|by\b|courtesy\b)"
    rf"|(?:{_PHOTO}|credits?)\s?[:/])\s?[^\s()]"
)
_CREDIT = re.compile(_OF_PHOTO, re.I)
_CAPTION = re.compile(
    rf"(?i:\A(?:{_OF_PHOTO}|(?:caption|fig(?:ure|\.)? ?\d+)\s?[:.]\s))"
    rf"|(?i:[.!?] {_OF_PHOTO}[^.!?]*\.?\Z)"
    rf"|[(\[](?i:(?:(?:file|handout|reuters|ap|afp|epa|dpa) )?{_PHOTO}(?:\s?[:/]| by\b|(?=[)\]]))"
    r"|courtesy\b|getty|reuters|xinhua|shutterstock|alamy|credits?:|(?:ap|afp|epa|pa|dpa|nasa)\s?/"
    r"|[^()\[\]]*/\s?(?-i:[^\W\d_a-z])\S*(?: \S+)* (?-i:[^\W\d_a-z]))[^()\[\]]*[)\]][.\s]*\Z"
)
_NUMBER_ALONE = re.compile(r"\W{0,9}(?:page |p\. ?)?\d{1,4}(?: ?(?:of|/) ?\d{1,4})?\W{0,9}", re.I)
_PAGE = re.compile(
    r"advert(?:isement)?s?|sponsored(?: content| post)?|back to top"
    r"|(?:story|article) continues (?:after|below)[^.!?]*|(?:click|tap) here[^.!?]*"
    r"|(?:read|see|find out|learn) more\b[^.!?]*|(?:read (?:also|next)|continue reading)[^.!?]*"
    r"|related(?: articles?| stories| topics)?:?|more on this (?:story|topic)"
    r"|(?:sign up|subscribe)\b[^.!?]{0,60}newsletters?[^.!?]*[.!]?"
    r"|(?=share|follow us|tweet|print)(?:(?:share|follow us|tweet|print|facebook|twitter|whatsapp"
    r"|linkedin|reddit|this|article|story|post|on|via|with|to|x|e-?mail|copy|link|friends)"
    r"(?:[\s,|·•/:]+|\Z))++|\[[^\[\]^]+\]: \S+(?: [\"'(].*)?"
    r"|for immediate release|(?:press|news|media) release|from wikipedia.*|published",
    re.I,
)


class Place(NamedTuple):
    """A line where it stands."""

    line: Block
    text: str
    before: Block  # of which it is known already what it is
    after: Block  # without text behind the last line
    below: str  # the text of the line after it in the same paragraph
    interviewers: Set[str]
    is_listed: bool  # among others that could be headings
    is_repeated: bool  # elsewhere in the article
    is_code: bool


def _is_running_head(at: Place) -> bool:
    is_at_page_number = any(map(_NUMBER_ALONE.fullmatch, (at.before.text, at.after.text)))
    return at.is_repeated and is_at_page_number and _could_be_heading(at.text)


def _is_table_head(at: Place) -> object:
    is_over_rows = _RULED.fullmatch(at.below) or ("\t" in at.text and _ROW.fullmatch(at.below))
    return is_over_rows and (at.line.is_first or at.before.kind not in (Kind.ROW, Kind.TABLE_HEAD))


def _is_caption(at: Place) -> object:
    is_credited = _CREDIT.match(at.below) or at.line.source.startswith("![")
    return is_credited or (len(at.text) <= _CAPTION_AT_MOST and _CAPTION.search(at.text))


def _is_marked_heading(at: Place) -> object:
    source = at.line.source
    return _HASHES.match(source) or _BOLD.fullmatch(source) or _UNDERLINE.fullmatch(at.below)


def _is_question(at: Place) -> object:
    is_open = at.line.is_first and len(at.text) <= _QUESTION and not _asks(at.after.text)
    is_named = _ASKING.match(at.text) or _speaker(at.text) in at.interviewers
    return is_named or (is_open and _asks(at.text))


def _is_plain_heading(at: Place) -> object:
    if not _could_be_heading(at.text) or at.is_listed or not at.line.is_first:
        return False
    is_below_item = at.before.kind is Kind.LINE and ITEM.match(at.before.text)
    if ITEM.match(at.text) and (is_below_item or ITEM.match(at.after.text)):
        return False
    # Above further lines of its block only when those are a text: verse has no heading.
    is_above_text = SENTENCE_END.search(at.after.text) and len(at.after.text) > _TEXT > len(at.text)
    return at.line.is_last or at.text.isupper() or _NUMBER.match(at.text) or is_above_text


def _is_line(at: Place) -> object:
    is_listed = ITEM.match(at.text) or _QUOTED.match(at.text) or _speaker(at.text)
    return len(at.text) <= _LINE and (is_listed or not SENTENCE_END.search(at.text))


# A line is of the first kind whose rule holds.
RULES: tuple[tuple[Kind, Callable[[Place], object]], ...] = (
    (Kind.FRONT_MATTER, lambda at: at.line.kind is Kind.FRONT_MATTER),
    (Kind.NO_WORDS, lambda at: not _WORD.search(at.text) or _FENCE.fullmatch(at.line.source)),
    (Kind.LINE, lambda at: at.is_code),
    (Kind.PAGE, lambda at: at.before.text and at.line.is_last and _NUMBER_ALONE.fullmatch(at.text)),
    (Kind.PAGE, lambda at: _PAGE.fullmatch(at.text)),
    (Kind.RUNNING_HEAD, _is_running_head),
    (Kind.TABLE_HEAD, _is_table_head),
    (Kind.ROW, lambda at: _ROW.fullmatch(at.text)),
    (Kind.CAPTION, _is_caption),
    (Kind.TEXT, lambda at: len(at.text) > _SHOWN),
    (Kind.HEADING, _is_marked_heading),
    (Kind.QUESTION, _is_question),
    (Kind.HEADING, _is_plain_heading),
    (Kind.OPENER, lambda at: at.text.endswith((":", "：")) and len(at.text) <= _LINE),
    (Kind.LINE, _is_line),
    (Kind.TEXT, lambda _: True),
)


def structured(lines: Sequence[Block]) -> list[Block]:
    """Return *lines*, each as what it is."""
    texts = [line.text for line in lines]
    interviewers, counts = _interviewers(texts), Counter(texts)
    fences = [i for i, line in enumerate(lines) if _FENCE.fullmatch(line.source)]
    code = {i for pair in zip(fences[::2], fences[1::2], strict=False) for i in range(*pair)}
    alone = [line.is_first and line.is_last and _could_be_heading(line.text) for line in lines]
    alone = [False, False, *alone, False, False]
    found, before = [], Block("", "", -1)
    for i, (line, after) in enumerate(pairwise([*lines, before])):
        is_listed = alone[i + 2] and any(all(alone[j : j + _LIST]) for j in range(i, i + _LIST))
        below = after.text if after.paragraph == line.paragraph else ""
        told = (below, interviewers, is_listed, counts[line.text] > 1, i in code)
        at = Place(line, line.text, before, after, *told)
        kind = next(kind for kind, holds in RULES if holds(at))
        level = _level(at) if kind is Kind.HEADING else _LEVELS.get(kind, 0)
        before = line._replace(kind=kind, level=level)
        found.append(before)
    return found


def _level(at: Place) -> int:
    if hashes := _HASHES.match(at.line.source):
        return len(hashes[1])
    if _UNDERLINE.fullmatch(at.below):
        return 1 if at.below.startswith("=") else 2
    if number := _NUMBER.match(at.text):
        return 7 + (number[1] or "").count(".")
    return _LEVELS[Kind.HEADING]


def _could_be_heading(text: str) -> bool:
    if not text or len(text) > _HEADING or _speaker(text):
        return False
    return text[0].isalnum() and not text[0].islower() and text[-1] not in ".,;:?!…。，；：？！"


def _asks(text: str) -> bool:
    """Return whether a text that nobody is named before ends in a question mark."""
    return text.endswith(("?", "？")) and not (_QUOTED.match(text) or _speaker(text))


def _speaker(text: str) -> str:
    said = _SPEAKER.match(text) if ":" in text else None
    return said[1] if said else ""


def _interviewers(texts: Iterable[str]) -> set[str]:
    """Return the speakers at least half of whose turns end in a question mark, two at least."""
    turns = [(name, text.endswith(("?", "？"))) for text in texts if (name := _speaker(text))]
    every, asked = Counter(name for name, _ in turns), Counter(name for name, asks in turns if asks)
    return {name for name in asked if asked[name] > 1 and 2 * asked[name] >= every[name]}
