"""The index: for each term its scores in the documents that have it, summed up for a query."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple, TypeAlias


class View(NamedTuple):
    """Documents to score together, seen as terms of one kind.

    Attributes:
        documents: The terms of each.
        k1: How slowly further occurrences of a term stop counting; 0: at once.
        b: How much longer documents are held back, 0 to 1.
    """

    documents: Sequence[Sequence[str]]
    k1: float
    b: float


class TermScores(NamedTuple):
    """What one term adds to the scores of a view's documents.

    Attributes:
        idf: Its inverse document frequency, which is a factor of its scores.
        places: The documents that have it, from 0.
        scores: Its score in each of them.
    """

    idf: float
    places: Sequence[int]
    scores: Sequence[float]


ScoreTerms: TypeAlias = Callable[[Sequence[View]], list[dict[str, TermScores]]]
"""Scores the terms of several views."""

Postings: TypeAlias = dict[str, list[tuple[int, float]]]
"""For each term the documents that have it, each with its score."""


def postings(terms: Mapping[str, TermScores], weight: Callable[[str, float], float]) -> Postings:
    """Return the postings of *terms*, each of which counts what *weight* says.

    Args:
        terms: The scores of each term.
        weight: What a term counts, from the term and its idf.
    """
    found: Postings = {}
    for term, (idf, places, scores) in terms.items():
        factor = weight(term, idf) / idf
        found[term] = [(place, factor * score) for place, score in zip(places, scores, strict=True)]
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

    def scores(
        self, query: Iterable[str], weighted: Mapping[str, float] | None = None
    ) -> list[float]:
        """Return one score a document, higher is better, 0 where no term of *query* occurs.

        Args:
            query: Terms, each of which counts once however often it is there.
            weighted: Further terms, each with what its scores are multiplied by.
        """
        totals = [0.0] * self._size
        for term in dict.fromkeys(query):
            for place, score in self._postings.get(term, ()):
                totals[place] += score
        for term, weight in (weighted or {}).items():
            for place, score in self._postings.get(term, ()):
                totals[place] += weight * score
        return totals
