"""Words: passages scored for a question by the words they share.

BM25 of the passage over words says what it is about, over pairs of neighbouring words what belongs
together; BM25 of its best sentence over letter groups forgives another ending or a typing error and
holds phrases together.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, chain, compress, count, pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bot.language.languages import Language
from bot.language.rarity import rarity
from bot.language.text import tokens
from bot.question import Question
from bot.retrieval.bm25 import Numbers, Postings, Scores, distinct, held_back, scored, stretched
from bot.retrieval.confidence import Coverage
from bot.retrieval.letters import Letters
from bot.retrieval.vocabulary import Match, Vocabulary

# All chosen on squad2-dev, leaving articles out.
K1, B = 0.5, 0.75
MEDIUM_RARITY = 5.0
# A word that stands for another one of the article counts this much of its credit.
OTHER_WORD = 0.8
# The key sentence: BM25 over letter groups and over shared words, whatever a sentence's length.
KEY_K1, KEY_WORDS, KEY_LETTERS = 0.1, 0.3, 0.05

# The number of what is no term: a stop word, or a word that no passage has.
_NONE = -1


class WordQuery(NamedTuple):
    """A question in the terms of the passages."""

    matches: Sequence[Match]
    told: Sequence[str]  # its words without those that only ask
    terms: Mapping[int, float]  # the numbers of its words, and how much each counts
    pairs: Sequence[int]  # its neighbouring words, two as one number, in order
    scores: Scores  # of each passage by its words

    @property
    def corrections(self) -> dict[str, str]:
        """Its misspelt words, each with the article's word that it is taken for."""
        return {match.word: match.correction for match in self.matches if match.correction}


