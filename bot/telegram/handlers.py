"""Handlers: an update in, a reply out."""

from telegram import Message, Update
from telegram.constants import ChatType
from telegram.ext import (
    CallbackQueryHandler,
    CommandHandler,
    InlineQueryHandler,
    MessageHandler,
    TypeHandler,
    filters,
)

from bot import words
from bot.answering.answerer import Answerer
from bot.answering.conversation import answer_about, answer_after
from bot.language.foreign import is_foreign
from bot.question import read_question
from bot.question.listings import Listing
from bot.question.smalltalk import SmallTalk
from bot.telegram import addressing
from bot.telegram.admission import TurnedAway
from bot.telegram.buttons import page_behind
from bot.telegram.delivery import acknowledge, is_edited, sent_reply
from bot.telegram.failures import answer_failure
from bot.telegram.inline import InlineMode
from bot.telegram.library import Context, TelegramApplication
from bot.telegram.memory import Memory
from bot.telegram.replies import Replies, Reply, plain_reply, shown_passage
from bot.telegram.taps import Taps

_QUESTIONS = filters.TEXT | filters.CAPTION
_MESSAGES = filters.UpdateType.MESSAGES
# As many questions in a row without an answer are followed by a hint.
_REFUSALS = 2


class Handlers:
    """The bot's side of its conversations.

    Args:
        answerer: What knows the answers.
        is_restricted: Whether only some people may ask.
    """

    def __init__(self, answerer: Answerer, is_restricted: bool) -> None:
        self._answerer = answerer
        self._replies = Replies(answerer)
        self._inline = InlineMode(answerer, is_restricted)
        self._memory = Memory()
        self._taps = Taps(answerer, self._replies, self._memory)

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
            application.add_handler(CommandHandler(name, callback))
        application.add_handler(MessageHandler(_MESSAGES & filters.COMMAND, self.unknown_command))
        application.add_handler(
            MessageHandler(_MESSAGES & _QUESTIONS & ~filters.COMMAND, self.question)
        )
        wordless = filters.UpdateType.MESSAGE & filters.ChatType.PRIVATE & ~filters.StatusUpdate.ALL
        application.add_handler(MessageHandler(wordless, self.wordless))
        application.add_handler(CallbackQueryHandler(self._taps.answer))
        application.add_handler(InlineQueryHandler(self._inline.answer))
        application.add_handler(TypeHandler(TurnedAway, self.turn_away))
        application.add_error_handler(answer_failure)

    async def start(self, update: Update, context: Context) -> None:
        """Say what the bot is and offer three questions; a link's question is answered."""
        question = " ".join(context.args or ()).replace("_", " ").replace("-", " ")
        if update.effective_message and not read_question(question).small_talk:
            await self._answer(update.effective_message, question, context)
        else:
            await self._reply(update, self._replies.introduction(), context)

    async def help(self, update: Update, context: Context) -> None:
        """Say how to ask."""
        chat = update.effective_chat
        is_private = chat is not None and chat.type == ChatType.PRIVATE
        await self._reply(update, self._replies.help(is_private), context)

    async def about(self, update: Update, context: Context) -> None:
        """Say where the answers come from."""
        await self._reply(update, self._replies.about(), context)

    async def countries(self, update: Update, context: Context) -> None:
        """List the countries that the article mentions, those of a region where one is named."""
        await self._reply(update, self._listed(Listing.COUNTRIES, context), context)

    async def projects(self, update: Update, context: Context) -> None:
        """List the projects and things that the article names, in a place where one is named."""
        await self._reply(update, self._listed(Listing.PROJECTS, context), context)

    async def article(self, update: Update, context: Context) -> None:
        """Send the whole article."""
        if update.message:
            for reply in self._replies.article():
                await sent_reply(update.message, reply, context)

    async def ask(self, update: Update, context: Context) -> None:
        """Answer the question behind the command, or else the message that it replies to."""
        message = update.effective_message
        if message:
            await self._answer(message, " ".join(context.args or ()), context)

    async def unknown_command(self, update: Update, context: Context) -> None:
        """List the commands there are."""
        message = update.effective_message
        if message:
            said = words.unknown_command(addressing.command_in(message).partition("@")[0])
            await self._reply(update, plain_reply(said), context)

    async def question(self, update: Update, context: Context) -> None:
        """Answer a question; an edited one by editing the answer, where that is still known."""
        message = update.effective_message
        question = addressing.question_in(message, context.bot.bot) if message else None
        if message and question is not None:
            await self._answer(message, question, context)

    async def wordless(self, update: Update, context: Context) -> None:
        """Answer a photo, a sticker and whatever else comes without words, an album once."""
        if update.message and self._memory.reply(update.message) is None:
            await self._reply(update, plain_reply(words.ONLY_TEXT), context)

    async def turn_away(self, turned_away: TurnedAway, context: Context) -> None:
        """Say the line that takes an answer's place, inline nothing at all."""
        update, said = turned_away
        if update.inline_query:
            await self._inline.offer_nothing(update.inline_query)
        elif update.callback_query:
            await acknowledge(update.callback_query, said)
        elif update.effective_message:
            await sent_reply(update.effective_message, plain_reply(said), context)

    async def _answer(self, message: Message, question: str, context: Context) -> None:
        asked = question.strip() or addressing.replied_text(message)
        reply = plain_reply(words.ASK_WHAT)
        if asked.strip():
            reply = self._reply_to(message, asked, context)
        await self._send(message, reply, context)

    async def _reply(self, update: Update, reply: Reply, context: Context) -> None:
        if update.effective_message:
            await self._send(update.effective_message, reply, context)

    async def _send(self, message: Message, reply: Reply, context: Context) -> None:
        """Reply to a message, or edit the reply to it where there is one already."""
        known = self._memory.reply(message)
        if known and await is_edited(message.chat.id, known, reply, context):
            return
        self._memory.keep_reply(message, await sent_reply(message, reply, context))

    def _reply_to(self, message: Message, question: str, context: Context) -> Reply:
        if is_foreign(question):
            return plain_reply(words.FOREIGN)
        replied = (
            addressing.replied_text(message)
            if addressing.replies_to(message, context.bot.bot)
            else ""
        )
        passage = shown_passage(replied)
        if passage is not None and message.reply_to_message and read_question(question).wants_more:
            behind = self._taps.turned(page_behind(message.reply_to_message.reply_markup))
            return behind or self._replies.answer(SmallTalk.ENOUGH)
        if passage is not None:
            return self._replies.answer(answer_about(self._answerer, question, passage))
        if message.chat.type != ChatType.PRIVATE:
            return self._replies.answer(self._answerer.answer(question))
        before = self._memory.turn(message.chat.id)
        answer, turn = answer_after(self._answerer, question, before)
        if message.edit_date:
            return self._replies.answer(answer)
        self._memory.keep_turn(message.chat.id, turn)
        hint = turn.refusals == _REFUSALS
        return self._replies.hint(answer) if hint else self._replies.answer(answer)

    def _listed(self, listing: Listing, context: Context) -> Reply:
        listed = self._answerer.listed(listing, " ".join(context.args or ()))
        return self._replies.answer(listed)
