from collections.abc import Callable
from pathlib import Path

import pytest

from bot import words
from bot.answering.answerer import Answerer
from bot.answering.answers import Passages
from bot.answering.examples import example_questions
from bot.article import read_article
from bot.language.languages import ENGLISH
from bot.topics import Topics

TEA = """Tea and its rivals

The Boston Tea Party of 1773 turned many Americans to coffee. John Adams said he must be weaned.

Picture of a cup. (Photo by Ann Lee)

By then India had grown tea for a century; the Boston Tea Festival came later.
"""


def test_examples_are_answered_by_the_article(answerer: Answerer) -> None:
    assert len(answerer.examples) == 3
    for question in answerer.examples:
        assert isinstance(answerer.answer(question), Passages)
        assert len(f"ask:{question}".encode()) <= 64


def test_examples_come_from_the_article_at_hand(write_article: Callable[[str], Path]) -> None:
    article = read_article(write_article(TEA))
    questions = list(example_questions(article, Topics(article), ENGLISH))

    assert "Tell me about the Boston Tea Festival" in questions
    assert "Tell me about India" in questions
    assert not any("Ann Lee" in question for question in questions)


def test_an_article_without_names_has_examples_too(write_article: Callable[[str], Path]) -> None:
    article = read_article(write_article("tea comes first. coffee comes later.\n\nboth are hot."))

    assert Answerer(article).examples


@pytest.mark.parametrize(
    ("text", "examples"),
    [
        ("Das Moor\n\nDas Moor ist ein altes Moor und voller Torf.", ("Moor", "Torf")),
        ("El río\n\nEl río de la señora Núñez es un río con truchas.", ("Núñez", "truchas")),
        ("池塘\n\n池塘里有很多青蛙。\n\n它们晚上唱歌。", ()),
    ],
)
def test_examples_are_in_the_language_of_the_article(
    write_article: Callable[[str], Path], text: str, examples: tuple[str, ...]
) -> None:
    found = Answerer(read_article(write_article(text))).examples

    assert set(found) >= set(examples)
    assert not any("Tell me" in one for one in found)
    assert words.introduction(["“Das Moor”"], len(found)).endswith(":" if examples else "about it.")
