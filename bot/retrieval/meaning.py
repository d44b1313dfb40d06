"""Meaning: how near passages are to a question in what they say.

Likeness is late interaction (ColBERT; Khattab & Zaharia 2020): each token of the question looks
for its best match among the tokens of a text, and the mean of their cosines is the text's MaxSim.
Each sentence also has one vector, the mean of its tokens as they stand in the passage.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from bot.retrieval.languages import Multilingual
from bot.retrieval.model import Floats, Model, Reading, units

Places: TypeAlias = NDArray[np.int64]

# Unit vectors are kept in steps of 1/127, which costs no accuracy and a quarter of the memory.
STEPS = np.float32(127)
# As many of them as the processor's cache holds as floats: more at once take thrice as long.
_BLOCK = 1024


@dataclass(frozen=True)
class Vectors:
    """What passages mean, as unit vectors times 127."""

    # Shape (tokens, width): those of a sentence, then those of what its passage is known by.
    tokens: NDArray[np.int8]
    means: NDArray[np.int8]  # of the mean of each sentence's tokens, shape (sentences, width)
    sentences: Places  # the first token of each; there is at least one
    passages: Places  # the first sentence of each; there is at least one

    def passage(self, place: int) -> "Vectors":
        """Return what one passage means, without a copy of it."""
        first, end = self.passages[place], _end(self.passages, place, len(self.means))
        token, last = self.sentences[first], _end(self.sentences, end - 1, len(self.tokens))
        sentences = self.sentences[first:end] - token
        return Vectors(self.tokens[token:last], self.means[first:end], sentences, beginnings([0]))


class Sentenced(NamedTuple):
    """A passage as the model reads it."""

    sentences: Sequence[str]  # at least one
    known_by: str = ""  # beyond its own words, such as its heading


class Likeness(NamedTuple):
    """How near passages are to a question: cosines, from -1 to 1 and higher for nearer."""

    starts: Sequence[int]  # where in the question each of its tokens begins, in characters
    in_passages: Floats  # the best match of each token, shape (tokens, passages)
    passages: Floats  # the MaxSim of each
    sentences: Floats  # the MaxSim of each of theirs
    best_cosines: Floats  # the highest of the question's mean and a sentence's in each passage


class Meaning:
    """Holds passages against questions."""

    def __init__(self, model: Model | Multilingual, vectors: Vectors) -> None:
        self.model = model
        self._vectors = vectors

    def likeness(self, question: Reading, passages: Places | None = None) -> Likeness:
        """Return how near all passages, or some, are to a question of at least one token."""
        part = self._vectors
        if passages is not None:
            part = joined([part.passage(one) for one in passages])
        asked = units(question.vectors) / STEPS
        best = np.maximum.reduceat(_cosines(part.tokens, asked), part.sentences).T
        in_sentences = self._spread(best)
        in_passages = np.maximum.reduceat(in_sentences, part.passages, axis=1)
        return Likeness(
            question.starts,
            in_passages,
            in_passages.mean(axis=0),
            in_sentences.mean(axis=0),
            self._spread(_best_cosines(question, part)),
        )

    def best_cosines(self, question: Reading) -> Floats:
        """Return the highest cosine of a question and a sentence of each passage.

        It costs a twentieth of the whole likeness, and tells which passages of many are worth it.
        """
        return self._spread(_best_cosines(question, self._vectors))

    def _spread(self, cosines: Floats) -> Floats:
        return cosines * np.float32(self.model.spread) + np.float32(1 - self.model.spread)


def read_passage(model: Model | Multilingual, passage: Sentenced) -> Vectors:
    """Return what a passage means."""
    own = model.sentences(passage.sentences)
    known = [model.passage(passage.known_by).vectors] if passage.known_by else []
    tokens = [_rounded(np.concatenate([one, *known])) for one in own]
    means = np.stack([_rounded(one.mean(axis=0)) for one in own])
    firsts = beginnings([len(one) for one in tokens])
    return Vectors(np.concatenate(tokens), means, firsts, beginnings([len(own)]))


def joined(each: Sequence[Vectors]) -> Vectors:
    """Return what passages, at least one, mean together, given what each means."""
    firsts = beginnings([len(one.tokens) for one in each])
    return Vectors(
        np.concatenate([one.tokens for one in each]),
        np.concatenate([one.means for one in each]),
        np.concatenate([one.sentences + first for one, first in zip(each, firsts, strict=True)]),
        beginnings([len(one.means) for one in each]),
    )


def _best_cosines(question: Reading, vectors: Vectors) -> Floats:
    mean = units(question.vectors.mean(axis=0)) / STEPS
    return np.maximum.reduceat(_cosines(vectors.means, mean), vectors.passages)


def _end(firsts: Places, place: int, total: int) -> int:
    return int(firsts[place + 1]) if place + 1 < len(firsts) else total


def _cosines(vectors: NDArray[np.int8], asked: Floats) -> Floats:
    blocks = (vectors[one : one + _BLOCK] for one in range(0, len(vectors), _BLOCK))
    return np.concatenate([one @ asked.T for one in blocks])


def _rounded(vectors: Floats) -> NDArray[np.int8]:
    rounded: NDArray[np.int8] = np.rint(STEPS * units(vectors)).astype(np.int8)
    return rounded


def beginnings(lengths: Sequence[int]) -> Places:
    """Return where each of some stretches begins that follow one another."""
    return np.array(list(accumulate(lengths[:-1], initial=0)), np.int64)
