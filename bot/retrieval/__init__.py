"""Retrieval: a question in, the best-matching passages out."""
