"""Inline mode: passages offered in any chat."""

import pytest
from botapi import BotApi, Person

from bot import words
from bot.answering.answerer import Answerer


def test_the_passages_that_answer_are_offered(ada: Person) -> None:
    results = ada.wait_for_answer(ada.inline_query("egypt wind farm")).results

    assert results[0]["title"] == "Photo caption, passage 6 of 11"
    assert results[0]["description"].startswith("Photo shows a 500 MW wind farm")
    content = results[0]["input_message_content"]
    assert content["message_text"].startswith("Photo shows a 500 MW wind farm")
    assert content["entities"][0]["type"] == "bold"


def test_a_guess_says_that_it_is_one(ada: Person) -> None:
    query = ada.inline_query("how long is the china-laos railway")
    [result] = ada.wait_for_answer(query).results

    assert result["input_message_content"]["message_text"].startswith(words.GUESS)


def test_an_empty_query_offers_the_examples(ada: Person, answerer: Answerer) -> None:
    results = ada.wait_for_answer(ada.inline_query("")).results

    assert [result["title"] for result in results] == list(answerer.examples)


def test_results_may_be_kept_for_a_while_by_everybody(ada: Person) -> None:
    answer = ada.wait_for_answer(ada.inline_query("egypt")).answer

    assert answer is not None
    assert int(answer["cache_time"]) == 300
    assert not answer.get("is_personal")


@pytest.mark.parametrize("query", ["qwertyuiop", "?!", "hi", "日本語", "x" * 256])
def test_a_query_without_an_answer_offers_to_open_the_bot(ada: Person, query: str) -> None:
    answered = ada.wait_for_answer(ada.inline_query(query))

    assert answered.results == []
    assert answered.answer is not None
    assert words.INLINE_NOTHING in str(answered.answer["button"])


def test_a_query_too_old_to_answer_harms_nobody(served: BotApi, ada: Person) -> None:
    served.query_lifetime, lifetime = 0.0, served.query_lifetime
    ada.inline_query("egypt")
    served.wait_for_quiet()
    served.query_lifetime = lifetime
    ada.send("thanks")

    assert ada.wait_for_reply().text == words.SMALL_TALK["thanks"]
