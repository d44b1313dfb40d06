import tracemalloc
from pathlib import Path
from random import Random
from threading import Thread

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.article import Article, read_article
from bot.question import read_question
from bot.retrieval import Hit, Retriever, ranking
from bot.retrieval.model import Model

# Halves of surrogate pairs too: that is how arguments arrive that aren't UTF-8.
QUESTIONS = st.text(st.characters(exclude_categories=()), max_size=300)
PASSAGES = st.lists(st.text(max_size=200), min_size=1, max_size=5)
ARTICLES = Path(__file__).parent / "data" / "articles"
OF_MANY = [
    "who scored the goal that won it",
    "how many people were given the new drug",
    "what will become of the old library",
    "which AI can anybody download",
    "help for growers to get bigger harvests",
]


@pytest.fixture(scope="module")
def many(article: Article) -> Retriever:
    """A retriever of all the sentences of four articles, 109 passages."""
    articles = [article, *map(read_article, sorted(ARTICLES.iterdir()))]
    return Retriever([one for each in articles for p in each.passages for one in p.sentences])


@pytest.fixture(scope="module")
def texts(article: Article) -> list[str]:
    return [passage.text for passage in article.passages]


@pytest.fixture(scope="module")
def by_words(texts: list[str]) -> Retriever:
    return Retriever(texts, by_words_alone=True)


@pytest.fixture(scope="module")
def by_meaning(texts: list[str]) -> Retriever:
    return Retriever(texts)


@pytest.fixture(params=["by_words", "by_meaning"])
def retriever(request: pytest.FixtureRequest) -> Retriever:
    either: Retriever = request.getfixturevalue(request.param)
    return either


def test_an_index_takes_less_than_thrice_the_memory_of_its_texts(texts: list[str]) -> None:
    passages = [" ".join(Random(number).sample(texts, 2)) for number in range(1_000)]
    # Whatever is read once.
    Retriever(texts, by_words_alone=True).search("wind farm")

    tracemalloc.start()
    retriever = Retriever(passages, by_words_alone=True)
    taken, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert retriever.search("wind farm")
    assert taken < 3 * sum(map(len, passages))


BRIDGE = (
    "The bridge was the town council's idea, but the bill was met by a widow from Linz, and "
    "although eleven stones came down in the night before it opened, nobody was hurt; since "
    "that summer, swifts have nested under its second arch, where boys used to fish for barbel."
)
BAKERY = (
    "The bakery in Mill Lane was shut for most of the long winter of 1987, and its bread was sold "
    "from a blue van on the square, because the oven had cracked and no mason was found."
)


@pytest.mark.parametrize(
    ("long", "question", "marked"),
    [
        (BRIDGE, "who paid for the bridge", "the bill was met by a widow from Linz"),
        (BRIDGE, "how many stones fell", "eleven stones came down in the night"),
        (BRIDGE, "where do the swifts nest", "swifts have nested under its second arch"),
        (BAKERY, "why was the bakery shut", "because the oven had cracked and no mason was found."),
    ],
)
def test_of_a_long_sentence_the_clauses_that_answer_are_marked(
    long: str, question: str, marked: str
) -> None:
    (hit,) = Retriever([long], by_words_alone=True).search(question)

    assert marked in hit.mark
    assert len(hit.mark) <= 150 < len(hit.key_sentence)


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("what did Chang'e-6 retrieve", 5),
        ("change 6 moon", 5),
        ("500MW", 6),
        ("a 500 mw wind farm", 6),
        ("LUANG PRABANG", 11),
        ("yields", 1),
        ("highspeed railway in indonesia", 1),
        ("tecnological hegemoney", 8),
        ("five hundred meter telescope", 8),
    ],
)
def test_the_right_passage_comes_first(retriever: Retriever, question: str, number: int) -> None:
    assert retriever.search(question)[0].index == number - 1


@pytest.mark.parametrize("question", ["", "?!", "the of and", "qwertyuiop zxcvbnm", "日本語"])
def test_a_question_without_a_known_word_has_no_sure_hits(
    by_words: Retriever, by_meaning: Retriever, question: str
) -> None:
    assert by_words.search(question) == []
    assert all(hit.confidence < 0.1 for hit in by_meaning.search(question))


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("what did they bring back from the lunar surface", 5),
        ("which AI can anybody download", 7),
        ("help for farmers to get bigger harvests", 1),
        ("generating electricity near Cairo", 6),
    ],
)
def test_what_is_said_in_other_words_is_found(
    by_meaning: Retriever, question: str, number: int
) -> None:
    [first, *_] = by_meaning.search(question)

    assert first.index == number - 1
    assert first.confidence > 0.5


def test_a_passage_that_shares_no_word_is_found() -> None:
    texts = ["Rail fares went up.", "The physician cured her.", "The cake was too sweet."]
    question = "did a doctor make someone healthy again"

    assert Retriever(texts, by_words_alone=True).search(question) == []
    assert Retriever(texts).search(question)[0].index == 1


def test_what_the_model_cannot_read_matches_nothing_else_that_it_cannot() -> None:
    retriever = Retriever(["The wind farm opened ✅.", "สวัสดี greets.", "The library closed."])

    assert retriever.search("ขอบคุณครับ") == []
    assert retriever.search("which library is shut 🎉")[0].index == 2
    assert all(hit.confidence < 0.5 for hit in retriever.search("where is the 🎉"))


