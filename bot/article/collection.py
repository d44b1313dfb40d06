"""Collections: several articles read as one, their passages numbered through."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
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


def collected(articles: Sequence[Article]) -> Article:
    """Return *articles*, at least one, as one, each passage of theirs under a number of its own."""
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
    return Article(title, None, tuple(p for one in parts for p in one.passages), parts=parts)


class Shelf:
    """Where articles are read, and read again when they change: a file, a folder, an address."""

    def __init__(self, source: Path | str, tell: Callable[[str], None]) -> None:
        """Take articles from a path or an address; *tell* of files of a folder that are wrong."""
        self._source, self._tell = source, tell
        self._is_fetched = False
        self._is_asked = False  # to be read again
        # Its stamp as it was read last, and as it was looked at last.
        self._known: object = None
        self._seen: object = None
        # The files that were read before, each as it was then.
        self._read: dict[Path, tuple[object, Article]] = {}

    def ask(self) -> None:
        """Have it read again, whether anything has changed or not."""
        self._is_asked = True

    def is_due(self) -> bool:
        """Return whether to read again: it was asked to be, or changed, and not since last looked.

        What changes between two looks is still being written.
        """
        before, self._seen = self._seen, self.stamp()
        return self._is_asked or self._known != self._seen == before

    def stamp(self) -> object:
        """Return what is another when a file has changed, came or went."""
        with suppress(OSError, ValueError):
            return None if isinstance(self._source, str) else _stamps(self._source)
        return None

    def read(self) -> Article:
        """Return the article, or all in the folder; raise a BotError where none can be read.

        What is at an address is fetched once, and anew where it is read again.
        """
        self._is_asked, self._known = False, self.stamp()
        if isinstance(self._source, str):
            return self._fetch(self._source)
        return self._read_all(self._source) if isdir(self._source) else read_article(self._source)

    def _read_all(self, folder: Path) -> Article:
        """Return the articles in a folder, one that can't be read any more as it was before."""
        try:
            stamps = _stamps(folder)
        except OSError as error:
            raise BotError(f"The folder {folder} can't be read: {error.strerror}.", 2) from None
        wrong = []
        for file, stamp in stamps.items():
            if file not in self._read or self._read[file][0] != stamp:
                try:
                    self._read[file] = stamp, read_article(file)
                except BotError as error:
                    wrong.append(str(error))
        self._read = {file: self._read[file] for file in stamps if file in self._read}
        if not self._read:
            ending = " that can be read." if wrong else ". Put one there, or name one: --article."
            raise BotError(" ".join([f"There is no article in {folder}{ending}", *wrong]), 2)
        for problem in wrong:
            self._tell(problem)
        return collected([article for _, article in self._read.values()])

    def _fetch(self, address: str) -> Article:
        read = partial(article_in, name=address, title=address.partition("://")[2])
        article, day = fetched(address, read, anew=self._is_fetched)
        self._is_fetched = True
        return replace(article, origin=words.origin(address, day))


def _stamps(path: Path) -> dict[Path, object]:
    """Return the files that are articles by their names, in that order, with their times."""
    files = sorted(filter(_is_article, path.iterdir())) if isdir(path) else [path]
    # A README is about the folder, where that has anything else.
    articles = [file for file in files if file.name.lower().split(".")[0] != "readme"] or files
    told = {file: file.stat() for file in articles}
    return {file: (one.st_mtime_ns, one.st_size) for file, one in told.items()}


def _is_article(file: Path) -> bool:
    # What is hidden, as of macOS, and what is locked in Word, is none.
    is_named = file.name.lower().endswith(_SUFFIXES) and not file.name.startswith((".", "~$"))
    return is_named and file.is_file()
