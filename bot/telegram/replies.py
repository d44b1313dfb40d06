"""Replies: an answer in, one message with its buttons out."""

import re
from collections.abc import Sequence
from typing import NamedTuple, assert_never

from telegram import InlineKeyboardMarkup

from bot import words
from bot.answering.answerer import Answerer
from bot.answering.answers import Answer, Found, Guess, Listed, Passages, Refusal, Unmentioned
from bot.question.listings import Listing
from bot.question.smalltalk import SmallTalk
from bot.telegram import rendering
from bot.telegram.buttons import (
    Certainty,
    ListPage,
    Page,
    first_page,
    list_keyboard,
    on_page,
    page_keyboard,
    question_keyboard,
)
from bot.topics import Topic

_IS_LIKELY = {Certainty.LIKELY: True, Certainty.GUESSED: False}
# The line below a passage, as words.source() writes it.
_SOURCE = re.compile(r"\b[Pp]assage (\d{1,6}) of \d{1,6} · [^\n]*\Z")


class Reply(NamedTuple):
    """What one message of the bot says, as HTML, and the buttons below it."""

    html: str
    keyboard: InlineKeyboardMarkup | None = None


def plain_reply(text: str) -> Reply:
    """Return a reply that says *text* as it stands."""
    return Reply(rendering.plain_html(text))


def shown_passage(text: str) -> int | None:
    """Return the number of the passage that a message of the bot shows, None without one."""
    source = _SOURCE.search(text)
    return int(source[1]) if source else None


class Replies:
    """Makes the messages that show answers about one article."""

    def __init__(self, answerer: Answerer) -> None:
        self._answerer = answerer
        self._article = answerer.article

    def introduction(self) -> Reply:
        """Return what the bot is, with questions to try."""
        said = words.introduction(self._article.title, self._article.date)
        return Reply(rendering.plain_html(said), question_keyboard(self._answerer.examples))

    def about(self) -> Reply:
        """Return where the answers come from."""
        article = self._article
        said = words.about(article.title, article.date, len(article.passages))
        return plain_reply(said)

    def article(self) -> list[Reply]:
        """Return the whole article."""
        return [Reply(html) for html in rendering.article_html(self._article)]

    def answer(self, answer: Answer) -> Reply:
        """Return the message that shows *answer*."""
        match answer:
            case Passages(found, corrections):
                return self._corrected(self._first_page(found, Certainty.SURE), corrections)
            case Guess(found):
                certainty = Certainty.LIKELY if answer.is_likely else Certainty.GUESSED
                return self.page(self._first_page(found, certainty))
            case Listed():
                return self.list(answer, ListPage(answer.listing, 0, answer.places))
            case Unmentioned(places, countries):
                said = words.unmentioned(places, len(countries))
                return _list(said, countries, ListPage(Listing.COUNTRIES, 0, ""))
            case Refusal():
                return plain_reply(words.REFUSAL)
            case SmallTalk():
                return plain_reply(words.SMALL_TALK[answer.value])
            case _:
                assert_never(answer)

    def help(self, is_private: bool) -> Reply:
        """Return how to ask, in private or among others."""
        commands = words.COMMANDS if is_private else words.GROUP_COMMANDS
        return plain_reply(words.help_text(commands))

    def hint(self, answer: Answer) -> Reply:
        """Return the message that shows a further refusal, with what the article is about."""
        reply = self.answer(answer)
        topics = self._answerer.main_topics()
        if isinstance(answer, Guess) or not topics:
            return Reply(rendering.joined_html(reply.html, words.REPHRASE), reply.keyboard)
        listed = self.answer(topics)
        return Reply(
            rendering.joined_html(rendering.plain_html(words.HINT), listed.html), listed.keyboard
        )

    def page(self, page: Page) -> Reply:
        """Return the message that shows one of the passages of an answer."""
        html = self._passage(*page.places[page.position])
        if page.places[0][0] == 0 and page.places[1:]:
            # A headline alone tells too little of what an article is about.
            return Reply(rendering.joined_html(html, self._passage(*page.places[1])))
        if page.certainty in _IS_LIKELY:
            html = rendering.noted_html(words.guess(_IS_LIKELY[page.certainty]), html)
        return Reply(html, page_keyboard(page))

    def _passage(self, number: int, sentence: int) -> str:
        passage = self._article.passage(number)
        return rendering.passage_html(self._article, passage, passage.sentences[sentence])

    def list(self, listed: Listed, page: ListPage) -> Reply:
        """Return the message that shows some entries of a list."""
        said = words.listed(listed.listing.value, len(listed.topics), listed.places)
        return _list(said, listed.topics, page)

    def _corrected(self, page: Page, corrections: Sequence[str]) -> Reply:
        html, keyboard = self.page(page)
        if corrections:
            html = rendering.noted_html(words.corrected(corrections), html)
        return Reply(html, keyboard)

    def _first_page(self, found: Sequence[Found], certainty: Certainty) -> Page:
        places = [
            (one.passage.number, one.passage.sentences.index(one.key_sentence)) for one in found
        ]
        return first_page(self._article.fingerprint, places, certainty)


def _list(said: str, topics: Sequence[Topic], page: ListPage) -> Reply:
    entries = [(words.entry(topic.name, topic.flag), topic.key) for topic in topics]
    html = rendering.list_html(said, on_page(topics, page.position))
    return Reply(html, list_keyboard(page, entries))
