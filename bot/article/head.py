"""The head of an article: its title, and the lines that say who wrote it, when and where."""

import datetime
import re
from collections.abc import Iterable, Sequence, Set
from contextlib import suppress

from bot.article.article import BODY, OPENERS, Block, Kind
from bot.article.lines import SENTENCE_END
from bot.article.structure import ITEM, structured
from bot.language.facts import MONTH

_MAX_TITLE_WORDS, _MAX_CREDIT_CHARACTERS, _MAX_OUTLET_WORDS = 30, 200, 6
# A byline is at most so many lines behind the title.
_NEAR = 6
_FEW_WORDS = 4
_OPEN_ENDS = (".", ":", ";", ",", "。", "：", "；", "，")

_DAY = (
    rf"\b(?:\d{{4}}-\d\d-\d\d|{MONTH}\.? \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}"
    rf"|\d{{1,2}}(?:st|nd|rd|th|\.)? {MONTH}\.?,? \d{{4}}|\d{{1,2}}[./]\d{{1,2}}[./]\d{{4}})"
)
_DATE, _WORD = re.compile(_DAY, re.I), re.compile(r"\d+|[^\W\d]{3,}")
# What a line that says no more than who, when and where has besides.
_AROUND = re.compile(
    rf"{_DAY}(?:T[\d:.Z+-]+)?"
    r"|\b(?:first |last )?(?:published|posted|issued|updated|modified|date|on)\b:?"
    r"|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b,?|\d{1,2}[:.]\d\d(?:\s?[ap]\.?m\.?)?"
    r"|\b(?:GMT|UTC|B?C?E?ST|E[SD]T)\b|\d+[- ]min(?:ute)?s? read|\s[–—-]\s|[|•·]",
    re.I,
)
_BYLINE = re.compile(
    r"(?:(?:(?:story|text|words|written|reporting|report|prepared|posted|interview) )?by:?"
    r"|(?:author|writer|reporter|text|words)s?:) +(.+)",
    re.I,
)
_OUTLET = re.compile(
    r"\b(?:The|Times|Post|News|Herald|Gazette|Daily|Tribune|Guardian|Journal|Chronicle|Observer"
    r"|Magazine|Weekly|Press|Review|Standard|Telegraph|Reuters|AP|BBC|Wikipedia)\b"
)
_SMALL = frozenset("and of for in at the de van von der al el la del bin".split())
# A report begins with the place, in capitals, and the day, and ends with who wrote it.
_DATELINE = re.compile(rf"[A-Z][A-Z .'-]+(?:,[\w .]+)?[\s,(–—-]+(?i:{_DAY})")
_SIGNED = re.compile(r"\(?(?:Reporting|Interview|Text|Words|Story|Report) by ([^;.()]+)")
_FIELD = re.compile(r"^(title|author|outlet):\s*[\"']?(.+?)[\"']?$", re.I | re.M)


def headed(lines: Sequence[Block]) -> list[Block]:
    """Return the lines of the head, each as what it is."""
    blocks = structured(lines[: 2 * _NEAR])
    title = _title_at(blocks)
    body = 0 if title is None else title + 1
    said = {value for block in blocks[:1] for _, value in _FIELD.findall(block.source)}
    if title is not None:
        blocks[title] = blocks[title]._replace(kind=Kind.TITLE)
        said.add(blocks[title].text)
    near = blocks[: body + _NEAR]
    ends = [i for i, one in enumerate(near, 1) if one.text in said or _credit(one.text)]
    return [_of_head(block, said) for block in blocks[: max([body, *ends])]]


def _of_head(block: Block, said: Set[str]) -> Block:
    if block.kind in BODY + OPENERS and block.text in said:
        return block._replace(kind=Kind.RUNNING_HEAD)
    if block.kind in BODY + OPENERS and (_credit(block.text) or _is_outlet(block.text)):
        return block._replace(kind=Kind.CREDIT)
    # A subtitle holds for no section.
    is_subtitle = block.kind in (Kind.HEADING, Kind.LINE)
    return block._replace(kind=Kind.OPENER) if is_subtitle else block


