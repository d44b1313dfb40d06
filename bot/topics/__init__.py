"""What an article speaks of: its countries, its projects and other things with a name."""

from bot.topics.topics import Topic, Topics

__all__ = ["Topic", "Topics"]
