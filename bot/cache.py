"""The cache folder: what was made of an article before, in files."""

import logging
import pickle
import sys
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import cache
from hashlib import sha256
from os import getpid
from pathlib import Path
from sysconfig import get_path
from typing import Any, TypeVar

from platformdirs import user_cache_path

_T = TypeVar("_T")
_LOGGER = logging.getLogger(__name__)
_UNUSED_SECONDS = 60 * 24 * 3600
# Beside the classes of this package.
_READ_WITH = frozenset(
    """
    builtins.list builtins.range cachetools.LRUCache collections.Counter collections.OrderedDict
    collections.defaultdict datetime.date numpy.dtype numpy.ndarray numpy._core.numeric._frombuffer
    numpy._core.multiarray._reconstruct numpy._core.multiarray.scalar
    """.split()
)


def folder() -> Path:
    """Return where files are kept, which need not exist."""
    return user_cache_path("article-bot")


def made_folder() -> Path:
    """Return the same, made for its owner alone; raise an OSError where it can't be."""
    folder().mkdir(0o700, parents=True, exist_ok=True)
    return folder()


def cached(source: str, make: Callable[[], _T]) -> _T:
    """Return what *make* makes of *source*, from a file where this very code made it before.

    Torn or foreign files are made anew, and a folder that can't be written is left alone.
    """
    path = folder() / f"{sha256(f'{_code()} {source}'.encode()).hexdigest()}.index"
    with suppress(Exception), path.open("rb") as file:  # torn bytes make pickle raise all kinds
        made: _T = _Reader(file).load()
        mark_used(path)
        return made
    made = make()
    try:
        keep(path, [pickle.dumps(made, pickle.HIGHEST_PROTOCOL)])
        _forget_unused()
    except OSError as error:
        _LOGGER.info("The index can't be kept: %s", error)
    return made


def keep(path: Path, parts: Iterable[bytes | memoryview]) -> None:
    """Write a file whole or not at all, also where two processes write at once.

    Raises:
        OSError: It can't be written.
    """
    made_folder()
    unfinished = path.with_suffix(f".{getpid()}")
    try:
        with unfinished.open("wb") as file:
            file.writelines(parts)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def mark_used(path: Path) -> None:
    """Keep the files of this name, whatever their endings, for another two months."""
    for file in path.parent.glob(f"{path.stem}.*"):
        file.touch()


def _forget_unused() -> None:
    for path in (one for one in folder().iterdir() if one.suffix in (".index", ".npy")):
        if time.time() - path.stat().st_mtime > _UNUSED_SECONDS:
            path.unlink(missing_ok=True)


class _Reader(pickle.Unpickler):
    """Makes values of this package alone, so that no stranger's file has anything run."""

    def find_class(self, module: str, name: str) -> Any:
        found = super().find_class(module, name)
        is_own = module.startswith("bot.") and isinstance(found, type)
        if f"{module}.{name}" in _READ_WITH or (is_own and found.__module__ == module):
            return found
        raise pickle.UnpicklingError(f"{module}.{name} is no part of an index")


@cache
def _code() -> str:
    """Return what is another when this package, or one that it is made with, has changed."""
    files = [file for file in Path(__file__).parent.rglob("*") if file.suffix not in ("", ".pyc")]
    # The folder of packages changes when one comes, goes or is replaced.
    stamps = [(str(file), file.stat().st_mtime_ns) for file in [*files, Path(get_path("platlib"))]]
    return f"{sys.version} {sorted(stamps)}"
