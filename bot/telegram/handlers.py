"""Handlers: an update in, a reply out."""

import logging
from typing import Any, TypeAlias

from telegram import CallbackQuery, MaybeInaccessibleMessage, Message, Update
from telegram.constants import ChatType
from telegram.error import BadRequest, Forbidden
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    InlineQueryHandler,
    MessageHandler,
    filters,
)

from bot import words
from bot.answer import Answerer
from bot.answers import Listed
from bot.conversation import answer_about, answer_after
from bot.language import is_foreign
from bot.listing import Listing
from bot.telegram import rendering
from bot.telegram.addressing import is_for_other_bot, question_in, replied_text, replies_to, text_of
from bot.telegram.buttons import Action, Entry, ListPage, Page, Question, unpack
from bot.telegram.inline import InlineMode
from bot.telegram.memory import Memory
from bot.telegram.replies import Replies, Reply, shown_passage

# The library's type parameters (bot, context, three kinds of stored data, jobs) at their defaults.
TelegramApplication: TypeAlias = Application[Any, Any, Any, Any, Any, Any]
Context: TypeAlias = ContextTypes.DEFAULT_TYPE

_LOGGER = logging.getLogger(__name__)
_QUESTIONS = filters.TEXT | filters.CAPTION
# Only these: a filter such as TEXT alone lets channel posts and business messages through.
_NEW = filters.UpdateType.MESSAGE
_PEOPLE = _NEW | filters.UpdateType.EDITED_MESSAGE
# As many questions in a row without an answer are followed by a hint.
_REFUSALS = 2


