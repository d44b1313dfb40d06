"""Kept vectors: what passages mean, in files, so that the model reads them once."""

import logging
from collections.abc import Callable, Container, Mapping, Sequence
from contextlib import suppress
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.lib.format import open_memmap, write_array_header_1_0
from numpy.typing import NDArray

from bot import cache
from bot.retrieval.languages import Multilingual
from bot.retrieval.loading import give_back_memory
from bot.retrieval.meaning import Sentenced, Vectors, beginnings, joined, read_passage
from bot.retrieval.model import Model

_LOGGER = logging.getLogger(__name__)
# To count up when the same model's vectors of the same texts change.
_VERSION = 2
# How many passages of a large text the model reads before it keeps them: two seconds' work.
_PART = 64
# Of what a file has: its rows, the first of each sentence, and the keys of its passages.
_ROWS, _FIRSTS, _KEYS = ".rows.npy", ".firsts.npy", ".keys.npy"
# What tells a passage and the model that read it from all others, and how many sentences it has.
Key: TypeAlias = tuple[int, int]


def kept_vectors(
    model: Model | Multilingual,
    passages: Sequence[Sentenced],
    told: Callable[[int], None] = lambda _: None,
) -> Vectors:
    """Return what *passages* mean, from the user's cache folder where they were read before.

    A passage is read once, whatever others it stands between. Torn or foreign files are made anew,
    and a folder that can't be written is left alone. After each passage that the model has to read
    *told* is called with how many are read.
    """
    path = cache.folder() / name_of(model, passages)
    with suppress(Exception):  # numpy's reader raises all kinds where a file is torn or foreign
        vectors = _load(path, [len(passage.sentences) for passage in passages])
        cache.mark_used(path)
        return vectors
    keys = [(int(name_of(model, [one])[:15], 16), len(one.sentences)) for one in passages]
    wanted = dict(zip(keys, passages, strict=True))
    known = _known(path.parent, wanted)
    missing = [key for key in wanted if key not in known]
    for count, key in enumerate(missing, start=1):
        known[key] = read_passage(model, wanted[key])
        told(len(passages) - len(missing) + count)
        if count % _PART == 0:
            part = path.with_name(f"{path.name}-{len(known)}")
            _keep(part, missing[count - _PART : count], known)
            _LOGGER.info("The model has read %d of %d passages.", len(known), len(wanted))
    vectors = _keep(path, keys, known)
    known.clear()
    give_back_memory()
    return vectors


def name_of(model: Model | Multilingual, passages: Sequence[Sentenced]) -> str:
    """Return what tells the passages and the model that read them from all others."""
    told_apart = [(list(passage.sentences), passage.known_by) for passage in passages]
    return sha256(repr((_VERSION, model.name, told_apart)).encode()).hexdigest()


def _known(folder: Path, wanted: Container[Key]) -> dict[Key, Vectors]:
    """Return what those of the passages mean that stand in any file."""
    known: dict[Key, Vectors] = {}
    for path in folder.glob(f"*{_KEYS}"):
        with suppress(Exception):
            keys = _keys(path)
            vectors = _load(path.with_suffix(""), [length for _, length in keys])
            known |= {key: vectors.passage(at) for at, key in enumerate(keys) if key in wanted}
    return known


def _keep(path: Path, keys: Sequence[Key], known: Mapping[Key, Vectors]) -> Vectors:
    """Return what passages mean together, from a file where that can be written."""
    each = [known[key] for key in keys]
    firsts = beginnings([len(one.tokens) for one in each])
    sentences = [one.sentences + first for one, first in zip(each, firsts, strict=True)]
    try:
        _write(path.with_suffix(_ROWS), [one.tokens for one in each] + [one.means for one in each])
        _write(path.with_suffix(_FIRSTS), sentences)
        _write(path.with_suffix(_KEYS), [np.array(keys)])
        _forget_replaced(path, set(keys))
        return _load(path, [length for _, length in keys])
    except (OSError, ValueError) as error:
        _LOGGER.info("What the article means can't be kept: %s", error)
        return joined(each)


def _forget_replaced(path: Path, keys: set[Key]) -> None:
    """Delete the files most of whose passages stand in this one: parts, and the text before."""
    for other in path.parent.glob(f"*{_KEYS}"):
        with suppress(Exception):
            theirs = set(_keys(other))
            if other != path.with_suffix(_KEYS) and 2 * len(keys & theirs) > len(theirs):
                for ending in (_KEYS, _FIRSTS, _ROWS):
                    other.with_suffix("").with_suffix(ending).unlink(missing_ok=True)


def _keys(path: Path) -> list[Key]:
    return [(key, length) for key, length in np.load(path).tolist()]


def _load(path: Path, lengths: Sequence[int]) -> Vectors:
    """Return those of passages of so many sentences; rows stay in the file until needed."""
    rows = open_memmap(path.with_suffix(_ROWS), mode="r")
    sentences = np.array(open_memmap(path.with_suffix(_FIRSTS), mode="r"))
    count, _ = rows.shape
    tokens = count - len(sentences)
    are_kinds_right = rows.dtype == np.int8 and sentences.dtype == np.int64
    is_whole = rows.offset + rows.nbytes == path.with_suffix(_ROWS).stat().st_size
    are_as_many = are_kinds_right and is_whole and sentences.shape == (sum(lengths),)
    if not are_as_many or sentences[0] != 0 or np.diff(sentences, append=tokens).min() < 1:
        raise ValueError("these are no vectors of as many sentences")
    # Parts of a memmap take twice as long to cut as those of the array that it is.
    whole = np.asarray(rows)
    return Vectors(whole[:tokens], whole[tokens:], sentences, beginnings(lengths))


def _write(path: Path, parts: Sequence[NDArray[np.generic]]) -> None:
    shape = (sum(map(len, parts)), *parts[0].shape[1:])
    kind = {"descr": parts[0].dtype.str, "fortran_order": False, "shape": shape}
    header = BytesIO()
    write_array_header_1_0(header, kind)
    cache.keep(path, [header.getvalue(), *(part.data for part in parts)])
