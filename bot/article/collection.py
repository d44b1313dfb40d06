"""Collections: several articles read as one, their passages numbered through."""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import accumulate
from os.path import isdir
from pathlib import Path

from bot import words
from bot.article.article import Article
from bot.article.fetching import fetched
from bot.article.formats import FORMATS
from bot.article.reading import article_in, read_article
from bot.errors import BotError

_SUFFIXES = tuple(suffix for one in FORMATS for suffix in one.suffixes)


@dataclass(frozen=True)
class Collection(Article):
    """Several articles as one, with each passage of theirs under a number of its own."""

    parts: tuple[Article, ...] = ()  # at least two

    @property
    def articles(self) -> tuple[Article, ...]:
        """The articles, as they know their place among the others."""
        return self.parts

    def article_of(self, number: int) -> Article:
        """Return the article that the passage with this *number* would be of."""
        behind = bisect_left(self.parts, number, key=lambda one: one.offset)
        return self.parts[behind - 1 if number > 0 else -number]


def collected(articles: Sequence[Article]) -> Article:
    """Return *articles*, at least one, as one."""
    if len(articles) == 1:
        return articles[0]
    offsets = accumulate((len(one.passages) for one in articles), initial=0)
    parts = tuple(
        replace(
            one,
            place=place,
            offset=offset,
            passages=tuple(replace(p, number=offset + p.number) for p in one.passages),
        )
        for place, (one, offset) in enumerate(zip(articles, offsets, strict=False))
    )
    title = words.counted(len(parts), "article", "articles")
    return Collection(title, None, tuple(p for one in parts for p in one.passages), parts=parts)


class Shelf:
    """Where articles are read, and read again when they change: a file, a folder, an address."""

    def __init__(self, source: Path | str, tell: Callable[[str], None]) -> None:
        """Take articles from *source*, a path, or an address as a text.

        With what is wrong with a file of a folder *tell* is called.
        """
        self._path = Path() if isinstance(source, str) else source
        self._address = source if isinstance(source, str) else ""
        self._tell = tell
        self._is_fetched = False
        # The files that were read before, each as it was then.
        self._read: dict[Path, tuple[object, Article]] = {}

    def stamp(self) -> object:
        """Return what is another when a file has changed, came or went."""
        if self._address:
            return None
        try:
            files = _article_files(self._path) if isdir(self._path) else [self._path]
            return [(file, _stamp(file)) for file in files]
        except (OSError, ValueError):
            return None

    def read(self) -> Article:
        """Return the article in the file, or all in the folder, but not in folders in it.

        A file of the folder that can't be read any more is as it was before. What is at an address
        is fetched once, and again where it is read again.

        Raises:
            BotError: There is none that can be read.
        """
        if self._address:
            return self._fetch()
        if not isdir(self._path):
            return read_article(self._path)
        try:
            stamps = {file: _stamp(file) for file in _article_files(self._path)}
        except OSError as error:
            raise BotError(f"The folder {self._path} can't be read: {error.strerror}.", 2) from None
        wrong, read = [], {file: self._read[file] for file in stamps if file in self._read}
        for file, stamp in stamps.items():
            if file not in read or read[file][0] != stamp:
                try:
                    read[file] = stamp, read_article(file)
                except BotError as error:
                    wrong.append(str(error))
        self._read = {file: read[file] for file in stamps if file in read}
        if not self._read:
            none = f"There is no article in {self._path}"
            ending = " that can be read." if wrong else ". Put one there, or name one: --article."
            raise BotError(" ".join([none + ending, *wrong]), 2)
        for problem in wrong:
            self._tell(problem)
        return collected([article for _, article in self._read.values()])

    def _fetch(self) -> Article:
        read = partial(article_in, name=self._address, title=self._address.partition("://")[2])
        article, day = fetched(self._address, read, anew=self._is_fetched)
        self._is_fetched = True
        return replace(article, origin=words.origin(self._address, day))


def _article_files(folder: Path) -> list[Path]:
    """Return the files in a folder that are articles by their names, which order them."""
    files = (one for one in folder.iterdir() if one.name.lower().endswith(_SUFFIXES))
    # What is hidden, as of macOS, and what is locked in Word.
    return sorted(one for one in files if not one.name.startswith((".", "~$")) and one.is_file())


def _stamp(file: Path) -> object:
    told = file.stat()
    return told.st_mtime_ns, told.st_size
