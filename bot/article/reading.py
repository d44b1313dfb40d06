"""Reading: a file in, an article out."""

import re
import textwrap
from collections.abc import Sequence
from pathlib import Path

from bot.article.article import Article
from bot.article.blocks import BODY, HEAD, OPENERS, Block, Kind
from bot.article.head import found_date, headed, told
from bot.article.lines import lines
from bot.article.passages import passages
from bot.article.structure import structured
from bot.errors import BotError

MAX_TITLE_CHARACTERS = 200
_WORD = re.compile(r"[^\W_]")


def read_article(path: Path) -> Article:
    """Return the article in the text file at *path*.

    Raises:
        BotError: The file is missing, can't be read, isn't UTF-8 text or has no passage.
    """
    text = _read_text(path)
    if not text.strip():
        raise BotError(f"The article {path} is empty. Put some text in it.")
    if not _WORD.search(text):
        raise BotError(f"The article {path} has no words. Put some text in it.")
    found = blocks(text)
    if not any(block.kind in BODY + OPENERS for block in found):
        found = [block._replace(kind=_kind_without_body(block)) for block in found]
    if not any(block.kind in BODY + OPENERS for block in found):
        raise BotError(f"The article {path} has a title only. Put some text below it.")
    return _article(found, path.stem.replace("_", " "))


def blocks(text: str) -> list[Block]:
    """Return the blocks of a text file: all of it but white space, in order."""
    head, rest = headed(lines(text))
    body = structured(rest)
    # The only heading, right below the title, is a second title.
    if head and [i for i, block in enumerate(body) if block.kind is Kind.HEADING] == [0]:
        body[0] = body[0]._replace(kind=Kind.STANDFIRST)
    return [*head, *body]


def _kind_without_body(block: Block) -> Kind:
    """Return what a block is where a number or a name is all that the article says."""
    is_told = block.kind is not Kind.TITLE and _WORD.search(block.text)
    return Kind.TEXT if is_told else block.kind


def _article(blocks: Sequence[Block], name: str) -> Article:
    about = told(blocks)
    title = about.get("title", "")
    return Article(
        _shortened(title or name),
        found_date(about["date"]),
        tuple(passages(blocks)),
        has_headline=bool(title),
        author=about["author"],
        outlet=about.get("outlet", ""),
        standfirst=about.get("standfirst", ""),
        credits=tuple(block.text for block in blocks if block.kind is Kind.CREDIT),
        left_out=tuple(block for block in blocks if block.kind not in HEAD + BODY + OPENERS),
        header_paragraphs=tuple(dict.fromkeys(one.paragraph for one in blocks if one.kind in HEAD)),
    )


def _shortened(title: str) -> str:
    return (
        textwrap.shorten(title, MAX_TITLE_CHARACTERS, placeholder="…")
        or title[:MAX_TITLE_CHARACTERS]
    )


def _read_text(path: Path) -> str:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise BotError(f"There is no article {path}. Check the path.") from None
    except UnicodeDecodeError:
        raise BotError(f"The article {path} is not UTF-8 text. Save it as UTF-8.") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise BotError(f"The article {path} can't be read: {reason}.") from None
    if "\0" in text:
        raise BotError(f"The article {path} is not a text file. Save it as UTF-8 text.")
    return text
