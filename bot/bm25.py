"""One BM25 index over lists of terms, its scores looked up once per term when it is made."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

import numpy as np
import numpy.typing as npt
from rank_bm25 import BM25Plus

Scores = npt.NDArray[np.float64]


class Index:
    """Scores documents, given as lists of terms, with rank-bm25.

    The variant is BM25Plus (Lv & Zhai 2011) with delta = 0. Its idf, log((N + 1) / n), is above 0
    for every term; that of BM25Okapi falls to 0 for a term in half of the documents and below for
    one in more, which on a dozen passages are the very terms that they are about. A delta above 0
    would add the same to every document, those without a single term of the query among them.

    As BM25 adds up over terms, the scores of each term are computed here once and a query only
    sums: `rank_bm25` itself would go through all the documents for each of its terms.
    """

    def __init__(
        self,
        documents: Sequence[Sequence[str]],
        k1: float,
        b: float,
        weight: Callable[[str, float], float] = lambda _, idf: idf,
    ) -> None:
        """Count the terms of *documents*.

        Args:
            documents: The terms of each document.
            k1: How slowly further occurrences of a term stop counting; 0: at once.
            b: How much longer documents are held back, 0 to 1.
            weight: What a term counts, from the term and its idf; its idf by default.
        """
        self._size = len(documents)
        self._postings: dict[str, tuple[npt.NDArray[np.intp], Scores]] = {}
        if not any(documents):
            # rank_bm25 divides by the average length.
            return
        index = BM25Plus(documents, k1=k1, b=b, delta=0)
        for term, places in _places(documents).items():
            scores = np.array(index.get_batch_scores([term], places))
            factor = weight(term, index.idf[term]) / index.idf[term]
            self._postings[term] = np.array(places, dtype=np.intp), factor * scores

    def __contains__(self, term: str) -> bool:
        return term in self._postings

    def scores(self, query: Iterable[str]) -> Scores:
        """Return one score a document, higher is better, 0 where no term of *query* occurs.

        A term counts once however often the query has it.
        """
        postings = [self._postings[term] for term in dict.fromkeys(query) if term in self._postings]
        if not postings:
            return np.zeros(self._size)
        places, scores = zip(*postings, strict=True)
        totals = np.bincount(np.concatenate(places), np.concatenate(scores), self._size)
        return totals.astype(np.float64, copy=False)


def _places(documents: Sequence[Sequence[str]]) -> dict[str, list[int]]:
    places: dict[str, list[int]] = defaultdict(list)
    for place, document in enumerate(documents):
        for term in dict.fromkeys(document):
            places[term].append(place)
    return places
