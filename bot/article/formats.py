"""Formats: the bytes of a file in, its text out, marked as in markdown where it has marks."""

import re
from collections.abc import Callable
from typing import NamedTuple

from bot.article.markup import docx_text, epub_text, html_text
from bot.article.pdf import pdf_text
from bot.errors import BotError, brought_by


class Format(NamedTuple):
    """What an article may come in."""

    name: str
    suffixes: tuple[str, ...]
    beginning: re.Pattern[bytes]  # of a file that certainly is in it
    text: Callable[[bytes], str]


def _plain_text(content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        from charset_normalizer import from_bytes

        text = str(from_bytes(content)[0])
    if "\0" in text or text.startswith("{\\rtf"):
        raise ValueError("it is no plain text")
    return text


_PAGE_BEGINS = (
    rb"(?:\xef\xbb\xbf)?\s*(?:<(?:\?|!--)[^>]*>\s*)*<(?:!doctype\s+html|html|head|body)\b"
)
HTML = Format("HTML", (".html", ".htm", ".xhtml"), re.compile(_PAGE_BEGINS, re.I), html_text)
TEXT = Format("text not in UTF-8", (".txt", ".md", ".markdown"), re.compile(b""), _plain_text)
# A file is in the first of these whose beginning it has, whatever its name says.
FORMATS = (
    Format("PDF", (".pdf",), re.compile(rb"\s*%PDF-"), pdf_text),
    Format("Word", (".docx",), re.compile(rb"PK\x03\x04.*word/document\.xml", re.S), docx_text),
    Format("EPUB", (".epub",), re.compile(rb"PK\x03\x04.{26}mimetypeapplication/epub"), epub_text),
    HTML,
    TEXT,
)


def text_in(content: bytes, name: str) -> str:
    """Return a file's text; raise a BotError where no format or package at hand reads it."""
    known = next(one for one in FORMATS if one.beginning.match(content))
    if known is TEXT and name.lower().endswith(HTML.suffixes) and b"<" in content:
        known = HTML
    try:
        return known.text(content)
    except ModuleNotFoundError as missing:
        raise BotError(
            f"The article {name} is {known.name}, which takes the package {missing.name}. "
            f"{brought_by('formats')}",
            2,
        ) from None
    except Exception:  # a stranger's file makes readers raise all kinds
        others = ", ".join(one.suffixes[0] for one in FORMATS if one is not TEXT)
        problem = f"not plain text. Save it as such, or as one of {others}."
        if known is not TEXT:
            problem = "damaged, or locked with a password. Save it anew."
        raise BotError(f"The article {name} is {problem}", 2) from None