class Handlers:
    """The bot's side of its conversations."""

    def __init__(self, answerer: Answerer) -> None:
        self._answerer = answerer
        self._replies = Replies(answerer)
        self._inline = InlineMode(answerer)
        self._memory = Memory()

    def register(self, application: TelegramApplication) -> None:
        """Add every handler to *application*; of those in order the first that fits is called."""
        commands = {
            "start": self.start,
            "help": self.help,
            "about": self.about,
            "countries": self.countries,
            "projects": self.projects,
            "article": self.article,
            "ask": self.ask,
        }
        for name, callback in commands.items():
            application.add_handler(CommandHandler(name, callback, filters=_NEW))
        application.add_handler(MessageHandler(_NEW & filters.COMMAND, self.unknown_command))
        application.add_handler(
            MessageHandler(_PEOPLE & _QUESTIONS & ~filters.COMMAND, self.question)
        )
        wordless = _NEW & filters.ChatType.PRIVATE & ~filters.StatusUpdate.ALL
        application.add_handler(MessageHandler(wordless, self.wordless))
        application.add_handler(CallbackQueryHandler(self.tap))
        application.add_handler(InlineQueryHandler(self._inline.answer))
        application.add_error_handler(self.error)

    async def start(self, update: Update, context: Context) -> None:
        """Say what the bot is and offer three questions; a link's question is answered."""
        if context.args and update.message:
            question = " ".join(context.args).replace("_", " ").replace("-", " ")
            await self._answer(update.message, question, context)
        else:
            await _reply(update, self._replies.introduction())

    async def help(self, update: Update, _: Context) -> None:
        """Say how to ask."""
        await _reply(update, Reply(rendering.plain_html(words.help_text())))

    async def about(self, update: Update, _: Context) -> None:
        """Say where the answers come from."""
        await _reply(update, self._replies.about())

    async def countries(self, update: Update, context: Context) -> None:
        """List the countries that the article mentions, those of a region where one is named."""
        await _reply(update, self._listed(Listing.COUNTRIES, context))

    async def projects(self, update: Update, context: Context) -> None:
        """List the projects and things that the article names, in a place where one is named."""
        await _reply(update, self._listed(Listing.PROJECTS, context))

    async def article(self, update: Update, _: Context) -> None:
        """Send the whole article."""
        for reply in self._replies.article():
            await _reply(update, reply)

    async def ask(self, update: Update, context: Context) -> None:
        """Answer the question behind the command, or else the message that it replies to."""
        if not update.message:
            return
        question = " ".join(context.args or ()) or replied_text(update.message)
        if question.strip():
            await self._answer(update.message, question, context)
        else:
            await _reply(update, Reply(rendering.plain_html(words.ASK_WHAT)))

    async def unknown_command(self, update: Update, context: Context) -> None:
        """List the commands there are, unless another bot may be meant."""
        if not update.message or is_for_other_bot(update.message, context.bot.bot):
            return
        command = text_of(update.message).split(maxsplit=1)[0].partition("@")[0]
        await _reply(update, Reply(rendering.plain_html(words.unknown_command(command))))

    async def question(self, update: Update, context: Context) -> None:
        """Answer a question; an edited one by editing the answer, where that is still known."""
        message = update.effective_message
        question = question_in(message, context.bot.bot) if message else None
        if message and question:
            await self._answer(message, question, context)

    async def wordless(self, update: Update, _: Context) -> None:
        """Answer a photo, a sticker and whatever else comes without words, an album once."""
        album = update.message.media_group_id if update.message else None
        if album and not self._memory.is_new_album(album):
            return
        await _reply(update, Reply(rendering.plain_html(words.ONLY_TEXT)))

    async def tap(self, update: Update, context: Context) -> None:
        """Do what a button says."""
        query = update.callback_query
        if not query or not query.message:
            return
        action = unpack(query.data or "")
        turned = self._turned(action)
        opened = self._opened(action)
        await _acknowledge(query, "" if turned or opened else words.OLD_BUTTON)
        shown = query.message
        if turned and await _is_edited(shown.chat.id, shown.message_id, turned, context):
            return
        reply = turned or opened
        if reply:
            await _send_below(shown, reply, context)

    async def error(self, update: object, context: Context) -> None:
        """Log what went wrong, then tell the person."""
        if isinstance(context.error, Forbidden):
            _LOGGER.info("A reply could not be delivered: %s", context.error)
            return
        _LOGGER.error("An update could not be answered", exc_info=context.error)
        if isinstance(update, Update) and update.effective_message:
            await update.effective_message.reply_text(words.FAILED)

    async def _answer(self, message: Message, question: str, context: Context) -> None:
        if message.media_group_id:
            self._memory.is_new_album(message.media_group_id)
        reply = self._reply_to(message, question, context)
        known = self._memory.reply(message.chat.id, message.id)
        if known and await _is_edited(message.chat.id, known, reply, context):
            return
        sent = await message.reply_text(reply.html, reply_markup=reply.keyboard)
        self._memory.keep_reply(message.chat.id, message.id, sent.id)

    def _reply_to(self, message: Message, question: str, context: Context) -> Reply:
        if is_foreign(question):
            return Reply(rendering.plain_html(words.FOREIGN))
        replied = replied_text(message) if replies_to(message, context.bot.bot) else ""
        passage = shown_passage(replied)
        if passage is not None:
            return self._replies.answer(answer_about(self._answerer, question, passage))
        if message.chat.type != ChatType.PRIVATE:
            return self._replies.answer(self._answerer.answer(question))
        before = self._memory.turn(message.chat.id)
        answer, turn = answer_after(self._answerer, question, before)
        self._memory.keep_turn(message.chat.id, turn)
        hint = turn.refusals >= _REFUSALS
        return self._replies.hint(answer) if hint else self._replies.answer(answer)

    def _listed(self, listing: Listing, context: Context) -> Reply:
        listed = self._answerer.listed(listing, " ".join(context.args or ()))
        return self._replies.answer(listed)

    def _turned(self, action: Action | None) -> Reply | None:
        """Return what takes the place of the message below which a button was tapped."""
        if isinstance(action, ListPage):
            listed = self._answerer.listed(action.listing, action.places)
            return self._replies.list(listed, action) if isinstance(listed, Listed) else None
        if isinstance(action, Page) and action.fingerprint == self._answerer.article.fingerprint:
            return self._replies.page(action)
        return None

    def _opened(self, action: Action | None) -> Reply | None:
        """Return the new message that a tapped button asks for."""
        if isinstance(action, Question) and action.text in self._answerer.examples:
            answer = self._replies.answer(self._answerer.answer(action.text))
            return Reply(rendering.question_html(action.text, answer.html), answer.keyboard)
        if isinstance(action, Entry):
            about = self._answerer.about(action.listing, action.key)
            return self._replies.answer(about) if about else None
        return None


async def _reply(update: Update, reply: Reply) -> None:
    if update.effective_message:
        await update.effective_message.reply_text(reply.html, reply_markup=reply.keyboard)


async def _acknowledge(query: CallbackQuery, text: str) -> None:
    try:
        await query.answer(text or None)
    except BadRequest as error:
        # The tap is too old to be told anything; what it asks for is shown all the same.
        if "query is too old" not in error.message.lower():
            raise


async def _send_below(shown: MaybeInaccessibleMessage, reply: Reply, context: Context) -> None:
    """Send a message to the chat, and the topic of a forum, that another one is in."""
    topic = None
    if isinstance(shown, Message) and shown.is_topic_message:
        topic = shown.message_thread_id
    await context.bot.send_message(
        shown.chat.id, reply.html, reply_markup=reply.keyboard, message_thread_id=topic
    )


async def _is_edited(chat: int, message: int, reply: Reply, context: Context) -> bool:
    """Edit a message and return True, or False where it is gone or too old for that."""
    try:
        await context.bot.edit_message_text(
            reply.html, chat_id=chat, message_id=message, reply_markup=reply.keyboard
        )
    except BadRequest as error:
        reason = error.message.lower()
        if "not found" in reason or "can't be edited" in reason:
            return False
        # A second tap on the same button arrives when the page has been turned already.
        if "not modified" not in reason:
            raise
    return True
