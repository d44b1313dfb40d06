import pytest

from bot.retrieval.confidence import Signals, confidence_by_meaning
from bot.retrieval.retriever import Retriever

SURE = 0.8
PASSAGES = [
    "Three nuns run the school.",
    "The hostel has been empty since the war.",
    "The carriage is worth a fortune.",
    "The statue is 180 cm tall.",
    "The kitchen closes at noon.",
    "The organ was built by Ann Lee in 1904.",
    "The ferry runs to Bergen.",
]


@pytest.fixture(scope="module")
def retriever() -> Retriever:
    return Retriever(PASSAGES)


@pytest.mark.parametrize(
    ("question", "index"),
    [
        ("Who runs the school?", 0),
        ("WHO RUNS THE SCHOOL?", 0),
        ("Since when has the hostel been empty?", 1),
        ("How much is the carriage worth?", 2),
        ("How tall is the statue?", 3),
        ("what time does the kitchen close", 4),
    ],
)
def test_what_stands_there_is_told_surely(retriever: Retriever, question: str, index: int) -> None:
    best = retriever.search(question)[0]

    assert best.index == index
    assert best.confidence >= SURE


def test_a_number_that_is_missing_is_not_told_by_the_other_words(retriever: Retriever) -> None:
    assert retriever.search("How long is the ferry?")[0].confidence <= 0.5


def test_a_name_that_a_passage_lacks_makes_it_less_sure(retriever: Retriever) -> None:
    known, unknown = (
        retriever.search(f"When was the organ built by {name}?")[0].confidence
        for name in ("Ann Lee", "Kim Zhou")
    )

    assert unknown < known


def test_who_takes_somebody_for_granted_asks_about_the_article() -> None:
    told = Signals(
        likeness=0.33,
        anywhere=0.4,
        of_someone=False,
        cosine=0.2,
        here=0.4,
        has_kind=True,
        is_told=False,
        lacks_name=False,
        is_of_another=False,
    )

    assert confidence_by_meaning(told) == 0
    assert confidence_by_meaning(told._replace(of_someone=True)) > 0


@pytest.mark.parametrize(
    ("known", "other"),
    [
        ("how tall is the statue", "how tall is the giraffe statue"),
        ("when was the organ built by ann lee", "when was the trumpet built by ann lee"),
        ("how many nuns run the school", "how many pupils are in the school"),
        ("how tall is the statue", "how tall is statue 7"),
    ],
)
def test_what_is_asked_of_another_is_a_guess(retriever: Retriever, known: str, other: str) -> None:
    assert retriever.search(known)[0].confidence >= SURE
    assert retriever.search(other)[0].confidence <= 0.5


def test_whether_somebody_did_what_nothing_speaks_of_is_a_guess() -> None:
    told = "She kept the light for 31 years. Her assistant drowned, and she never forgave herself."
    retriever = Retriever([told, "She was born in Bergen and married a whaler in 1933."])
    known, *others = (
        retriever.search(asked)[0].confidence
        for asked in ("was she married", "was she a vegetarian", "did she smoke", "is she rich")
    )

    assert known >= SURE
    assert max(others) <= 0.5
