"""Kept vectors: what passages mean, in files, so that the model reads them once."""

import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from hashlib import sha256
from os import getpid
from pathlib import Path

import numpy as np
from numpy.lib.format import open_memmap
from numpy.typing import NDArray
from platformdirs import user_cache_path

from bot.retrieval.languages import Multilingual
from bot.retrieval.meaning import Sentenced, Vectors, beginnings, read_vectors
from bot.retrieval.model import Model, give_back_memory

_LOGGER = logging.getLogger(__name__)
# To count up when the same model's vectors of the same texts change.
_VERSION = 2


def kept_vectors(
    model: Model | Multilingual,
    passages: Sequence[Sentenced],
    told: Callable[[int], None] = lambda _: None,
) -> Vectors:
    """Return what *passages* mean, from the user's cache folder where they were read before.

    Torn or foreign files are made anew, and a folder that can't be written is left alone. After
    each passage that the model has to read *told* is called with how many it has read.
    """
    path = user_cache_path("article-bot") / _name(model, passages)
    with suppress(Exception):  # numpy's reader raises all kinds where a file is torn or foreign
        return _load(path, [len(passage.sentences) for passage in passages])
    vectors = read_vectors(model, passages, told)
    give_back_memory()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(path.with_suffix(".rows.npy"), np.concatenate([vectors.tokens, vectors.means]))
        _write(path.with_suffix(".firsts.npy"), vectors.sentences)
    except OSError as error:
        _LOGGER.info("What the article means can't be kept: %s", error)
    return vectors


def _name(model: Model | Multilingual, passages: Sequence[Sentenced]) -> str:
    told_apart = [(list(passage.sentences), passage.known_by) for passage in passages]
    return sha256(repr((_VERSION, model.name, told_apart)).encode()).hexdigest()


def _load(path: Path, lengths: Sequence[int]) -> Vectors:
    """Return those of passages of so many sentences; rows stay in the file until needed."""
    rows = open_memmap(path.with_suffix(".rows.npy"), mode="r")
    sentences = np.array(open_memmap(path.with_suffix(".firsts.npy"), mode="r"))
    count, _ = rows.shape
    tokens = count - len(sentences)
    are_kinds_right = rows.dtype == np.int8 and sentences.dtype == np.int64
    if not are_kinds_right or sentences.shape != (sum(lengths),):
        raise ValueError("these are no vectors of as many sentences")
    if sentences[0] != 0 or np.diff(sentences, append=tokens).min() < 1:
        raise ValueError("these are no places of sentences")
    return Vectors(rows[:tokens], rows[tokens:], sentences, beginnings(lengths))


def _write(path: Path, rows: NDArray[np.generic]) -> None:
    """Write a file whole or not at all, also where two processes write at once."""
    unfinished = path.with_suffix(f".{getpid()}.npy")
    try:
        np.save(unfinished, rows, allow_pickle=False)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
