"""BM25: rank-bm25's formulas over postings, so that a query costs what its terms' postings cost."""

from collections.abc import Callable, Mapping
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from rank_bm25 import BM25Plus

Scores: TypeAlias = NDArray[np.float64]
"""One score a document, higher is better, 0 where no term of the query occurs."""
Numbers: TypeAlias = NDArray[np.integer]


def stretched(firsts: Numbers, ends: Numbers) -> Numbers:
    """Return the numbers of some stretches, one after the other, the ends not among them."""
    lengths = ends - firsts
    return np.repeat(ends - np.cumsum(lengths), lengths) + np.arange(lengths.sum())


def distinct(numbers: Numbers) -> Numbers:
    """Return the different ones of *numbers* in order; numpy's own way is slower for many."""
    ordered = np.sort(numbers)
    is_new = np.append(True, ordered[1:] != ordered[:-1])[: len(ordered)]
    return np.asarray(ordered[is_new])


def held_back(lengths: Numbers, mean: float, k1: float, b: float) -> Scores:
    """Return how much documents are held back, given how many terms they have, and the mean."""
    # Documents without a single term have no length to be divided by.
    return np.asarray(k1 * (1 - b + b * lengths / (mean or 1)), np.float64)


def scored(
    terms: Numbers, places: Numbers, held: Scores, query: tuple[Numbers, Scores], k1: float
) -> Scores:
    """Return the score of a few documents, held back each, of which no postings are kept.

    *Places* tell which of them has each of *terms*; those of *query* are in order, at least one.
    """
    asked, weights = query
    found = asked[:-1].searchsorted(terms)
    is_asked = asked[found] == terms
    of = places[is_asked] * len(asked) + found[is_asked]
    counts = np.bincount(of, minlength=len(held) * len(asked)).reshape(len(held), len(asked))
    return np.asarray(counts * (k1 + 1) / (held[:, np.newaxis] + counts) @ weights, np.float64)


class Postings:
    """For each term the documents that have it, each with its score.

    The variant is BM25Plus (Lv & Zhai 2011) with delta = 0. Its idf, log((N + 1) / n), is above 0
    for every term; that of BM25Okapi falls to 0 for a term in half of the documents and below for
    one in more, which on a dozen passages are the very terms that they are about. A delta above 0
    would add the same to every document, those without a single term of the query among them.
    """

    def __init__(
        self,
        terms: Numbers,
        lengths: Numbers,
        k1: float,
        b: float,
        weigh: Callable[[Scores], Scores] = lambda idf: idf,
    ) -> None:
        """Index documents, at least one, given their *terms*, one after the other, as numbers.

        The higher *k1*, the more slowly further occurrences of a term stop counting. The higher
        *b*, 0 to 1, the more longer documents are held back. *Weigh* makes of an idf what terms
        count.
        """
        counted = _Counted((terms, lengths), k1=k1, b=b, delta=0)
        weights = weigh(np.array(list(counted.idf.values()), np.float64))
        held = held_back(lengths, counted.avgdl, k1, b)[counted.places]
        counts, self._places = counted.counts, counted.places
        scores = weights[counted.terms] * counts * (k1 + 1) / (held + counts)
        self._scores = scores.astype(np.float32)
        self._size = len(lengths)
        self._bounds = np.searchsorted(counted.terms, np.arange(len(weights) + 1))

    def scores(self, query: Mapping[int, float]) -> Scores:
        """Return the scores for *query*, its terms each with how much its scores count."""
        bounds = (self._bounds[term : term + 2].tolist() for term in query)
        spans = [(slice(*span), much) for span, much in zip(bounds, query.values(), strict=True)]
        if not spans:
            return np.zeros(self._size)
        places = np.concatenate([self._places[span] for span, _ in spans])
        scores = np.concatenate([much * self._scores[span] for span, much in spans])
        return np.bincount(places, scores, self._size).astype(np.float64, copy=False)

    def by_document(self) -> list[tuple[list[int], list[float]]]:
        """Return for each document its terms, and the score of each."""
        terms = np.repeat(np.arange(len(self._bounds) - 1), np.diff(self._bounds))
        order = np.argsort(self._places, kind="stable")
        ends = np.cumsum(np.bincount(self._places, minlength=self._size))[:-1]
        told = zip(np.split(terms[order], ends), np.split(self._scores[order], ends), strict=True)
        return [(own.tolist(), scores.tolist()) for own, scores in told]


class _Counted(BM25Plus):  # type: ignore[misc]  # the library ships no types
    """rank-bm25 over numbers, counted by sorting them: in dictionaries it takes most of a start."""

    def _initialize(self, corpus: tuple[Numbers, Numbers]) -> dict[int, int]:
        terms, lengths = corpus
        self.doc_len, self.corpus_size = lengths, len(lengths)
        self.avgdl = len(terms) / self.corpus_size
        documents = np.repeat(np.arange(self.corpus_size), lengths)
        # The term of each posting, in order, its document, and how often that has the term.
        postings, self.counts = np.unique(
            terms.astype(np.int64) * self.corpus_size + documents, return_counts=True
        )
        self.terms, places = np.divmod(postings, self.corpus_size)
        self.places = places.astype(np.int32)
        return dict(enumerate(np.bincount(self.terms).clip(1).tolist()))
