"""Retrieval: a question in, the best-matching passages out."""

from bot.retrieval.retriever import Hit, Retriever

__all__ = ["Hit", "Retriever"]
