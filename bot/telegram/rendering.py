"""Rendering: what is shown, as HTML within Telegram's limits."""

from collections.abc import Iterator, Sequence
from html import escape

from telegram.constants import MessageLimit

from bot import words
from bot.article.article import Article, Passage
from bot.topics import Topic


def plain_html(text: str) -> str:
    """Return words of our own as they are, escaped."""
    return escape(text)


def passage_html(article: Article, passage: Passage, key_sentence: str) -> str:
    """Return a passage with its key sentence bold and a line that says where it stands."""
    return f"{_marked(passage.text, key_sentence)}\n\n<i>{_source(article, passage)}</i>"


def noted_html(said: str, answer: str) -> str:
    """Return an answer below a small line of our own."""
    return f"<i>{escape(said)}</i>\n\n{answer}"


def list_html(said: str, topics: Sequence[Topic]) -> str:
    """Return some entries of a list, a line each, below what is said of them."""
    lines = (f"• {escape(words.entry(topic.name, topic.flag))}" for topic in topics)
    return "\n".join([escape(said), "", *lines]).strip()


def question_html(question: str, answer: str) -> str:
    """Return an answer below the question that a button asked."""
    return f"<blockquote>{escape(question)}</blockquote>\n{answer}"


def joined_html(above: str, below: str) -> str:
    """Return two pieces of HTML as one message."""
    return f"{above}\n\n{below}"


def article_html(article: Article) -> list[str]:
    """Return the whole article as messages that end where a paragraph does."""
    messages = [""]
    for paragraph in _paragraphs(article):
        joined = f"{messages[-1]}\n\n{paragraph}".strip()
        if _units(joined) <= MessageLimit.MAX_TEXT_LENGTH:
            messages[-1] = joined
        else:
            messages.append(paragraph)
    return messages


def _paragraphs(article: Article) -> Iterator[str]:
    yield f"<b>{escape(article.title)}</b>"
    if article.date:
        yield escape(words.day(article.date))
    for passage in article.passages:
        text = escape(passage.text)
        yield f"<i>{text}</i>" if passage.is_caption else text


def _marked(text: str, key_sentence: str) -> str:
    before, key, after = text.partition(key_sentence)
    return f"{escape(before)}<b>{escape(key)}</b>{escape(after)}"


def _source(article: Article, passage: Passage) -> str:
    line = words.source(passage.number, len(article.passages), passage.is_caption, article.title)
    return escape(line)


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
