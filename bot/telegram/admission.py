"""Admission: who may ask and how often; the others get one line that says why not, or nothing."""

import time
from collections.abc import Callable, Mapping
from enum import Enum
from typing import Any, NamedTuple

from cachetools import TTLCache
from telegram import Chat, Update, User

from bot import words
from bot.telegram.addressing import is_addressed

# More chats than that are not counted at once: the least recently heard of starts anew.
CHATS, SECONDS = 10_000, 60
# So many updates of a chat may always wait: an inline query for each letter typed is no flood.
WAITING = 20
# What becomes of a question.
Verdict = Enum("Verdict", ["ANSWER", "ONE_LINE", "SILENCE"])


class TurnedAway(NamedTuple):
    """An update that gets no answer but a line that says why."""

    update: Update
    said: str


class Limits:
    """Counts the questions of each chat, of which so many are answered in a minute."""

    def __init__(self, questions: int, timer: Callable[[], float] = time.monotonic) -> None:
        self._questions = questions
        self._minutes: TTLCache[int, list[Verdict]] = TTLCache(CHATS, SECONDS, timer)

    def is_silent(self, chat: int) -> bool:
        """Return whether nothing more is said in a chat for now."""
        return self._minutes.get(chat, [])[-1:] == [Verdict.ONE_LINE]

    def is_full(self, waiting: int) -> bool:
        """Return whether as many of a chat's updates are *waiting* as may wait at once."""
        return waiting >= max(self._questions, WAITING)

    def count(self, chat: int, waiting: int) -> Verdict:
        """Count a question of a chat where so many are *waiting*, and return what becomes of it."""
        if self.is_silent(chat):
            return Verdict.SILENCE
        minute = self._minutes.setdefault(chat, [])
        is_answered = len(minute) < self._questions and not self.is_full(waiting)
        minute.append(Verdict.ANSWER if is_answered else Verdict.ONE_LINE)
        return minute[-1]


class Admission:
    """Decides on updates: by whom they are, to whom, and how many there were before."""

    def __init__(self, users: frozenset[int], chats: frozenset[int], limits: Limits) -> None:
        # The users may ask everywhere, everyone in the chats, and without any everyone everywhere.
        # A private chat has the id of its user.
        self._users = users | chats
        self._chats = chats
        self._limits = limits
        self._strangers = Limits(0)

    def is_flood(self, update: Mapping[str, Any], chat: int, waiting: int) -> bool:
        """Return whether an update of a chat where so many are *waiting* needn't even be read."""
        if "message" in update or "edited_message" in update:
            # In a group, whose id is negative, others than the strangers may be known.
            return self._limits.is_silent(chat) or (chat > 0 and self._strangers.is_silent(chat))
        return self._limits.is_full(waiting)

    def admitted(
        self, update: Update, bot: User, chat: int, waiting: int
    ) -> Update | TurnedAway | None:
        """Return what is to be handled of an update, None where nothing is to be said."""
        message = update.message or update.edited_message
        is_query = update.callback_query or update.inline_query
        if not is_query and not (message and is_addressed(message, bot)):
            return None
        is_known = self._is_known(update.effective_user, update.effective_chat)
        if not message:
            # Taps and inline queries aren't counted: turning pages fast is no flood.
            return update if is_known else TurnedAway(update, words.NOT_ALLOWED)
        limits = self._limits if is_known else self._strangers
        verdict = limits.count(chat, waiting)
        if verdict is Verdict.ONE_LINE:
            return TurnedAway(update, words.TOO_MANY if is_known else words.NOT_ALLOWED)
        return update if verdict is Verdict.ANSWER else None

    def _is_known(self, user: User | None, chat: Chat | None) -> bool:
        is_named = user is not None and user.id in self._users
        return not self._users or is_named or (chat is not None and chat.id in self._chats)
