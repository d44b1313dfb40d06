"""Hits: passages that match a question, each with how well."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Hit:
    """A passage that matches a question."""

    index: int  # among the passages, from 0
    score: float  # higher is better, 0 when nothing matches
    confidence: float  # how likely it answers, 0 to 1
    key_sentence: str  # the sentence of it that answers best
    mark: str  # that sentence, of a long one the clauses that answer best
    views: Mapping[str, float]  # what the score is the sum of