class Shared(NamedTuple):
    """What some passages share with a question."""

    pairs: Scores  # of each passage
    letters: Scores  # of each sentence
    firsts: Sequence[int]  # the first sentence of each passage, and the number of all

    def best(self, scores: NDArray[np.floating]) -> Scores:
        """Return the highest of the *scores* of the sentences of each passage."""
        return np.asarray(np.maximum.reduceat(scores, self.firsts[:-1]))

    def of_passage(self, place: int) -> slice:
        """Return where the sentences of a passage stand."""
        return slice(self.firsts[place], self.firsts[place + 1])


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
        self._language, stem = language, language.stem
        # Each passage is its sentences, and what it is known by.
        self._parts = np.cumsum([0, *(len(several) + 1 for several in sentences)])
        parts = ([*several, beyond.get(index, "")] for index, several in enumerate(sentences))
        words, every, starts = _read(chain.from_iterable(parts))
        is_sentence = np.ones(len(starts) - 1, np.bool_)
        is_sentence[self._parts[1:] - 1] = False
        self._letters = Letters(compress(_cut(every, starts), is_sentence), words, K1, B)
        counts = dict(zip(words, np.bincount(every).tolist(), strict=True))
        told = ([words[one] for one in own] for own in _cut(every, starts[self._parts]))
        self._vocabulary = Vocabulary(told, counts, synonyms, language)
        known: dict[str, int] = defaultdict(count().__next__)
        self._stems = {one: stem(one) for one in words if one not in language.stop_words}
        numbers = [known[self._stems[one]] if one in self._stems else _NONE for one in words]
        self._terms = dict(known)
        terms = np.array(numbers, np.int32)[every]
        is_told = terms != _NONE
        # The terms of one part after the other, and where they begin.
        self._told = terms[is_told].astype(np.min_scalar_type(len(known)))
        self._starts = np.append(0, np.cumsum(is_told))[starts].astype(np.int32)
        self._index_passages(words)
        self._key_weights = self._rarities_in_sentences(is_sentence)

    def _index_passages(self, words: Sequence[str]) -> None:
        bounds = self._starts[self._parts]
        lengths, size = np.diff(bounds), len(bounds) - 1
        rarities = self._rarities(words)
        weigh = lambda idf: np.sqrt(idf) * rarities / MEDIUM_RARITY  # noqa: E731 - an expression
        self.postings = Postings(self._told, lengths, K1, B, weigh)
        pairs = self._pairs_in(self._told, bounds[1:])
        self._known_pairs, numbers = np.unique(pairs, return_inverse=True)
        having = distinct(numbers * size + np.repeat(np.arange(size), lengths)) // size
        self._pair_weights = np.log((size + 1) / np.bincount(having))
        self._mean_pairs = float((lengths - 1).clip(0).mean())

    def matches(self, question: Question) -> list[Match]:
        """Return what the words of *question* stand for in these passages."""
        return self._vocabulary.matches(question.content_in(self._language))

    def query(self, question: Question) -> WordQuery:
        """Return what *question* asks in the terms of these passages."""
        matches = self.matches(question)
        asked: dict[int, float] = {}
        for match in matches:
            credit = 1.0 if match.credit == 1 else OTHER_WORD * match.credit
            for term in self._numbers_of(match.stems):
                asked[term] = max(credit, asked.get(term, 0.0))
        asked.pop(_NONE, None)
        numbers = self._numbers_of(stem for match in matches for stem in match.stems)
        together = (one for one in pairwise(numbers) if _NONE not in one)
        pairs = sorted({first * len(self._terms) + second for first, second in together})
        return WordQuery(matches, question.told, asked, pairs, self.postings.scores(asked))

    def shared(self, query: WordQuery, passages: Numbers) -> Shared:
        """Return what some passages share with a question."""
        firsts, ends = self._parts[passages], self._parts[passages + 1]
        letters = self._letters.scores(query.told, firsts - passages, ends - passages - 1)
        pairs = self._pair_scores(query.pairs, self._starts[firsts], self._starts[ends])
        return Shared(pairs, letters, [*accumulate((ends - firsts - 1).tolist(), initial=0)])

    def _pair_scores(self, pairs: Sequence[int], firsts: Numbers, ends: Numbers) -> Scores:
        """Return the score for *pairs* of the passages that begin and end at some terms."""
        lengths = ends - firsts
        if not pairs:
            return np.zeros(len(lengths))
        told = self._pairs_in(self._told[stretched(firsts, ends)], np.cumsum(lengths))
        held = held_back((lengths - 1).clip(0), self._mean_pairs, K1, B)
        places = np.repeat(np.arange(len(lengths)), lengths)
        weights = self._pair_weights[self._known_pairs[:-1].searchsorted(pairs)]
        return scored(told, places, held, (np.array(pairs), weights), K1)

    def key_scores(self, index: int, query: WordQuery, by_letters: Scores) -> Scores:
        """Return how well each sentence of a passage would do as the key sentence."""
        numbers = list(query.terms)
        told = _cut(self._told, self._starts[slice(*self._parts[index : index + 2])])
        counts = np.array([[*map(one.count, numbers)] for one in told])
        by_words = counts / (KEY_K1 + counts) @ self._key_weights[numbers]
        return np.asarray(KEY_LETTERS * by_letters + by_words)

    def share(self, text: str, query: WordQuery) -> float:
        """Return how much of *query* a part of a passage covers, 0 to 1, rare words the most."""
        told = {self._stems.get(token, "") for token in tokens(text)}
        total = sum(match.rarity for match in query.matches)
        having = (one for one in query.matches if not told.isdisjoint(one.stems))
        return sum(one.credit * one.rarity for one in having) / (total or 1.0)

    def coverage(self, index: int, query: WordQuery) -> Coverage:
        """Return how much of *query* a passage covers."""
        parts = self._starts[self._parts[index] : self._parts[index + 1] + 1]
        *sentences, beyond = map(frozenset, _cut(self._told, parts))
        asked = [(self._numbers_of(one.stems), one.credit * one.rarity) for one in query.matches]
        total = sum(match.rarity for match in query.matches) or 1.0

        def share(told: frozenset[int]) -> float:
            return sum(much for terms, much in asked if not told.isdisjoint(terms)) / total

        topic = sum(match.log_likelihood_ratio for match in query.matches)
        best = max(share(own | beyond) for own in sentences)
        return Coverage(share(beyond.union(*sentences)), best, math.sqrt(max(0.0, topic)))

    def _numbers_of(self, terms: Iterable[str]) -> list[int]:
        return [self._terms.get(term, _NONE) for term in terms]

    def _pairs_in(self, terms: Numbers, ends: Numbers) -> Numbers:
        """Return each term with the one behind it as one number, _NONE where a passage ends."""
        pairs = terms * np.int64(len(self._terms))
        pairs[:-1] += terms[1:]
        pairs[ends[ends > 0] - 1] = _NONE
        return pairs

    def _rarities(self, words: Sequence[str]) -> Scores:
        """Return how rare each term is in general English, by the commonest of its words."""
        # The last one is that of what is no term.
        found = np.full(len(self._terms) + 1, np.inf)
        of = self._numbers_of(map(self._language.stem, words))
        np.minimum.at(found, of, list(map(rarity, words)))
        return found[:-1]

    def _rarities_in_sentences(self, is_sentence: NDArray[np.bool_]) -> Scores:
        part = np.repeat(np.arange(len(is_sentence)), np.diff(self._starts))
        own, width = is_sentence[part], max(len(self._terms), 1)
        having = distinct(part[own] * width + self._told[own]) % width
        sentences = np.bincount(having, minlength=width).clip(1)
        weights = np.log((is_sentence.sum() + 1) / sentences)
        return np.asarray(KEY_WORDS * (KEY_K1 + 1) * weights)


def _read(texts: Iterable[str]) -> tuple[list[str], Numbers, Numbers]:
    """Return the words of *texts*, their numbers in a row, and where in it each text begins.

    One text is read after the other: the words of all at once would take ten times the memory.
    """
    numbers: dict[str, int] = defaultdict(count().__next__)
    lengths = [0]

    def read() -> Iterator[str]:
        for text in texts:
            own = tokens(text)
            lengths.append(len(own))
            yield from own

    every = np.fromiter(map(numbers.__getitem__, read()), np.int32)
    return list(numbers), every, np.cumsum(lengths)


def _cut(numbers: Numbers, starts: Numbers) -> Iterator[list[int]]:
    return (numbers[first:end].tolist() for first, end in pairwise(starts.tolist()))
