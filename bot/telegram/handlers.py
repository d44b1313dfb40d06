"""Handlers: an update in, a reply out."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from typing import TypeVar

from cachetools import TTLCache
from telegram import CallbackQuery, Chat, InlineQueryResultsButton, Message, Update, ext
from telegram.constants import ChatType
from telegram.ext import filters

from bot import words
from bot.answering import Answer, Answerer
from bot.answering.answers import Passages
from bot.answering.blocks import Plain
from bot.answering.conversation import Turn, answer_about, answer_after, turn_after
from bot.question import Question, read_question
from bot.question.listings import Listing
from bot.question.smalltalk import SmallTalk
from bot.telegram.addressing import command_in, is_private, own_text, question_in, replied_text
from bot.telegram.application import Context, TelegramApplication
from bot.telegram.buttons import Button, Kind, next_page, read_button, shared, turns_only
from bot.telegram.delivery import acknowledge, is_edited, register_refusals, send_below, send_reply
from bot.telegram.rendering import blocks_html, question_html
from bot.telegram.replies import Replies, Reply, plain_reply

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

    async def use(self, answerer: Answerer) -> None:
        """Answer with another answerer from now on, and no reply with parts of both."""
        loop = asyncio.get_running_loop()

        async def change() -> None:
            self._answerer, self._replies = answerer, Replies(answerer)
            # What they lean on may not be there any more.
            self._turns.clear()
            self._before.clear()

        def at_rest() -> None:
            asyncio.run_coroutine_threadsafe(change(), loop).result()

        await loop.run_in_executor(self._worker, at_rest)

    def register(self, application: TelegramApplication) -> None:
        """Add every handler to *application*; of those in order the first that fits is called."""
        messages = filters.UpdateType.MESSAGES | filters.UpdateType.GUEST_MESSAGE
        questions = messages & (filters.TEXT | filters.CAPTION)
        wordless = filters.UpdateType.MESSAGE & filters.ChatType.PRIVATE
        application.add_handler(ext.MessageHandler(questions, self._answer))
        application.add_handler(ext.MessageHandler(wordless, self._ask_for_words))
        application.add_handler(ext.CallbackQueryHandler(self._answer_tap))
        application.add_handler(ext.InlineQueryHandler(self._offer))
        application.add_handler(ext.ChatMemberHandler(self._greet))
        register_refusals(application)

    async def _send_article(self, message: Message, context: Context) -> None:
        article = self._answerer_in(message).article
        if len(article.articles) > 1:
            await self._reply(message, self._all_articles(message), context)
            return
        first, *rest = self._replies.whole(article)
        await self._reply(message, first, context)
        for reply in [] if message.guest_query_id else rest:
            await send_reply(message, reply, context)

    async def _answer(self, update: Update, context: Context) -> None:
        message = update.effective_message
        if not message:
            return
        command = command_in(message)
        if command and command[0].lower() == "article":
            await self._send_article(message, context)
            return
        text = command[2] if command else question_in(message, context.bot.bot)
        if text is not None:
            make = self._obeyed(command[0]) if command else self._asked
            reply = await self._made(partial(make, message, text), text)
            await self._reply(message, reply, context)

    def _obeyed(self, name: str) -> Callable[[Message, str], Reply]:
        unknown = plain_reply(words.unknown_command(f"/{name}"))
        return self._commands.get(name.lower(), lambda *_: unknown)

    async def _ask_for_words(self, update: Update, context: Context) -> None:
        if update.message:
            await self._reply(update.message, plain_reply(words.ONLY_TEXT), context)

    async def _answer_tap(self, update: Update, context: Context) -> None:
        query = update.callback_query
        if query and query.inline_message_id:
            await self._turn_page(query, context)
        if not query or not query.message:
            return
        shown, button = query.message, read_button(query.data or "")
        keyboard = shown.reply_markup if isinstance(shown, Message) else None
        turned = self._replies.turned(button, shared(keyboard))
        reply = turned or await self._made(partial(self._opened, button, shown.chat), button.text)
        await acknowledge(query, "" if reply else words.OLD_BUTTON)
        if turned and await is_edited(shown.chat.id, shown.message_id, turned, context):
            return
        if reply:
            await send_below(shown, reply)

    async def _turn_page(self, query: CallbackQuery, context: Context) -> None:
        """Turn the page of a message that the bot posted as a guest, the only one it has there."""
        turned = self._replies.turned(read_button(query.data or ""))
        await acknowledge(query, "" if turned else words.OLD_BUTTON)
        if turned:
            reply = turned._replace(keyboard=turns_only(turned.keyboard))
            await is_edited(None, None, reply, context, query.inline_message_id)

    async def _greet(self, update: Update, context: Context) -> None:
        if update.my_chat_member:
            said = words.greeting(self._answerer.article.titles, context.bot.username)
            await context.bot.send_message(update.my_chat_member.chat.id, plain_reply(said).html)

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
        question = read_question(text or replied_text(message))
        if not question.text.strip():
            return plain_reply(words.ASK_WHAT)
        if self._answerer.turns_away(question):
            return plain_reply(words.foreign(self._answerer.language.name))
        passage = self._replies.shown_passage(own_text(message, message.get_bot().bot))
        if passage is not None:
            return self._asked_about(passage, question, message)
        if is_private(message):
            return self._asked_in_turn(question, message)
        return self._shown(self._answerer.answer(question), question, message)

    def _shown(self, answer: Answer, question: Question, message: Message) -> Reply:
        """Return the message that shows *answer*, to be shared where the question says it all."""
        is_whole = isinstance(answer, Passages) and answer == self._answerer.answer(question)
        is_offered = message.get_bot().bot.supports_inline_queries
        can_share = is_whole and is_offered and not message.chat.is_direct_messages
        return self._replies.answer(answer, question.text if can_share else "")

    def _answerer_in(self, message: Message) -> Answerer:
        return self._answerer.chosen(self._chosen.get(message.chat.id, "") * is_private(message))

    def _list(self, listing: Listing, message: Message, text: str) -> Reply:
        lists = self._answerer_in(message).lists
        return self._replies.answer(lists.listed(listing, text))

    def _all_articles(self, message: Message) -> Reply:
        if is_private(message):
            self._chosen.pop(message.chat.id, None)
        return self._list(Listing.ARTICLES, message, "")

    def _about(self) -> Reply:
        article = self._answerer.article
        return plain_reply(words.about(article.titles, len(article.passages), article.origin))

    def _help(self, message: Message) -> Reply:
        commands = words.COMMANDS if is_private(message) else words.GROUP_COMMANDS
        further = words.ARTICLES_COMMAND if len(self._answerer.article.articles) > 1 else {}
        return plain_reply(words.help_text(commands | further))

    def _asked_about(self, passage: int, question: Question, message: Message) -> Reply:
        if message.reply_to_message and question.wants_more:
            keyboard = message.reply_to_message.reply_markup
            behind = self._replies.turned(next_page(keyboard), shared(keyboard))
            return behind or self._replies.answer(SmallTalk.ENOUGH)
        return self._shown(answer_about(self._answerer, question, passage), question, message)

    def _asked_in_turn(self, question: Question, message: Message) -> Reply:
        last = self._turns.get(message.chat.id, Turn())
        before = self._before.setdefault((message.chat.id, message.id), last)
        answer, turn = answer_after(self._answerer_in(message), question, before)
        if not message.edit_date:
            self._turns[message.chat.id] = turn
        is_hint_due = turn.refusals == _REFUSALS and not message.edit_date
        return self._replies.hint(answer) if is_hint_due else self._shown(answer, question, message)

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
    return message.chat.id, message.guest_query_id or message.media_group_id or message.id
