"""Question files: our own format and SQuAD's, read into the same questions."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.article.article import Article
from bot.errors import BotError


@dataclass(frozen=True)
class Question:
    """A question whose answer is known.

    Attributes:
        text: What is asked.
        kind: What sort of question it is; empty where the file doesn't say.
        paragraphs: The paragraphs that answer, none where the article doesn't.
        answers: Strings of which one stands in what answers, none where any will do.
        must_include: Strings that must all be shown.
    """

    text: str
    kind: str
    paragraphs: frozenset[int]
    answers: tuple[str, ...] = ()
    must_include: tuple[str, ...] = ()


@dataclass(frozen=True)
class QuestionSet:
    """An article with questions about it.

    Attributes:
        passages: The texts that are searched.
        paragraphs: For each passage the paragraph that it stands in.
        questions: The questions about the article.
    """

    passages: tuple[str, ...]
    paragraphs: tuple[int, ...]
    questions: tuple[Question, ...]


def read_question_sets(path: Path, article: Article) -> list[QuestionSet]:
    """Return what the file at *path* asks, a set for each article.

    Args:
        path: The question file.
        article: What questions in our own format are about.

    Raises:
        BotError: The file can't be read or is in neither format.
    """
    content = _read_json(path)
    try:
        if "data" in content:
            sets = [_squad_set(one) for one in content["data"] if one["paragraphs"]]
        else:
            sets = [_own_set(content["questions"], article)]
    except (KeyError, TypeError, AttributeError, ValueError):
        raise BotError(
            f"The question file {path} is in neither format: our own has "
            '"questions", each with "question", "kind" and "paragraphs"; the other is SQuAD\'s.'
        ) from None
    if not any(question.paragraphs for one in sets for question in one.questions):
        raise BotError(f"The question file {path} asks nothing that an article answers.")
    return sets


def _read_json(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise BotError(f"The question file {path} can't be read: {error.strerror}.") from None
    except (ValueError, RecursionError):
        raise BotError(f"The question file {path} is not JSON. Check its text.") from None
    return content if isinstance(content, dict) else {}


def _own_set(questions: list[dict[str, Any]], article: Article) -> QuestionSet:
    return QuestionSet(
        tuple(passage.text for passage in article.passages),
        tuple(passage.paragraph for passage in article.passages),
        tuple(_own_question(question) for question in questions),
    )


def _own_question(question: dict[str, Any]) -> Question:
    answer = question.get("answer")
    return Question(
        _text(question["question"]),
        _text(question["kind"]),
        frozenset(int(paragraph) for paragraph in question["paragraphs"]),
        (answer,) if answer else (),
        tuple(question.get("must_include") or ()),
    )


def _squad_set(article: dict[str, Any]) -> QuestionSet:
    paragraphs = article["paragraphs"]
    questions = (
        Question(_text(one["question"]), "", frozenset([index]), _answers(one))
        for index, paragraph in enumerate(paragraphs)
        for one in paragraph["qas"]
    )
    texts = tuple(_text(paragraph["context"]) for paragraph in paragraphs)
    return QuestionSet(texts, tuple(range(len(texts))), tuple(questions))


def _answers(question: dict[str, Any]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(answer["text"] for answer in question["answers"]))


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"not a text: {value!r}")
    return value
