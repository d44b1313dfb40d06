"""A bot that answers questions about an article with the article's own passages.

The walk of a question: a face (`telegram`, `terminal`, `web`) has `question` read it once and hands
it to `answering`, which tells small talk, lists and questions about the article itself apart from
the rest and has `retrieval` find the passages, by their words and by what they mean; the face draws
the blocks of the answer. The walk of an article: `cli` has `article` read the file into passages,
which `retrieval` indexes and `topics` looks through for countries and names.
"""

__version__ = "0.1.0"
