"""Kept vectors: what passages mean, in files, so that the model reads them once."""

import logging
from collections.abc import Callable, Sequence
from hashlib import sha256
from os import getpid
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from platformdirs import user_cache_path

from bot.retrieval.meaning import Sentenced, Vectors, read_vectors
from bot.retrieval.model import Model

_LOGGER = logging.getLogger(__name__)
# To count up when the same model's vectors of the same texts change.
_VERSION = 1


def kept_vectors(
    model: Model, passages: Sequence[Sentenced], told: Callable[[int], None] = lambda _: None
) -> Vectors:
    """Return what *passages* mean, from the user's cache folder where they were read before.

    Torn or foreign files are made anew, and a folder that can't be written is left alone.

    Args:
        model: What reads them.
        passages: At least one.
        told: Is called after each that the model reads with how many it has read.
    """
    told_apart = [(list(passage.sentences), passage.known_by) for passage in passages]
    name = repr((_VERSION, model.name, told_apart)).encode("utf-8", "surrogatepass")
    path = user_cache_path("article-bot") / sha256(name).hexdigest()
    try:
        return _load(path)
    except (OSError, ValueError, EOFError):
        vectors = read_vectors(model, passages, told)
    try:
        _save(path, vectors)
    except OSError as error:
        _LOGGER.info("What the article means can't be kept: %s", error)
    return vectors


def _load(path: Path) -> Vectors:
    """Return the vectors, which stay in their file until they are needed.

    Raises:
        OSError: There are none.
        ValueError: They are torn or foreign.
    """
    firsts = np.load(path.with_suffix(".firsts.npy"))
    rows = np.load(path.with_suffix(".rows.npy"), mmap_mode="r")
    count, tokens = firsts[:2].tolist()
    if rows.dtype != np.int8 or len(rows) != count + tokens:
        raise ValueError("not the rows of these vectors")
    return Vectors(rows[:tokens], rows[tokens:], firsts[2 : 2 + count], firsts[2 + count :])


def _save(path: Path, vectors: Vectors) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    counts = [len(vectors.sentences), len(vectors.tokens)]
    _write(path.with_suffix(".rows.npy"), np.concatenate([vectors.tokens, vectors.means]))
    firsts = np.concatenate([counts, vectors.sentences, vectors.passages])
    _write(path.with_suffix(".firsts.npy"), firsts)


def _write(path: Path, rows: NDArray[np.generic]) -> None:
    """Write a file whole or not at all, also where two processes write at once."""
    unfinished = path.with_suffix(f".{getpid()}.npy")
    try:
        np.save(unfinished, rows, allow_pickle=False)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
