"""The head of an article: its title, and the lines that say who wrote it, when and where."""

import datetime
import re
from collections.abc import Sequence
from contextlib import suppress

from bot.article.blocks import Block, Kind
from bot.article.lines import SENTENCE_END
from bot.article.structure import structured

_MAX_TITLE_WORDS, _MAX_CREDIT_CHARACTERS, _MAX_STANDFIRST_WORDS = 30, 200, 80
_MAX_OUTLET_WORDS = 6
# With these a title doesn't end.
_OPEN_ENDS = (".", ":", ";", ",", "。", "：", "；", "，")
# A byline is at most so many lines behind the title, a title by its sign so many from the top.
_NEAR = 6

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_MONTH, _DAY = rf"(?P<m>{'|'.join(_MONTHS)})[a-z]*\.?", r"(?P<d>\d{1,2})"
_DATES = [
    re.compile(rf"\b{pattern}", re.IGNORECASE)
    for pattern in (
        r"(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)(?:T[\d:.Z+-]+)?",
        rf"{_MONTH} {_DAY}(?:st|nd|rd|th)?,? (?P<y>\d{{4}})",
        rf"{_DAY}(?:st|nd|rd|th|\.)? {_MONTH},? (?P<y>\d{{4}})",
        rf"{_DAY}[./](?P<m>\d{{1,2}})[./](?P<y>\d{{4}})",
    )
]
_HEADER = re.compile(r"(?:date:?\s+)?(\d{4}-\d{2}-\d{2})\s+(\S.*)", re.IGNORECASE)
_AROUND = re.compile(
    r"\b(?:first |last )?(?:published|posted|updated|modified)(?: on| at)?\b:?|\b(?:date|on)\b:?"
    r"|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b,?|\d{1,2}[:.]\d\d(?:\s?[ap]\.?m\.?)?"
    r"|\b(?:GMT|UTC|B?C?E?ST|E[SD]T)\b|\d+[- ]min(?:ute)?s? read",
    re.IGNORECASE,
)
_BYLINE = re.compile(
    r"(?:(?:story|text|words|written|reporting|report|prepared|posted|interview) )?by:?\s+(.+)"
    r"|(?:author|writer|reporter|text|words)s?:\s*(.+)",
    re.IGNORECASE,
)
_SIGNED = re.compile(r"\(?(?:Reporting|Interview|Text|Words|Story|Report) by ([^;.()]+)")
# The place, in capitals, and the day that a report begins with.
_DATELINE = re.compile(r"[A-Z][A-Z .'-]+(?:,[\w .]+)?[\s,(–—-]+\d?\d? ?[\w.]+ [\d, ]+\)?\s*[–—-]")
_SEPARATOR = re.compile(r"\s*[|•·]\s*|\s[–—-]\s")
_OUTLET = re.compile(
    r"\b(?:The|Times|Post|News|Herald|Gazette|Daily|Tribune|Guardian|Journal|Chronicle|Observer"
    r"|Magazine|Weekly|Press|Review|Standard|Telegraph|Reuters|AP|BBC|Wikipedia)\b"
)
_KICKER = re.compile(
    r"for immediate release|(?:press|news|media) release|from wikipedia.*|published", re.I
)
_SMALL = frozenset("and of for in at the de van von der al el la del bin".split())
_FIELD = re.compile(r"([\w-]+):\s*(.*)|\s*- .*|\s+.*")
_FIELDS = {"by": "author", "byline": "author", "published": "date", "source": "outlet"}


def found_date(text: str) -> datetime.date | None:
    """Return the first day that *text* names, None where it names none."""
    day = _day(text)
    if not day:
        return None
    month = day["m"][:3].lower()
    number = int(month) if month.isdigit() else 1 + _MONTHS.index(month)
    with suppress(ValueError):
        return datetime.date(int(day["y"]), number, int(day["d"]))
    return None


def _day(text: str) -> re.Match[str] | None:
    found = [match for pattern in _DATES if (match := pattern.search(text))]
    return min(found, key=re.Match.start, default=None)


def credit(text: str) -> dict[str, str]:
    """Return what a line tells of the article: author, date and outlet, nothing if it doesn't."""
    if len(text) > _MAX_CREDIT_CHARACTERS or text.endswith(("?", "!", ":")):
        return {}
    day = _day(text)
    found = {"date": day[0]} if day else {}
    rest = text.replace(day[0], "|") if day else text
    for part in _SEPARATOR.split(_AROUND.sub(" ", rest)):
        words = part.strip(" ,.()")
        by = _BYLINE.fullmatch(words)
        name = (by[1] or by[2]).split(",")[0] if by else words
        if not all(_is_of_name(word) for word in name.split()):
            return {}
        is_author = by or not ("author" in found or _OUTLET.search(name))
        if name:
            found.setdefault("author" if is_author else "outlet", name)
    return found if "date" in found or _BYLINE.match(text) else {}


