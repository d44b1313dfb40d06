"""Passages: blocks put together and cut to the size that a person reads at once."""

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.article.article import Passage
from bot.article.blocks import BODY, OPENERS, Block, Kind
from bot.language.sentences import sentences
from bot.language.text import terms

# A passage is read on a phone and has to fit one message with its heading and its source line.
MAX_WORDS, MAX_CHARACTERS = 120, 1200
# A long text is cut between units of at least this share of a passage, so many of which are
# compared on either side; a cut costs what they have in common, a small piece up to so much.
_UNIT, _COMPARED, _SMALL = 1 / 15, 4, 0.5
# Lines of these kinds belong to their neighbours of the same kind, but a long item is a text.
_TOGETHER = (Kind.LINE, Kind.SPEECH, Kind.ITEM, Kind.ROW)
_MAX_ITEM_WORDS = 25
_WORD = re.compile(r"\S{1,600}")


@dataclass
class _Draft:
    """A passage to be: what opens it, of that what opens no other before, and its blocks."""

    openers: list[Block]
    own_openers: list[Block]
    blocks: list[Block]


def passages(blocks: Iterable[Block]) -> list[Passage]:
    """Return the passages that *blocks* make up, numbered from 1."""
    found: list[Passage] = []
    for draft in _drafts(_with_table_heads(blocks)):
        headings = tuple(one.text for one in draft.openers)
        is_caption = draft.blocks[0].kind is Kind.CAPTION
        own = _paragraphs(draft.blocks)
        covered = _paragraphs([*draft.own_openers, *draft.blocks])
        for text in pieces("\n".join(block.text for block in draft.blocks)):
            found.append(Passage(len(found) + 1, text, is_caption, covered, headings))
            covered = own
    return found


def _paragraphs(blocks: Iterable[Block]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(block.paragraph for block in blocks))


def _with_table_heads(blocks: Iterable[Block]) -> Iterator[Block]:
    """Return *blocks*, each cell of a table with what stands above it."""
    heads: list[str] = []
    for block in blocks:
        if block.kind is Kind.TABLE_HEAD:
            heads = _cells(block)
        cells = _cells(block) if block.kind is Kind.ROW else []
        if cells and len(cells) == len(heads):
            told = [f"{head}: {cell}" for head, cell in zip(heads, cells, strict=True)]
            yield block._replace(text="; ".join(told))
        else:
            yield block


def _cells(row: Block) -> list[str]:
    return [cell.strip() for cell in re.split(r"\||\t+", row.text.strip("| \t"))]


def _drafts(blocks: Iterable[Block]) -> Iterator[_Draft]:
    draft = _Draft([], [], [])
    held: list[Block] = []
    fresh: list[Block] = []
    for block in blocks:
        told = [block] if block.kind in BODY else []
        if block.kind in OPENERS:
            # One that nothing stands under is a line of a list.
            told = [one for one in fresh if one.level >= block.level]
            fresh = [one for one in fresh if one.level < block.level]
            held = [one for one in held if one.level < block.level]
        for one in told:
            if draft.blocks and not fresh and _belongs(one, draft.blocks[-1]):
                draft.blocks.append(one)
                continue
            if draft.blocks:
                yield draft
            held = [one for one in held if one.kind is not Kind.OPENER or one in fresh]
            draft, fresh = _Draft(held, fresh, [one]), []
        if block.kind in OPENERS:
            held, fresh = [*held, block], [*fresh, block]
    yield from (one for one in (draft, _Draft([], [], fresh)) if one.blocks)


def _belongs(block: Block, before: Block) -> bool:
    """Return whether a block goes on with the passage of the one before."""
    is_alike = block.kind is before.kind
    if not is_alike and Kind.CAPTION in (block.kind, before.kind):
        return False
    if not block.is_first:
        return block.paragraph == before.paragraph
    is_long = block.kind is Kind.ITEM and len(block.text.split()) > _MAX_ITEM_WORDS
    return is_alike and block.kind in _TOGETHER and not is_long


def pieces(text: str) -> list[str]:
    """Return *text* cut where its subject turns into pieces that a passage may hold."""
    if _size(text) <= 1:
        return [text]
    bounds = _bounds(text)
    units = [text[start:end] for start, end in pairwise(bounds)]
    cuts = [*_cuts([_size(unit) for unit in units], _cohesion(units)), len(units)]
    return [text[bounds[start] : bounds[end]].strip() for start, end in pairwise(cuts)]


def _cuts(sizes: Sequence[float], cohesion: Sequence[float]) -> list[int]:
    """Return the units that begin a piece: of all ways to cut the one that costs least."""
    costs, begins = [0.0], [0]
    for end in range(1, len(sizes) + 1):
        size, ways = 0.0, list[tuple[float, int]]()
        for start in range(end - 1, -1, -1):
            size += sizes[start]
            if size > 1 and ways:
                break
            small = _SMALL * max(0.0, 1 - size) ** 2
            ways.append((costs[start] + cohesion[start] + small, start))
        cost, begin = min(ways)
        costs.append(cost)
        begins.append(begin)
    cuts = [begins[-1]]
    while cuts[-1]:
        cuts.append(begins[cuts[-1]])
    return cuts[::-1]


def _size(text: str) -> float:
    return max(len(text.split()) / MAX_WORDS, len(text) / MAX_CHARACTERS)


def _bounds(text: str) -> list[int]:
    """Return where the units of *text* begin, and where it ends."""
    bounds = [0]
    for start in _starts(text):
        if _size(text[bounds[-1] : start]) >= _UNIT:
            bounds.append(start)
    return [*bounds, len(text)]


def _starts(text: str) -> Iterator[int]:
    """Return where sentences begin, and the words of one that no passage can hold."""
    position = 0
    for sentence in sentences(text):
        position = text.index(sentence, position)
        if _size(sentence) <= 1:
            yield position
        else:
            yield from (position + word.start() for word in _WORD.finditer(sentence))
        position += len(sentence)


def _cohesion(units: Sequence[str]) -> list[float]:
    """Return how much is said alike before and behind the beginning of each unit.

    The cosine of the terms on either side, as in TextTiling (Hearst 1997).
    """
    told = [frozenset(terms(unit)) for unit in units]
    found = [0.0]
    for i in range(1, len(told)):
        before = frozenset().union(*told[max(0, i - _COMPARED) : i])
        behind = frozenset().union(*told[i : i + _COMPARED])
        found.append(len(before & behind) / math.sqrt(len(before) * len(behind) or 1))
    return found
