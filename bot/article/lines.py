"""Lines: how characters are read, and which line ends a person reads over."""

import re
from collections.abc import Iterator
from itertools import pairwise

from bot.article.blocks import Block
from bot.language.rarity import is_common

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]")
# Lines of wrapped prose are at least so long, narrower ones are verse or a list; longer ones than
# the most are paragraphs. One of them that is this much shorter than the longest ends a paragraph.
_LEAST, _MOST, _SHORT = 40, 150, 0.6
_LONGEST_WORD = 40
# In a text of so few blocks every line is a paragraph.
_TOO_FEW = 2
_CUT = re.compile(r"(\w+)[-‐\u00ad]\Z")
_IDEOGRAPH = re.compile(r"[\u3000-\u9fff\uff00-\uffef]")
# A line that begins so goes on with none before it.
_MARKED = re.compile(r"\s*(?:(?:[-*+•–—▪●◦·]|\d{1,3}[.)]|[a-z]\))\s|[>|#]|\*\*|[=-]{3,}\Z)")
SENTENCE_END = re.compile(r"[.!?…。！？][\"'”’»)\]*_]*\Z")

# What markdown writes around words, and footnotes' marks; each with what a person reads.
_SIGN = re.compile(r"[*_`\[#>]")
_READ_AS = (
    (re.compile(r"\A\s*(?:#{1,6}|>+)(?:\s+|\Z)|(?<=\s)#+\s*\Z"), ""),
    (re.compile(r"\[(?:\d{1,3}|edit|citation needed|note \d{1,3})\]"), ""),
    (re.compile(r"!\[([^\[\]]*)\]\([^()]*\)"), r"\1"),
    (re.compile(r"\[([^\[\]]+)\]\(([^()\s]++)[^()]*+\)"), r"\1 (\2)"),
    (re.compile(r"(?<![\w*])(\*\*|__|[*_`])(?=\S)([^*_`]+)(?<=\S)\1(?![\w*])"), r"\2"),
)


def lines(text: str) -> list[Block]:
    """Return the lines of *text*, which together are all of it but white space."""
    blocks = re.split(r"\n\s*\n", _CONTROL.sub("", text).strip())
    parts = [(i, part.splitlines()) for i, one in enumerate(blocks) for part in one.split("\u2029")]
    rows = [(i, told) for i, part in parts if (told := [row for row in part if row.strip()])]
    apart = len(rows) <= _TOO_FEW
    return [line for i, several in rows for line in _lines(i, several, apart)]


def _lines(paragraph: int, rows: list[str], apart: bool) -> Iterator[Block]:
    joined = list(_joined(rows))
    apart = apart or sum(map(len, rows)) > _MOST * len(rows)
    for i, several in enumerate(joined):
        is_first, is_last = apart or not i, apart or i == len(joined) - 1
        yield Block(_shown(several), "\n".join(several), paragraph, is_first, is_last)


def _joined(rows: list[str]) -> Iterator[list[str]]:
    """Return *rows* with those together that are one line to a reader."""
    # The first of several may be a heading.
    is_wrapped = _is_wrapped(rows[1:] if rows[2:] else rows)
    longest = max(map(len, rows))
    several = rows[:1]
    for before, row in pairwise(rows):
        is_end = len(before) < _SHORT * longest and not _runs_on(row)
        is_item = row[:2].isspace() and _MARKED.match(several[0])
        if not _MARKED.match(row) and (_is_cut(before, row) or is_item or is_wrapped > is_end):
            several.append(row)
        else:
            yield several
            several = [row]
    yield several


def _is_wrapped(rows: list[str]) -> bool:
    """Return whether lines about equally long mostly break within a sentence."""
    longest = max(map(len, rows))
    broken = [(one, row) for one, row in pairwise(rows) if not SENTENCE_END.search(one)]
    full = sum(len(row) >= _SHORT * longest for row, _ in broken)
    inside = sum(_runs_on(row) for _, row in broken)
    is_even = _LEAST <= longest <= _MOST and full >= 0.7 * len(broken)
    return is_even and bool(broken) and inside >= 0.5 * len(broken)


def _runs_on(row: str) -> bool:
    return row[:1].isalpha() and not row[:1].isupper()


def _is_cut(before: str, row: str) -> bool:
    return bool(_CUT.search(before[-_LONGEST_WORD:])) and row[:1].islower()


def _shown(rows: list[str]) -> str:
    text = rows[0].strip()
    for before, row in pairwise(map(str.strip, rows)):
        if _is_cut(before, row):
            text = _without_hyphen(text, row) + row
        else:
            is_spaced = not (_IDEOGRAPH.match(text[-1:]) and _IDEOGRAPH.match(row))
            text += " " * is_spaced + row
    return plain(text)


def _without_hyphen(text: str, row: str) -> str:
    """Return *text* without the hyphen at its end, unless that is part of a word."""
    parts = re.findall(r"\w+", text[-_LONGEST_WORD:])[-1].casefold(), re.split(r"\W", row)[0]
    is_compound = not is_common("".join(parts)) and all(map(is_common, parts))
    return text if is_compound else text[:-1]


def plain(text: str) -> str:
    """Return a line as it is read, without the marks of markdown."""
    if _SIGN.search(text):
        for mark, read in _READ_AS:
            text = mark.sub(read, text)
    return text.strip()
