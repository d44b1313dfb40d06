"""Answering: what to show for a question, and what to refuse."""

from bot.answering.answerer import Answerer, indexed
from bot.answering.answers import Answer

__all__ = ["Answer", "Answerer", "indexed"]
