"""The article: its passages, read from a file or a folder of them."""

from bot.article.article import Article, Passage
from bot.article.collection import Shelf
from bot.article.reading import article_in, read_article

__all__ = ["Article", "Passage", "Shelf", "article_in", "read_article"]
