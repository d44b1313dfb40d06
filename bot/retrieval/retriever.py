"""Retrieving: a question in, the best-matching passages out.

    score(passage) = 1.00 * BM25 of the passage over words
                   + 0.10 * BM25 of the passage over pairs of neighbouring words
                   + 0.05 * BM25 of its best sentence over letter groups

Words say what a passage is about, pairs what belongs together, and letter groups forgive another
ending or a typing error and hold phrases together.
"""  # fmt: skip

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest
from itertools import accumulate, pairwise
from operator import add
from typing import NamedTuple

from bot.language.rarity import rarity
from bot.language.text import QUESTION_WORDS, letter_groups, pairs, sentences, stem, stems, tokens
from bot.question.kinds import Facts, Kind, asked_kind
from bot.retrieval.confidence import Coverage, confidence, coverage
from bot.retrieval.index import Index, ScoreTerms, View, postings
from bot.retrieval.vocabulary import Meaning, Vocabulary

# All chosen on squad2-dev, leaving articles out; success@1 stays within 0.002 for pairs from 0.10
# to 0.125 and letters from 0.04 to 0.055.
K1, B = 0.5, 0.75
MEDIUM_RARITY = 5.0
PAIRS, LETTERS = 0.1, 0.05
# A word that stands for another one of the article counts this much of its credit.
OTHER_WORD = 0.8
# Words that may stand in for one that the article lacks count this much.
RELATED_WORD = 0.5
# The key sentence: BM25 over letter groups and over shared words, and a number or date asked for.
KEY_K1, KEY_B = 0.1, 0.0
KEY_WORDS, KEY_KIND = 0.3, 1.0
KEY_KINDS = (Kind.NUMBER, Kind.MEASURE, Kind.DATE)
# How fast a passage's chance falls with its distance from the best score.
SHARPNESS = 1.83


@dataclass(frozen=True)
class Hit:
    """A passage that matches a question.

    Attributes:
        index: Its place among the passages, from 0.
        score: How well it matches, higher is better, 0 when nothing does.
        confidence: How likely it answers, 0 to 1.
        key_sentence: The sentence of it that answers best.
    """

    index: int
    score: float
    confidence: float
    key_sentence: str


class Query(NamedTuple):
    """A question in the terms of the passages.

    Attributes:
        question: What was asked.
        kind: The kind of thing asked for, None where words don't tell.
        meanings: What its words stand for.
        letters: The score over letter groups of each sentence of the passages in turn.
        keys: How well each of them would do as a key sentence.
    """

    question: str
    kind: Kind | None
    meanings: Sequence[Meaning]
    letters: Sequence[float]
    keys: Sequence[float]


