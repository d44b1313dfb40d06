"""The question: what a person asks, read once."""

from bot.question.question import Question, read_question

__all__ = ["Question", "read_question"]
