"""BM25: rank-bm25's counts as postings, so that a query costs what its terms' postings cost."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from rank_bm25 import BM25Plus

Scores: TypeAlias = NDArray[np.float64]
"""One score a document, higher is better, 0 where no term of the query occurs."""


class Postings:
    """For each term the documents that have it, each with its score.

    The variant is BM25Plus (Lv & Zhai 2011) with delta = 0. Its idf, log((N + 1) / n), is above 0
    for every term; that of BM25Okapi falls to 0 for a term in half of the documents and below for
    one in more, which on a dozen passages are the very terms that they are about. A delta above 0
    would add the same to every document, those without a single term of the query among them.
    """

    def __init__(
        self,
        documents: Iterable[Sequence[str]],
        k1: float,
        b: float,
        weight: Callable[[str, float], float] = lambda _, idf: idf,
    ) -> None:
        """Index *documents*, at least one, given as their terms.

        Further occurrences of a term stop counting more slowly with a higher *k1*, at 0 at once;
        *b*, 0 to 1, holds back longer documents; *weight* is what a term with its idf counts.
        """
        counted = BM25Plus(documents, k1=k1, b=b, delta=0)
        self._size = counted.corpus_size
        self._numbers = {term: number for number, term in enumerate(counted.idf)}
        weights = np.array([weight(term, idf) for term, idf in counted.idf.items()])
        terms = (self._numbers[term] for one in counted.doc_freqs for term in one)
        numbers = np.fromiter(terms, np.int32)
        counts = (count for one in counted.doc_freqs for count in one.values())
        frequencies = np.fromiter(counts, np.float64)
        places = np.repeat(
            np.arange(self._size, dtype=np.int32), [len(one) for one in counted.doc_freqs]
        )
        # Documents without a single term have no length to be divided by.
        lengths = np.array(counted.doc_len) / (counted.avgdl or 1)
        held_back = k1 * (1 - b + b * lengths)
        scores = weights[numbers] * frequencies * (k1 + 1) / (held_back[places] + frequencies)
        by_term = np.argsort(numbers, kind="stable")
        self._places, self._scores = places[by_term], scores[by_term]
        self._bounds = np.searchsorted(numbers[by_term], np.arange(len(weights) + 1)).tolist()

    def scores(self, query: Mapping[str, float]) -> Scores:
        """Return the scores for *query*, its terms each with how much its scores count."""
        spans = [(self._span(term), much) for term, much in query.items() if term in self._numbers]
        if not spans:
            return np.zeros(self._size)
        places = np.concatenate([self._places[span] for span, _ in spans])
        scores = np.concatenate([much * self._scores[span] for span, much in spans])
        return np.bincount(places, scores, self._size).astype(np.float64, copy=False)

    def having(self, terms: Iterable[str]) -> NDArray[np.bool_]:
        """Return for each document whether it has one of *terms*."""
        having = np.zeros(self._size, np.bool_)
        for term in terms:
            if term in self._numbers:
                having[self._places[self._span(term)]] = True
        return having

    def _span(self, term: str) -> slice:
        number = self._numbers[term]
        return slice(self._bounds[number], self._bounds[number + 1])
