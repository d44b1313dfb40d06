"""Inline mode: passages offered in any chat, for what is typed behind the bot's name."""

from collections.abc import Iterable

from telegram import (
    InlineQuery,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    Update,
)
from telegram.constants import InlineQueryLimit

from bot import words
from bot.answering.answerer import Answerer
from bot.answering.answers import Found, Guess, shown
from bot.telegram import rendering
from bot.telegram.library import Context

# The article doesn't change while the bot runs, so Telegram may keep the results for a while.
SECONDS_CACHED = 300


class InlineMode:
    """Answers inline queries about one article.

    Args:
        answerer: What knows the answers.
        is_restricted: Whether only some people may ask: what Telegram keeps of the results then
            goes to nobody else.
    """

    def __init__(self, answerer: Answerer, is_restricted: bool) -> None:
        self._answerer = answerer
        self._is_restricted = is_restricted

    async def answer(self, update: Update, _: Context) -> None:
        """Offer the passages that answer, the examples where nothing is typed yet."""
        query = update.inline_query
        if not query:
            return
        results = self._results(query.query) if query.query.strip() else self._examples()
        offered = list(results)[: InlineQueryLimit.RESULTS]
        button = (
            None
            if offered
            else InlineQueryResultsButton(words.INLINE_NOTHING, start_parameter="start")
        )
        await query.answer(
            offered, cache_time=SECONDS_CACHED, is_personal=self._is_restricted, button=button
        )

    async def offer_nothing(self, query: InlineQuery) -> None:
        """Offer nothing to somebody who may not ask."""
        await query.answer([], cache_time=SECONDS_CACHED, is_personal=True)

    def _examples(self) -> Iterable[InlineQueryResultArticle]:
        for number, question in enumerate(self._answerer.examples):
            found = shown(self._answerer.answer(question))
            if found:
                yield self._result(f"example{number}", question, found[0])

    def _results(self, question: str) -> Iterable[InlineQueryResultArticle]:
        article = self._answerer.article
        answer = self._answerer.answer(question)
        said = words.guess(answer.is_likely) if isinstance(answer, Guess) else ""
        for found in shown(answer):
            passage = found.passage
            title = words.place(passage.number, len(article.passages), passage.is_caption)
            yield self._result(f"passage{passage.number}", title, found, said)

    def _result(
        self, key: str, title: str, found: Found, said: str = ""
    ) -> InlineQueryResultArticle:
        html = rendering.passage_html(self._answerer.article, found.passage, found.key_sentence)
        if said:
            html = rendering.noted_html(said, html)
        content = InputTextMessageContent(html)
        return InlineQueryResultArticle(key, title, content, description=found.key_sentence)
