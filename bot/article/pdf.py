"""PDF: the rows of its pages put together to paragraphs, by where they stand and how large."""

import logging
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import partial
from io import BytesIO
from itertools import chain, groupby
from math import inf
from statistics import mode
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import normalize

from bot.article.article import joined
from bot.article.lines import CUT, SENTENCE_END, plain

if TYPE_CHECKING:
    from pdfminer.layout import LTComponent, LTPage

# What is so much larger than most of the text is a heading.
_LARGER = 1.15
# So many rows at most are run at an end of each page.
_MOST_RUNNING = 3
# What leads to a page number in a table of contents.
_LEADERS = re.compile(r"(?:\. ?){5}")
# A cell has so many characters at most, a table so many lines at least, a list such marks.
_MOST_IN_CELL, _LEAST_LINES, _MARK = 30, 3, re.compile(r"\W*(?:\w[.)])?")
# So many points a line may stand out of its box.
_NEAR = 1
_LIGATURES = {sign: normalize("NFKD", chr(sign)) for sign in range(0xFB00, 0xFB07)}


class _Row(NamedTuple):
    """A row of a page; lengths in points, from its lower left corner."""

    text: str
    size: int  # of its letters
    box: int  # rows that stand close together are of one, counted through all pages
    left: float
    right: float
    top: float
    edge: float  # where the rows of its column end


def pdf_text(content: bytes) -> str:
    """Return the text without running heads and feet, the words cut at line ends whole."""
    from pdfminer.high_level import extract_pages

    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    pages = [_rows(page, number) for number, page in enumerate(extract_pages(BytesIO(content)))]
    rows = [row for page in _without_running_heads(pages) for row in _tabled(page)]
    common = mode([row.size for row in rows if row.size for _ in row.text] or [0])
    sizes = sorted({row.size for row in rows if row.size > _LARGER * common}, reverse=True)
    marks = {size: "#" * min(i, 6) + " " for i, size in enumerate(sizes, 1)}
    return "\n".join(marks.get(size, "") + text for size, text in _paragraphs(rows))


def _rows(page: "LTPage", number: int) -> list[_Row]:
    from pdfminer.layout import LTChar, LTTextBox

    found = []
    boxes = [one for one in page if isinstance(one, LTTextBox)]
    # Words with much room between them are lines of their own, or even boxes.
    own = defaultdict(list)
    for line in chain.from_iterable(boxes):
        own[max(boxes, key=partial(_room, line))].append(line)
    for i, box in enumerate(boxes):
        lines = sorted(own[box], key=lambda one: (-round(one.y1), one.x0))
        for _, several in groupby(lines, key=lambda one: round(one.y1)):
            parts = list(several)
            text = " ".join(" ".join(one.get_text() for one in parts).translate(_LIGATURES).split())
            sizes = [round(one.size) for part in parts for one in part if isinstance(one, LTChar)]
            if text and sizes and not _LEADERS.search(text):
                place = (number * 10_000 + i, parts[0].x0, parts[-1].x1, parts[0].y1, 0.0)
                found.append(_Row(text, mode(sizes), *place))
    return [row._replace(edge=_edge(row, found)) for row in found]


def _room(line: "LTComponent", box: "LTComponent") -> float:
    """Return how large a box is that a line stands in, 0 where it doesn't."""
    is_beside = box.x0 - _NEAR <= line.x0 and line.x1 <= box.x1 + _NEAR
    is_in = is_beside and box.y0 - _NEAR <= line.y0 and line.y1 <= box.y1 + _NEAR
    return float(box.width * box.height) if is_in else 0.0


def _edge(row: _Row, rows: Iterable[_Row]) -> float:
    near = (one for one in rows if one.size == row.size and abs(one.left - row.left) < 3 * row.size)
    return max(one.right for one in near)


def _without_running_heads(pages: Sequence[list[_Row]]) -> list[list[_Row]]:
    """Return *pages* without the rows at their upper and lower ends that several have there."""
    found = [list(page) for page in pages]
    for end in (max, min) * _MOST_RUNNING:
        rows = [end(page, key=lambda row: (round(row.top), row.left)) for page in found if page]
        texts = {row: re.sub(r"\d+", "0", row.text) for row in rows}
        counts = Counter(texts.values())
        found = [[row for row in page if not counts[texts.get(row, "")] > 1] for page in found]
    return found


def _tabled(rows: Sequence[_Row]) -> list[_Row]:
    """Return the rows of a page, those side by side in a table as one in markdown."""
    wide = {row.box for row in rows if len(row.text) > _MOST_IN_CELL}
    cells = [row for row in rows if row.box not in wide and not _MARK.fullmatch(row.text)]
    cells.sort(key=lambda row: (-round(row.top), row.left))
    lines = (list(line) for _, line in groupby(cells, key=lambda row: round(row.top)))
    told: dict[_Row, list[_Row]] = {}
    for width, several in groupby(lines, key=len):
        table = list(several)
        # Lines of two columns of prose stand side by side, too, and most begin amid a sentence.
        begun = [cell for line in table for cell in line if not cell.text[0].islower()]
        if width > 1 and len(table) >= _LEAST_LINES and 4 * len(begun) >= 3 * width * len(table):
            texts = [f"| {' | '.join(cell.text for cell in line)} |" for line in table]
            if not re.search(r"\d", texts[0]):  # else it may have no heads
                texts.insert(1, "|---" * width + "|")
            first = table[0][0]
            told |= {cell: [] for line in table for cell in line}
            told[first] = [first._replace(text=text, size=0, edge=inf) for text in texts]
    return [one for row in rows for one in told.get(row, [row])]


def _paragraphs(rows: Sequence[_Row]) -> list[tuple[int, str]]:
    """Return the text of each paragraph or line, with an empty one where a box ends."""
    found, told = joined(rows, _go_on), []
    words = set(re.findall(r"\w+", " ".join(row.text for row in rows)))
    for i, several in enumerate(found):
        if i and found[i - 1][-1].box != several[0].box:
            told.append((0, ""))
        text = "\n".join(row.text for row in several)
        # What elsewhere is a word is one here.
        text = CUT.sub(lambda cut: cut[0] if (word := cut[1] + cut[2]) not in words else word, text)
        told.append((several[0].size, plain(text)))
    return told


def _go_on(several: Sequence[_Row], row: _Row) -> bool:
    """Return whether the last of *several* ends only because the next word has no room there."""
    before = several[-1]
    letter = (before.right - before.left) / len(before.text)
    is_full = before.right + (len(row.text.split()[0]) + 1) * letter > before.edge
    is_cut = row.text[0].islower() or before.text.endswith("-")
    is_near = before.box == row.box or row.top > before.top
    if before.size != row.size or not (is_cut or (is_full and is_near)):
        return False
    is_indented = row.left > before.left + letter
    is_end = SENTENCE_END.search(before.text) is not None
    return not is_end or (before.box == row.box and not is_indented)