def _is_outlet(text: str) -> bool:
    words = text.split()
    is_name = len(words) <= _MAX_OUTLET_WORDS and all(map(_is_of_name, words))
    return is_name and _OUTLET.search(text) is not None


def _is_of_name(word: str) -> bool:
    return word[0].isupper() or word in _SMALL or not word[0].isalpha()


def headed(lines: Sequence[Block]) -> tuple[list[Block], Sequence[Block]]:
    """Return the lines of the head, each as what it is, and those behind it."""
    start = _end_of_front_matter(lines)
    title = _title_at(lines, start)
    body = start if title is None else title + 1
    near = [i for i in range(body, min(body + _NEAR, len(lines))) if _is_credit(lines[i])]
    behind = near[-1] + 1 if near else body
    if sum(len(line.text.split()) for line in lines[body:behind]) > _MAX_STANDFIRST_WORDS:
        behind = body
    return [
        *(line._replace(kind=Kind.FRONT_MATTER) for line in lines[:start]),
        *(line._replace(kind=Kind.CREDIT) for line in lines[start : body - (title is not None)]),
        *([_title(lines[title])] if title is not None else []),
        *(_below_title(line) for line in lines[body:behind]),
    ], lines[behind:]


def _end_of_front_matter(lines: Sequence[Block]) -> int:
    if not lines or lines[0].text != "---":
        return 0
    end = next((i for i, line in enumerate(lines) if i and line.text == "---"), 0)
    return end + 1 if end and all(_FIELD.fullmatch(line.source) for line in lines[1:end]) else 0


def _title_at(lines: Sequence[Block], start: int) -> int | None:
    """Return where the title stands: where its sign is, else behind lines about the article."""
    for i in range(start, min(start + _NEAR, len(lines) - 1)):
        if lines[i].source.startswith("# "):
            return i
    while start < len(lines) - 1 and _is_credit(lines[start]) and not _header(lines[start].text):
        start += 1
    return start if _is_title(lines[start:]) else None


def _is_title(lines: Sequence[Block]) -> bool:
    if not lines:
        return False
    first = lines[0]
    header = _header(first.text)
    text = header[2] if header else first.text
    is_short = len(text.split()) <= _MAX_TITLE_WORDS and not text.endswith(_OPEN_ENDS)
    if header or not is_short or len(lines) == 1:
        return bool(header) and is_short
    if structured([first])[0].kind in (Kind.CAPTION, Kind.ITEM, Kind.ROW):
        return False
    # Above further lines of its block only where those are a text, a credit or a subtitle.
    second, *rest = lines[1:]
    is_above = SENTENCE_END.search(second.text) or _is_credit(second)
    return first.is_last or bool(is_above) or (second.is_last and bool(rest))


def _header(text: str) -> re.Match[str] | None:
    header = _HEADER.fullmatch(text)
    return header if header and found_date(header[1]) else None


def _title(line: Block) -> Block:
    header = _header(line.text)
    return line._replace(kind=Kind.TITLE, text=header[2] if header else line.text)


def _below_title(line: Block) -> Block:
    if _is_credit(line) or _is_outlet(line.text):
        return line._replace(kind=Kind.CREDIT)
    (alone,) = structured([line])
    is_text = alone.kind not in (Kind.CAPTION, Kind.NO_WORDS)
    return alone._replace(kind=Kind.STANDFIRST) if is_text else alone


def _is_credit(line: Block) -> bool:
    return bool(credit(line.text) or _KICKER.fullmatch(line.text))


def told(blocks: Sequence[Block]) -> dict[str, str]:
    """Return what an article tells of itself: title, date, author, outlet and standfirst."""
    found: dict[str, str] = {}
    for block in blocks:
        if block.kind is Kind.FRONT_MATTER:
            found = _field(block.source) | found
        elif block.kind is Kind.CREDIT:
            outlet = {"outlet": block.text} if _is_outlet(block.text) else {}
            found = credit(block.text) | outlet | found
        elif block.kind in (Kind.TITLE, Kind.STANDFIRST):
            header = _header(block.source.strip())
            day = {"date": header[1]} if header else {}
            found = {block.kind.value: block.text} | day | found
    texts = [block.text for block in blocks if block.kind in (Kind.TEXT, Kind.LINE)]
    signed = [match[1].strip() for text in texts[-2:] if (match := _SIGNED.match(text))]
    opened = [
        match[0] for text in texts[:1] if (match := _DATELINE.match(text[:_MAX_CREDIT_CHARACTERS]))
    ]
    return {"author": " and ".join(signed), "date": " ".join(opened)} | found


def _field(line: str) -> dict[str, str]:
    field = _FIELD.fullmatch(line)
    if not field or not field[2]:
        return {}
    name = field[1].lower()
    return {_FIELDS.get(name, name): field[2].strip("\"' ")}