class Retriever:
    """Finds the passages of an article that match a question."""

    def __init__(
        self,
        passages: Sequence[str],
        score_terms: ScoreTerms,
        known_by: Mapping[int, str] | None = None,
        synonyms: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        """Index *passages*.

        Args:
            passages: Their texts.
            score_terms: What scores their terms.
            known_by: For the index of a passage words that are asked for it beyond its own.
            synonyms: For words that the passages may lack the words that they have for them.

        Raises:
            ValueError: There is no passage.
        """
        if not passages:
            raise ValueError("a retriever needs at least one passage")
        beyond = known_by or {}
        words = [tokens(f"{text} {beyond.get(i, '')}") for i, text in enumerate(passages)]
        self._vocabulary = Vocabulary(words, synonyms or {})
        self._passages = [_Part(text, beyond.get(i, "")) for i, text in enumerate(passages)]
        self._sentences = [
            [_Part(sentence, beyond.get(i, "")) for sentence in sentences(text) or [text]]
            for i, text in enumerate(passages)
        ]
        self._bounds = list(accumulate(map(len, self._sentences), initial=0))
        self._index(words, score_terms)

    def _index(self, words: Sequence[Sequence[str]], score_terms: ScoreTerms) -> None:
        told = [stems(one) for one in words]
        in_sentences = [tokens(one.text) for several in self._sentences for one in several]
        by_words, by_pairs, by_letters, by_key_words = score_terms(
            [
                View(told, K1, B),
                View([pairs(one) for one in told], K1, B),
                View([letter_groups(one) for one in in_sentences], K1, B),
                View([stems(one) for one in in_sentences], KEY_K1, KEY_B),
            ]
        )
        weighted = postings(by_words, _word_weights(words))
        weighted |= postings(by_pairs, lambda _, idf: PAIRS * idf)
        self._words = Index(len(told), weighted)
        letters = postings(by_letters, lambda _, idf: LETTERS * idf)
        self._letters = Index(len(in_sentences), letters)
        key_words = postings(by_key_words, lambda _, idf: KEY_WORDS * idf)
        self._key_words = Index(len(in_sentences), key_words)

    def search(self, question: str, top_k: int = 3) -> list[Hit]:
        """Return the *top_k* passages that match *question* best, best first.

        There are fewer where fewer match, and none where no word of the question is known.
        """
        words, meanings = self._read(question)
        if not any(meaning.stems or meaning.related for meaning in meanings):
            return []
        query = self._query(question, words, meanings)
        by_words = self._by_words(query.meanings)
        by_letters = [max(query.letters[start:end]) for start, end in pairwise(self._bounds)]
        scores = list(map(add, by_words, by_letters))
        best, *_ = ranked = [
            (i, scores[i]) for i in nlargest(top_k, range(len(scores)), scores.__getitem__)
        ]
        confidence = self._confidence(best[0], query)
        return [
            Hit(
                index,
                score,
                confidence * _chance(score, best[1]) if by_words[index] else 0.0,
                self._key_sentence(index, query),
            )
            for index, score in ranked
            if score > 0
        ]

    def within(self, index: int, question: str) -> Hit:
        """Return how one passage answers a *question* that is asked about it.

        Its confidence is 1 where it has the number or the date asked for: whatever else the
        question says, it says of the passage.
        """
        query = self.query(question)
        has_kind = query.kind in KEY_KINDS and self._has_kind(index, query)
        confidence = 1.0 if has_kind else self._confidence(index, query)
        score = self._by_words(query.meanings)[index]
        return Hit(index, score, confidence, self._key_sentence(index, query))

    def corrections(self, question: str) -> dict[str, str]:
        """Return the words of *question* that look misspelt, each with the article's word."""
        meanings = self._vocabulary.meanings(tokens(question))
        return {meaning.word: meaning.correction for meaning in meanings if meaning.correction}

    def query(self, question: str) -> Query:
        """Return what *question* asks, in the terms of these passages."""
        return self._query(question, *self._read(question))

    def coverage(self, index: int, query: Query) -> Coverage:
        """Return how much of *query* one passage covers."""
        in_sentences = [one.terms for one in self._sentences[index]]
        return coverage(query.meanings, self._passages[index].terms, in_sentences)

    def _read(self, question: str) -> tuple[list[str], list[Meaning]]:
        words = [word for word in tokens(question) if word not in QUESTION_WORDS]
        return words, self._vocabulary.meanings(words)

    def _query(self, question: str, words: Sequence[str], meanings: Sequence[Meaning]) -> Query:
        letters = self._letters.scores(letter_groups(words))
        keys = list(map(add, letters, self._key_words.scores(_stems(meanings))))
        return Query(question, asked_kind(question), meanings, letters, keys)

    def _by_words(self, meanings: Sequence[Meaning]) -> list[float]:
        asked: list[str] = []
        others: dict[str, float] = {}
        for one in meanings:
            if one.credit == 1:
                asked += one.stems
            else:
                others |= dict.fromkeys(one.stems, OTHER_WORD * one.credit)
                others |= dict.fromkeys(one.related, RELATED_WORD)
        told = dict.fromkeys(asked + pairs(_stems(meanings)))
        return self._words.scores(told, {s: w for s, w in others.items() if s not in told})

    def _confidence(self, index: int, query: Query) -> float:
        return confidence(
            self.coverage(index, query), not query.kind or self._has_kind(index, query)
        )

    def _has_kind(self, index: int, query: Query) -> bool:
        kind = query.kind
        return kind is not None and self._passages[index].facts.answer(kind, query.question)

    def _key_sentence(self, index: int, query: Query) -> str:
        candidates = self._sentences[index]
        scores = list(query.keys[self._bounds[index] : self._bounds[index + 1]])
        if query.kind in KEY_KINDS:
            kind, question = query.kind, query.question
            answers = (KEY_KIND * one.facts.answer(kind, question) for one in candidates)
            scores = list(map(add, scores, answers))
        return candidates[scores.index(max(scores))].text


class _Part:
    """A passage or a sentence with what is known of it."""

    def __init__(self, text: str, known_by: str) -> None:
        self.text = text
        self.terms = frozenset(stem(token) for token in tokens(f"{text} {known_by}"))
        self.facts = Facts(text)


def _word_weights(passages: Sequence[Sequence[str]]) -> Callable[[str, float], float]:
    """Return what a stem counts: the root of its idf times its rarity in general English.

    A dozen passages say little of which words are rare; the commonest of a stem's words counts.
    """
    rarities: dict[str, float] = {}
    for word in dict.fromkeys(word for passage in passages for word in passage):
        rarities[stem(word)] = min(rarity(word), rarities.get(stem(word), math.inf))
    return lambda term, idf: math.sqrt(idf) * rarities[term] / MEDIUM_RARITY


def _stems(meanings: Sequence[Meaning]) -> list[str]:
    return [stem for meaning in meanings for stem in meaning.stems]


def _chance(score: float, best: float) -> float:
    """Return how likely a passage answers against the best: a softmax over the scores."""
    return math.exp(SHARPNESS * (score - best) / math.sqrt(best))
