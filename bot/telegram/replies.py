"""Replies: an answer or a button's page in, one message with its buttons out, and inline mode."""

import re
from contextlib import suppress
from dataclasses import replace
from typing import Any, NamedTuple
from uuid import uuid4

from telegram import InlineKeyboardMarkup, InlineQueryResultArticle, InputTextMessageContent
from telegram.constants import InlineQueryLimit, ParseMode

from bot import words
from bot.answering import Answer, Answerer, talk
from bot.answering.answers import Found, Guess, Listed, Passages, Unmentioned, shown
from bot.answering.blocks import Plain, answer_blocks, beginning, list_block
from bot.article import Article
from bot.question.listings import Listing
from bot.telegram.buttons import Button, Kind, Place, first_page, keyboard, turning, turns_only
from bot.telegram.rendering import article_html, blocks_html, fitted

_ENTRIES_A_PAGE = 8
# So many messages of a whole article are sent; what is left takes pages, as it could be a hundred.
_MOST_MESSAGES = 3
# The line below a passage, as words.source() writes it.
_SOURCE = re.compile(r"\b[Pp]assage (\d{1,6}) of \d{1,6} · ([^\n]*)\Z")
# How each message is read, and that no link in it is shown as a page.
LOOK: dict[str, Any] = {
    "parse_mode": ParseMode.HTML,
    "link_preview_options": {"is_disabled": True},
}


class Reply(NamedTuple):
    """What one message of the bot says, as HTML, and the buttons below it."""

    html: str
    keyboard: InlineKeyboardMarkup | None = None

    def as_result(self, title: str, below: str = "") -> InlineQueryResultArticle:
        """Return what is offered inline or posted as a guest, with the buttons that turn pages."""
        content, key = InputTextMessageContent(fitted(self.html), **LOOK), str(uuid4())
        turns = turns_only(self.keyboard)
        return InlineQueryResultArticle(key, title, content, turns, description=below)


def plain_reply(text: str) -> Reply:
    """Return a reply that says *text* as it stands."""
    return Reply(blocks_html(Plain(text)))


