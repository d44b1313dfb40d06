"""Admission: who may ask and how often; the others get one line that says why not, or nothing."""

import logging
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from enum import Enum
from typing import Any, NamedTuple

from cachetools import LRUCache, TTLCache
from telegram import Message, Update, User

from bot import words
from bot.telegram.addressing import is_added, is_addressed, text_of

_LOGGER = logging.getLogger(__name__)
# More chats than that are not counted at once: the least recently heard of starts anew.
CHATS, SECONDS = 10_000, 60
# So many updates of a chat may always wait: an inline query for each letter typed is no flood.
WAITING = 20
# So many messages are known again when they are edited, for so many seconds.
_KNOWN, _SECONDS_KNOWN = 4_000, 60 * 60
# One that isn't known may have been said to somebody else at first, if it was sent just now.
_JUST_NOW = timedelta(minutes=10)
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
        # What has no words gets a few lines, then silence, and takes no question's place.
        self._wordless = Limits(WAITING // 2)
        self._albums: TTLCache[tuple[int, str], dict[bool, Verdict]] = TTLCache(CHATS, SECONDS)
        self._texts: TTLCache[tuple[int, int], int] = TTLCache(_KNOWN, _SECONDS_KNOWN)
        self._began = datetime.now(UTC)
        # The supergroups that groups have become.
        self._moved: LRUCache[int, None] = LRUCache(CHATS)

    def is_flood(self, update: Mapping[str, Any], chat: int, waiting: int) -> bool:
        """Return whether an update of a chat where so many are *waiting* needn't even be read."""
        if "message" in update or "edited_message" in update:
            # In a group, whose id is negative, others than the strangers may be known.
            return self._limits.is_silent(chat) or (chat > 0 and self._strangers.is_silent(chat))
        return self._limits.is_full(waiting)

    def admitted(self, update: Update, bot: User, waiting: int) -> Update | TurnedAway | None:
        """Return what is to be handled of an update, None where nothing is to be said."""
        message = update.message or update.edited_message or update.guest_message
        if message:
            self._follow(message)
        if change := update.my_chat_member:
            # A group that has become another one was greeted before.
            is_new = is_added(change) and change.chat.id not in self._moved
            return update if is_new and self._is_known(update) else None
        is_query = update.callback_query or update.inline_query
        if not is_query and not (message and is_addressed(message, bot)):
            return None
        if message and not self._is_news(message, is_edit=bool(update.edited_message)):
            return None
        is_known = self._is_known(update)
        if not message:
            # Taps and inline queries aren't counted: turning pages fast is no flood.
            return update if is_known else TurnedAway(update, _refusal(update))
        limits = self._limits if is_known else self._strangers
        if is_known and not text_of(message):
            limits = self._wordless
        verdict = self._verdict(message, limits, waiting)
        if verdict is Verdict.ONE_LINE and limits is not self._wordless:
            return TurnedAway(update, words.TOO_MANY if is_known else _refusal(update))
        return update if verdict is Verdict.ANSWER else None

    def _is_news(self, message: Message, is_edit: bool) -> bool:
        """Return whether a message says what it didn't before: also a reaction makes an edit."""
        text, key = text_of(message), (message.chat.id, message.id)
        before = self._texts.get(key)
        is_recent = message.date > max(self._began, datetime.now(UTC) - _JUST_NOW)
        is_other = is_recent if before is None else before != hash(text)
        is_news = not is_edit or (bool(text) and is_other)
        if is_news:
            self._texts[key] = hash(text)
        return is_news

    def _verdict(self, message: Message, limits: Limits, waiting: int) -> Verdict:
        """Count a message, of an album one with words and one without at the most."""
        # A guest's chat may have the id of another one.
        place = (message.guest_query_id and message.from_user) or message.chat
        chat, has_words = place.id, bool(text_of(message))
        if not message.media_group_id or message.edit_date:
            return limits.count(chat, waiting)
        album = self._albums.setdefault((chat, message.media_group_id), {})
        if album and not has_words:
            return Verdict.SILENCE
        if has_words not in album:
            album[has_words] = limits.count(chat, waiting)
        return album[has_words]

    def _is_known(self, update: Update) -> bool:
        user, chat = update.effective_user, update.effective_chat
        is_named = user is not None and user.id in self._users
        # A guest's chat may have the id of another one.
        is_place = chat is not None and not update.guest_message and chat.id in self._chats
        return not self._users or is_named or is_place

    def _follow(self, message: Message) -> None:
        """Let a group that becomes a supergroup, with another id, keep its place."""
        old, new = message.chat.id, message.migrate_to_chat_id
        if message.migrate_from_chat_id:
            old, new = message.migrate_from_chat_id, old
        if new:
            self._moved[new] = None
        if new and old in self._chats and new not in self._chats:
            self._chats |= {new}
            _LOGGER.warning("Group %s is now %s: put that into ALLOWED_CHATS in .env", old, new)


def _refusal(update: Update) -> str:
    """Return why a stranger gets no answer, with the ids by which somebody can let him in."""
    user, chat, message = update.effective_user, update.effective_chat, update.effective_message
    # Whoever writes in the name of a chat seems to be a bot that others seem to be, too.
    in_name = message and message.sender_chat and not update.callback_query
    group = chat.id if chat and chat.id < 0 and not update.guest_message else None
    return words.not_allowed(None if in_name or not user else user.id, group)
