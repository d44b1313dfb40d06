"""Words: passages scored for a question by the words they share.

BM25 of the passage over words says what it is about, over pairs of neighbouring words what belongs
together; BM25 of its best sentence over letter groups forgives another ending or a typing error and
holds phrases together.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, compress, count, pairwise
from typing import NamedTuple

import numpy as np

from bot.language.languages import Language
from bot.language.rarity import rarity
from bot.language.text import tokens
from bot.question import Question
from bot.retrieval.bm25 import Numbers, Postings, Scores, distinct
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
    by_words: Scores  # of each passage
    by_pairs: Scores  # of each passage

    def added(self, weights: tuple[float, float, float]) -> Scores:
        """Return the score of each passage without letters, 0 where it shares nothing."""
        words, pairs, _ = weights
        return words * self.by_words + pairs * self.by_pairs

    @property
    def corrections(self) -> dict[str, str]:
        """Its misspelt words, each with the article's word that it is taken for."""
        return {match.word: match.correction for match in self.matches if match.correction}


class InLetters(NamedTuple):
    """How passages score by letters."""

    sentences: Scores
    firsts: Numbers  # the first sentence of each passage, and the number of all

    @property
    def passages(self) -> Scores:
        """The score of the best sentence of each passage."""
        return np.asarray(np.maximum.reduceat(self.sentences, self.firsts[:-1]))

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
        self._beyond = {index: frozenset(map(stem, tokens(beyond[index]))) for index in beyond}
        self._firsts = np.cumsum([0, *map(len, sentences)])
        # Each passage is its sentences, and what it is known by.
        parts = ([*several, beyond.get(index, "")] for index, several in enumerate(sentences))
        words, every, lengths, running = _read(chain.from_iterable(parts))
        ends = self._firsts[1:] + np.arange(1, len(sentences) + 1)
        is_sentence = np.ones(len(lengths), np.bool_)
        is_sentence[ends - 1] = False
        self._letters = Letters(list(compress(running, is_sentence)), K1, B)
        counts = dict(zip(words, np.bincount(every).tolist(), strict=True))
        bounds = [0, *np.cumsum(lengths)[ends - 1].tolist()]
        told = ([words[one] for one in every[slice(*span)].tolist()] for span in pairwise(bounds))
        self._vocabulary = Vocabulary(told, counts, synonyms, language)
        known: dict[str, int] = defaultdict(count().__next__)
        self._stems = {one: stem(one) for one in words if one not in language.stop_words}
        numbers = [known[self._stems[one]] if one in self._stems else _NONE for one in words]
        self._terms = dict(known)
        terms = np.array(numbers, np.int32)[every]
        part = np.repeat(np.arange(len(lengths)), lengths)
        is_told = terms != _NONE
        self._index_passages(terms[is_told], np.searchsorted(ends, part[is_told], "right"), counts)
        is_told &= is_sentence[part]
        self._in_sentences = terms[is_told]
        lengths = np.bincount(part[is_told], minlength=len(lengths))[is_sentence]
        self._starts = np.cumsum([0, *lengths])
        self._key_weights = self._rarities_in_sentences(lengths)

    def _index_passages(self, terms: Numbers, places: Numbers, words: Iterable[str]) -> None:
        lengths = np.bincount(places, minlength=len(self._firsts) - 1)
        rarities = self._rarities(words)
        weigh = lambda idf: np.sqrt(idf) * rarities / MEDIUM_RARITY  # noqa: E731 - an expression
        self._words = Postings(terms, lengths, K1, B, weigh)
        pairs = terms[:-1].astype(np.int64) * len(self._terms) + terms[1:]
        pairs = pairs[places[:-1] == places[1:]]
        self._known_pairs, numbers = np.unique(pairs, return_inverse=True)
        self._pairs = Postings(numbers, (lengths - 1).clip(0), K1, B)

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
        numbers = self._numbers_of(_stems(matches))
        pairs = {self._pair_number(*one): 1.0 for one in pairwise(numbers) if _NONE not in one}
        pairs.pop(_NONE, None)
        by_words, by_pairs = self._words.scores(asked), self._pairs.scores(pairs)
        return WordQuery(matches, question.told, asked, by_words, by_pairs)

    def by_passage(self) -> list[tuple[list[int], list[float]]]:
        """Return for each passage the numbers of its words, and the score of each."""
        return self._words.by_document()

    def letters(self, query: WordQuery, passages: Numbers) -> InLetters:
        """Return how many rare groups of letters some passages share with a question."""
        firsts, ends = self._firsts[passages], self._firsts[passages + 1]
        scores = self._letters.scores(query.told, firsts, ends)
        return InLetters(scores, np.cumsum([0, *(ends - firsts)]))

    def key_scores(self, index: int, query: WordQuery, by_letters: Scores) -> Scores:
        """Return how well each sentence of a passage would do as the key sentence."""
        numbers = self._numbers_of(dict.fromkeys(_stems(query.matches)))
        counts = np.array([[*map(one.count, numbers)] for one in self._terms_of(index)])
        return KEY_LETTERS * by_letters + counts / (KEY_K1 + counts) @ self._key_weights[numbers]

    def share(self, text: str, query: WordQuery) -> float:
        """Return how much of *query* a part of a passage covers, 0 to 1, rare words the most."""
        told = {self._stems.get(token, "") for token in tokens(text)}
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
        beyond = self._beyond.get(index, frozenset())
        own, covered = list(map(frozenset, self._terms_of(index))), 0.0
        in_sentences = [0.0] * len(own)
        for several, share in known:
            asked, is_beyond = self._numbers_of(several), not beyond.isdisjoint(several)
            having = [is_beyond or not one.isdisjoint(asked) for one in own]
            in_sentences = [
                before + share * one for before, one in zip(in_sentences, having, strict=True)
            ]
            covered += share * any(having)
        return Coverage(covered, max(in_sentences), math.sqrt(max(0.0, topic)))

    def _numbers_of(self, terms: Iterable[str]) -> list[int]:
        return [self._terms.get(term, _NONE) for term in terms]

    def _pair_number(self, first: int, second: int) -> int:
        pair = first * len(self._terms) + second
        place = int(self._known_pairs.searchsorted(pair))
        is_known = place < len(self._known_pairs) and self._known_pairs[place] == pair
        return place if is_known else _NONE

    def _terms_of(self, index: int) -> list[list[int]]:
        """Return the terms of each sentence of a passage."""
        first, end = self._firsts[index : index + 2].tolist()
        bounds = self._starts[first : end + 1].tolist()
        return [self._in_sentences[one:other].tolist() for one, other in pairwise(bounds)]

    def _rarities(self, words: Iterable[str]) -> Scores:
        """Return how rare each term is in general English, which tells what of a dozen passages.

        The commonest of its words counts.
        """
        found = np.full(len(self._terms), np.inf)
        for word in words:
            term = self._terms.get(self._language.stem(word), _NONE)
            if term != _NONE:
                found[term] = min(rarity(word), found[term])
        return found

    def _rarities_in_sentences(self, lengths: Numbers) -> Scores:
        told_in = np.repeat(np.arange(len(lengths)), lengths)
        width = max(len(self._terms), 1)
        having = np.bincount(distinct(told_in * width + self._in_sentences) % width)
        weights = np.zeros(width)
        weights[: len(having)] = np.log((len(lengths) + 1) / having.clip(1))
        return KEY_WORDS * (KEY_K1 + 1) * weights


def _read(texts: Iterable[str]) -> tuple[list[str], Numbers, Numbers, list[str]]:
    """Return the words of *texts*, their number at each place, how many a text has, and it running.

    One text is read after the other: the words of all at once would take ten times the memory.
    """
    numbers: dict[str, int] = defaultdict(count().__next__)
    lengths, running = [], []

    def read() -> Iterator[str]:
        for text in texts:
            own = tokens(text)
            lengths.append(len(own))
            running.append(" ".join(own))
            yield from own

    every = np.fromiter(map(numbers.__getitem__, read()), np.int32)
    return list(numbers), every, np.array(lengths), running


def _stems(matches: Iterable[Match]) -> list[str]:
    return [stem for match in matches for stem in match.stems]
