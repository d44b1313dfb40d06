import json
from functools import reduce

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import reasons
from bot.answering import Answerer
from bot.answering.conversation import Turn, answer_after, turn_after
from bot.answering.explanation import explained, explanation
from bot.question import read_question


def turn(answerer: Answerer, *questions: str) -> Turn:
    return reduce(lambda before, asked: answer_after(answerer, asked, before)[1], questions, Turn())


@pytest.mark.parametrize(
    ("before", "question", "way", "kind"),
    [
        ([], "good morning", "talk", "talk"),
        ([], "when was the article published?", "article", "passages"),
        ([], "which countries are named?", "list", "list"),
        ([], "who runs in luang prabang? how big is the wind farm?", "parts", "passages"),
        ([], "how many megawatts does the wind farm have", "search", "passages"),
        ([], "how do i knit a scarf", "search", "refusal"),
        (["the wind farm"], "how many megawatts does it have?", "within", "passages"),
        (["tell me about the wind farm"], "where?", "search", "passages"),
        (["what happens in Egypt?"], "how large is it?", "within", "passages"),
        (["tell me about Egypt"], "go on", "list", "passages"),
    ],
)
def test_an_explanation_says_how_the_answer_was_come_by(
    answerer: Answerer, before: list[str], question: str, way: str, kind: str
) -> None:
    told = explanation(answerer, question, turn(answerer, *before))

    assert (told.way, told.kind) == (way, kind)


def test_a_follow_up_is_explained_with_the_question_it_was_read_with(answerer: Answerer) -> None:
    told = explanation(answerer, "where?", turn(answerer, "tell me about the wind farm"))

    assert told.question == "where? tell me about the wind farm"


def test_an_explanation_tells_what_each_word_is_to_the_article(answerer: Answerer) -> None:
    told = explanation(answerer, "do egyptians in tanzanai milk a megawatt yak", Turn())

    assert told.words_said == [
        "egyptians, looked for as egypt, egyptian, cairo",
        "tanzanai, read as tanzania",
        "milk, not in the article",
        "megawatt",
        "yak, not in the article",
    ]


def test_the_views_of_a_passage_add_up_to_its_score(answerer: Answerer) -> None:
    told = explanation(answerer, "which drilling technologies are used in deserts?", Turn())

    assert len(told.passages) == 5
    assert [one.score for one in told.passages] == pytest.approx(
        [sum(one.views.values()) for one in told.passages], abs=0.01
    )
    assert list(told.passages[0].views) == ["words", "pairs", "letters", "meaning", "sentence"]
    assert min(told.passages[0].views.values()) > 0


def test_the_kind_of_thing_asked_for_is_told_with_where_it_is(answerer: Answerer) -> None:
    told = explanation(answerer, "how many megawatts does the wind farm have", Turn())

    assert told.asked_for == "number"
    assert told.found == {6: ["500"]}
    assert "passage 6 has 500" in told.lines[-1]
    assert explanation(answerer, "how many wind farms have 500 MW?", Turn()).found == {}


def test_a_confidence_stands_beside_what_it_is_held_against(answerer: Answerer) -> None:
    sure = explanation(answerer, "how many megawatts does the wind farm have", Turn())
    within = explanation(answerer, "how large is it?", turn(answerer, "what happens in Egypt?"))

    assert sure.confidence == sure.passages[0].confidence >= sure.answered_from == 0.8
    assert within.answered_from == 0.4
    assert any(line.startswith(f"{sure.confidence:.0%} sure") for line in sure.lines)


def test_a_place_that_the_passage_does_not_name_is_told(answerer: Answerer) -> None:
    doubted = explanation(answerer, "how many megawatts has the wind farm in Laos", Turn())
    sure = explanation(answerer, "how many megawatts has the wind farm in Egypt", Turn())

    assert (doubted.kind, reasons.DOUBTED in " ".join(doubted.lines)) == ("closest", True)
    assert (sure.kind, reasons.DOUBTED in " ".join(sure.lines)) == ("passages", False)


@settings(max_examples=50)
@given(st.text(max_size=200), st.sampled_from(["", "egypt", "how many megawatts?"]))
def test_any_question_is_explained(answerer: Answerer, text: str, before: str) -> None:
    turned = turn_after(before, answerer.answer(before), Turn()) if before else Turn()
    told = explanation(answerer, text, turned)

    assert json.loads(json.dumps(told.as_object()))["question"] == told.question
    assert told.lines


def test_the_passages_of_an_entry_are_explained_by_its_name(answerer: Answerer) -> None:
    answer = answerer.answer("egypt")
    told = explained(answerer, answer, "list", read_question("Egypt")).as_object()

    assert (told["way"], told["words_said"]) == ("list", ["egypt"])
    assert told["passages"][0]["number"] == 6
