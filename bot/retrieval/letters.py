"""Letters: sentences scored for a question by the groups of four letters that they share.

Groups that reach across a blank hold a phrase together; those within a word survive another ending
or a typing error. They are read off the running words of the sentences, as they stand in memory:
they take no index, and a question costs what the sentences cost that it is held against.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bot.retrieval.bm25 import Numbers, Scores, distinct, stretched

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

    def __init__(self, sentences: Sequence[str], k1: float, b: float) -> None:
        """Take over *sentences*, at least one, given as their words with blanks between them."""
        lengths = np.array([len(one) + 2 for one in sentences])
        self._starts = np.cumsum([0, *lengths])
        letters = _letters(f" {'  '.join(sentences)} ")
        seen = np.zeros(letters.max(initial=0) + 1, np.bool_)
        seen[letters] = True
        signs = np.where(seen, 1 + np.cumsum(seen) % _ALPHABET, _UNKNOWN)
        self._signs = signs.astype(np.uint8)
        self._text = np.append(self._signs[letters], np.zeros(_GROUP - 1, np.uint8))
        counts = (lengths - _GROUP + 1).clip(0)
        self._k1, self._held_back = k1, k1 * (1 - b + b * counts / (counts.mean() or 1))
        self._known, self._idf = self._rarities()

    def scores(self, words: Sequence[str], firsts: Numbers, ends: Numbers) -> Scores:
        """Return the score for *words* of each sentence in some stretches of them, in turn."""
        asked, idf = self._asked(words)
        stretches = zip(self._starts[firsts].tolist(), self._starts[ends].tolist(), strict=True)
        every = _groups(self._text)
        groups = np.concatenate([every[first:end] for first, end in stretches])
        is_likely = np.zeros(_SLOTS, np.bool_)
        is_likely[(asked * _SPREAD) >> _SHIFT] = True
        likely = is_likely[(groups * _SPREAD) >> _SHIFT].nonzero()[0]
        groups = groups[likely]
        found = asked[:-1].searchsorted(groups)
        is_asked = asked[found] == groups
        places = stretched(firsts, ends)
        lengths = self._starts[places + 1] - self._starts[places]
        of = np.repeat(np.arange(0, len(places) * len(asked), len(asked)), lengths)[likely] + found
        counts = np.bincount(of[is_asked], minlength=len(places) * len(asked))
        counts = counts.reshape(len(places), len(asked))
        held_back = self._held_back[places, np.newaxis]
        return np.asarray((counts * (self._k1 + 1) / (held_back + counts)) @ idf, np.float64)

    def _asked(self, words: Sequence[str]) -> tuple[NDArray[np.uint32], Scores]:
        """Return the different groups of *words*, in order, and how rare each is."""
        letters = _letters(f" {' '.join(words)} ")
        is_known = letters < len(self._signs)
        signs = np.where(is_known, self._signs[letters * is_known], _UNKNOWN).astype(np.uint8)
        groups = np.array(sorted(set(_groups(signs).tolist())) or [0], np.uint32)
        places = self._known[:-1].searchsorted(groups)
        return groups, np.where(self._known[places] == groups, self._idf[places], self._idf.max())

    def _rarities(self) -> tuple[NDArray[np.uint32], Scores]:
        """Return the groups of a sample of sentences, in order, and the idf of each."""
        sample = np.arange(0, len(self._starts) - 1, 1 + (len(self._starts) - 2) // _SAMPLE)
        firsts, ends = self._starts[sample], self._starts[sample + 1]
        every = _groups(self._text)
        groups = every[stretched(firsts, ends).clip(max=len(every) - 1)]
        told_in = np.repeat(np.arange(len(sample)), ends - firsts)
        # No group is 0: this stands for none, where no sentence has any.
        told = np.append(distinct(told_in << _BITS | groups.astype(np.int64)), 0)
        known, numbers = np.unique(told.astype(np.uint32), return_counts=True)
        return known, np.log((len(sample) + 1) / numbers)


def _letters(text: str) -> NDArray[np.uint32]:
    return np.frombuffer(text.encode("utf-32-le"), np.uint32)


def _groups(signs: NDArray[np.uint8]) -> NDArray[np.uint32]:
    """Return each four neighbouring signs as one number, which takes no memory."""
    return np.ndarray((max(len(signs) - _GROUP + 1, 0),), "<u4", signs, strides=(1,))
