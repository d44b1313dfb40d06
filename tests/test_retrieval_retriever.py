import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.article import Article
from bot.question import read_question
from bot.retrieval import Retriever

QUESTIONS = st.text(max_size=300)


@pytest.fixture(scope="module")
def retriever(article: Article) -> Retriever:
    return Retriever([passage.text for passage in article.passages])


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
def test_a_question_without_a_known_word_has_no_hits(retriever: Retriever, question: str) -> None:
    assert retriever.search(question) == []


def test_the_key_sentence_is_the_one_that_answers(retriever: Retriever) -> None:
    [hit, *_] = retriever.search("what risk looms large due to technological divides")

    assert hit.key_sentence.startswith('Yet, amid rising "decoupling" rhetoric')


def test_the_confidence_says_how_much_of_the_question_is_covered(retriever: Retriever) -> None:
    def confidence(question: str) -> float:
        return retriever.search(question)[0].confidence

    asked = "how many megawatts has the wind farm"
    assert confidence(asked) > 0.9
    assert confidence("how many cooks has the wind farm") < confidence(asked)
    assert confidence("how do farm cats and dogs get along") < 0.1


def test_a_passage_without_the_kind_of_thing_asked_for_is_at_best_a_guess(
    retriever: Retriever,
) -> None:
    assert retriever.search("what is the China-Laos Railway")[0].confidence > 0.9
    assert retriever.search("how long is the China-Laos Railway")[0].confidence <= 0.5


def test_corrections_name_what_was_understood(retriever: Retriever) -> None:
    assert retriever.corrections(read_question("luang prabnag in 2024")) == ["prabang"]


def test_words_beyond_a_passage_find_it_too() -> None:
    retriever = Retriever(["A red wall.", "A blue wall."], {1: "photo picture"})

    assert [hit.index for hit in retriever.search("picture of a wall")] == [1, 0]


def test_as_many_hits_as_wanted_come_best_first(retriever: Retriever) -> None:
    hits = retriever.search("China", top_k=5)

    assert len(hits) == 5
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_the_same_question_has_the_same_hits(article: Article, retriever: Retriever) -> None:
    again = Retriever([passage.text for passage in article.passages])

    assert again.search("open cooperation") == retriever.search("open cooperation")


def test_without_passages_there_is_no_retriever() -> None:
    with pytest.raises(ValueError, match="at least one passage"):
        Retriever([])


@settings(deadline=None)
@given(st.lists(st.text(max_size=200), min_size=1, max_size=5), QUESTIONS, st.integers(1, 7))
def test_any_question_can_be_put_to_any_passages(
    passages: list[str], question: str, top_k: int
) -> None:
    hits = Retriever(passages).search(question, top_k)

    assert len(hits) <= min(top_k, len(passages))
    assert len({hit.index for hit in hits}) == len(hits)
    for hit in hits:
        assert hit.score > 0
        assert 0 <= hit.confidence <= 1
        assert hit.key_sentence in passages[hit.index]


@settings(deadline=None)
@given(QUESTIONS)
def test_any_question_can_be_put_to_the_article(retriever: Retriever, question: str) -> None:
    for hit in retriever.search(question):
        assert 0 <= hit.confidence <= 1
