"""Limits: how many questions of a chat are answered in a minute."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto

from cachetools import TTLCache

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
