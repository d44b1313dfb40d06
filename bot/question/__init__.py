"""The question: what a person asks, read once."""