def test_the_key_sentence_is_the_one_that_answers(
    retriever: Retriever, by_meaning: Retriever
) -> None:
    [hit, *_] = retriever.search("what risk looms large due to technological divides")
    [in_other_words, *_] = by_meaning.search("which AI can anybody download")

    assert hit.key_sentence.startswith('Yet, amid rising "decoupling" rhetoric')
    assert "freely accessible DeepSeek" in in_other_words.key_sentence


def test_the_confidence_says_how_much_of_the_question_is_covered(retriever: Retriever) -> None:
    def confidence(question: str) -> float:
        return retriever.search(question)[0].confidence

    asked = "how many megawatts has the wind farm"
    assert confidence(asked) > 0.8
    assert confidence("how many cooks has the wind farm") < confidence(asked)
    assert confidence("how do farm cats and dogs get along") < 0.1


def test_a_passage_without_the_kind_of_thing_asked_for_is_at_best_a_guess(
    retriever: Retriever,
) -> None:
    assert retriever.search("what is the China-Laos Railway")[0].confidence > 0.8
    assert retriever.search("how long is the China-Laos Railway")[0].confidence <= 0.5


def test_corrections_name_what_was_understood(retriever: Retriever) -> None:
    matches = retriever.matches(read_question("luang prabnag in 2024"))

    assert [match.correction for match in matches if match.correction] == ["prabang"]


@pytest.mark.parametrize("by_words_alone", [True, False])
def test_words_beyond_a_passage_find_it_too(by_words_alone: bool) -> None:
    texts, known_by = ["A red wall.", "A blue wall."], {1: "photo picture"}
    retriever = Retriever(texts, known_by, by_words_alone=by_words_alone)

    assert [hit.index for hit in retriever.search("picture of a wall")] == [1, 0]


def test_as_many_hits_as_wanted_come_best_first(retriever: Retriever) -> None:
    hits = retriever.search("China", top_k=5)

    assert len(hits) == 5
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_the_same_question_has_the_same_hits(texts: list[str], by_meaning: Retriever) -> None:
    again = Retriever(texts)

    assert again.search("open cooperation") == by_meaning.search("open cooperation")


def test_what_passages_mean_can_be_read_later(
    texts: list[str], by_meaning: Retriever, model: Model
) -> None:
    later, question = Retriever(texts, by_words_alone=True), "which AI can anybody download"
    before = later.search(question)
    later.read_meaning(model)

    assert before != later.search(question) == by_meaning.search(question)


def test_questions_are_answered_while_the_meaning_is_read(
    texts: list[str], model: Model, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    retriever, counts = Retriever(texts, by_words_alone=True), []
    reading = Thread(target=retriever.read_meaning, args=(model, counts.append))
    reading.start()
    while reading.is_alive():
        assert retriever.search("the wind farm in Egypt")[0].index == 5
    reading.join()

    assert counts == [*range(1, len(texts) + 1)]
    assert retriever.search("generating electricity near Cairo")[0].index == 5


@pytest.mark.parametrize("candidates", [100, 20])
def test_of_many_passages_the_best_is_found_by_reading_the_likely_ones(
    many: Retriever, candidates: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def best() -> list[Hit]:
        return [many.search(question, 1)[0] for question in OF_MANY]

    monkeypatch.setattr(ranking, "CANDIDATES", candidates)
    likely = best()
    monkeypatch.setattr(ranking, "CANDIDATES", 1_000_000)
    for one, other in zip(likely, best(), strict=True):
        assert (one.index, one.key_sentence) == (other.index, other.key_sentence)
        assert one.score == pytest.approx(other.score, abs=1e-4)


def test_of_many_passages_any_can_be_asked(many: Retriever) -> None:
    for index in (0, 50, 108):
        assert many.within(index, OF_MANY[0]).index == index


def test_without_passages_there_is_no_retriever() -> None:
    with pytest.raises(ValueError, match="at least one passage"):
        Retriever([])


@settings(max_examples=40)
@given(PASSAGES, QUESTIONS, st.integers(1, 7), st.sampled_from([True, True, True, False]))
def test_any_question_can_be_put_to_any_passages(
    passages: list[str], question: str, top_k: int, by_words_alone: bool
) -> None:
    hits = Retriever(passages, by_words_alone=by_words_alone).search(question, top_k)

    assert len(hits) <= min(top_k, len(passages))
    assert len({hit.index for hit in hits}) == len(hits)
    for hit in hits:
        assert hit.score > 0
        assert 0 <= hit.confidence <= 1
        assert hit.key_sentence in passages[hit.index]


@settings(max_examples=30)
@given(QUESTIONS)
def test_any_question_can_be_put_to_the_article(
    by_words: Retriever, by_meaning: Retriever, question: str
) -> None:
    hits = [by_meaning.within(3, question)]
    for hit in hits + by_words.search(question) + by_meaning.search(question):
        assert 0 <= hit.confidence <= 1


def test_a_passage_is_asked_that_is_far_behind_the_best() -> None:
    named = " ".join(chr(number) for number in range(0x4E00, 0x4E00 + 480))
    retriever = Retriever([named, named[:60]])

    assert 0 <= retriever.within(1, named).confidence <= 1
