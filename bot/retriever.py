"""Retrieving: a question in, the best-matching passages out."""

from collections.abc import Sequence
from dataclasses import dataclass

from rank_bm25 import BM25Plus

from bot.text import sentences, terms


@dataclass(frozen=True)
class Hit:
    """A passage that matches a question.

    Attributes:
        index: Its place among the passages, from 0.
        score: How well it matches, higher is better, 0 when no term does.
        confidence: How much of what was asked it covers, 0 to 1.
        key_sentence: The sentence of it that answers best.
    """

    index: int
    score: float
    confidence: float
    key_sentence: str


class Retriever:
    def __init__(self, passages: Sequence[str]) -> None:
        if not passages:
            raise ValueError("a retriever needs at least one passage")
        self._passages = list(passages)
        self._terms = [terms(p) for p in passages]
        self._bm25 = BM25Plus(self._terms, k1=1.0, b=0.9, delta=0)

    def search(self, question: str, top_k: int = 3) -> list[Hit]:
        query = terms(question)
        scores = self._bm25.get_scores(query)
        order = sorted(range(len(scores)), key=lambda i: -scores[i])[:top_k]
        return [
            Hit(i, float(scores[i]), self._coverage(query, i), self._key(query, i))
            for i in order
            if scores[i] > 0
        ]

    def _coverage(self, query: Sequence[str], index: int) -> float:
        return len(set(query) & set(self._terms[index])) / max(1, len(set(query)))

    def _key(self, query: Sequence[str], index: int) -> str:
        return max(sentences(self._passages[index]), key=lambda s: len(set(terms(s)) & set(query)))
