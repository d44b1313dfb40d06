"""Rendering: what is shown, as HTML in messages no longer than Telegram allows."""

import re
from html import escape, unescape
from typing import assert_never

from telegram.constants import MessageLimit

from bot import words
from bot.answering.blocks import Block, Entries, Excerpt, Note, Plain
from bot.article import Article
from bot.language.sentences import sentences

# A passage with so many characters is folded to three lines, with the key sentence above it.
_LONG = 500


def fitted(html: str) -> str:
    """Return HTML as it is, or as much of its text as a message may hold."""
    text = unescape(re.sub("<[^>]*>", "", html))
    if _units(text) <= MessageLimit.MAX_TEXT_LENGTH:
        return html
    short = text.encode("utf-16-le")[: 2 * MessageLimit.MAX_TEXT_LENGTH - 2]
    return escape(f"{short.decode('utf-16-le', 'ignore')}…")


def blocks_html(*blocks: Block) -> str:
    """Return blocks below one another."""
    return "\n\n".join(_drawn(block) for block in blocks)


def question_html(question: str, answer: str) -> str:
    """Return an answer below the question that a button asked."""
    return f"<blockquote>{escape(question)}</blockquote>\n{answer}"


def article_html(article: Article) -> list[str]:
    """Return the whole article, cut where paragraphs end into messages of Telegram's length."""
    paragraphs = [words.day(article.date)] if article.date else []
    above: tuple[str, ...] = ()
    for passage in article.passages:
        paragraphs += [f"<b>{escape(one)}</b>" for one in passage.headings if one not in above]
        above, text = passage.headings, escape(passage.text)
        paragraphs.append(f"<i>{text}</i>" if passage.is_caption else text)
    messages = [f"<b>{escape(article.title)}</b>"]
    for paragraph in paragraphs:
        joined = f"{messages[-1]}\n\n{paragraph}"
        if _units(joined) <= MessageLimit.MAX_TEXT_LENGTH:
            messages[-1] = joined
        else:
            messages.append(paragraph)
    return messages


def _units(text: str) -> int:
    # Telegram counts UTF-16 code units.
    return len(text.encode("utf-16-le")) // 2


def _drawn(block: Block) -> str:
    match block:
        case Plain(text):
            return escape(text)
        case Note(text):
            return f"<i>{escape(text)}</i>"
        case Excerpt(heading, before, marked, after, source):
            text = _excerpt(before, marked, after)
            above = f"<u>{escape(heading)}</u>\n" if heading else ""
            return f"{above}{text}\n\n<i>{escape(source)}</i>"
        case Entries(said, topics=topics):
            lines = [f"• {escape(topic.label)}" for topic in topics]
            return "\n".join([escape(said), "", *lines]).strip()
        case _:
            assert_never(block)


def _excerpt(before: str, marked: str, after: str) -> str:
    """Return a passage with a part of it marked, a long one folded below its key sentence."""
    text, drawn = f"{before}{marked}{after}", _bold(before, marked, after)
    key = next((one for one in sentences(text) if marked in one), marked)
    if len(text) < _LONG or 2 * len(key) > len(text):
        return drawn
    if text.startswith(key):
        drawn = escape(text.removeprefix(key).lstrip())
    lead, _, end = key.partition(marked)
    return f"{_bold(lead, marked, end)}\n<blockquote expandable>{drawn}</blockquote>"


def _bold(before: str, marked: str, after: str) -> str:
    return f"{escape(before)}<b>{escape(marked)}</b>{escape(after)}"
