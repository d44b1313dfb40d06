"""The article: its passages, read from a file."""
