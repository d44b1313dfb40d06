"""Handlers: an update in, a reply out."""

import asyncio
import re
from collections.abc import Callable
from functools import partial
from typing import TypeVar

from cachetools import TTLCache
from telegram import Chat, InlineQueryResultsButton, Message, Update, ext
from telegram.constants import ChatType
from telegram.ext import filters

from bot import words
from bot.answering import Answer, Answerer
from bot.answering.answers import Passages
from bot.answering.conversation import Turn
from bot.answering.talk import Talk
from bot.question import Question, read_question
from bot.question.smalltalk import SmallTalk
from bot.telegram import addressing
from bot.telegram.application import Context, TelegramApplication
from bot.telegram.buttons import Button, Kind, next_page, read_button, shared
from bot.telegram.delivery import acknowledge, is_edited, register_refusals, send_below, send_reply
from bot.telegram.rendering import question_html
from bot.telegram.replies import LOOK, Replies, Reply, plain_reply

_T = TypeVar("_T")
# As many questions in a row without an answer are followed by a hint.
_REFUSALS = 2
# Telegram may keep what is offered for a while: an article seldom changes.
_SECONDS_CACHED = 300


class Handlers:
    """The bot's side of its conversations, with everyone or, restricted, with some alone."""

    def __init__(self, answerer: Answerer, is_restricted: bool) -> None:
        self._answerer = answerer
        self._is_restricted = is_restricted
        self._replies = Replies(answerer)
        # The last turn of each private chat, the one before each message, and which reply answered
        # which message or album.
        self._turns: TTLCache[int, Turn] = TTLCache(1_000, 10 * 60)
        self._before: TTLCache[tuple[int, int], Turn] = TTLCache(1_000, 10 * 60)
        self._replied: TTLCache[tuple[int, int | str], int] = TTLCache(4_000, 60 * 60)
        # The key of the article that a private chat asks about alone.
        self._chosen: TTLCache[int, str] = TTLCache(4_000, 24 * 60 * 60)
        self._reading = asyncio.Lock()

    async def use(self, answerer: Answerer) -> None:
        """Answer with another answerer from now on, and no reply with parts of both."""
        async with self._reading:
            self._answerer, self._replies = answerer, Replies(answerer)
            # What they lean on may not be there any more.
            self._turns.clear()
            self._before.clear()

    def register(self, application: TelegramApplication) -> None:
        """Add every handler to *application*; of those in order the first that fits is called."""
        messages = filters.UpdateType.MESSAGES | filters.UpdateType.GUEST_MESSAGE
        application.add_handler(ext.MessageHandler(messages, self._answer))
        application.add_handler(ext.CallbackQueryHandler(self._answer_tap))
        application.add_handler(ext.InlineQueryHandler(self._offer))
        application.add_handler(ext.ChatMemberHandler(self._greet))
        register_refusals(application)

    async def _answer(self, update: Update, context: Context) -> None:
        message = update.effective_message
        if not message:
            return
        command = addressing.command_in(message)
        text = command[2] if command else addressing.question_in(message, context.bot.bot)
        if text is None:
            return
        replies = [plain_reply(words.ONLY_TEXT)]
        if addressing.text_of(message):
            make = partial(self._told, message, command[0].lower() if command else "ask", text)
            replies = await self._made(make, text)
        known = self._replied.get(_key(message))
        if not known or not await is_edited(message.chat.id, known, replies[0], context):
            self._replied[_key(message)] = await send_reply(message, replies[0], context)
        for reply in [] if message.guest_query_id else replies[1:]:
            await send_reply(message, reply, context)

    async def _answer_tap(self, update: Update, context: Context) -> None:
        query = update.callback_query
        if not query:
            return
        # What the bot posted as a guest it doesn't see.
        shown, button = query.message, read_button(query.data or "")
        keyboard = shown.reply_markup if isinstance(shown, Message) else None
        reply = turned = self._replies.turned(button, shared(keyboard))
        if shown and not turned:
            reply = await self._made(partial(self._opened, button, shown.chat), button.text)
        await acknowledge(query, "" if reply else words.OLD_BUTTON)
        chat, number = (shown.chat.id, shown.message_id) if shown else (None, None)
        if turned and await is_edited(chat, number, turned, context, query.inline_message_id):
            return
        if shown and reply:
            await send_below(shown, reply, context)

    async def _greet(self, update: Update, context: Context) -> None:
        if update.my_chat_member:
            said = words.greeting(self._answerer.article.titles, context.bot.username)
            await update.my_chat_member.chat.send_message(plain_reply(said).html, **LOOK)

    async def _offer(self, update: Update, _: Context) -> None:
        if update.inline_query:
            text = update.inline_query.query
            results = await self._made(partial(self._replies.offered, text), text)
            button = InlineQueryResultsButton(words.INLINE_NOTHING, start_parameter="start")
            await update.inline_query.answer(
                results,
                cache_time=_SECONDS_CACHED,
                is_personal=self._is_restricted,
                button=None if results else button,
            )

    async def _made(self, make: Callable[[], _T], text: str) -> _T:
        """Return what *make* makes of a text, beside the event loop where the model has to read."""
        if self._answerer.has_at_hand(text):
            return make()
        async with self._reading:
            return await asyncio.to_thread(make)

    def _told(self, message: Message, command: str, text: str) -> list[Reply]:
        """Return the messages that reply to one with a command and what stands behind that."""
        linked = re.sub("[_-]", " ", text)
        if command == "start" and not read_question(linked).small_talk:
            command, text = "ask", linked
        if command == "ask":
            return self._asked(message, read_question(text or addressing.replied_text(message)))
        talk = self._talk(_own_chat(message))
        said = talk.reply(f"/{command} {text}")
        self._keep(_own_chat(message), talk)
        return self._replies.told(said)

    def _asked(self, message: Message, question: Question) -> list[Reply]:
        """Return the reply to a question, which may be about a passage that it is in reply to."""
        replied, chat = message.reply_to_message, _own_chat(message)
        own = addressing.own_text(message, message.get_bot().bot)
        passage = self._replies.shown_passage(own)
        if replied and passage is not None and question.wants_more:
            page = next_page(replied.reply_markup)
            behind = self._replies.turned(page, shared(replied.reply_markup))
            return [behind or self._replies.answer(SmallTalk.ENOUGH)]
        talk = self._talk(chat)
        if chat:
            talk.turn = self._before.setdefault((chat, message.id), talk.turn)
        said = talk.asked(question, passage)
        if passage is None and not message.edit_date:
            self._keep(chat, talk)
            if said.answer and talk.turn.refusals == _REFUSALS:
                return [self._replies.hint(said.answer)]
        is_shared = self._can_share(said.answer, question, message)
        return self._replies.told(said, question.text if is_shared else "")

    def _can_share(self, answer: Answer | None, question: Question, message: Message) -> bool:
        """Return whether *answer* answers what a question says by itself, and is to be shared."""
        is_whole = isinstance(answer, Passages) and answer == self._answerer.answer(question)
        is_offered = message.get_bot().bot.supports_inline_queries
        return is_whole and bool(is_offered) and not message.chat.is_direct_messages

    def _opened(self, button: Button, chat: Chat) -> Reply | None:
        """Return the new message that a tapped button asks for, None where there is no answer."""
        own = chat.id if chat.type == ChatType.PRIVATE else 0
        # A button may be older than the choice of one article.
        talk, of_all = self._talk(own), self._talk(0)
        said = None
        if button.kind is Kind.ENTRY:
            chosen = button.of, button.text
            said = talk.chosen(*chosen) or of_all.chosen(*chosen)
        elif button.kind is Kind.ASK and button.text in self._answerer.examples:
            said, talk.turn = of_all.asked(button.text), of_all.turn
        if not said:
            return None
        self._keep(own, talk)
        [reply] = self._replies.told(said)
        question = button.text if button.kind is Kind.ASK else ""
        return reply._replace(html=question_html(question, reply.html)) if question else reply

    def _talk(self, chat: int) -> Talk:
        """Return the talk in a chat so far; where several talk each message begins one."""
        talk = Talk(self._answerer, words.COMMANDS if chat else words.GROUP_COMMANDS)
        if chat:
            talk.turn = self._turns.get(chat, Turn())
            talk.narrow(self._chosen.get(chat, ""))
        return talk

    def _keep(self, chat: int, talk: Talk) -> None:
        if chat:
            self._turns[chat] = talk.turn
            self._chosen.pop(chat, None)
        if chat and talk.narrowed_to:
            self._chosen[chat] = talk.narrowed_to


def _own_chat(message: Message) -> int:
    """Return the id of the chat where a person is alone with the bot, 0 elsewhere."""
    return message.chat.id if addressing.is_private(message) else 0


def _key(message: Message) -> tuple[int, int | str]:
    return message.chat.id, message.guest_query_id or message.media_group_id or message.id
