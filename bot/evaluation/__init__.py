"""Evaluating: how well the bot answers questions whose answers are known."""

from bot.evaluation.report import evaluate

__all__ = ["evaluate"]
