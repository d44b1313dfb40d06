"""Limits: as many questions of a chat as are answered in a minute, and who may ask."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto

from cachetools import TTLCache
from telegram import Chat, User

# More chats than that are not counted at once: the least recently heard of starts anew.
CHATS, SECONDS = 10_000, 60
# So many updates of a chat may wait at once however few questions it has: two taps, or an inline
# query for each letter that is typed, are no flood.
WAITING = 20


class Verdict(Enum):
    """What becomes of a question: an answer, one line that says why not, or silence."""

    ANSWER = auto()
    ONE_LINE = auto()
    SILENCE = auto()


@dataclass
class _Minute:
    questions: int = 0
    is_told: bool = False


class Limits:
    """Counts the questions of each chat, minute by minute.

    Args:
        questions: As many are answered in a minute.
        timer: The clock, in seconds.
    """

    def __init__(self, questions: int, timer: Callable[[], float] = time.monotonic) -> None:
        self._questions = questions
        self._minutes: TTLCache[int, _Minute] = TTLCache(CHATS, SECONDS, timer)

    def is_silent(self, chat: int) -> bool:
        """Return whether nothing more is said in a chat for now."""
        minute = self._minutes.get(chat)
        return minute is not None and minute.is_told

    def is_full(self, waiting: int) -> bool:
        """Return whether as many of a chat's updates are *waiting* as may wait at once."""
        return waiting >= max(self._questions, WAITING)

    def count(self, chat: int, waiting: int) -> Verdict:
        """Count a question of a chat where so many are *waiting*, and return what becomes of it."""
        minute = self._minutes.setdefault(chat, _Minute())
        minute.questions += 1
        if minute.is_told:
            return Verdict.SILENCE
        if minute.questions <= self._questions and not self.is_full(waiting):
            return Verdict.ANSWER
        minute.is_told = True
        return Verdict.ONE_LINE


class Access:
    """Knows who may ask: everyone, or the users and the chats that are named."""

    def __init__(self, users: frozenset[int], chats: frozenset[int]) -> None:
        self._users = users
        self._chats = chats

    @property
    def is_restricted(self) -> bool:
        """Whether anybody is turned away."""
        return bool(self._users or self._chats)

    def admits(self, user: User | None, chat: Chat | None) -> bool:
        """Return whether a user may ask in a chat, or inline where there is none."""
        if not self.is_restricted:
            return True
        # A private chat has the id of its user.
        is_known = user is not None and user.id in self._users | self._chats
        return is_known or (chat is not None and chat.id in self._chats)
