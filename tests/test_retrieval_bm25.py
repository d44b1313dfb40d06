import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rank_bm25 import BM25Okapi, BM25Plus

from bot.retrieval.bm25 import Postings

DOCUMENTS = [["wind", "farm", "egypt"], ["rail", "rail", "laos"], ["wind", "rail"], []]
DOCUMENT_LISTS = st.lists(st.lists(st.sampled_from("abcdef"), max_size=8), min_size=1, max_size=8)


def scores(documents: list[list[str]], *query: str, much: float = 1.0, **options: Any) -> list:
    terms = sorted(set().union(*documents))
    numbers = np.array([terms.index(term) for one in documents for term in one], np.int32)
    lengths = np.array([len(one) for one in documents])
    postings = Postings(numbers, lengths, **{"k1": 1.2, "b": 0.75} | options)
    return postings.scores({terms.index(one): much for one in query if one in terms}).tolist()


@given(
    DOCUMENT_LISTS.filter(any),
    st.sets(st.sampled_from("abcdefgh")),
    st.floats(0.1, 3),
    st.floats(0, 0.99),  # at 1 the peer divides by the length of an empty document
)
def test_scores_are_those_of_rank_bm25(
    documents: list[list[str]], query: set[str], k1: float, b: float
) -> None:
    peer = BM25Plus(documents, k1=k1, b=b, delta=0)

    expected = peer.get_scores(sorted(query)).tolist()
    assert scores(documents, *query, k1=k1, b=b) == pytest.approx(expected, abs=1e-5)


@given(DOCUMENT_LISTS, st.lists(st.sampled_from("abcdefgh")))
def test_only_documents_with_a_term_of_the_query_score(
    documents: list[list[str]], query: list[str]
) -> None:
    expected = [bool({*query} & {*one}) for one in documents]

    assert [score > 0 for score in scores(documents, *query)] == expected


def test_a_term_in_most_documents_still_counts() -> None:
    documents = [["china", "moon"], ["china", "robot"], ["china"], ["wind"]]

    assert BM25Okapi(documents).idf["china"] < BM25Okapi(documents).idf["moon"] / 2
    assert scores(documents, "china")[0] > 0


@pytest.mark.parametrize("options", [{"weigh": lambda idf: 2 * idf}, {"much": 2.0}])
def test_a_term_counts_by_its_weight_and_as_much_as_the_query_says(options: dict[str, Any]) -> None:
    twice = scores(DOCUMENTS, "wind", **options)

    assert twice == pytest.approx([2 * score for score in scores(DOCUMENTS, "wind")])


@pytest.mark.parametrize("documents", [[[]], [[], []]])
def test_documents_without_terms_score_nothing(documents: list[list[str]]) -> None:
    assert scores(documents, "wind") == [0.0] * len(documents)


def test_longer_documents_are_held_back_by_b() -> None:
    def ratio(b: float) -> float:
        short, long = scores([["wind"], ["wind", "x", "y", "z"]], "wind", b=b)
        return short / long

    assert math.isclose(ratio(0.0), 1.0)
    assert ratio(0.5) < ratio(1.0)
