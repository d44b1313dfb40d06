"""Fits the confidence on a question file in SQuAD's format and prints how well it does.

Needs scipy: python tests/fitting/confidence.py squad2-dev.json
"""

import sys
from pathlib import Path
from random import Random
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from bot.article import read_article
from bot.evaluation.questions import Question, QuestionSet, read_question_sets
from bot.evaluation.run import area_under_curve, false_answers
from bot.retrieval.confidence import MOST_WITHOUT_KIND
from bot.retrieval.retriever import Retriever
from bot.settings import SEEDS

Features = npt.NDArray[np.float64]
Labels = npt.NDArray[np.bool_]

FOLDS = 4


class Example(NamedTuple):
    """The best passage for a question.

    Attributes:
        article: Which article was asked.
        features: How much of the question the passage covers.
        has_kind: Whether it has the kind of thing asked for.
        is_own: Whether the question is about the article.
        is_right: Whether it was written about this passage.
    """

    article: int
    features: tuple[float, float, float]
    has_kind: bool
    is_own: bool
    is_right: bool


def examples(sets: list[QuestionSet]) -> list[Example]:
    random = Random(1)
    found = []
    for article, (text, own) in enumerate(sets):
        retriever = Retriever([passage.text for passage in text.passages])
        others = [q for _, other in sets if other is not own for q in other]
        foreign = random.sample(others, len(own))
        found += [example(article, retriever, q, is_own=True) for q in own]
        found += [example(article, retriever, q, is_own=False) for q in foreign]
    return found


def example(article: int, retriever: Retriever, question: Question, is_own: bool) -> Example:
    hits = retriever.search(question.text, 1)
    if not hits:
        return Example(article, (0.0, 0.0, 0.0), True, is_own, False)
    index = hits[0].index
    query = retriever.query(question.text)
    covered = retriever.coverage(index, query)
    has_kind = not query.kind or retriever._has_kind(index, query)
    features = (covered.passage, covered.sentence, covered.topic)
    return Example(article, features, has_kind, is_own, is_own and index in question.paragraphs)


def fitted(features: Features, right: Labels) -> Features:
    """Return intercept, a weight a feature, and the logit of what is never surpassed."""

    def loss(weights: Features) -> float:
        likely = np.clip(predicted(features, weights), 1e-9, 1 - 1e-9)
        return float(-np.mean(np.where(right, np.log(likely), np.log(1 - likely))))

    return minimize(loss, np.array([-8.0, 5.0, 6.0, 1.0, 3.0])).x


def predicted(features: Features, weights: Features) -> Features:
    logit = weights[0] + features @ weights[1:-1]
    return 1 / (1 + np.exp(-weights[-1])) / (1 + np.exp(-logit))


def report(confidences: Features, right: Labels, own: Labels) -> None:
    proper, foreign = confidences[own], confidences[~own]
    print(f"AUC {area_under_curve(proper, foreign):.4f}")
    print(f"foreign answered at 95 % of proper ones {false_answers(proper, foreign):.4f}")
    print(f"Brier score {np.mean((confidences - right) ** 2):.4f}")
    print("confidence, share right, questions")
    bands = np.minimum((confidences * 10).astype(int), 9)
    for band in range(10):
        inside = bands == band
        if inside.any():
            print(f"  {confidences[inside].mean():.3f} {right[inside].mean():.3f} {inside.sum()}")
    print("answered from, proper answered, foreign answered, right of the answered proper ones")
    for threshold in np.arange(0.3, 0.91, 0.05):
        answered = confidences >= threshold
        print(
            f"  {threshold:.2f} {answered[own].mean():.3f} {answered[~own].mean():.4f}"
            f" {right[own & answered].mean():.3f}"
        )


def main() -> None:
    sets = read_question_sets(Path(sys.argv[1]), read_article(next(SEEDS.glob("*.txt"))))
    found = examples(sets)
    features = np.array([one.features for one in found])
    right = np.array([one.is_right for one in found])
    own = np.array([one.is_own for one in found])
    folds = np.array([one.article % FOLDS for one in found])
    confidences = np.zeros(len(found))
    for fold in range(FOLDS):
        weights = fitted(features[folds != fold], right[folds != fold])
        confidences[folds == fold] = predicted(features[folds == fold], weights)
    confidences[features[:, 0] == 0] = 0
    without_kind = np.array([not one.has_kind for one in found])
    confidences[without_kind] = np.minimum(confidences[without_kind], MOST_WITHOUT_KIND)

    weights = fitted(features, right)
    print("intercept, passage, sentence, topic:", weights[:-1].round(2))
    print("most:", (1 / (1 + np.exp(-weights[-1]))).round(3))
    print("On articles left out:")
    report(confidences, right, own)


if __name__ == "__main__":
    main()
