"""The sentence model: what the words of a text mean where they stand, as vectors.

An ONNX model of sentence-transformers' kind, run on one thread of the CPU. All that is used of it
is its last hidden state, one vector a token.
"""

from collections.abc import Sequence
from itertools import accumulate
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float32]

# The SHA-256 of the packaged model, which is its name.
PACKAGED = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
# Attention takes memory by the square of what is read at once: 512 tokens peak 110 MB higher.
_WINDOW = 254
# How much of a long text is read again before its next part.
_OVERLAP = 64
# Texts, tokens, and numbers a token.
_OF_TOKENS = 3


class Reading(NamedTuple):
    """A text as the model reads it."""

    vectors: Floats  # of its tokens, shape (tokens, width)
    starts: Sequence[int]  # where in the text each token begins, in characters


class Model:
    """Reads texts; from several threads, if need be."""

    def __init__(self, session: Any, tokenizer: Any, name: str, prompts: tuple[str, str]) -> None:
        """Take over an onnxruntime session and what it wants to see before questions, passages."""
        self.name = name  # changes when the vectors do
        # How many times farther from 1 its cosines would be if the packaged model told them.
        self.spread = 1.0
        self._session = session
        self._tokenizer = tokenizer
        self._question_prompt, self._passage_prompt = prompts
        self._inputs = {one.name for one in session.get_inputs()}
        self._outputs = [one.name for one in session.get_outputs() if len(one.shape) == _OF_TOKENS]
        if not self._outputs:
            raise ValueError("none of its outputs is one vector a token")
        around = tokenizer.encode("").ids
        if len(around) != len("[]"):
            raise ValueError("its tokenizer doesn't set one token before a text and one behind it")
        self._first, self._last = around
        # What none of its pieces stands for, as most emoji, would match whatever else none does.
        self._unknown = {tokenizer.token_to_id(one) for one in ("[UNK]", "<unk>")}

    def question(self, text: str) -> Reading:
        """Return how a question reads, its first 254 tokens if there are more."""
        return self._read(text, self._question_prompt, _WINDOW)

    def passage(self, text: str) -> Reading:
        """Return how a passage reads."""
        return self._read(text, self._passage_prompt)

    def sentences(self, sentences: Sequence[str]) -> list[Floats]:
        """Return the token vectors of each sentence of a passage, of zeros where it has none."""
        reading = self.passage(" ".join(sentences))
        lengths = accumulate(len(one) + 1 for one in sentences[:-1])
        parts = np.split(reading.vectors, np.searchsorted(reading.starts, list(lengths)))
        nothing = np.zeros((1, reading.vectors.shape[1]), np.float32)
        return [part if len(part) else nothing for part in parts]

    def _read(self, text: str, before: str, most: int | None = None) -> Reading:
        own, led_in = self._encoded(text)[:most], self._encoded(before)
        ids = [piece for piece, _ in led_in + own]
        parts = [
            self._vectors(ids[max(0, start - _OVERLAP) : end])[start - end :]
            for start, end in _windows(len(ids))
        ]
        vectors = np.concatenate(parts)[len(led_in) :]
        return Reading(vectors, [start for _, start in own])

    def _encoded(self, text: str) -> list[tuple[int, int]]:
        """Return the number of each known piece of a text, and where the piece begins."""
        # Halves of surrogate pairs, as in arguments that aren't UTF-8, are no text to it.
        whole = text.encode("utf-8", "replace").decode("utf-8")
        pieces = self._tokenizer.encode(whole, add_special_tokens=False)
        every = zip(pieces.ids, pieces.offsets, strict=True)
        return [(piece, start) for piece, (start, _) in every if piece not in self._unknown]

    def _vectors(self, ids: Sequence[int]) -> Floats:
        """Return one vector a token id."""
        told = np.array([[self._first, *ids, self._last]], np.int64)
        feeds = {"input_ids": told, "attention_mask": np.ones_like(told)}
        if "token_type_ids" in self._inputs:
            feeds["token_type_ids"] = np.zeros_like(told)
        [hidden] = self._session.run(self._outputs[:1], feeds)
        return np.asarray(hidden[0, 1:-1], np.float32)


def maxsim(question: Reading, passage: Reading) -> float:
    """Return the mean of the best cosine of each token of a question among those of a passage."""
    return float((units(question.vectors) @ units(passage.vectors).T).max(axis=1).mean())


def units(vectors: Floats) -> Floats:
    """Return vectors of length 1, and those of zeros as they are."""
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-9))


def _windows(length: int) -> list[tuple[int, int]]:
    """Return which tokens are read anew in each run, the first of them a whole window."""
    later = range(_WINDOW, length, _WINDOW - _OVERLAP)
    return list(zip([0, *later], [*later, length], strict=True))
