"""BM25: what each term of a view adds to the scores of its documents, by rank-bm25.

`python -m bot.retrieval.bm25` does the same for another process: views in, scores out, as JSON.
"""

import json
import sys
from collections import defaultdict
from collections.abc import Sequence

from rank_bm25 import BM25Plus

from bot.retrieval.index import TermScores, View


def score_terms(views: Sequence[View]) -> list[dict[str, TermScores]]:
    """Return the scores of every term of each view.

    The variant is BM25Plus (Lv & Zhai 2011) with delta = 0. Its idf, log((N + 1) / n), is above 0
    for every term; that of BM25Okapi falls to 0 for a term in half of the documents and below for
    one in more, which on a dozen passages are the very terms that they are about. A delta above 0
    would add the same to every document, those without a single term of the query among them.
    """
    return [_term_scores(*view) for view in views]


def _term_scores(documents: Sequence[Sequence[str]], k1: float, b: float) -> dict[str, TermScores]:
    if not any(documents):
        # rank_bm25 divides by the average length.
        return {}
    index = BM25Plus(documents, k1=k1, b=b, delta=0)
    return {
        term: TermScores(index.idf[term], places, index.get_batch_scores([term], places))
        for term, places in _places(documents).items()
    }


def _places(documents: Sequence[Sequence[str]]) -> dict[str, list[int]]:
    places: dict[str, list[int]] = defaultdict(list)
    for place, document in enumerate(documents):
        for term in dict.fromkeys(document):
            places[term].append(place)
    return places


if __name__ == "__main__":
    # Not json.dump, which writes every number by itself.
    print(json.dumps(score_terms([View(*one) for one in json.load(sys.stdin)])))
