"""Handlers: an update in, a reply out."""

import logging
from collections.abc import Sequence
from typing import Any, NamedTuple, TypeAlias, assert_never

from telegram import CallbackQuery, InlineKeyboardMarkup, Update
from telegram.error import BadRequest, Forbidden
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    MessageHandler,
    filters,
)

from bot import words
from bot.answer import (
    Answer,
    Answerer,
    Found,
    Guess,
    Listed,
    Passages,
    Refusal,
    Unmentioned,
)
from bot.listing import Listing
from bot.smalltalk import SmallTalk
from bot.telegram import rendering
from bot.telegram.buttons import (
    Action,
    Certainty,
    Entry,
    ListPage,
    Page,
    Question,
    first_page,
    list_keyboard,
    on_page,
    page_keyboard,
    question_keyboard,
    unpack,
)
from bot.topics import Topic

# The library's type parameters (bot, context, three kinds of stored data, jobs) at their defaults.
TelegramApplication: TypeAlias = Application[Any, Any, Any, Any, Any, Any]
Context: TypeAlias = ContextTypes.DEFAULT_TYPE

_LOGGER = logging.getLogger(__name__)
_QUESTIONS = filters.TEXT | filters.CAPTION
# Only these: a filter such as TEXT alone lets channel posts and business messages through.
_PEOPLE = filters.UpdateType.MESSAGE | filters.UpdateType.EDITED_MESSAGE


class Reply(NamedTuple):
    """What one message of the bot says, as HTML, and the buttons below it."""

    html: str
    keyboard: InlineKeyboardMarkup | None = None


