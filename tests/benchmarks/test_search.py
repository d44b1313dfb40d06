"""Time a question, in the same run as the peers, in seconds of the processor."""

from collections.abc import Callable
from itertools import count, cycle
from pathlib import Path
from random import Random
from time import process_time

import bm25s
import pytest
import Stemmer
from load.crowd import QUESTIONS
from pytest_benchmark.fixture import BenchmarkFixture
from rank_bm25 import BM25Okapi

from bot.answering.answerer import Answerer
from bot.article import Article, read_article
from bot.retrieval.model import Model
from bot.retrieval.retriever import Retriever

Search = Callable[[str], object]

TOP_K = 3
ARTICLES = Path(__file__).parents[1] / "data" / "articles"


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


def by_words(passages: list[str]) -> Search:
    retriever = Retriever(passages, by_words_alone=True)
    return lambda question: retriever.search(question, TOP_K)


def by_meaning(passages: list[str]) -> Search:
    retriever = Retriever(passages)
    return lambda question: retriever.search(question, TOP_K)


PEERS = [plain_rank_bm25, stemming_bm25s]


@pytest.fixture(scope="module")
def texts(article: Article) -> list[str]:
    return [passage.text for passage in article.passages]


@pytest.fixture(scope="module")
def many_texts(article: Article) -> list[str]:
    """A thousand passages, each of three sentences of some articles."""
    articles = [article, *map(read_article, sorted(ARTICLES.iterdir()))]
    sentences = [one for each in articles for p in each.passages for one in p.sentences]
    return [" ".join(Random(number).sample(sentences, 3)) for number in range(1_000)]


@pytest.mark.benchmark(group="a question to a dozen passages", timer=process_time)
@pytest.mark.parametrize("made", [*PEERS, by_words, by_meaning])
def test_a_question(
    benchmark: BenchmarkFixture, texts: list[str], made: Callable[[list[str]], Search]
) -> None:
    search, questions = made(texts), cycle(QUESTIONS)

    benchmark.pedantic(lambda: search(next(questions)), rounds=10, iterations=len(QUESTIONS))


@pytest.mark.benchmark(group="a question to a thousand passages", timer=process_time)
@pytest.mark.parametrize("made", [*PEERS, by_words, by_meaning])
def test_a_question_to_many(
    benchmark: BenchmarkFixture, many_texts: list[str], made: Callable[[list[str]], Search]
) -> None:
    search, questions = made(many_texts), cycle(QUESTIONS)

    benchmark.pedantic(lambda: search(next(questions)), rounds=3, iterations=len(QUESTIONS))


@pytest.mark.benchmark(group="a whole answer", timer=process_time)
def test_a_fresh_question(benchmark: BenchmarkFixture, answerer: Answerer) -> None:
    questions = (f"{one} {number}" for number in count() for one in QUESTIONS)

    benchmark.pedantic(
        lambda: answerer.answer(next(questions)), rounds=10, iterations=len(QUESTIONS)
    )


@pytest.mark.benchmark(group="a whole answer", timer=process_time)
def test_a_repeated_question(benchmark: BenchmarkFixture, answerer: Answerer) -> None:
    benchmark.pedantic(lambda: answerer.answer(QUESTIONS[0]), rounds=10, iterations=100)


@pytest.mark.benchmark(group="an index", timer=process_time)
@pytest.mark.parametrize("made", [*PEERS, by_words, by_meaning])
def test_an_index(
    benchmark: BenchmarkFixture, texts: list[str], made: Callable[[list[str]], Search]
) -> None:
    benchmark(made, texts)


@pytest.mark.benchmark(group="what the model reads", timer=process_time)
def test_a_passage_is_read(benchmark: BenchmarkFixture, model: Model, texts: list[str]) -> None:
    passages = cycle(texts)

    benchmark.pedantic(lambda: model.passage(next(passages)), rounds=3, iterations=len(texts))


@pytest.mark.benchmark(group="what the model reads", timer=process_time)
def test_a_question_is_read(benchmark: BenchmarkFixture, model: Model) -> None:
    questions = cycle(QUESTIONS)

    benchmark.pedantic(lambda: model.question(next(questions)), rounds=3, iterations=len(QUESTIONS))
