"""Letters: sentences scored for a question by the groups of four letters that they share.

Groups that reach across a blank hold a phrase together; those within a word survive another ending
or a typing error. They are read off the running words of the sentences, as they stand in memory:
they take no index, and a question costs what the sentences cost that it is held against.
"""

from collections.abc import Iterable, Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from bot.retrieval.bm25 import Numbers, Scores, distinct, held_back, scored, stretched

_GROUP = 4
# What a letter is told by: its place in the text's alphabet, begun anew where that has more. What
# the text lacks is told by a sign of its own; 0 stands behind the text.
_ALPHABET, _UNKNOWN = 254, 255
# How rare a group is, is told by so many sentences; in more it takes long, and tells no more.
_SAMPLE = 5_000
# As many places as 16 bits tell apart, over which groups are spread (Knuth's multiplier).
_SPREAD, _SHIFT, _SLOTS = np.uint32(2_654_435_761), np.uint32(16), 1 << 16
_BITS = 32


class Letters:
    """The letter groups of sentences, each counted as BM25 does."""

    def __init__(
        self, sentences: Iterable[Sequence[int]], words: Sequence[str], k1: float, b: float
    ) -> None:
        """Take over *sentences*, at least one, given as the numbers of their *words*."""
        alphabet = enumerate(sorted({" ", *chain.from_iterable(words)}))
        self._signs = {letter: 1 + place % _ALPHABET for place, letter in alphabet}
        spelt, blank = list(map(self._spelt, words)), self._spelt(" ")
        told = [blank + blank.join([spelt[one] for one in own]) + blank for own in sentences]
        lengths = np.array(list(map(len, told)))
        self._starts = np.append(0, np.cumsum(lengths)).astype(np.int32)
        self._letters = np.frombuffer(b"".join([*told, bytes(_GROUP - 1)]), np.uint8)
        self._k1, self._b, self._mean = k1, b, float(_counts(lengths).mean())
        self._known, self._idf = self._rarities()

    def scores(self, words: Sequence[str], firsts: Numbers, ends: Numbers) -> Scores:
        """Return the score for *words* of each sentence in some stretches of them, in turn."""
        asked, idf = self._asked(words)
        stretches = zip(self._starts[firsts].tolist(), self._starts[ends].tolist(), strict=True)
        letters = _groups(self._letters)
        groups = np.concatenate([letters[first:end] for first, end in stretches])
        is_likely = np.zeros(_SLOTS, np.bool_)
        is_likely[(asked * _SPREAD) >> _SHIFT] = True
        likely = is_likely.take((groups * _SPREAD) >> _SHIFT).nonzero()[0]
        places = stretched(firsts, ends)
        lengths = self._starts[places + 1] - self._starts[places]
        told_in = np.cumsum(lengths).searchsorted(likely, "right")
        held = held_back(_counts(lengths), self._mean, self._k1, self._b)
        return scored(groups[likely], told_in, held, (asked, idf), self._k1)

    def _asked(self, words: Sequence[str]) -> tuple[NDArray[np.uint32], Scores]:
        """Return the different groups of *words*, in order, and how rare each is."""
        signs = np.frombuffer(self._spelt(f" {' '.join(words)} "), np.uint8)
        groups = np.array(sorted({*_groups(signs).tolist()}) or [0], np.uint32)
        places = self._known[:-1].searchsorted(groups)
        return groups, np.where(self._known[places] == groups, self._idf[places], self._idf[0])

    def _spelt(self, text: str) -> bytes:
        return bytes([self._signs.get(letter, _UNKNOWN) for letter in text])

    def _rarities(self) -> tuple[NDArray[np.uint32], Scores]:
        """Return the groups of a sample of sentences, in order, and the idf of each."""
        sample = np.arange(0, len(self._starts) - 1, 1 + (len(self._starts) - 2) // _SAMPLE)
        firsts, ends = self._starts[sample], self._starts[sample + 1]
        groups = _groups(self._letters)[stretched(firsts, ends)]
        told_in = np.repeat(np.arange(len(sample)), ends - firsts)
        # No group is 0: the first one stands for those that none of the sample has.
        told = np.append(distinct(told_in << _BITS | groups.astype(np.int64)), 0)
        known, numbers = np.unique(told.astype(np.uint32), return_counts=True)
        return known, np.log((len(sample) + 1) / numbers)


def _counts(lengths: Numbers) -> Numbers:
    """Return how many groups sentences of so many letters have."""
    return np.maximum(lengths - _GROUP + 1, 0)


def _groups(signs: NDArray[np.uint8]) -> NDArray[np.uint32]:
    """Return each four neighbouring signs as one number, which takes no memory."""
    return np.ndarray((max(len(signs) - _GROUP + 1, 0),), "<u4", signs, strides=(1,))
