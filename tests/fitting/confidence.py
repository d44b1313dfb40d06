"""Fits how sure the bot is, by words and by meaning, and prints what it would answer.

Needs scipy and the sentence model: python tests/fitting/confidence.py squad2-dev.json FOLDER ...
"""

import sys
from collections.abc import Sequence
from random import Random
from typing import NamedTuple

import numpy as np
from ranking import asked_articles, asked_text
from scipy.optimize import minimize
from scipy.special import expit

from bot.evaluation.questions import SOCIAL, Question
from bot.retrieval import confidence, retriever
from bot.retrieval.confidence import DOUBTFUL, FOREIGN, MOST_WITHOUT_KIND
from bot.retrieval.retriever import Retriever

FOLDS = 5
# What tells whether a passage answers, by meaning, and what makes it at most a guess.
ANSWERING, OF_ANOTHER = [1, 3, 4, 5, 6, 7], 8
THRESHOLDS = (0.1, 0.4, 0.5, 0.55, 0.6, 0.65, 0.7, 0.8, 0.9)
# How much a question of our own formats counts, and one that SQuAD calls impossible.
OWN, IMPOSSIBLE = 20.0, 0.5
# A logit whose chance is 1.
ALL = 20.0


class Example(NamedTuple):
    """A question and the passage that comes first for it.

    Attributes:
        file: The file that asks it.
        kind: `answered` by the article, `offtopic`, or else `near` it.
        article: The number of the article.
        counts: How much the question counts.
        is_right: Whether it is about the passage.
        told: What the bot's confidence is worked out from, nothing where no passage is found.
        now: That confidence.
    """

    file: str
    kind: str
    article: int
    counts: float
    is_right: bool
    told: tuple[float, ...]
    now: float


def examples(paths: Sequence[str], by_words: bool) -> list[Example]:
    every, random, found = list(asked_articles(paths)), Random(1), []
    for number, (file, article, finder, questions) in enumerate(every):
        finder._meaning = None if by_words else finder._meaning
        foreign = [q for other, _, _, more in every if other == file for q in more]
        drawn = [] if questions[0].kind else random.sample(foreign, len(questions))
        of_kinds = [(q, kind(q)) for q in questions if q.kind != SOCIAL]
        for question, asked in of_kinds + [(q, "offtopic") for q in drawn if q not in questions]:
            index, told, now = first(finder, asked_text(question))
            is_right = asked != "offtopic" and question.is_answered_by(article.passages[index])
            counts = OWN if question.kind else 1.0 if asked == "answered" else IMPOSSIBLE
            found.append(Example(file, asked, number, counts, is_right, told, now))
    return found


def kind(question: Question) -> str:
    is_impossible = not question.paragraphs or not (question.kind or question.answers)
    return "offtopic" if question.kind == "offtopic" else "near" if is_impossible else "answered"


def first(finder: Retriever, question: str) -> tuple[int, tuple[float, ...], float]:
    """Return the first passage, what the bot's confidence is worked out from, and that."""
    told: list[tuple[float, ...]] = []

    def by_words(covered: confidence.Coverage, has_kind: bool) -> float:
        told.append((covered.passage, covered.sentence, covered.topic, has_kind))
        return confidence.confidence_by_words(covered, has_kind)

    def by_meaning(signals: confidence.Signals) -> float:
        told.append(signals)
        return confidence.confidence_by_meaning(signals)

    retriever.confidence_by_words, retriever.confidence_by_meaning = by_words, by_meaning
    hits = finder.search(question, 1)
    return (hits[0].index, told[0], hits[0].confidence) if hits else (0, (), 0.0)


def by_words(learnt: Sequence[Example], asked: Sequence[Example]) -> np.ndarray:
    """Return how sure the bot is of what is *asked* by what SQuAD's questions *learnt* tell."""
    squad = [one._replace(counts=1.0) for one in learnt if one.counts != OWN]
    weights = fitted(squad, slice(3), [one.is_right for one in squad], 3.0)
    told = columns(asked)
    sure = predicted(told[:, :3], weights)
    return np.where(told[:, 3] > 0, sure, np.minimum(sure, MOST_WITHOUT_KIND))


def by_meaning(learnt: Sequence[Example], asked: Sequence[Example]) -> np.ndarray:
    """Return the same; the subject is learnt from SQuAD's questions, the rest from those on it."""
    squad = [one._replace(counts=1.0) for one in learnt if one.counts != OWN]
    subject = fitted(squad, slice(2), [one.kind != "offtopic" for one in squad], ALL)
    about = [one for one in learnt if one.kind != "offtopic"]
    is_answer = [one.is_right and one.kind == "answered" for one in about]
    answers = fitted(about, ANSWERING, is_answer, ALL)
    told = columns(asked)
    is_own, sure = predicted(told[:, :2], subject), predicted(told[:, ANSWERING], answers)
    is_guess = (is_own < DOUBTFUL) | (told[:, OF_ANOTHER] > 0)
    sure = np.where(is_guess, np.minimum(sure, MOST_WITHOUT_KIND), sure)
    return np.where(is_own < FOREIGN, 0.0, sure)


def columns(found: Sequence[Example]) -> np.ndarray:
    return np.array([one.told for one in found], float)


def fitted(
    found: Sequence[Example], used: slice | list[int], labels: Sequence[bool], most: float
) -> np.ndarray:
    """Return an intercept, a weight a column, and the logit of what is never surpassed."""
    features, counts = columns(found)[:, used], [one.counts for one in found]

    def loss(weights: np.ndarray) -> float:
        likely = np.clip(predicted(features, weights), 1e-9, 1 - 1e-9)
        return -float(np.average(np.log(np.where(labels, likely, 1 - likely)), weights=counts))

    weights: np.ndarray = minimize(loss, [*np.zeros(features.shape[1] + 1), most]).x
    print("  intercept, weights, most:", weights[:-1].round(2), expit(weights[-1]).round(2))
    return weights


def predicted(features: np.ndarray, weights: np.ndarray) -> np.ndarray:
    return expit(weights[-1]) * expit(weights[0] + features @ weights[1:-1])


def report(found: Sequence[Example], sure: np.ndarray) -> None:
    files, kinds = np.array([one.file for one in found]), np.array([one.kind for one in found])
    right = np.array([one.is_right for one in found])
    for file in dict.fromkeys(files.tolist()):
        print(f"  {file}: sure from: and right, and wrong; near, off-topic ones sure")
        answered, near, off = (
            (files == file) & (kinds == kind) for kind in ("answered", "near", "offtopic")
        )
        for least in THRESHOLDS:
            is_sure = sure >= least
            shares = [(is_sure & right)[answered], (is_sure & ~right)[answered]]
            told = [one.mean() for one in (*shares, is_sure[near], is_sure[off])]
            print(f"    {least:.2f}:", *(f"{one:.3f}" for one in told))


def main() -> None:
    for refitted in (by_words, by_meaning):
        found = examples(sys.argv[1:], refitted is by_words)
        told = [(place, one) for place, one in enumerate(found) if one.told]
        print(refitted.__name__, "as today")
        report(found, np.array([one.now for one in found]))
        print(refitted.__name__, "refitted on all")
        refitted([one for _, one in told], [one for _, one in told])
        print(refitted.__name__, "refitted on other articles")
        sure = np.zeros(len(found))
        for fold in range(FOLDS):
            learnt = [one for _, one in told if one.article % FOLDS != fold]
            places, asked = zip(
                *[one for one in told if one[1].article % FOLDS == fold], strict=True
            )
            sure[list(places)] = refitted(learnt, asked)
        report(found, sure)


if __name__ == "__main__":
    main()
