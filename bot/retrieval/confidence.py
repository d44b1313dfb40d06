"""Confidence: how likely a passage answers a question, as a probability."""

import math
import re
from collections.abc import Sequence, Set
from typing import NamedTuple

import numpy as np

from bot.language.facts import Kind
from bot.language.rarity import rarity
from bot.language.text import stems, terms, tokens
from bot.question import Question
from bot.question.kinds import KIND_WORDS
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
# Who asks what they did means somebody in the article.
_SUBJECT_SOMEONE = 2.0
# Below the first chance of being about the subject nothing is a guess, below the second all are.
FOREIGN, DOUBTFUL = 0.003, 0.01
# And whether the passage answers. Fitted on the questions of squad2-dev about the article, the
# impossible ones counting half, and on eleven other articles, counting twentyfold; the intercept is
# higher by 1.37, so that what is likelier to answer than not is told as an answer.
_ANSWERS, _ANYWHERE, _COSINE, _HERE = -0.86, -6.84, 2.46, 5.81
_HAS_KIND, _IS_TOLD, _LACKS_NAME = 2.73, 1.16, -0.65
# A question in another language is at most a guess: 40 of 42 about an article are as near as this,
# and a quarter of those about others.
FOREIGN_GUESS, _LEAST_FOREIGN_COSINE = 0.35, 0.775
# What may be told in words that no pattern knows: three nuns, on the day of the fair, a fortune.
_TOLD_IN_WORDS = (Kind.DATE, Kind.MONEY, Kind.PERSON)
# A word that no passage has, and this one nothing so near to, may be what tells which is meant.
_LEAST_NEAR = 0.6
# Whether she did, where no other word is so near, is matched by any passage about her.
_LEAST_BESIDE_HER = 0.5
_LEADING = frozenset("the a an and about".split())
# A word's commonness is this less its rarity, which is 4.5 for one that English hardly has.
_MOST_COMMON = 7.1

_WORD = re.compile(r"[^\W\d_]+|\d+(?:\.\d+)?")


class Coverage(NamedTuple):
    """How much of a question a passage covers."""

    # The share of the question's words that it has, by their rarity in general English, 0 to 1.
    passage: float
    sentence: float  # the same for the best of its sentences
    # The root of the log likelihood ratio of the question's words here and in general English.
    topic: float


def confidence_by_words(covered: Coverage, has_kind: bool) -> float:
    """Return how likely the best passage answers, which may have the kind of thing asked for."""
    if not covered.passage:
        return 0.0
    probability = _MOST * _logistic(
        _INTERCEPT
        + _PASSAGE * covered.passage
        + _SENTENCE * covered.sentence
        + _TOPIC * covered.topic
    )
    return probability if has_kind else min(probability, MOST_WITHOUT_KIND)


def foreign_confidence(cosine: float) -> float:
    """Return how likely a passage answers a question in another language, from their cosine."""
    return FOREIGN_GUESS if cosine >= _LEAST_FOREIGN_COSINE else 0.0


class Signals(NamedTuple):
    """What tells whether a passage answers, by meaning."""

    likeness: float  # its MaxSim
    # How well the question's words are matched in any passage, the rare ones most: what it's about.
    anywhere: float
    of_someone: bool  # the question takes for granted who is meant
    cosine: float  # the best of its sentences
    here: float  # how well the passage matches them, the common ones most: what is asked
    has_kind: bool  # its most similar sentence has the kind of thing asked for
    is_told: bool  # that sentence has every word of the question, and others
    lacks_name: bool  # the passage lacks a name that the question has
    # The question narrows down what the passage tells to another, or asks about somebody whether
    # something is so that it doesn't speak of.
    is_of_another: bool


