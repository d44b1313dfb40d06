"""Admission: which updates get an answer, which a line that says why not, which nothing."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from telegram import Chat, Update, User

from bot import words
from bot.telegram.addressing import is_addressed
from bot.telegram.limits import Limits, Verdict


class TurnedAway(NamedTuple):
    """An update that gets no answer but a line that says why."""

    update: Update
    said: str


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


class Admission:
    """Decides on updates: by whom they are, to whom, and how many there were before.

    Args:
        access: Who may ask.
        limits: How much those may ask.
    """

    def __init__(self, access: Access, limits: Limits) -> None:
        self._access = access
        self._limits = limits
        self._strangers = Limits(0)

    def is_flood(self, update: Mapping[str, Any], chat: int, waiting: int) -> bool:
        """Return whether an update of a chat where so many are *waiting* needn't even be read.

        A flood must cost next to nothing.
        """
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
        is_known = self._access.admits(update.effective_user, update.effective_chat)
        if not message:
            # Taps and inline queries aren't counted: turning pages fast is no flood.
            return update if is_known else TurnedAway(update, words.NOT_ALLOWED)
        limits = self._limits if is_known else self._strangers
        match limits.count(chat, waiting):
            case Verdict.ANSWER:
                return update
            case Verdict.ONE_LINE:
                return TurnedAway(update, words.TOO_MANY if is_known else words.NOT_ALLOWED)
            case Verdict.SILENCE:
                return None
