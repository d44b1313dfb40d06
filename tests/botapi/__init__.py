"""A strict local stand-in for Telegram's Bot API, for tests with a real bot."""

from .api import BotApi
from .chats import Chat
from .faults import ApiError, Fault
from .messages import Call, Message, Query
from .people import Person

__all__ = ["ApiError", "BotApi", "Call", "Chat", "Fault", "Message", "Person", "Query"]