class Replies:
    """Makes the messages that show answers about one article, or about several as one."""

    def __init__(self, answerer: Answerer) -> None:
        self._answerer = answerer
        self._article = answerer.article
        self._articles = {one.fingerprint: one for one in (self._article, *self._article.articles)}

    def told(self, said: talk.Reply, question: str = "") -> list[Reply]:
        """Return the messages that show what a talk says; a *question* can be shared."""
        if said.article:
            return self.whole(said.article)
        rows = [[(one, Button(Kind.ASK, one))] for one in said.questions]
        shown = Reply(blocks_html(Plain(said.said)), keyboard(rows))
        if not said.answer:
            return [shown]
        html, buttons = self.answer(said.answer, question)
        return [Reply(f"{shown.html}\n\n{html}".lstrip(), buttons)]

    def shown_passage(self, text: str) -> int | None:
        """Return the number of the passage that a message of the bot shows, None without one."""
        source, articles = _SOURCE.search(text), self._article.articles
        of = [one for one in articles if source and source[2] == one.title] or articles
        return of[0].offset + int(source[1]) if source and len(of) == 1 else None

    def answer(self, answer: Answer, question: str = "") -> Reply:
        """Return the message that shows *answer*, or the first page; a *question* can be shared."""
        if isinstance(answer, Passages | Guess):
            return self._passages(answer, self._first_page(answer), question)
        if isinstance(answer, Listed | Unmentioned):
            return self._list(answer, 0)
        return Reply(blocks_html(*answer_blocks(answer, self._article)))

    def whole(self, article: Article) -> list[Reply]:
        """Return the messages that show *article*, the last with pages where it is long."""
        whole = [Reply(html) for html in article_html(article)]
        if whole[_MOST_MESSAGES:]:
            rest = self._article_page(Button(Kind.ARTICLE, "", article.fingerprint))
            whole[_MOST_MESSAGES:] = [rest]
        return whole

    def hint(self, answer: Answer) -> Reply:
        """Return the message that shows a further refusal, with what the article is about."""
        topics = None if isinstance(answer, Guess) else self._answerer.lists.main()
        html, buttons = self.answer(topics or answer)
        hint = words.HINT if topics else words.REPHRASE
        said = blocks_html(Plain(words.of_several(hint) if self._article.parts else hint))
        return Reply(f"{said}\n\n{html}" if topics else f"{html}\n\n{said}", buttons)

    def turned(self, page: Button, question: str = "") -> Reply | None:
        """Return the page that a button leads to, None where it leads to none of this article."""
        with suppress(LookupError, ValueError):
            if page.kind is Kind.LIST:
                listed = self._answerer.lists.listed(Listing(page.of), page.text)
                if isinstance(listed, Listed) and listed.topics[page.position * _ENTRIES_A_PAGE :]:
                    return self._list(listed, page.position)
            elif page.kind is Kind.ARTICLE:
                return self._article_page(page)
            elif page.places[page.position][0] in self._articles:
                return self._passages(self._behind(page), page, question)
        return None

    def offered(self, text: str) -> list[InlineQueryResultArticle]:
        """Return what inline mode offers: the passages that answer, or examples without a text."""
        if text.strip():
            answer = self._answerer.answer(text)
            kind = Guess if isinstance(answer, Guess) else Passages
            offers = [self._offer(kind((found,))) for found in shown(answer)]
            return offers[: InlineQueryLimit.RESULTS]
        given = {asked: shown(self._answerer.answer(asked)) for asked in self._answerer.examples}
        return [self._offer(Passages(found[:1]), asked) for asked, found in given.items() if found]

    def _offer(self, answer: Passages | Guess, question: str = "") -> InlineQueryResultArticle:
        found = answer.found[0]
        article = self._article.article_of(found.passage.number)
        number, many = article.own_number(found.passage), len(article.passages)
        title = question or words.place(number, many, found.passage.is_caption)
        offered = Reply(blocks_html(*answer_blocks(answer, self._article)))
        return offered.as_result(title, found.key_sentence)

    def _passages(self, answer: Passages | Guess, page: Button, question: str) -> Reply:
        """Return the message with the beginning of what is found on *page* and behind it."""
        first = beginning(answer)
        step = len(shown(first))
        turns = turning(page, len(page.places) - page.position - step, step)
        row = [*turns, (words.SHARE, Button(Kind.SHARE, question))]
        return Reply(blocks_html(*answer_blocks(first, self._article)), keyboard([row]))

    def _first_page(self, answer: Passages | Guess) -> Button:
        kind = Kind.PAGE
        if isinstance(answer, Guess):
            kind = Kind.MAYBE if answer.is_likely else Kind.GUESS
        own = [_place(self._article.article_of(one.passage.number), one) for one in answer.found]
        of_all = [_place(self._article, one) for one in answer.found]
        # The fingerprints of many articles take the room of passages.
        return max(first_page(kind, own), first_page(kind, of_all), key=lambda one: len(one.places))

    def _behind(self, page: Button) -> Passages | Guess:
        confidence = 0.0 if page.kind is Kind.GUESS else 1.0
        places = [one for one in page.places[page.position :] if one[0] in self._articles]
        passages = ((self._articles[of].own_passage(number), mark) for of, number, mark in places)
        found = tuple(Found(one, one.marks[at], confidence) for one, at in passages)
        return Passages(found) if page.kind is Kind.PAGE else Guess(found)

    def _article_page(self, page: Button) -> Reply:
        pages = article_html(self._articles[page.of])[_MOST_MESSAGES:]
        turns = turning(page, len(pages) - page.position - 1)
        return Reply(pages[page.position], keyboard([turns]))

    def _list(self, answer: Listed | Unmentioned, position: int) -> Reply:
        whole = list_block(answer)
        of, start = whole.listing.value, position * _ENTRIES_A_PAGE
        here = replace(whole, topics=whole.topics[start : start + _ENTRIES_A_PAGE])
        rows = [[(topic.label, Button(Kind.ENTRY, topic.key, of))] for topic in here.topics]
        left = len(whole.topics) - start - _ENTRIES_A_PAGE
        turns = turning(Button(Kind.LIST, whole.places, of, position), left)
        return Reply(blocks_html(here), keyboard([*rows, turns]))


def _place(article: Article, found: Found) -> Place:
    passage = found.passage
    return article.fingerprint, article.own_number(passage), passage.marks.index(found.mark)
