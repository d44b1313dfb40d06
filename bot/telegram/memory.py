"""Memory: the little that is kept of a conversation, for a while, in the process alone."""

from cachetools import TTLCache
from telegram import Message

from bot.answering.conversation import Turn


class Memory:
    """The last turn of each private chat, and which reply answered which message or album."""

    def __init__(self) -> None:
        # How many of each are kept, and for how many seconds.
        self._turns: TTLCache[int, Turn] = TTLCache(1_000, 10 * 60)
        self._replies: TTLCache[tuple[int, int | str], int] = TTLCache(4_000, 60 * 60)

    def turn(self, chat: int) -> Turn:
        """Return the last turn in a chat, an empty one where there is none."""
        return self._turns.get(chat, Turn())

    def keep_turn(self, chat: int, turn: Turn) -> None:
        """Keep the last turn of a chat."""
        self._turns[chat] = turn

    def reply(self, message: Message) -> int | None:
        """Return the id of the reply to a message or its album, None where none is known."""
        return self._replies.get(_key(message))

    def keep_reply(self, message: Message, reply: int) -> None:
        """Keep which reply answered a message and the album that it is part of."""
        self._replies[_key(message)] = reply


def _key(message: Message) -> tuple[int, int | str]:
    return message.chat.id, message.media_group_id or message.id