def _title_at(blocks: Sequence[Block]) -> int | None:
    """Return where the title stands: where its sign is, else behind lines about the article."""
    marked = [i for i, block in enumerate(blocks) if block.level == 1]
    if len(marked) == 1 and marked[0] < _NEAR:
        return marked[0]
    for i, block in enumerate(blocks):
        if block.kind in BODY + OPENERS and not _credit(block.text):
            return i if _is_title(blocks[i:], blocks[0].kind is Kind.FRONT_MATTER) else None
    return None


def _is_title(blocks: Sequence[Block], is_below_front_matter: bool) -> bool:
    title, after = blocks[0], blocks[1:2]
    is_short = len(title.text.split()) <= _MAX_TITLE_WORDS and not title.text.endswith(_OPEN_ENDS)
    if not is_short or title.kind in (Kind.ROW, Kind.CAPTION) or ITEM.match(title.text):
        return False
    # Above further lines of its block only where those are a text or a credit.
    is_above = any(SENTENCE_END.search(one.text) or _credit(one.text) for one in after)
    return is_above or bool(title.is_last and after) or is_below_front_matter


def _credit(text: str) -> dict[str, str]:
    """Return author, day and outlet where that is all that a line tells."""
    if len(text) > _MAX_CREDIT_CHARACTERS:
        return {}
    day = _DATE.search(text)
    found = {"day": day[0]} if day else {}
    for part in _AROUND.split(text):
        words = part.strip(" ,.()")
        by = _BYLINE.fullmatch(words)
        name = by[1].split(",")[0] if by else words
        # With a day, by the board is one, too.
        is_short = bool(by and day) and not text.endswith(".") and name.count(" ") < _FEW_WORDS
        if not is_short and not all(map(_is_of_name, name.split())):
            return {}
        is_author = by or not ("author" in found or _OUTLET.search(name))
        if name:
            found.setdefault("author" if is_author else "outlet", name)
    return found if day or _BYLINE.match(text) else {}


def _is_outlet(text: str) -> bool:
    words = text.split()
    is_name = len(words) <= _MAX_OUTLET_WORDS and all(map(_is_of_name, words))
    return is_name and _OUTLET.search(text) is not None


def _is_of_name(word: str) -> bool:
    return word[0].isupper() or word in _SMALL or not word[0].isalpha()


def told(blocks: Iterable[Block]) -> dict[str, str]:
    """Return what an article tells of itself: title, author and outlet."""
    found: dict[str, str] = {}
    for block in blocks:
        if block.kind is Kind.FRONT_MATTER:
            found = {name.lower(): value for name, value in _FIELD.findall(block.text)}
        elif block.kind is Kind.CREDIT:
            found = (_credit(block.text) or {"outlet": block.text}) | found
        elif block.kind is Kind.TITLE:
            found.setdefault("title", block.text)
        elif signed := _SIGNED.match(block.text):
            found.setdefault("author", signed[1].strip())
    return found


def published(blocks: Iterable[Block]) -> datetime.date | None:
    """Return the day that an article tells that it is of, None where it tells none."""
    head = [block.text for block in blocks if block.kind in (Kind.FRONT_MATTER, Kind.CREDIT)]
    texts = [block.text for block in blocks if block.kind in (Kind.TEXT, Kind.LINE)]
    opened = [match[0] for text in texts[:1] if (match := _DATELINE.match(text))]
    found = _DATE.search(" | ".join(head + opened))
    if not found:
        return None
    words = [word if word.isdigit() else word[:3] for word in _WORD.findall(found[0])]
    for form in ("%Y %m %d", "%d %m %Y", "%d %b %Y", "%b %d %Y"):
        with suppress(ValueError):
            return datetime.datetime.strptime(" ".join(words), form).date()
    return None
