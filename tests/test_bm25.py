import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rank_bm25 import BM25Okapi, BM25Plus

from bot.retrieval.index import Index, View, postings

DOCUMENTS = [["wind", "farm", "egypt"], ["rail", "rail", "laos"], ["wind", "rail"], []]
DOCUMENT_LISTS = st.lists(st.lists(st.sampled_from("abcdef"), max_size=8), min_size=1, max_size=8)


def index(documents: list[list[str]], k1: float = 1.2, b: float = 0.75) -> Index:
    [terms] = score_terms([View(documents, k1, b)])
    return Index(len(documents), postings(terms, lambda _, idf: idf))


@given(DOCUMENT_LISTS.filter(any), st.sets(st.sampled_from("abcdefgh")))
def test_scores_are_those_of_rank_bm25(documents: list[list[str]], query: set[str]) -> None:
    peer = BM25Plus(documents, k1=1.2, b=0.75, delta=0)

    assert index(documents).scores(query) == pytest.approx(peer.get_scores(sorted(query)).tolist())


@given(DOCUMENT_LISTS, st.lists(st.sampled_from("abcdefgh")))
def test_only_documents_with_a_term_of_the_query_score(
    documents: list[list[str]], query: list[str]
) -> None:
    scores = index(documents).scores(query)

    assert [score > 0 for score in scores] == [bool({*query} & {*one}) for one in documents]


def test_a_term_in_most_documents_still_counts() -> None:
    documents = [["china", "moon"], ["china", "robot"], ["china"], ["wind"]]

    assert BM25Okapi(documents).idf["china"] < BM25Okapi(documents).idf["moon"] / 2
    assert index(documents).scores(["china"])[0] > 0


def test_a_term_counts_once_however_often_it_is_asked() -> None:
    once = index(DOCUMENTS).scores(["wind", "rail"])

    assert index(DOCUMENTS).scores(["wind", "rail", "wind"]) == once


def test_a_weight_takes_the_place_of_the_idf() -> None:
    def doubled(_: str, idf: float) -> float:
        return 2 * idf

    [terms] = score_terms([View(DOCUMENTS, 1.2, 0.75)])
    weighted = Index(4, postings(terms, doubled))

    assert weighted.scores(["wind"]) == pytest.approx(
        [2 * score for score in index(DOCUMENTS).scores(["wind"])]
    )


@pytest.mark.parametrize("documents", [[[]], [[], []]])
def test_documents_without_terms_score_nothing(documents: list[list[str]]) -> None:
    assert index(documents).scores(["wind"]) == [0.0] * len(documents)


def test_longer_documents_are_held_back_by_b() -> None:
    def ratio(b: float) -> float:
        short, long = index([["wind"], ["wind", "x", "y", "z"]], b=b).scores(["wind"])
        return short / long

    assert math.isclose(ratio(0.0), 1.0)
    assert ratio(0.5) < ratio(1.0)
