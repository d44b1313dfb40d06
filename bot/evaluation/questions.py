"""Question files: our own formats and SQuAD's, read into the same questions."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot import words
from bot.article import Article, Passage, read_article
from bot.errors import BotError

SOCIAL = "social"
QuestionSet = tuple[Article, list["Question"]]


@dataclass(frozen=True)
class Question:
    """A question whose answer is known."""

    text: str
    paragraphs: frozenset[int]  # the blocks of the article that answer, none where it doesn't
    answers: tuple[str, ...]  # strings of which one answers, none where the file names none
    kind: str = ""
    listed: tuple[str, ...] = ()  # strings that must all be shown
    after: str = ""  # what is asked before it in the same chat

    def is_answered_by(self, passage: Passage) -> bool:
        """Return whether *passage* covers a block that answers."""
        return not self.paragraphs.isdisjoint(passage.paragraphs)


def read_question_sets(path: Path, article: Article) -> list[QuestionSet]:
    """Return what the file or folder at *path* asks about *article* or those that it names.

    Raises:
        BotError: They can't be read.
    """
    file = path / "questions.json" if path.is_dir() else path
    try:
        sets = _question_sets(json.loads(file.read_text(encoding="utf-8")), file.parent, article)
    except OSError as error:
        raise BotError(f"The question file {file} can't be read: {error.strerror}.") from None
    except (AttributeError, KeyError, RecursionError, TypeError, ValueError):
        raise BotError(f"The question file {file} is in none of the README's formats.") from None
    if not any(questions for _, questions in sets):
        raise BotError(f"The question file {file} asks nothing.")
    return sets


def _question_sets(content: Any, folder: Path, article: Article) -> list[QuestionSet]:
    if "data" in content:
        return [_squad_set(one["paragraphs"]) for one in content["data"] if one["paragraphs"]]
    if "articles" in content:
        return [_own_set(_named(folder, one["name"]), one) for one in content["articles"]]
    if len(article.articles) > 1:
        raise BotError(words.SEVERAL_ARTICLES, 2)
    return [_own_set(article, content)]


def _named(folder: Path, name: str) -> Article:
    text, markdown = folder / f"{name}.txt", folder / f"{name}.md"
    return read_article(markdown if markdown.exists() else text)


def _own_set(article: Article, content: Any) -> QuestionSet:
    questions = [
        Question(
            str(one["question"]),
            frozenset(one["paragraphs"]),
            tuple(filter(None, (one.get("answer") or "").split("|"))),
            str(one["kind"]),
            tuple(map(str, one.get("list") or one.get("must_include") or ())),
            str(one.get("after") or ""),
        )
        for one in content["questions"]
    ]
    return article, questions


def _squad_set(paragraphs: Any) -> QuestionSet:
    passages, questions = [], []
    for index, one in enumerate(paragraphs):
        text = str(one["context"])
        passages.append(Passage(index + 1, text, is_caption=False, paragraphs=(index,)))
        for asked in one["qas"]:
            answers = tuple(str(answer["text"]) for answer in asked["answers"])
            questions.append(Question(str(asked["question"]), frozenset({index}), answers))
    return Article("", None, tuple(passages)), questions
