"""The article: its passages, read from a file."""

from bot.article.article import Article, Passage
from bot.article.reading import read_article

__all__ = ["Article", "Passage", "read_article"]
