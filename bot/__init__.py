"""A bot that answers questions about an article with the article's own passages.

The walk of a question: a face (`telegram.handlers` or `chat`) hands it to `answer`, which tells
small talk and questions about the article itself apart from the rest and has `retriever` find
the passages; the face renders the `Answer` in the sentences of `words`. The walk of an article:
`cli` has `article` read the file into passages, which `retriever` indexes by the terms of `text`,
scored by rank-bm25 in `bm25`.
"""
