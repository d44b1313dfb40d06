"""Retrieval: a question in, the best-matching passages out."""

from bot.retrieval.hit import Hit
from bot.retrieval.retriever import Retriever

__all__ = ["Hit", "Retriever"]
