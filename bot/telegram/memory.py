"""Memory: the little that is kept of a conversation, for a while, in the process alone."""

from cachetools import TTLCache

from bot.conversation import Turn

CHATS, SECONDS_OF_A_TURN = 1_000, 10 * 60
REPLIES, SECONDS_OF_A_REPLY = 10_000, 60 * 60


class Memory:
    """The last turn of each private chat, the albums met, and which reply answered which message.

    All are bounded and expire: turns and albums after ten minutes, replies after an hour.
    """

    def __init__(self) -> None:
        self._turns: TTLCache[int, Turn] = TTLCache(CHATS, SECONDS_OF_A_TURN)
        self._albums: TTLCache[str, None] = TTLCache(CHATS, SECONDS_OF_A_TURN)
        self._replies: TTLCache[tuple[int, int], int] = TTLCache(REPLIES, SECONDS_OF_A_REPLY)

    def turn(self, chat: int) -> Turn:
        """Return the last turn in a chat, an empty one where there is none."""
        return self._turns.get(chat, Turn())

    def keep_turn(self, chat: int, turn: Turn) -> None:
        """Keep the last turn of a chat."""
        self._turns[chat] = turn

    def is_new_album(self, album: str) -> bool:
        """Return whether an album of pictures is met for the first time."""
        is_new = album not in self._albums
        self._albums[album] = None
        return is_new

    def reply(self, chat: int, message: int) -> int | None:
        """Return the id of the reply to a message, None where it isn't known any more."""
        return self._replies.get((chat, message))

    def keep_reply(self, chat: int, message: int, reply: int) -> None:
        """Keep which reply answered a message."""
        self._replies[chat, message] = reply
