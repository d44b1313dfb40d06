"""The article: its passages, read from a file.

`reading` has `lines` read the file's characters and line ends, `head` and `structure` say what
each line is to a reader, and `passages` put those blocks together and cut them to size.
"""

from bot.article.article import Article, Passage
from bot.article.reading import read_article

__all__ = ["Article", "Passage", "read_article"]
