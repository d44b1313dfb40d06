"""BM25 over lists of terms, its scores looked up once per term when the lists are indexed."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np
import numpy.typing as npt
from rank_bm25 import BM25Plus

Scores = npt.NDArray[np.float64]

Postings = dict[str, Scores]
"""For each term two rows: the places of the documents that have it, and its scores there."""


def postings(
    documents: Sequence[Sequence[str]],
    k1: float,
    b: float,
    weight: Callable[[str, float], float] = lambda _, idf: idf,
) -> Postings:
    """Return what each term adds to the scores of *documents*, by rank-bm25.

    The variant is BM25Plus (Lv & Zhai 2011) with delta = 0. Its idf, log((N + 1) / n), is above 0
    for every term; that of BM25Okapi falls to 0 for a term in half of the documents and below for
    one in more, which on a dozen passages are the very terms that they are about. A delta above 0
    would add the same to every document, those without a single term of the query among them.

    Args:
        documents: The terms of each document.
        k1: How slowly further occurrences of a term stop counting; 0: at once.
        b: How much longer documents are held back, 0 to 1.
        weight: What a term counts, from the term and its idf; its idf by default.
    """
    if not any(documents):
        # rank_bm25 divides by the average length.
        return {}
    index = BM25Plus(documents, k1=k1, b=b, delta=0)
    found: Postings = {}
    for term, places in _places(documents).items():
        scores = np.array(index.get_batch_scores([term], places))
        factor = weight(term, index.idf[term]) / index.idf[term]
        found[term] = np.array([places, factor * scores])
    return found


class Index:
    """Scores documents for a query.

    As BM25 adds up over terms, a query only sums its terms' postings, where `rank_bm25` itself
    goes through all the documents for each term.
    """

    def __init__(self, size: int, postings: Postings) -> None:
        """Take over the *postings* of *size* documents."""
        self._size = size
        self._postings = postings

    def scores(self, query: Iterable[str], weighted: Mapping[str, float] | None = None) -> Scores:
        """Return one score a document, higher is better, 0 where no term of *query* occurs.

        Args:
            query: Terms, each of which counts once however often it is there.
            weighted: Further terms, each with what its scores are multiplied by.
        """
        known = self._postings
        found = [known[term] for term in dict.fromkeys(query) if term in known]
        for term, weight in (weighted or {}).items():
            if term in known:
                found.append(known[term] * [[1.0], [weight]])
        if not found:
            return np.zeros(self._size)
        places, scores = np.concatenate(found, axis=1)
        totals = np.bincount(places.astype(np.intp), scores, self._size)
        return totals.astype(np.float64, copy=False)


def _places(documents: Sequence[Sequence[str]]) -> dict[str, list[int]]:
    places: dict[str, list[int]] = defaultdict(list)
    for place, document in enumerate(documents):
        for term in dict.fromkeys(document):
            places[term].append(place)
    return places
