"""Answering: what to show for a question, and what to refuse."""
