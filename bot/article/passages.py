"""Passages: blocks put together and cut to the size that a person reads at once."""

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise

from bot.article.article import BODY, OPENERS, Block, Kind, Passage, joined
from bot.language.sentences import sentences
from bot.language.text import terms

# A passage is read on a phone and has to fit one message with its heading and its source line.
MAX_WORDS, MAX_CHARACTERS = 120, 1200
# So many openers at most stand in a row and above a passage.
_MAX_OPENERS = 3
# A long text is cut in its middle half, where least is said alike in so many sentences before and
# behind; a cut off the middle costs up to so much.
_COMPARED, _OFF_MIDDLE = 4, 0.2
# So many characters at least are not cut apart.
_UNIT = 40


def passages(blocks: Sequence[Block]) -> list[Passage]:
    """Return the passages that *blocks* make up, numbered from 1."""
    found: list[Passage] = []
    held: list[Block] = []
    fresh: list[Block] = []
    for is_opening, run in groupby(_listed(_shown(blocks)), lambda one: one.kind in OPENERS):
        if is_opening:
            fresh = list(run)
            top = min(one.level for one in fresh)
            held = [*(one for one in held if one.level < top), *fresh]
            continue
        together = joined(run, _belong)
        # What a photo shows is no answer to a question above it, where anything else may be.
        is_answered = any(several[0].kind is not Kind.CAPTION for several in together)
        for several in together:
            covered = dict.fromkeys(block.paragraph for block in [*fresh, *several])
            is_caption = several[0].kind is Kind.CAPTION
            is_apart = is_caption and is_answered
            above = [one for one in held if not (is_apart and one.kind is Kind.QUESTION)]
            headings = tuple(one.text for one in above[-_MAX_OPENERS:])
            for text in pieces("\n".join(block.text for block in several)):
                found.append(Passage(len(found) + 1, text, is_caption, tuple(covered), headings))
            fresh, held = [], [one for one in held if one.kind is not Kind.OPENER]
    return found


def _shown(blocks: Iterable[Block]) -> Iterator[Block]:
    """Return the blocks of the body, each cell of a table with what stands above it."""
    heads: list[str] = []
    for block in blocks:
        if block.kind is Kind.TABLE_HEAD:
            heads = _cells(block)
        elif block.kind is Kind.ROW:
            cells = _cells(block)
            # A head alone is the title of its table.
            if len(heads) == len(cells) and any(heads[1:]):
                pairs = zip(heads, cells, strict=True)
                cells = [f"{head}: {cell}".removeprefix(": ") for head, cell in pairs if cell]
            yield block._replace(text="; ".join(filter(None, cells)))
        elif block.kind in BODY + OPENERS:
            yield block


def _cells(row: Block) -> list[str]:
    return [cell.strip() for cell in re.split(r"\||\t+", re.sub(r"\A\||\|\Z", "", row.text))]


def _listed(blocks: Iterable[Block]) -> Iterator[Block]:
    """Return *blocks*, those that open none in their reach as lines of a list."""
    several = list(blocks)
    for i, block in enumerate(several):
        reach = several[i : i + 1 + _MAX_OPENERS]
        is_listed = all(one.kind in OPENERS for one in reach)
        yield block._replace(kind=Kind.LINE) if is_listed else block


def _belong(several: Sequence[Block], block: Block) -> bool:
    """Return whether a block makes up one passage with *several* before it."""
    before = several[-1]
    if not block.is_first:
        return block.paragraph == before.paragraph
    # One-line paragraphs of these kinds belong together.
    return block.kind is before.kind and block.kind in (Kind.LINE, Kind.ROW) and before.is_first


def pieces(text: str) -> list[str]:
    """Return *text* cut where its subject turns into pieces that a passage may hold."""
    if _fits(text):
        return [text]
    units = _units(text)
    return [piece.strip() for piece in _pieces(units, _ties(units))]


def _pieces(units: Sequence[str], ties: Sequence[float]) -> list[str]:
    text, many = "".join(units), len(units)
    if many == 1 or _fits(text):
        return [text]
    inner = range(max(1, many // 4), many - many // 4)
    cut = min(inner, key=lambda i: ties[i] + _OFF_MIDDLE * abs(2 * i / many - 1))
    return _pieces(units[:cut], ties[:cut]) + _pieces(units[cut:], ties[cut:])


def _fits(text: str) -> bool:
    return len(text) <= MAX_CHARACTERS and len(text.split()) <= MAX_WORDS


def _units(text: str) -> list[str]:
    """Return *text* in sentences, of a very long one in words, and short ones together."""
    bounds, end = [0], 0
    for sentence in sentences(text):
        start = text.index(sentence, end)
        end = start + len(sentence)
        words = [] if _fits(sentence) else re.finditer(r"\S{1,600}", sentence)
        for bound in [start, *(start + word.start() for word in words)]:
            if bound - bounds[-1] >= _UNIT:
                bounds.append(bound)
    return [text[start:end] for start, end in pairwise([*bounds, len(text)])]


def _ties(units: Sequence[str]) -> list[float]:
    """Return how much is said alike before and behind the beginning of each unit.

    The cosine of the terms on either side, as in TextTiling (Hearst 1997).
    """
    told = [set(terms(unit)) for unit in units]
    found = []
    for i in range(len(told)):
        before = set().union(*told[max(0, i - _COMPARED) : i])
        behind = set().union(*told[i : i + _COMPARED])
        found.append(len(before & behind) / math.sqrt(len(before) * len(behind) or 1))
    return found
