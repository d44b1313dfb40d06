"""Words: passages scored for a question by the words they share.

BM25 of the passage over words says what it is about, over pairs of neighbouring words what belongs
together; BM25 of its best sentence over letter groups forgives another ending or a typing error and
holds phrases together.
"""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain
from sys import intern
from typing import NamedTuple

import numpy as np

from bot.language.languages import Language
from bot.language.rarity import rarity
from bot.language.text import letter_groups, pairs, tokens
from bot.question import Question
from bot.retrieval.bm25 import Postings, Scores
from bot.retrieval.confidence import Coverage
from bot.retrieval.vocabulary import Match, Vocabulary

# All chosen on squad2-dev, leaving articles out.
K1, B = 0.5, 0.75
MEDIUM_RARITY = 5.0
# A word that stands for another one of the article counts this much of its credit.
OTHER_WORD = 0.8
# The key sentence: BM25 over letter groups and over shared words.
KEY_K1, KEY_B, KEY_WORDS, KEY_LETTERS = 0.1, 0.0, 0.3, 0.05


class WordQuery(NamedTuple):
    """A question in the terms of the passages."""

    matches: Sequence[Match]
    by_words: Scores  # of each passage
    by_pairs: Scores  # of each passage
    by_letters: Scores  # of each sentence of the passages in turn

    @property
    def corrections(self) -> dict[str, str]:
        """Its misspelt words, each with the article's word that it is taken for."""
        return {match.word: match.correction for match in self.matches if match.correction}


class Words:
    """The words of passages and of their sentences, as postings."""

    def __init__(
        self,
        sentences: Sequence[Sequence[str]],
        beyond: Mapping[int, str],
        synonyms: Mapping[str, Sequence[str]],
        language: Language,
    ) -> None:
        """Index passages given as their *sentences*, by index with words *beyond* these."""
        self._language, stems = language, language.stems
        in_sentences = [[tokens(one) for one in several] for several in sentences]
        known_by = [tokens(beyond.get(index, "")) for index in range(len(sentences))]
        told = [[*chain(*own), *more] for own, more in zip(in_sentences, known_by, strict=True)]
        self._vocabulary = Vocabulary(told, synonyms, language)
        self._beyond = [frozenset(map(language.stem, more)) for more in known_by]
        self._starts = np.cumsum([0, *map(len, sentences)])
        terms = [stems(one) for one in told]
        weight = _word_weights(told, language.stem)
        self._words = Postings(terms, K1, B, weight)
        self._pairs = Postings(map(pairs, terms), K1, B)
        every = list(chain.from_iterable(in_sentences))
        self._in_sentences = Postings(map(stems, every), KEY_K1, KEY_B)
        # Interned, since rank-bm25 counts the same few groups in every sentence.
        groups = ([intern(group) for group in letter_groups(one)] for one in every)
        self._letters = Postings(groups, K1, B)

    def matches(self, question: Question) -> list[Match]:
        """Return what the words of *question* stand for in these passages."""
        return self._vocabulary.matches(question.content_in(self._language))

    def query(self, question: Question) -> WordQuery:
        """Return what *question* asks in the terms of these passages."""
        matches = self.matches(question)
        asked: dict[str, float] = {}
        for match in matches:
            credit = 1.0 if match.credit == 1 else OTHER_WORD * match.credit
            for term in match.stems:
                asked[term] = max(credit, asked.get(term, 0.0))
        return WordQuery(
            matches,
            self._words.scores(asked),
            self._pairs.scores(dict.fromkeys(pairs(_stems(matches)), 1.0)),
            self._letters.scores(dict.fromkeys(letter_groups(question.told), 1.0)),
        )

    def views(self, query: WordQuery, weights: tuple[float, float, float]) -> Scores:
        """Return three scores of each passage, 0 where it shares nothing, shape (3, passages)."""
        by_letters = np.maximum.reduceat(query.by_letters, self._starts[:-1])
        every = np.stack([query.by_words, query.by_pairs, by_letters])
        weighed: Scores = every * np.array([weights]).T
        return weighed

    def key_scores(self, index: int, query: WordQuery) -> Scores:
        """Return how well each sentence of a passage would do as the key sentence."""
        own = slice(self._starts[index], self._starts[index + 1])
        shared = self._in_sentences.scores(dict.fromkeys(_stems(query.matches), KEY_WORDS))
        return KEY_LETTERS * query.by_letters[own] + shared[own]

    def share(self, text: str, query: WordQuery) -> float:
        """Return how much of *query* a part of a passage covers, 0 to 1, rare words the most."""
        told = set(self._language.stems(tokens(text)))
        total = sum(match.rarity for match in query.matches)
        having = (one for one in query.matches if not told.isdisjoint(one.stems))
        return sum(one.credit * one.rarity for one in having) / max(total, 1.0)

    def coverage(self, index: int, query: WordQuery) -> Coverage:
        """Return how much of *query* a passage covers."""
        total = sum(match.rarity for match in query.matches)
        known = [(one.stems, one.credit * one.rarity / total) for one in query.matches if one.stems]
        if not known:
            return Coverage(0.0, 0.0, 0.0)
        topic = sum(match.log_likelihood_ratio for match in query.matches)
        own = slice(self._starts[index], self._starts[index + 1])
        in_sentences = np.zeros(own.stop - own.start)
        covered = 0.0
        for several, share in known:
            is_beyond = not self._beyond[index].isdisjoint(several)
            having = self._in_sentences.having(several)[own] | is_beyond
            in_sentences += share * having
            covered += share * bool(having.any())
        return Coverage(covered, float(in_sentences.max()), math.sqrt(max(0.0, topic)))


def _word_weights(
    passages: Iterable[Sequence[str]], stem: Callable[[str], str]
) -> Callable[[str, float], float]:
    """Return what a stem counts: the root of its idf times its rarity in general English.

    A dozen passages say little of which words are rare; the commonest of a stem's words counts.
    """
    rarities: dict[str, float] = {}
    for word in dict.fromkeys(chain.from_iterable(passages)):
        rarities[stem(word)] = min(rarity(word), rarities.get(stem(word), math.inf))
    return lambda term, idf: math.sqrt(idf) * rarities[term] / MEDIUM_RARITY


def _stems(matches: Iterable[Match]) -> list[str]:
    return [stem for match in matches for stem in match.stems]
