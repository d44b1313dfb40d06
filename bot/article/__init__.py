"""The article: its passages, read from a file or a folder of them."""

from bot.article.article import Article, Passage
from bot.article.collection import read_articles
from bot.article.reading import article_in, read_article

__all__ = ["Article", "Passage", "article_in", "read_article", "read_articles"]
