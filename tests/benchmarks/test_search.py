"""Time a question, in the same run as the peers."""

from collections.abc import Callable
from itertools import cycle

import bm25s
import pytest
import Stemmer
from load.crowd import QUESTIONS
from pytest_benchmark.fixture import BenchmarkFixture
from rank_bm25 import BM25Okapi

from bot.answering.answerer import Answerer
from bot.article.article import Article
from bot.retrieval.retriever import Retriever

Search = Callable[[str], object]

TOP_K = 3


def plain_rank_bm25(passages: list[str]) -> Search:
    index = BM25Okapi([passage.lower().split() for passage in passages])
    return lambda question: index.get_scores(question.lower().split())


def stemming_bm25s(passages: list[str]) -> Search:
    stemmer = Stemmer.Stemmer("english")

    def analysed(texts: list[str]) -> object:
        return bm25s.tokenize(texts, stopwords="en", stemmer=stemmer, show_progress=False)

    index = bm25s.BM25()
    index.index(analysed(passages), show_progress=False)
    return lambda question: index.retrieve(analysed([question]), k=TOP_K, show_progress=False)


def ours(passages: list[str]) -> Search:
    retriever = Retriever(passages)
    return lambda question: retriever.search(question, TOP_K)


@pytest.mark.benchmark(group="search")
@pytest.mark.parametrize("made", [plain_rank_bm25, stemming_bm25s, ours])
def test_a_question(
    benchmark: BenchmarkFixture, article: Article, made: Callable[[list[str]], Search]
) -> None:
    search = made([passage.text for passage in article.passages])
    questions = cycle(QUESTIONS)

    benchmark.pedantic(lambda: search(next(questions)), rounds=100, iterations=len(QUESTIONS))


@pytest.mark.benchmark(group="search")
def test_a_whole_answer(benchmark: BenchmarkFixture, answerer: Answerer) -> None:
    questions = cycle(QUESTIONS)

    benchmark.pedantic(
        lambda: answerer.answer(next(questions)), rounds=100, iterations=len(QUESTIONS)
    )


@pytest.mark.benchmark(group="index")
@pytest.mark.parametrize("made", [plain_rank_bm25, stemming_bm25s, ours])
def test_an_index(
    benchmark: BenchmarkFixture, article: Article, made: Callable[[list[str]], Search]
) -> None:
    benchmark(made, [passage.text for passage in article.passages])
