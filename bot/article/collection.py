"""Collections: several articles read as one, their passages numbered through."""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from pathlib import Path

from bot import words
from bot.article.article import Article
from bot.article.formats import FORMATS
from bot.article.reading import read_article
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


def read_articles(path: Path, tell: Callable[[str], None]) -> Article:
    """Return the article in a file, or all that a folder has.

    Args:
        path: The file or the folder, whose own folders are not looked into.
        tell: Is called with what is wrong with each of a folder's files that can't be read.

    Raises:
        BotError: There is none that can be read.
    """
    if not path.is_dir():
        return read_article(path)
    found, wrong = [], []
    for file in article_files(path):
        try:
            found.append(read_article(file))
        except BotError as error:
            wrong.append(str(error))
    if not found:
        raise BotError(
            " ".join([f"There is no article in {path} that can be read.", *wrong])
            if wrong
            else f"There is no article in {path}. Put one there, or name one with --article.",
            2,
        )
    for problem in wrong:
        tell(problem)
    return collected(found)


def article_files(path: Path) -> list[Path]:
    """Return the files in a folder that are articles by their names, which order them."""
    files = (one for one in path.iterdir() if one.name.lower().endswith(_SUFFIXES))
    # What is hidden, as of macOS, and what is locked in Word.
    return sorted(one for one in files if not one.name.startswith((".", "~$")) and one.is_file())