class Handlers:
    """The bot's side of a conversation; keeps nothing from one update to the next."""

    def __init__(self, answerer: Answerer) -> None:
        self._answerer = answerer
        self._article = answerer.article

    def register(self, application: TelegramApplication) -> None:
        """Add every handler to *application*; of those in order the first that fits is called."""
        new = filters.UpdateType.MESSAGE
        commands = {
            "start": self.start,
            "help": self.help,
            "about": self.about,
            "countries": self.countries,
            "projects": self.projects,
            "article": self.article,
        }
        for name, callback in commands.items():
            application.add_handler(CommandHandler(name, callback, filters=new))
        application.add_handler(MessageHandler(new & filters.COMMAND, self.unknown_command))
        application.add_handler(
            MessageHandler(_PEOPLE & _QUESTIONS & ~filters.COMMAND, self.question)
        )
        application.add_handler(MessageHandler(new & ~filters.StatusUpdate.ALL, self.wordless))
        application.add_handler(CallbackQueryHandler(self.tap))
        application.add_error_handler(self.error)

    async def start(self, update: Update, _: Context) -> None:
        """Say what the bot is and offer three questions."""
        introduction = words.introduction(self._article.title, self._article.date)
        keyboard = question_keyboard(self._answerer.examples)
        await _reply(update, Reply(rendering.plain_html(introduction), keyboard))

    async def help(self, update: Update, _: Context) -> None:
        """Say how to ask."""
        await _reply(update, Reply(rendering.plain_html(words.help_text())))

    async def about(self, update: Update, _: Context) -> None:
        """Say where the answers come from."""
        article = self._article
        text = words.about(article.title, article.date, len(article.passages))
        await _reply(update, Reply(rendering.plain_html(text)))

    async def countries(self, update: Update, _: Context) -> None:
        """List the countries that the article mentions."""
        await _reply(update, self._rendered(self._answerer.listed(Listing.COUNTRIES)))

    async def projects(self, update: Update, _: Context) -> None:
        """List the projects and things that the article names."""
        await _reply(update, self._rendered(self._answerer.listed(Listing.PROJECTS)))

    async def article(self, update: Update, _: Context) -> None:
        """Send the whole article."""
        for html in rendering.article_html(self._article):
            await _reply(update, Reply(html))

    async def unknown_command(self, update: Update, _: Context) -> None:
        """List the commands there are."""
        text = words.unknown_command(_text(update).split()[0])
        await _reply(update, Reply(rendering.plain_html(text)))

    async def question(self, update: Update, _: Context) -> None:
        """Answer a question."""
        await _reply(update, self._rendered(self._answerer.answer(_text(update))))

    async def wordless(self, update: Update, _: Context) -> None:
        """Answer a photo, a sticker and whatever else comes without words."""
        await _reply(update, Reply(rendering.plain_html(words.ONLY_TEXT)))

    async def tap(self, update: Update, context: Context) -> None:
        """Do what a button says."""
        query = update.callback_query
        if not query or not query.message:
            return
        action = unpack(query.data or "")
        turned = self._turned(action)
        opened = self._opened(action)
        await query.answer(None if turned or opened else words.OLD_BUTTON)
        if turned:
            await _turn(query, turned, context)
        elif opened:
            await context.bot.send_message(
                query.message.chat.id, opened.html, reply_markup=opened.keyboard
            )

    async def error(self, update: object, context: Context) -> None:
        """Log what went wrong, then tell the person."""
        if isinstance(context.error, Forbidden):
            _LOGGER.info("A reply could not be delivered: %s", context.error)
            return
        _LOGGER.error("An update could not be answered", exc_info=context.error)
        if isinstance(update, Update) and update.effective_chat:
            await context.bot.send_message(update.effective_chat.id, words.FAILED)

    def _turned(self, action: Action | None) -> Reply | None:
        """Return what takes the place of the message below which a button was tapped."""
        if isinstance(action, ListPage):
            listed = self._answerer.listed(action.listing, action.places)
            return self._list(listed, action) if isinstance(listed, Listed) else None
        if isinstance(action, Page) and action.fingerprint == self._article.fingerprint:
            return self._page(action)
        return None

    def _opened(self, action: Action | None) -> Reply | None:
        """Return the new message that a tapped button asks for."""
        if isinstance(action, Question):
            answer = self._rendered(self._answerer.answer(action.text))
            return Reply(rendering.question_html(action.text, answer.html), answer.keyboard)
        if isinstance(action, Entry):
            about = self._answerer.about(action.listing, action.key)
            return self._rendered(about) if about else None
        return None

    def _rendered(self, answer: Answer) -> Reply:
        match answer:
            case Passages(found, corrections):
                page = self._page(self._first_page(found, Certainty.SURE))
                return Reply(rendering.corrected_html(corrections, page.html), page.keyboard)
            case Guess(found):
                certainty = Certainty.LIKELY if answer.is_likely else Certainty.GUESSED
                return self._page(self._first_page(found, certainty))
            case Listed():
                return self._list(answer, ListPage(answer.listing, 0, answer.places))
            case Unmentioned(places=names, countries=countries):
                said = words.unmentioned(names, len(countries))
                return _list(said, countries, ListPage(Listing.COUNTRIES, 0, ""))
            case Refusal():
                return Reply(rendering.plain_html(words.REFUSAL))
            case SmallTalk():
                return Reply(rendering.plain_html(words.SMALL_TALK[answer.value]))
            case _:
                assert_never(answer)

    def _first_page(self, found: Sequence[Found], certainty: Certainty) -> Page:
        places = [_place(one) for one in found]
        return first_page(self._article.fingerprint, places, certainty)

    def _page(self, page: Page) -> Reply:
        number, sentence = page.places[page.position]
        passage = self._article.passage(number)
        html = rendering.passage_html(self._article, passage, passage.sentences[sentence])
        said = {Certainty.LIKELY: words.LIKELY_GUESS, Certainty.GUESSED: words.GUESS}
        if page.certainty in said:
            html = rendering.guess_html(said[page.certainty], html)
        return Reply(html, page_keyboard(page))

    def _list(self, listed: Listed, page: ListPage) -> Reply:
        said = words.listed(listed.listing.value, len(listed.topics), listed.places)
        return _list(said, listed.topics, page)


def _list(said: str, topics: Sequence[Topic], page: ListPage) -> Reply:
    entries = [(words.entry(topic.name, topic.flag), topic.key) for topic in topics]
    html = rendering.list_html(said, on_page(topics, page.position))
    return Reply(html, list_keyboard(page, entries))


def _text(update: Update) -> str:
    message = update.effective_message
    return (message.text or message.caption or "") if message else ""


def _place(found: Found) -> tuple[int, int]:
    return found.passage.number, found.passage.sentences.index(found.key_sentence)


async def _reply(update: Update, reply: Reply) -> None:
    if update.effective_message:
        await update.effective_message.reply_text(reply.html, reply_markup=reply.keyboard)


async def _turn(query: CallbackQuery, reply: Reply, context: Context) -> None:
    if not query.message:
        return
    chat, number = query.message.chat.id, query.message.message_id
    try:
        await context.bot.edit_message_text(
            reply.html, chat_id=chat, message_id=number, reply_markup=reply.keyboard
        )
    except BadRequest as error:
        reason = error.message.lower()
        if "not found" in reason or "can't be edited" in reason:
            await context.bot.send_message(chat, reply.html, reply_markup=reply.keyboard)
        # A second tap on the same button arrives when the page has been turned already.
        elif "not modified" not in reason:
            raise
