"""Kept vectors: what passages mean, in files, so that the model reads them once."""

import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from hashlib import sha256
from os import getpid
from pathlib import Path

import numpy as np
from numpy.lib.format import open_memmap, write_array_header_1_0
from numpy.typing import NDArray
from platformdirs import user_cache_path

from bot.retrieval.languages import Multilingual
from bot.retrieval.loading import give_back_memory
from bot.retrieval.meaning import Sentenced, Vectors, beginnings, read_vectors
from bot.retrieval.model import Model

_LOGGER = logging.getLogger(__name__)
# To count up when the same model's vectors of the same texts change.
_VERSION = 2
# How many passages of a large text the model reads before it keeps them: ten seconds' work.
_PART = 256


def kept_vectors(
    model: Model | Multilingual,
    passages: Sequence[Sentenced],
    told: Callable[[int], None] = lambda _: None,
) -> Vectors:
    """Return what *passages* mean, from the user's cache folder where they were read before.

    Torn or foreign files are made anew, and a folder that can't be written is left alone. After
    each passage that the model has to read *told* is called with how many it has read.
    """
    path = user_cache_path("article-bot") / name_of(model, passages)
    lengths = [len(passage.sentences) for passage in passages]
    with suppress(Exception):  # numpy's reader raises all kinds where a file is torn or foreign
        return _load(path, lengths)
    if len(passages) > _PART:
        parts = [_part(model, passages, one, told) for one in range(0, len(passages), _PART)]
    else:
        parts = [read_vectors(model, passages, told)]
        give_back_memory()
    firsts = np.cumsum([0, *(len(one.tokens) for one in parts[:-1])])
    sentences = [part.sentences + first for part, first in zip(parts, firsts, strict=True)]
    tokens, means = [one.tokens for one in parts], [one.means for one in parts]
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(path.with_suffix(".rows.npy"), [*tokens, *means])
        _write(path.with_suffix(".firsts.npy"), sentences)
        if len(parts) > 1:
            _forget_parts(path, model, passages)
            return _load(path, lengths)
    except (OSError, ValueError) as error:
        _LOGGER.info("What the article means can't be kept: %s", error)
    return Vectors(
        np.concatenate(tokens),
        np.concatenate(means),
        np.concatenate(sentences),
        beginnings(lengths),
    )


def _part(
    model: Model | Multilingual,
    passages: Sequence[Sentenced],
    first: int,
    told: Callable[[int], None],
) -> Vectors:
    """Return a part of what a large text means, kept until all of it is."""
    own = passages[first : first + _PART]
    vectors = kept_vectors(model, own, lambda count: told(first + count))
    told(first + len(own))
    _LOGGER.info("The model has read %d of %d passages.", first + len(own), len(passages))
    return vectors


def _forget_parts(path: Path, model: Model | Multilingual, passages: Sequence[Sentenced]) -> None:
    for first in range(0, len(passages), _PART):
        part = path.with_name(name_of(model, passages[first : first + _PART]))
        for ending in (".rows.npy", ".firsts.npy"):
            part.with_suffix(ending).unlink(missing_ok=True)


def name_of(model: Model | Multilingual, passages: Sequence[Sentenced]) -> str:
    """Return what tells the passages and the model that read them from all others."""
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


def _write(path: Path, parts: Sequence[NDArray[np.generic]]) -> None:
    """Write a file whole or not at all, also where two processes write at once."""
    unfinished = path.with_suffix(f".{getpid()}.npy")
    shape = (sum(map(len, parts)), *parts[0].shape[1:])
    kind = {"descr": parts[0].dtype.str, "fortran_order": False, "shape": shape}
    try:
        with unfinished.open("wb") as file:
            write_array_header_1_0(file, kind)
            for part in parts:
                file.write(part.data)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
