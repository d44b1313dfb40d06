"""Prints how often each view of a passage puts a right one first, and fits how they add up.

Needs the sentence model: python tests/fitting/ranking.py squad2-dev.json FOLDER ...
"""

import sys
from collections.abc import Iterator, Sequence
from itertools import product
from pathlib import Path
from typing import NamedTuple

import numpy as np

from bot.answering.answerer import Answerer
from bot.article import Article, read_article
from bot.evaluation.questions import Question, read_question_sets
from bot.question import read_question
from bot.retrieval import ranking
from bot.retrieval.retriever import Retriever
from bot.settings import SEEDS

VIEWS = ("words", "pairs", "letters", "cosine", "MaxSim", "sentence's MaxSim")
BY_WORDS = np.array([*ranking.BY_WORDS, 0, 0, 0])
MEANT = (ranking.COSINE, ranking.MAXSIM, ranking.SENTENCE_MAXSIM)
TODAY = np.array([*ranking.WITH_MEANING, *MEANT])
STEPS = (0.5, 0.8, 1.25, 2.0)
FOLDS = 4


class Asked(NamedTuple):
    """Questions held against the passages of their articles.

    Attributes:
        files: The file of each.
        articles: The number of its article within all files.
        views: Shape (questions, passages, views), -inf where there is no passage.
        is_right: Shape (questions, passages).
    """

    files: np.ndarray
    articles: np.ndarray
    views: np.ndarray
    is_right: np.ndarray

    def of(self, chosen: np.ndarray) -> "Asked":
        return Asked(*(column[chosen] for column in self))


def asked_articles(
    paths: Sequence[str],
) -> Iterator[tuple[str, Article, Retriever, list[Question]]]:
    """Yield each article with its file, the retriever that the bot makes of it, its questions."""
    default = read_article(next(SEEDS.glob("*.txt")))
    for path in paths:
        for article, questions in read_question_sets(Path(path), default):
            yield Path(path).name, article, Answerer(article)._retriever, questions


def asked_text(question: Question) -> str:
    return f"{question.after} {question.text}".strip()


def views(finder: Retriever, question: str) -> np.ndarray:
    asked = finder._asked(read_question(question))
    near, shared = asked.likeness, asked.shared
    by_words = [asked.words.scores, shared.pairs, shared.best(shared.letters)]
    by_meaning = [near.best_cosines, near.passages, shared.best(near.sentences)]
    return np.stack([*by_words, *by_meaning], axis=1)


def held_against(paths: Sequence[str]) -> Asked:
    found = []
    for number, (file, article, finder, questions) in enumerate(asked_articles(paths)):
        for question in questions:
            is_right = np.array([question.is_answered_by(one) for one in article.passages])
            if is_right.any():
                found.append((file, number, views(finder, asked_text(question)), is_right))
    most = max(len(one) for *_, one in found)
    every, right = np.full((len(found), most, len(VIEWS)), -np.inf), np.zeros((len(found), most))
    for place, (_, _, of_passages, is_right) in enumerate(found):
        every[place, : len(is_right)], right[place, : len(is_right)] = of_passages, is_right
    files, articles, *_ = zip(*found, strict=True)
    return Asked(np.array(files), np.array(articles), every, right.astype(bool))


def ranks(asked: Asked, weights: np.ndarray) -> np.ndarray:
    """Return how many wrong passages score at least as high as the best right one."""
    used = weights > 0
    scores = asked.views[:, :, used] @ weights[used]
    best = np.where(asked.is_right, scores, -np.inf).max(axis=1, keepdims=True)
    return ((scores >= best) & ~asked.is_right).sum(axis=1)


def success(asked: Asked, placed: np.ndarray) -> dict[str, tuple[float, float]]:
    """Return success@1 and success@3 of each file, given its questions' ranks from 0."""
    of_files = {file: placed[asked.files == file] for file in dict.fromkeys(asked.files.tolist())}
    return {file: ((own < 1).mean(), (own < 3).mean()) for file, own in of_files.items()}


def fitted(asked: Asked) -> np.ndarray:
    """Return the weights that no step makes better, each file counting the same."""

    def worth(weights: np.ndarray) -> float:
        return float(np.mean([*success(asked, ranks(asked, weights)).values()]))

    best, most, before = TODAY.astype(float), worth(TODAY), 0.0
    while most > before:
        before = most
        for view, step in product(range(1, len(VIEWS)), STEPS):
            tried = np.where(np.arange(len(VIEWS)) == view, best * step, best)
            if worth(tried) > most:
                best, most = tried, worth(tried)
    return best


def report(name: str, asked: Asked, placed: np.ndarray) -> None:
    told = (f"{first:.3f} {third:.3f}" for first, third in success(asked, placed).values())
    print(f"{name:20}", *(f"{one:>18}" for one in told))


def main() -> None:
    asked = held_against(sys.argv[1:])
    print(f"{'success@1 success@3':20}", *(f"{one:>18}" for one in dict.fromkeys(asked.files)))
    for view, weights in zip(VIEWS, np.eye(len(VIEWS)), strict=True):
        report(view, asked, ranks(asked, weights))
    report("by words alone", asked, ranks(asked, BY_WORDS))
    report("all, as today", asked, ranks(asked, TODAY))
    best, placed = fitted(asked), np.zeros(len(asked.files))
    report("fitted", asked, ranks(asked, best))
    for fold in range(FOLDS):
        is_out = asked.articles % FOLDS == fold
        placed[is_out] = ranks(asked.of(is_out), fitted(asked.of(~is_out)))
    report("fitted on others", asked, placed)
    print("fitted:", dict(zip(VIEWS, best.round(2).tolist(), strict=True)))


if __name__ == "__main__":
    main()
