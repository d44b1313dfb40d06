"""Taps: what the buttons below the bot's messages do."""

from contextlib import suppress

from telegram import Chat, Update
from telegram.constants import ChatType

from bot import words
from bot.answering.answerer import Answerer
from bot.answering.answers import Answer, Listed
from bot.answering.conversation import turn_after
from bot.telegram import rendering
from bot.telegram.buttons import Action, Entry, ListPage, Page, Question, on_page, unpack
from bot.telegram.delivery import acknowledge, is_edited, send_below
from bot.telegram.library import Context
from bot.telegram.memory import Memory
from bot.telegram.replies import Replies, Reply


class Taps:
    """Answers taps, by what each button says of itself alone."""

    def __init__(self, answerer: Answerer, replies: Replies, memory: Memory) -> None:
        self._answerer = answerer
        self._replies = replies
        self._memory = memory

    async def answer(self, update: Update, context: Context) -> None:
        """Do what a button says."""
        query = update.callback_query
        if not query or not query.message:
            return
        action = unpack(query.data or "")
        turned = self.turned(action)
        asked = self._asked(action)
        await acknowledge(query, "" if turned or asked else words.OLD_BUTTON)
        shown = query.message
        if turned and await is_edited(shown.chat.id, shown.message_id, turned, context):
            return
        reply = turned or (self._opened(*asked, shown.chat) if asked else None)
        if reply:
            await send_below(shown, reply, context)

    def turned(self, action: Action | None) -> Reply | None:
        """Return what takes the place of the message below which a button was tapped."""
        if isinstance(action, ListPage):
            listed = self._answerer.listed(action.listing, action.places)
            if isinstance(listed, Listed) and on_page(listed.topics, action.position):
                return self._replies.list(listed, action)
        if isinstance(action, Page) and action.fingerprint == self._answerer.article.fingerprint:
            with suppress(LookupError):
                return self._replies.page(action)
        return None

    def _asked(self, action: Action | None) -> tuple[str, Answer] | None:
        """Return what a tapped button asks, in words or an entry's without any, and the answer."""
        if isinstance(action, Question) and action.text in self._answerer.examples:
            return action.text, self._answerer.answer(action.text)
        if isinstance(action, Entry):
            about = self._answerer.about(action.listing, action.key)
            return ("", about) if about else None
        return None

    def _opened(self, question: str, answer: Answer, chat: Chat) -> Reply:
        """Return the new message that shows what a tapped button asks for."""
        if chat.type == ChatType.PRIVATE:
            before = self._memory.turn(chat.id)
            self._memory.keep_turn(chat.id, turn_after(question, answer, before))
        reply = self._replies.answer(answer)
        if not question:
            return reply
        return Reply(rendering.question_html(question, reply.html), reply.keyboard)
