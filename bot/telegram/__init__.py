"""The bot on Telegram."""

from bot.telegram.lifetime import serve

__all__ = ["serve"]