def confidence_by_meaning(told: Signals) -> float:
    """Return how likely a passage answers.

    Whether the question is about the article's subject is told by likeness: of questions about
    other articles it parts all but a few (AUC .997 on squad2-dev). Whether the passage then answers
    is not told by likeness at all, but by whether it matches what is asked of the subject, and has
    the kind of thing asked for.
    """
    subject = _logistic(
        _SUBJECT
        + _SUBJECT_LIKENESS * told.likeness
        + _SUBJECT_ANYWHERE * told.anywhere
        + _SUBJECT_SOMEONE * told.of_someone
    )
    if subject < FOREIGN:
        return 0.0
    answers = _logistic(
        _ANSWERS
        + _ANYWHERE * told.anywhere
        + _COSINE * told.cosine
        + _HERE * told.here
        + _HAS_KIND * told.has_kind
        + _IS_TOLD * told.is_told
        + _LACKS_NAME * told.lacks_name
    )
    is_sure = subject >= DOUBTFUL and told.has_kind and not told.is_of_another
    return answers if is_sure else min(answers, MOST_WITHOUT_KIND)


class Candidate(NamedTuple):
    """A passage that may answer."""

    place: int  # among those whose likeness is known
    text: str  # with its heading
    closest: str  # its most similar sentence


def signals(
    question: Question, likeness: Likeness, passage: Candidate, strange: Set[str]
) -> Signals:
    """Return what tells whether a passage answers a question with some words that none has."""
    place, text, sentence = passage
    every, told = _every(question, likeness.starts), set(terms(text))
    # The words that tell what is asked, all if none does.
    words = [word for word in every if word[0] in question.content] or every
    own, best = likeness.in_passages[:, place], likeness.in_passages.max(axis=1)
    rarities = np.array([rarity(token) for token, _ in words])
    is_covered = bool(_asked(question)) and covers(sentence, question)
    is_told = is_covered and not set(terms(sentence)) <= set(stems(question.tokens))
    nearest = _of_words(own, words)
    is_whether = question.asks_whether and question.speaks_of_someone
    is_of_another = (is_whether and nearest.max() < _LEAST_BESIDE_HER) or _is_of_another(
        every, _of_words(own, every), strange, told
    )
    return Signals(
        float(own.mean()),
        float(np.average(_of_words(best, words), weights=rarities)),
        question.speaks_of_someone,
        float(likeness.best_cosines[place]),
        float(np.average(nearest, weights=_MOST_COMMON - rarities)),
        question.has_kind(sentence) or (is_told and question.kind in _TOLD_IN_WORDS),
        is_told,
        not _names(question) <= told,
        bool(is_of_another) and not question.is_foreign,
    )


def _is_of_another(
    every: Sequence[tuple[str, slice]], nearest: Floats, strange: Set[str], told: Set[str]
) -> bool:
    """Return whether a strange word tells which is meant of what is told: of tickets a VIP's.

    It is a number, is counted, stands before a word that is told, or is led in by an article.
    """
    asked = [word for word, _ in every]
    is_told = [not told.isdisjoint(stems([word])) for word in asked]
    leading = _LEADING if any(is_told) else ()
    around = zip(asked, ["", *asked], [*is_told[1:], False], nearest, strict=False)
    return any(
        word[0].isdigit() or before == "many" or before in leading or is_next_told
        for word, before, is_next_told, near in around
        if word in strange and near < _LEAST_NEAR
    )


def covers(text: str, question: Question) -> bool:
    """Return whether a text has every word that tells what is asked, of whatever kind that is."""
    return set(stems(_asked(question))) <= set(terms(text))


def _asked(question: Question) -> set[str]:
    """Return the words that tell what is asked, without one that only says of which kind it is."""
    return set(question.content) - (KIND_WORDS if question.kind else frozenset())


def _names(question: Question) -> set[str]:
    """Return the stems of the words that have a capital, none where all have."""
    if question.text.istitle() or question.text.isupper():
        return set()
    named = (word.token for word in question.words[1:] if word.written[0].isupper())
    return set(stems(token for token in named if token in question.content))


def _every(question: Question, starts: Sequence[int]) -> list[tuple[str, slice]]:
    """Return the words of a question, each with its model's tokens."""
    every = []
    for match in _WORD.finditer(question.text):
        first, last = np.searchsorted(starts, match.span())
        if first < last:
            every.append(("".join(tokens(match[0])) or "?", slice(first, last)))
    return every or [("?", slice(None))]


def _of_words(of_tokens: Floats, words: Sequence[tuple[str, slice]]) -> Floats:
    return np.array([of_tokens[place].mean() for _, place in words], np.float32)


def _logistic(logit: float) -> float:
    return 1 / (1 + math.exp(-float(logit)))
