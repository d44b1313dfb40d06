"""Fits whether a passage answers, by what the sentence model tells, and prints how well it does.

Needs scipy: python tests/fitting/answers.py squad2-dev.json FOLDER_OF_ARTICLES
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from bot.article import read_article
from bot.evaluation.questions import Question, QuestionSet, read_question_sets
from bot.evaluation.run import area_under_curve
from bot.question import read_question
from bot.retrieval.confidence import signals
from bot.retrieval.retriever import Retriever
from bot.settings import SEEDS

Floats = npt.NDArray[np.float64]
OFF_TOPIC = "offtopic"
# How much a question counts: squad2-dev's impossible ones are about its passages all the same, and
# its articles are of one genre; the ten others are of ten, with questions typed on a phone.
IMPOSSIBLE, OTHER = 0.5, 20.0
SQUAD_FOLDS = 4


class Example(NamedTuple):
    """The best passage for a question.

    Attributes:
        fold: What is left out together.
        weight: How much it counts.
        signals: What tells whether the passage answers.
        is_right: Whether it does.
        kind: The kind of question.
    """

    fold: str
    weight: float
    signals: tuple[float, ...]
    is_right: bool
    kind: str


def examples(own: QuestionSet, fold: str, weight: float, impossible: set[str]) -> Iterator[Example]:
    article, questions = own
    retriever = Retriever([passage.text for passage in article.passages])
    for one in questions:
        found = found_signals(retriever, f"{one.after} {one.text}".strip())
        if one.kind == OFF_TOPIC or not found:
            continue
        index, told = found
        is_impossible = one.text in impossible
        is_right = is_answered(one, own, index) and not is_impossible
        kind = "impossible" if is_impossible else one.kind
        yield Example(fold, weight * (IMPOSSIBLE if is_impossible else 1), told, is_right, kind)


def is_answered(question: Question, own: QuestionSet, index: int) -> bool:
    return bool(question.paragraphs) and question.is_answered_by(own[0].passages[index])


def found_signals(retriever: Retriever, text: str) -> tuple[int, tuple[float, ...]] | None:
    asked = retriever._asked(read_question(text))
    place = int(asked.scores.argmax())
    index = int(asked.candidates[place])
    if not asked.likeness:
        return None
    told = signals(asked.question, asked.likeness, place, retriever._sentences[index])
    return index, told


def fitted(found: list[Example]) -> Floats:
    """Return a weight a signal, and the intercept."""
    values, right = design(found), np.array([one.is_right for one in found], float)
    weights = np.array([one.weight for one in found]) / sum(one.weight for one in found)

    def loss(parameters: Floats) -> float:
        logit = values @ parameters
        return float(weights @ (np.logaddexp(0, logit) - right * logit))

    return minimize(loss, np.zeros(values.shape[1])).x


def design(found: list[Example]) -> Floats:
    return np.array([(*one.signals, 1.0) for one in found], float)


def main() -> None:
    seed = read_article(next(SEEDS.glob("*.txt")))
    squad, folder = Path(sys.argv[1]), Path(sys.argv[2])
    asked = [
        one
        for text in json.loads(squad.read_text("utf-8"))["data"]
        for paragraph in text["paragraphs"]
        for one in paragraph["qas"]
    ]
    impossible = {one["question"] for one in asked if one.get("is_impossible")}
    found: list[Example] = []
    for number, own in enumerate(read_question_sets(squad, seed)):
        found += examples(own, f"squad {number % SQUAD_FOLDS}", 1.0, impossible)
    for own in read_question_sets(folder, seed):
        found += examples(own, own[0].title, OTHER, set())

    print("weights and intercept:", fitted(found).round(2))
    chances = np.zeros(len(found))
    for fold in {one.fold for one in found}:
        inside = np.array([one.fold == fold for one in found])
        parameters = fitted([one for one in found if one.fold != fold])
        chances[inside] = 1 / (1 + np.exp(-design(found)[inside] @ parameters))
    report(found, chances)


def report(found: list[Example], chances: Floats) -> None:
    print("On articles left out: shares that are likelier than the chance at the left")
    kinds = np.array([one.kind for one in found])
    right = np.array([one.is_right for one in found])
    of_squad = np.isin(kinds, ("", "impossible"))
    groups = {
        "other articles: answerable, right": (~of_squad & (kinds != "near"), right),
        "answerable, wrong": (~of_squad & (kinds != "near"), ~right),
        "near": (kinds == "near", ~right),
        "squad2-dev: answerable, right": (kinds == "", right),
        "impossible": (kinds == "impossible", ~right),
    }
    print(" " * 6, "; ".join(groups))
    for threshold in np.arange(0.4, 0.61, 0.02):
        sure = chances >= threshold
        shares = (f"{(sure & which)[group].mean():.3f}" for group, which in groups.values())
        print(f"  {threshold:.2f}", " ".join(shares))
    near, impossible = chances[kinds == "near"], chances[kinds == "impossible"]
    print(f"AUC {area_under_curve(chances[right & ~of_squad], near):.3f}", end=", ")
    print(f"squad2-dev {area_under_curve(chances[right & of_squad], impossible):.3f}")


if __name__ == "__main__":
    main()
