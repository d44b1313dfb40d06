"""Lines: how characters are read, and which line ends a person reads over."""

import re
from itertools import pairwise

from bot.article.article import Block, Kind, joined
from bot.language.rarity import is_common
from bot.language.text import stem

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]")
# Fields between --- and ---, or the day before a title that doesn't end as a sentence does.
_FRONT_MATTER = re.compile(
    r"---\n(?:(?:[\w-]+:| |- ).*\n)*---(?=\s)"
    r"|(?:date:?\s+)?\d{4}-\d\d-\d\d\s+(?=\S(?:.{0,200}[^\s.:;,。：；，])?(?:\n|\Z))",
    re.I,
)
# Lines of wrapped prose are at least so long, narrower ones are verse or a list; longer ones than
# the most are paragraphs. One of them that is this much shorter than the longest ends a paragraph.
_LEAST, _MOST, _SHORT = 40, 150, 0.6
# In a text of so few blocks every line is a paragraph.
_TOO_FEW = 2
# A line that begins so goes on with none before it.
_MARKED = re.compile(r"\s*(?:(?:[-*+•–—▪●◦·]|\d{1,3}[.)]|[a-z]\))\s|[>|#]|\*\*|[=-]{3,}\Z)")
SENTENCE_END = re.compile(r"[.!?…。！？][\"'”’»)\]*_]*\Z")

# How line ends are read, what markdown writes around words, and footnotes' marks.
CUT = re.compile(r"\b(\w+)[-‐\u00ad]\s*\n\s*(\w+)")
# Common by themselves or in other languages, in English parts of words; and what may end a stem.
_PARTS = frozenset("com con de dis ful ing inter ish ism mis ness over pre re sub trans un".split())
_ENDINGS = ("", "e", "ed", "er", "es", "ing", "s")
_IDEOGRAPH = r"[\u3000-\u9fff\uff00-\uffef]"
_READ_AS = (
    (re.compile(rf"(?<={_IDEOGRAPH})\s*\n\s*(?={_IDEOGRAPH})"), ""),
    # A dash or a slash that words stand at without a space.
    (re.compile(r"(?<=\w[–—/])\s*\n\s*(?=\w)"), ""),
    (re.compile(r"\s*\n\s*"), " "),
    (re.compile(r"\A\s*(?:#{1,6}|>+)(?:\s+|\Z)|(?<=\s)#+\s*\Z"), ""),
    (re.compile(r"\[\^[^\[\]\s]+\]:?|\[(?:\d{0,3}|edit|citation needed|note \d{1,3})\]"), ""),
    (re.compile(r"!\[([^\[\]]*)\]\([^()]*\)"), r"\1"),
    (re.compile(r"\[([^\[\]]+)\]\[[^\[\]]*\]"), r"\1"),
    (re.compile(r"\[([^\[\]]+)\]\(([^()\s]++)[^()]*+\)"), r"\1 (\2)"),
    (re.compile(r"(?<![\w*])(\*\*|__|[*_`])(?=\S)([^*_`]+)(?<=\S)\1(?![\w*])"), r"\2"),
)
_SIGN = re.compile(r"[\n*_`\[#>]")


def lines(text: str) -> list[Block]:
    """Return the lines of *text*, which together are all of it but white space."""
    text = _CONTROL.sub("", text).replace("\u2029", "\n\n").strip()
    front = _FRONT_MATTER.match(text)
    found = [Block(front[0], front[0], 0, kind=Kind.FRONT_MATTER)] if front else []
    parts = re.split(r"\n\s*\n", text[front.end() :] if front else text)
    paragraphs = [[row for row in part.splitlines() if row.strip()] for part in parts]
    are_few = sum(map(bool, paragraphs)) <= _TOO_FEW
    for i, rows in enumerate(paragraphs):
        read = _read(rows)
        apart = are_few or sum(map(len, rows)) > _MOST * len(rows)
        for j, several in enumerate(read):
            is_first, is_last = apart or not j, apart or j == len(read) - 1
            source = "\n".join(several)
            found.append(Block(plain(source), source, i, is_first, is_last))
    return found


def _read(rows: list[str]) -> list[list[str]]:
    """Return *rows* with those together that are one line to a reader."""
    # The first of several may be a heading.
    is_wrapped = _is_wrapped(rows[1:] if rows[2:] else rows)
    longest = max(map(len, rows), default=0)

    def go_on(several: list[str], row: str) -> object:
        before = several[-1]
        is_end = len(before) < _SHORT * longest and not _runs_on(row)
        is_of_item = row[:2].isspace() and _MARKED.match(several[0])
        is_cut = before.endswith(("-", "‐", "\u00ad")) and _runs_on(row)
        return not _MARKED.match(row) and (is_cut or is_wrapped > is_end or is_of_item)

    return joined(rows, go_on)


def _is_wrapped(rows: list[str]) -> bool:
    """Return whether lines mostly break within a sentence."""
    broken = [row for before, row in pairwise(rows) if not SENTENCE_END.search(before)]
    is_even = _LEAST <= max(map(len, rows), default=0) <= _MOST
    return is_even and bool(broken) and sum(map(_runs_on, broken)) >= len(broken) / 2


def _runs_on(row: str) -> bool:
    return row[:1].isalpha() and not row[:1].isupper()


def plain(text: str) -> str:
    """Return a line as it is read, without line ends and the marks of markdown."""
    if _SIGN.search(text):
        text = CUT.sub(_rejoined, text)
        for mark, read in _READ_AS:
            text = mark.sub(read, text)
    return text.strip()


def _rejoined(cut: re.Match[str]) -> str:
    """Return a word that a line end cuts without the hyphen, unless that is part of the word."""
    first, second = cut[1].casefold(), cut[2].casefold()
    are_words = _PARTS.isdisjoint((first, second)) and is_common(first) and is_common(second)
    whole = {first + second, *(stem(first + second) + ending for ending in _ENDINGS)}
    are_words = are_words and not any(map(is_common, whole))
    is_compound = are_words or not (cut[1].isalpha() and cut[2][0].islower())
    return f"{cut[1]}-{cut[2]}" if is_compound else cut[1] + cut[2]
