"""Reading: a file in, an article out."""

from functools import partial
from hashlib import sha256
from pathlib import Path

from bot.article.article import BODY, OPENERS, Article, Block, Kind
from bot.article.formats import text_in
from bot.article.head import headed, published, told
from bot.article.lines import lines
from bot.article.passages import passages
from bot.article.structure import structured
from bot.cache import cached
from bot.errors import BotError

MAX_TITLE = 200


def read_article(path: Path) -> Article:
    """Return the article in a file; raise a BotError where that can't be read or has none."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise BotError(f"There is no article {path}. Check the path.") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise BotError(f"The article {path} can't be read: {reason}.") from None
    return article_in(content, str(path), path.stem.replace("_", " "))


def article_in(content: bytes, name: str, title: str) -> Article:
    """Return the article in *content*, with *title* if it has no other, or raise a BotError."""
    source = f"article {sha256(content).hexdigest()} {name!r} {title!r}"
    return cached(source, partial(_article_in, content, name, title))


def _article_in(content: bytes, name: str, title: str) -> Article:
    found = blocks(text_in(content, name))
    if not any(block.kind in BODY + OPENERS for block in found):
        raise BotError(f"The article {name} has no text. Put some in it; scans need OCR first.", 2)
    about = told(found)
    title = " ".join((about.get("title") or title).split())
    return Article(
        title if len(title) <= MAX_TITLE else title[: MAX_TITLE - 1] + "…",
        published(found),
        tuple(passages(found)),
        has_headline="title" in about,
        author=about.get("author", ""),
        outlet=about.get("outlet", ""),
        credits=tuple(block for block in found if block.kind is Kind.CREDIT),
    )


def blocks(text: str) -> list[Block]:
    """Return the blocks of a text file: all of it but white space, in order."""
    read = lines(text)
    head = headed(read)
    found = [*head, *structured(read[len(head) :])]
    headings = [i for i, block in enumerate(found) if block.kind is Kind.HEADING]
    # A heading alone makes no sections: it opens what stands right under it.
    for i in headings if len(headings) == 1 else []:
        found[i] = found[i]._replace(kind=Kind.OPENER)
    return found
