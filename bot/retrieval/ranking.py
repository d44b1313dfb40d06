"""Ranking: how what the views say of passages adds up."""

import logging
from typing import NamedTuple

import numpy as np

from bot.question import Question
from bot.retrieval.bm25 import Scores
from bot.retrieval.meaning import Likeness, Meaning, Places
from bot.retrieval.model import Reading
from bot.retrieval.qdrant import QdrantError, QdrantMeaning
from bot.retrieval.words import Shared, WordQuery, Words

_LOGGER = logging.getLogger(__name__)
VIEWS = ("words", "pairs", "letters", "meaning", "sentence")
# By words alone and with meaning: words, pairs, letters of the best sentence; and then the best
# sentence's cosine, the MaxSim of the passage and of its best sentence. The first were chosen on
# squad2-dev, leaving articles out; success@1 stays within .002 for pairs from .10 to .125 and
# letters from .04 to .055. The others were chosen on squad2-dev and ten other articles.
BY_WORDS = (1.0, 0.1, 0.05)
WITH_MEANING = (1.0, 0.15, 0.07)
COSINE, MAXSIM, SENTENCE_MAXSIM = 3.0, 17.0, 8.0
# Of more passages only so many are read token by token and letter by letter, the best by words and
# cosine, which there counts for all that meaning does; by words alone fewer do as well.
CANDIDATES, COSINE_ALONE, BEST_BY_WORDS = 100, 28.0, 15


class Among(NamedTuple):
    """Which passages are asked."""

    all: range  # their indices
    one: int  # which of them is looked at in any case, where it is one of them

    def best(self, scores: Scores, most: int) -> Places:
        """Return the indices of the best of the passages, of all if they are few."""
        if len(self.all) <= CANDIDATES:
            return np.arange(self.all.start, self.all.stop)
        own = scores[self.all.start : self.all.stop]
        # To look for the best among the better half costs less.
        some = (own > own.max() / 2).nonzero()[0]
        if len(some) < most:
            some = (own > 0).nonzero()[0]
        if len(some) > most:
            some = some[np.argpartition(-own[some], most)[:most]]
        one = self.one if self.one in self.all else self.all.start
        return np.array(sorted({one, *(some + self.all.start).tolist()}))


class Asked(NamedTuple):
    """A question held against the passages."""

    question: Question  # its misspelt words corrected
    words: WordQuery
    candidates: Places  # the indices of the passages that are looked at
    views: Scores  # of the candidates, shape (views, candidates)
    scores: Scores  # their sums
    shared: Shared  # of the candidates
    likeness: Likeness | None  # of the candidates, None by words alone
    is_foreign: bool = False  # whether the likeness is of another language


def by_words(words: Words, question: Question, query: WordQuery, among: Among) -> Asked:
    """Return a question, read as *query*, held against passages by their words."""
    return _weighed(words, question, query, among.best(query.scores, BEST_BY_WORDS), None)


def by_meaning(
    words: Words,
    meaning: Meaning | QdrantMeaning,
    question: Question,
    query: WordQuery,
    among: Among,
) -> Asked | None:
    """Return the same by their words and by what they mean, None where that can't be told."""
    reading = meaning.model.question(question.text)
    if not reading.starts:
        return None
    try:
        if isinstance(meaning, QdrantMeaning):
            places, likeness = meaning.likely(reading, query.terms, *among)
        else:
            places, likeness = _likeness(meaning, reading, query.scores, among)
    except QdrantError as error:
        _LOGGER.warning("Answering by words alone. %s", error)
        return None
    return _weighed(words, question, query, places, likeness)


def _weighed(
    words: Words, question: Question, query: WordQuery, places: Places, likeness: Likeness | None
) -> Asked:
    shared = words.shared(query, places)
    by_words = query.scores[places], shared.pairs, shared.best(shared.letters)
    weights = np.array(WITH_MEANING if likeness else BY_WORDS)
    views = weights[:, np.newaxis] * by_words * bool(query.terms or likeness)
    if likeness:
        best_sentences = shared.best(likeness.sentences)
        by_sentence = COSINE * likeness.best_cosines + SENTENCE_MAXSIM * best_sentences
        views = np.vstack([views, MAXSIM * likeness.passages, by_sentence])
    return Asked(question, query, places, views, views.sum(axis=0), shared, likeness)


def _likeness(
    meaning: Meaning, reading: Reading, known: Scores, among: Among
) -> tuple[Places, Likeness]:
    is_large = len(among.all) > CANDIDATES
    likely = known + COSINE_ALONE * meaning.best_cosines(reading) if is_large else known
    places = among.best(likely, CANDIDATES)
    return places, meaning.likeness(reading, None if len(places) == len(known) else places)
