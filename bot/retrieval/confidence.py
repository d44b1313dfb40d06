"""Confidence: how likely a passage answers a question, as a probability."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from bot.language.rarity import rarity
from bot.language.text import tokens
from bot.question import Question
from bot.retrieval.meaning import Likeness
from bot.retrieval.model import Floats

# By words alone. Fitted by tests/fitting/confidence.py on squad2-dev: questions about an article
# and as many about others, to the share of them whose best passage is the right one. Even where a
# passage has all that was asked, another is the right one for seven questions of a hundred.
_INTERCEPT, _PASSAGE, _SENTENCE, _TOPIC, _MOST = -8.36, 4.70, 7.54, 0.97, 0.93
# A passage that lacks the kind of thing asked for, such as a date, is at best a guess.
MOST_WITHOUT_KIND = 0.5

# By meaning, whether the question is about the article's subject. Fitted on squad2-dev: questions
# about an article and as many about others.
_SUBJECT, _SUBJECT_LIKENESS, _SUBJECT_ANYWHERE = -19.7, 27.6, 9.3
# Below the first chance of being about the subject nothing is a guess, below the second all are.
FOREIGN, DOUBTFUL = 0.003, 0.02
# And whether the passage answers. Fitted on the questions of squad2-dev about the article, the
# impossible ones counting half, and on ten other articles, counting eightfold.
_ANSWERS, _COSINE, _WEAKEST, _ANYWHERE, _SHARE, _NO_KIND = 1.39, 2.19, 4.07, -5.75, 2.03, -1.83

_WORD = re.compile(r"[^\W\d_]+|\d+(?:\.\d+)?")


@dataclass(frozen=True)
class Coverage:
    """How much of a question a passage covers.

    Attributes:
        passage: The share of the question's words that the passage has, each counted by its
            rarity in general English, 0 to 1.
        sentence: The same for the best of its sentences.
        topic: The square root of the log likelihood ratio of the question's words in the article
            and in general English, 0 or more.
    """

    passage: float
    sentence: float
    topic: float


def confidence_by_words(covered: Coverage, has_kind: bool) -> float:
    """Return how likely the best passage answers, from what it covers.

    Args:
        covered: How much of the question the passage covers.
        has_kind: Whether the passage has the kind of thing asked for.
    """
    if not covered.passage:
        return 0.0
    probability = _MOST * _logistic(
        _INTERCEPT
        + _PASSAGE * covered.passage
        + _SENTENCE * covered.sentence
        + _TOPIC * covered.topic
    )
    return probability if has_kind else min(probability, MOST_WITHOUT_KIND)


class Signals(NamedTuple):
    """What tells whether a passage answers, by meaning.

    Attributes:
        likeness: Its MaxSim.
        anywhere: How well the words of the question are matched in any passage, the rare ones most.
        cosine: The best cosine of its sentences.
        weakest: How well it matches the question's word that it is weakest in.
        share: Its part in a softmax over the scores of all.
        has_kind: Whether it has the kind of thing asked for.
    """

    likeness: float
    anywhere: float
    cosine: float
    weakest: float
    share: float
    has_kind: bool


def confidence_by_meaning(told: Signals) -> float:
    """Return how likely a passage answers.

    Whether the question is about the article's subject is told by likeness: of questions about
    other articles it parts all but a few (AUC .997 on squad2-dev). Whether the passage then answers
    is not told by likeness at all, but by the word that it is weakest in, by the kind of thing
    asked for, and by how much better it is than the next.
    """
    subject = _logistic(
        _SUBJECT + _SUBJECT_LIKENESS * told.likeness + _SUBJECT_ANYWHERE * told.anywhere
    )
    if subject < FOREIGN:
        return 0.0
    answers = _logistic(
        _ANSWERS
        + _COSINE * told.cosine
        + _WEAKEST * told.weakest
        + _ANYWHERE * told.anywhere
        + _SHARE * told.share
        + _NO_KIND * (not told.has_kind)
    )
    return answers if subject >= DOUBTFUL else min(answers, MOST_WITHOUT_KIND)


def signals(
    question: Question, likeness: Likeness, scores: Floats, place: int, has_kind: bool
) -> Signals:
    """Return what tells whether the passage at *place* answers.

    Args:
        question: The question as the model read it.
        likeness: Of all passages to it.
        scores: One a passage.
        place: Which of the passages.
        has_kind: Whether its most similar sentence has the kind of thing asked for.
    """
    words = _content(question, likeness.starts)
    own = likeness.of_passage(place)
    sentence = likeness.in_sentences[:, own][:, likeness.sentences[own].argmax()]
    weakest = (_of_words(sentence, words).min() + likeness.in_passages[:, place].min()) / 2
    rarities = [rarity(token) for token, _ in words]
    anywhere = np.average(_of_words(likeness.in_passages.max(axis=1), words), weights=rarities)
    return Signals(
        float(likeness.in_passages[:, place].mean()),
        float(anywhere),
        float(likeness.best_cosines[place]),
        float(weakest),
        _share(scores, place),
        has_kind,
    )


def _share(scores: Floats, place: int) -> float:
    """Return the passage's part in a softmax over the scores."""
    shares = np.exp(scores - scores.max())
    return float(shares[place] / shares.sum())


def _content(question: Question, starts: Sequence[int]) -> list[tuple[str, slice]]:
    """Return the words that tell what is asked, all if none does, each with its model's tokens."""
    every = []
    for match in _WORD.finditer(question.text):
        first, last = np.searchsorted(starts, match.span())
        if first < last:
            every.append(("".join(tokens(match[0])) or "?", slice(first, last)))
    content = [word for word in every if word[0] in question.content]
    return content or every or [("?", slice(None))]


def _of_words(of_tokens: Floats, words: Sequence[tuple[str, slice]]) -> Floats:
    return np.array([of_tokens[place].mean() for _, place in words], np.float32)


def _logistic(logit: float) -> float:
    return 1 / (1 + math.exp(-float(logit)))
