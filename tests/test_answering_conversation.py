import pytest

from bot.answering.answerer import Answerer
from bot.answering.answers import Answer, Passages, Unmentioned, shown
from bot.answering.conversation import Turn, answer_about, answer_after
from bot.article import read_article
from bot.question.smalltalk import SmallTalk


def last(answerer: Answerer, *questions: str) -> Answer:
    """Return the answer to the last of *questions*, asked one after the other."""
    turn = Turn()
    for question in questions:
        answer, turn = answer_after(answerer, question, turn)
    return answer


def numbers(answerer: Answerer, *questions: str) -> list[int]:
    return [one.passage.number for one in shown(last(answerer, *questions))]


@pytest.mark.parametrize("opener", ["and in Egypt?", "what about Egypt?", "how about egypt"])
def test_another_country_is_asked_the_same(answerer: Answerer, opener: str) -> None:
    assert numbers(answerer, "what is China doing in Indonesia?", opener)[0] == 6


def test_another_country_is_told_of_where_the_same_is_not_said(answerer: Answerer) -> None:
    assert numbers(answerer, "who won the football cup?", "what about Laos?") == [11]


def test_it_is_what_was_shown_before(answerer: Answerer) -> None:
    assert numbers(answerer, "egypt wind farm", "how big is it?") == [6]
    assert numbers(answerer, "egypt wind farm", "who took it?")[0] == 6
    assert numbers(answerer, "egypt wind farm", "thanks!", "how big is it?") == [6]


KEEPER = """The keeper of Rona light

Marta Eide kept the lighthouse of Rona for 31 years. She retired at 66 because of her eyes.

She was born in Bergen in 1911, the daughter of a baker, and learnt to row before she could read.

Her assistant, Olav Lund, a former whaler, came in 1950. He drowned near the pier in a gale.

A boat takes visitors to the island on Sundays. The crossing takes 40 minutes, and costs 90 kroner.

In 1962 the king wanted to give her a medal. She said no: nobody would have watched the lamp.

"One night without light is one too many," said Lund about the lamp. "The sea doesn't wait."
"""


def answerer_of(text: str, folders: pytest.TempPathFactory) -> Answerer:
    path = folders.mktemp("article") / "article.txt"
    path.write_text(text)
    return Answerer(read_article(path))


@pytest.fixture(scope="module")
def keeper(tmp_path_factory: pytest.TempPathFactory) -> Answerer:
    return answerer_of(KEEPER, tmp_path_factory)


@pytest.mark.parametrize(
    ("questions", "number"),
    [
        (["who kept the lighthouse", "how old was she"], 1),
        (["when was she born", "where"], 2),
        (["who was olav lund", "how did he die", "where"], 3),
        (["is there a boat", "how long does it take"], 4),
        (["did she get a medal", "why did she refuse"], 5),
        (["who was olav lund", "when did he come"], 3),
    ],
)
def test_a_follow_up_asks_about_what_was_told(
    keeper: Answerer, questions: list[str], number: int
) -> None:
    assert numbers(keeper, *questions)[0] == number


def test_what_somebody_says_is_not_what_the_article_says(keeper: Answerer) -> None:
    assert 0 not in numbers(keeper, "what did he say about the lamp")
    assert 0 not in numbers(keeper, "who was olav lund", "what did he say")


def test_words_are_told_to_be_read_as_others_once(answerer: Answerer) -> None:
    asked = ("what runs in luang prabnag", "where")
    first, second = last(answerer, asked[0]), last(answerer, *asked)

    assert isinstance(first, Passages)
    assert isinstance(second, Passages)
    assert (first.corrections, second.corrections) == (("Prabang",), ())


def test_a_question_that_stands_alone_is_asked_alone(answerer: Answerer) -> None:
    assert numbers(answerer, "egypt wind farm", "luang prabang") == [11]
    assert numbers(answerer, "egypt wind farm", "what is it about?") == [0, 1]


def test_a_country_that_is_not_mentioned_is_said_so_in_a_follow_up(answerer: Answerer) -> None:
    answer = last(answerer, "what is China doing in Indonesia?", "and in Vietnam?")

    assert isinstance(answer, Unmentioned)


def test_more_is_what_was_found_but_not_shown(answerer: Answerer) -> None:
    assert numbers(answerer, "egypt") == [6, 1]
    assert numbers(answerer, "egypt", "tell me more") == [1]
    assert numbers(answerer, "egypt", "thanks!", "more") == [1]


def test_more_than_was_found_is_not_made_up(answerer: Answerer) -> None:
    assert last(answerer, "luang prabang", "more pls") is SmallTalk.ENOUGH


def test_refusals_in_a_row_are_counted(answerer: Answerer) -> None:
    turn = Turn()
    counts = []
    for question in ("how do i boil an egg", "qwertyuiop", "egypt", "qwertyuiop"):
        _, turn = answer_after(answerer, question, turn)
        counts.append(turn.refusals)

    assert counts == [1, 2, 0, 1]


@pytest.mark.parametrize(
    ("question", "passage", "shows"),
    [
        ("how big is it?", 6, 6),
        ("who took it?", 2, 2),
        ("who took that photo?", 8, 6),
        ("is it open for others?", 8, 8),
        ("luang prabang", 6, 11),
        ("headline?", 6, 0),
    ],
)
def test_a_reply_asks_about_the_passage_unless_it_names_something_else(
    answerer: Answerer, question: str, passage: int, shows: int
) -> None:
    assert shown(answer_about(answerer, question, passage))[0].passage.number == shows


def test_a_thank_you_in_reply_is_no_question(answerer: Answerer) -> None:
    assert answer_about(answerer, "thanks!", 6) is SmallTalk.THANKS


def test_a_passage_that_is_not_there_is_no_help(answerer: Answerer) -> None:
    assert answer_about(answerer, "egypt", 99) == answerer.answer("egypt")


def test_follow_ups_lean_on_one_question_however_many_and_long(answerer: Answerer) -> None:
    _, turn = answer_after(answerer, "what is China doing in Indonesia?", Turn())
    for number in range(30):
        answer, turn = answer_after(answerer, f"and in Egypt {'please ' * 600}{number}", turn)

    assert shown(answer)[0].passage.number == 6
    assert len(turn.question) <= 1_000


LAMPS = """Lamps that last

The Basic lamp costs 39 euros and comes in white, grey and green.

The Desk lamp, at 64 euros, has an arm that turns. It was drawn in 1998 by Ines Roth.

The Floor lamp costs 119 euros. It stands two metres high and is made of ash.

Every lamp has five years of guarantee. Schools may borrow them for a week.
"""


@pytest.fixture(scope="module")
def lamps(tmp_path_factory: pytest.TempPathFactory) -> Answerer:
    return answerer_of(LAMPS, tmp_path_factory)


@pytest.mark.parametrize(
    ("opener", "number"), [("and the floor lamp?", 3), ("what about the desk lamp", 2)]
)
def test_another_product_is_asked_the_same(lamps: Answerer, opener: str, number: int) -> None:
    answer = last(lamps, "how much does the basic lamp cost", opener)

    assert isinstance(answer, Passages)
    assert answer.found[0].passage.number == number


@pytest.mark.parametrize("opener", ["and the ceiling lamp?", "and teachers?"])
def test_of_another_that_has_no_price_none_is_told(lamps: Answerer, opener: str) -> None:
    assert not isinstance(last(lamps, "how much does the basic lamp cost", opener), Passages)
