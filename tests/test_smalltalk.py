import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import words
from bot.question.smalltalk import SmallTalk, small_talk

QUESTIONS = json.loads((Path(__file__).parent / "data" / "article-dev.json").read_text())


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        ("hi", SmallTalk.GREETING),
        ("Good morning :)", SmallTalk.GREETING),
        ("Heyyy there!!", SmallTalk.GREETING),
        ("hi, who are you?", SmallTalk.IDENTITY),
        ("are you a human or a machine?", SmallTalk.IDENTITY),
        ("what's your name?", SmallTalk.IDENTITY),
        ("What can you do?", SmallTalk.ABILITIES),
        ("how does this bot work", SmallTalk.ABILITIES),
        ("how are you doing today?", SmallTalk.WELLBEING),
        ("ok thanks a lot!", SmallTalk.THANKS),
        ("no thx", SmallTalk.THANKS),
        ("see you later", SmallTalk.GOODBYE),
        ("sorry my mistake", SmallTalk.APOLOGY),
        ("great job", SmallTalk.PRAISE),
        ("that was not helpful", SmallTalk.COMPLAINT),
        ("never mind", SmallTalk.DISMISSAL),
        ("hahaha", SmallTalk.LAUGH),
        ("ok", SmallTalk.AGREEMENT),
        ("😂", SmallTalk.WORDLESS),
        ("?!", SmallTalk.WORDLESS),
    ],
)
def test_small_talk_is_known_by_kind(message: str, kind: SmallTalk) -> None:
    assert small_talk(message) is kind


@pytest.mark.parametrize(
    "question",
    [
        "Hi there, what did Zhang Feng take a picture of?",
        "thanks, and what about Egypt?",
        "good bean",
        "who are they",
        "is the robot human",
        "what can China do?",
        "how does FAST work",
    ],
)
def test_a_question_behind_a_greeting_is_a_question(question: str) -> None:
    assert small_talk(question) is None


def test_no_question_about_the_article_is_taken_for_small_talk() -> None:
    for question in QUESTIONS["questions"]:
        is_social = question["kind"] == "social"
        assert (small_talk(question["question"]) is not None) is is_social, question


def test_every_kind_has_its_reply() -> None:
    assert set(words.SMALL_TALK) == {kind.value for kind in SmallTalk}


@given(st.text() | st.text("so veryok", max_size=4096))
def test_any_message_is_told_apart_without_an_error(message: str) -> None:
    kind = small_talk(message)

    assert kind is None or words.SMALL_TALK[kind.value]
