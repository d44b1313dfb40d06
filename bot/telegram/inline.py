"""Inline mode: what is offered in any chat for what is typed behind the bot's name."""

from collections.abc import Iterator

from telegram import InlineQueryResultArticle, InputTextMessageContent
from telegram.constants import InlineQueryLimit

from bot import words
from bot.answering import Answer, Answerer
from bot.answering.answers import Guess, Passages, shown
from bot.answering.blocks import answer_blocks
from bot.article import Article
from bot.telegram.rendering import blocks_html


def offered(answerer: Answerer, text: str) -> list[InlineQueryResultArticle]:
    """Return the passages that answer, or the examples where nothing is typed yet."""
    article = answerer.article
    if text.strip():
        return list(_passages(answerer.answer(text), article))[: InlineQueryLimit.RESULTS]
    answers = [(question, shown(answerer.answer(question))) for question in answerer.examples]
    return [
        _offer(f"example{number}", question, Passages(found[:1]), article)
        for number, (question, found) in enumerate(answers)
        if found
    ]


def _passages(answer: Answer, article: Article) -> Iterator[InlineQueryResultArticle]:
    kind = Guess if isinstance(answer, Guess) else Passages
    for found in shown(answer):
        passage = found.passage
        title = words.place(passage.number, len(article.passages), passage.is_caption)
        yield _offer(f"passage{passage.number}", title, kind((found,)), article)


def _offer(
    key: str, title: str, answer: Passages | Guess, article: Article
) -> InlineQueryResultArticle:
    content = InputTextMessageContent(blocks_html(*answer_blocks(answer, article)))
    return InlineQueryResultArticle(key, title, content, description=answer.found[0].key_sentence)
