import logging
import sys
from pathlib import Path

import pytest
from running import BotProcess

from bot.article import Article, read_article
from bot.retrieval import Retriever, qdrant, ranking
from bot.retrieval.model import Model
from bot.retrieval.qdrant import QdrantError

# On each passage of the article in seeds/, in other words or its own.
QUESTIONS = [
    "how many megawatts is the wind farm",
    "who gives its software away",
    "was any rock carried home from the lunar surface",
    "where does the bullet train run",
    "which crop got a richer harvest",
    "whose hand does the woman shake",
    "why are nations drifting apart",
    "what is shared with scientists of the whole world",
    "who wons a zero-sum game",
    "football",
]
LARGE = Path(__file__).parent / "data" / "articles"


@pytest.fixture(scope="module")
def texts(article: Article) -> list[str]:
    return [passage.text for passage in article.passages]


@pytest.fixture(scope="module")
def served(model: Model, texts: list[str]) -> Retriever:
    made = Retriever(texts, by_words_alone=True)
    made.read_meaning(model, qdrant=":memory:")
    return made


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_same_is_found_as_without_a_server(
    served: Retriever, texts: list[str], question: str
) -> None:
    expected, found = (one.search(question) for one in (Retriever(texts), served))

    assert [hit.index for hit in found] == [hit.index for hit in expected]
    assert [hit.key_sentence for hit in found] == [hit.key_sentence for hit in expected]
    for one, other in zip(found, expected, strict=True):
        assert one.score == pytest.approx(other.score, abs=1e-3)
        assert one.confidence == pytest.approx(other.confidence, abs=1e-3)


def test_of_many_passages_the_likeliest_are_ranked(
    model: Model, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(qdrant, "_FOUND", 5)
    monkeypatch.setattr(qdrant, "_PART", 8)
    articles = [read_article(path) for path in sorted(LARGE.iterdir())]
    texts = [passage.text for one in articles for passage in one.passages]
    here, there = Retriever(texts), Retriever(texts, by_words_alone=True)
    there.read_meaning(model, qdrant=":memory:")

    for question in ("how much did the mill cost", "who led the trial", "where do the birds go"):
        assert there.search(question, 1)[0].index == here.search(question, 1)[0].index
        assert there.search(question, 9)[0].index in {hit.index for hit in here.search(question)}
    among = range(5, 12)
    assert {hit.index for hit in there.search("who led the trial", 20, among)} <= {*among}
    assert there.within(len(texts) - 1, "who led the trial").index == len(texts) - 1


def test_what_is_there_is_not_sent_again(
    model: Model, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = pytest.importorskip("qdrant_client").QdrantClient(path=str(tmp_path))
    monkeypatch.setattr("qdrant_client.QdrantClient", lambda **_: client)
    monkeypatch.setattr(qdrant, "_PART", 2)
    texts, counts = [f"The mill of town {place} burnt down." for place in range(5)], []

    def stop(count: int) -> None:
        counts.append(count)
        if count == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Retriever(texts, by_words_alone=True).read_meaning(model, stop, "file")
    for _ in range(2):
        retriever = Retriever(texts, by_words_alone=True)
        retriever.read_meaning(model, counts.append, "file")

    assert counts == [2, 4, 5, 5]
    assert retriever.search("town 3", 1)[0].index == 3


def test_where_the_server_goes_away_questions_are_answered_by_words(
    model: Model, texts: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    retriever = Retriever(texts, by_words_alone=True)
    expected = retriever.search(QUESTIONS[0])
    retriever.read_meaning(model, qdrant=":memory:")
    retriever._meaning._client.close()

    assert retriever.search(QUESTIONS[0]) == expected
    assert [record.name for record in caplog.records] == [ranking.__name__]
    assert caplog.records[0].levelno == logging.WARNING


def test_a_server_that_cannot_be_reached_is_told_in_one_line(bot: BotProcess) -> None:
    settings = {"MEANING": "on", "QDRANT_URL": "http://127.0.0.1:1"}
    ended = bot.run("ask", "egypt wind farm", settings=settings)

    assert (ended.returncode, "500 MW" in ended.stdout) == (0, True)
    [line] = ended.stderr.splitlines()
    assert "Qdrant at http://127.0.0.1:1 can't be used" in line


def test_without_its_package_a_line_says_what_brings_it(
    model: Model, texts: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "qdrant_client", None)

    with pytest.raises(QdrantError, match=r"\[qdrant\]"):
        Retriever(texts, by_words_alone=True).read_meaning(model, qdrant=":memory:")
