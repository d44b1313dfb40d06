"""Handlers: an update in, a reply out."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from typing import TypeVar

from cachetools import TTLCache
from telegram import Chat, InlineQueryResultsButton, Message, Update, ext
from telegram.constants import ChatType
from telegram.ext import filters

from bot import words
from bot.answering import Answer, Answerer
from bot.answering.blocks import Plain
from bot.answering.conversation import Turn, answer_about, answer_after, turn_after
from bot.question import Question, read_question
from bot.question.listings import Listing
from bot.question.smalltalk import SmallTalk
from bot.telegram.addressing import command_in, is_private, question_in, replies_to, text_of
from bot.telegram.admission import TurnedAway
from bot.telegram.application import Context, TelegramApplication
from bot.telegram.buttons import Button, Kind, next_page, read_button
from bot.telegram.delivery import acknowledge, answer_failure, is_edited, send_below, send_reply
from bot.telegram.rendering import blocks_html, question_html
from bot.telegram.replies import Replies, Reply, plain_reply

_T = TypeVar("_T")
# As many questions in a row without an answer are followed by a hint.
_REFUSALS = 2
# The article doesn't change while the bot runs, so Telegram may keep what is offered for a while.
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
        self._worker = ThreadPoolExecutor(1, "model")
        # The key of the article that a private chat asks about alone.
        self._chosen: TTLCache[int, str] = TTLCache(4_000, 24 * 60 * 60)
        # The reply to a message with a command and to what stands behind that.
        self._commands: dict[str, Callable[[Message, str], Reply]] = {
            "start": self._started,
            "help": lambda message, _: self._help(message),
            "about": lambda *_: self._about(),
            "articles": lambda message, _: self._all_articles(message),
            "countries": partial(self._list, Listing.COUNTRIES),
            "projects": partial(self._list, Listing.PROJECTS),
            "ask": self._asked,
        }

    def register(self, application: TelegramApplication) -> None:
        """Add every handler to *application*; of those in order the first that fits is called."""
        messages = filters.UpdateType.MESSAGES
        questions = messages & (filters.TEXT | filters.CAPTION)
        wordless = filters.UpdateType.MESSAGE & filters.ChatType.PRIVATE
        application.add_handler(ext.CommandHandler("article", self._send_article))
        application.add_handler(ext.MessageHandler(messages & filters.COMMAND, self._obey))
        application.add_handler(ext.MessageHandler(questions, self._answer))
        application.add_handler(ext.MessageHandler(wordless, self._ask_for_words))
        application.add_handler(ext.CallbackQueryHandler(self._answer_tap))
        application.add_handler(ext.InlineQueryHandler(self._offer))
        application.add_handler(ext.TypeHandler(TurnedAway, self._turn_away))
        application.add_error_handler(answer_failure)

    async def _send_article(self, update: Update, context: Context) -> None:
        if not update.message:
            return
        article = self._answerer_in(update.message.chat).article
        if len(article.articles) > 1:
            await self._reply(update.message, self._all_articles(update.message), context)
            return
        for reply in self._replies.whole(article):
            await send_reply(update.message, reply, context)

    async def _obey(self, update: Update, context: Context) -> None:
        message = update.effective_message
        if message:
            name, _, text = command_in(message)
            reply = plain_reply(words.unknown_command(f"/{name}"))
            if known := self._commands.get(name.lower()):
                reply = await self._made(partial(known, message, text), text)
            await self._reply(message, reply, context)

    async def _answer(self, update: Update, context: Context) -> None:
        message = update.effective_message
        text = question_in(message, context.bot.bot) if message else None
        if message and text is not None:
            reply = await self._made(partial(self._asked, message, text), text)
            await self._reply(message, reply, context)

    async def _ask_for_words(self, update: Update, context: Context) -> None:
        if update.message:
            await self._reply(update.message, plain_reply(words.ONLY_TEXT), context)

    async def _answer_tap(self, update: Update, context: Context) -> None:
        query = update.callback_query
        if not query or not query.message:
            return
        shown, button = query.message, read_button(query.data or "")
        turned = self._replies.turned(button)
        reply = turned or await self._made(partial(self._opened, button, shown.chat), button.text)
        await acknowledge(query, "" if reply else words.OLD_BUTTON)
        if turned and await is_edited(shown.chat.id, shown.message_id, turned, context):
            return
        if reply:
            await send_below(shown, reply)

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

    async def _turn_away(self, turned_away: TurnedAway, context: Context) -> None:
        update, said = turned_away
        if update.inline_query:
            await update.inline_query.answer([], cache_time=_SECONDS_CACHED, is_personal=True)
        elif update.callback_query:
            await acknowledge(update.callback_query, said)
        elif update.effective_message:
            await send_reply(update.effective_message, plain_reply(said), context)

    async def _made(self, make: Callable[[], _T], text: str) -> _T:
        """Return what *make* makes of a text, beside the event loop where the model has to read."""
        if self._answerer.has_at_hand(text):
            return make()
        return await asyncio.get_running_loop().run_in_executor(self._worker, make)

    async def _reply(self, message: Message, reply: Reply, context: Context) -> None:
        """Reply to a message, or edit the reply to it where there is one already."""
        known = self._replied.get(_key(message))
        if not known or not await is_edited(message.chat.id, known, reply, context):
            self._replied[_key(message)] = await send_reply(message, reply, context)

    def _started(self, message: Message, text: str) -> Reply:
        question = read_question(text.replace("_", " ").replace("-", " "))
        if question.small_talk:
            return self._replies.introduction()
        return self._asked(message, question)

    def _asked(self, message: Message, text: str | Question) -> Reply:
        """Return the reply to a question, or else to the message that it is in reply to."""
        replied = text_of(message.reply_to_message)
        question = read_question(text or replied)
        if not question.text.strip():
            return plain_reply(words.ASK_WHAT)
        if self._answerer.turns_away(question):
            return plain_reply(words.foreign(self._answerer.language.name))
        is_in_reply = replies_to(message, message.get_bot().bot)
        passage = self._replies.shown_passage(replied) if is_in_reply else None
        if passage is not None:
            return self._asked_about(passage, question, message)
        if is_private(message):
            return self._asked_in_turn(question, message)
        return self._replies.answer(self._answerer.answer(question))

    def _answerer_in(self, chat: Chat) -> Answerer:
        return self._answerer.chosen(self._chosen.get(chat.id, ""))

    def _list(self, listing: Listing, message: Message, text: str) -> Reply:
        lists = self._answerer_in(message.chat).lists
        return self._replies.answer(lists.listed(listing, text))

    def _all_articles(self, message: Message) -> Reply:
        self._chosen.pop(message.chat.id, None)
        return self._list(Listing.ARTICLES, message, "")

    def _about(self) -> Reply:
        article = self._answerer.article
        return plain_reply(words.about(article.titles, len(article.passages)))

    def _help(self, message: Message) -> Reply:
        commands = words.COMMANDS if is_private(message) else words.GROUP_COMMANDS
        further = words.ARTICLES_COMMAND if len(self._answerer.article.articles) > 1 else {}
        return plain_reply(words.help_text(commands | further))

    def _asked_about(self, passage: int, question: Question, message: Message) -> Reply:
        if message.reply_to_message and question.wants_more:
            behind = self._replies.turned(next_page(message.reply_to_message.reply_markup))
            return behind or self._replies.answer(SmallTalk.ENOUGH)
        return self._replies.answer(answer_about(self._answerer, question, passage))

    def _asked_in_turn(self, question: Question, message: Message) -> Reply:
        last = self._turns.get(message.chat.id, Turn())
        before = self._before.setdefault((message.chat.id, message.id), last)
        answer, turn = answer_after(self._answerer_in(message.chat), question, before)
        if not message.edit_date:
            self._turns[message.chat.id] = turn
        is_hint_due = turn.refusals == _REFUSALS and not message.edit_date
        return self._replies.hint(answer) if is_hint_due else self._replies.answer(answer)

    def _opened(self, button: Button, chat: Chat) -> Reply | None:
        """Return the new message that a tapped button asks for, None where there is no answer."""
        answer: Answer | None = None
        question = button.text if button.kind is Kind.ASK else ""
        if question in self._answerer.examples:
            answer = self._answerer.answer(question)
        elif button.kind is Kind.ENTRY:
            with suppress(ValueError):
                answer = self._answerer.lists.about(Listing(button.of), button.text)
        if not answer:
            return None
        is_narrowing = button.of == Listing.ARTICLES.value and chat.type == ChatType.PRIVATE
        if is_narrowing:
            self._chosen[chat.id] = button.text
        if chat.type == ChatType.PRIVATE:
            before = self._turns.get(chat.id, Turn())
            self._turns[chat.id] = turn_after(question, answer, before)
        html, keyboard = self._replies.answer(answer)
        above = f"{blocks_html(Plain(words.NARROWED))}\n\n" if is_narrowing else ""
        return Reply(question_html(question, html) if question else above + html, keyboard)


def _key(message: Message) -> tuple[int, int | str]:
    return message.chat.id, message.media_group_id or message.id
