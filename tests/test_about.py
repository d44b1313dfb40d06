import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.question.aspects import Aspect, asked_aspect

TITLE = "China committed to open sci-tech cooperation for benefits of all"


@pytest.mark.parametrize(
    ("question", "aspect"),
    [
        ("headline pls", Aspect.TITLE),
        ("What is the title of the article?", Aspect.TITLE),
        ("what is the article called", Aspect.TITLE),
        ("What does the very first line of the text say?", Aspect.TITLE),
        ("for whose benefit, according to the headline?", Aspect.TITLE),
        ("when was this published?", Aspect.DATE),
        ("is this fresh?", Aspect.DATE),
        ("how old is this article", Aspect.DATE),
        ("is it a 2023 story", Aspect.DATE),
        ("when?", Aspect.DATE),
        ("what is this article about?", Aspect.SUBJECT),
        ("whats this about", Aspect.SUBJECT),
        ("summary", Aspect.SUBJECT),
        ("tl;dr", Aspect.SUBJECT),
        ("summarise the article in one sentence", Aspect.SUBJECT),
        ("what does it say", Aspect.SUBJECT),
        ("wats this article abt", Aspect.SUBJECT),
        ("sumary pls", Aspect.SUBJECT),
        ("gimme a summary", Aspect.SUBJECT),
        ("wat is it abuot", Aspect.SUBJECT),
        ("when was it publised", Aspect.DATE),
        ("whats the tittle", Aspect.TITLE),
    ],
)
def test_questions_about_the_article_itself_are_known(question: str, aspect: Aspect) -> None:
    assert asked_aspect(question, TITLE) is aspect


@pytest.mark.parametrize(
    "question",
    [
        "when did the wind farm open",
        "who won the title",
        "what is the name of the railway",
        "what happened in 2024",
        "what does the article say about Egypt",
        "Who is the author",
        "why?",
        "",
    ],
)
def test_questions_about_what_it_tells_are_left_alone(question: str) -> None:
    assert asked_aspect(question, TITLE) is None


@given(st.text(), st.text())
def test_any_question_about_any_title_is_told_apart(question: str, title: str) -> None:
    assert asked_aspect(question, title) in (*Aspect, None)
