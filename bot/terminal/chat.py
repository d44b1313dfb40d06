"""The conversation in a terminal, with the words and commands of the one on Telegram."""

import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from importlib import import_module
from textwrap import shorten
from typing import assert_never

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot import reasons, words
from bot.answering import Answer, Answerer
from bot.answering.answers import shown
from bot.answering.blocks import Block, Entries, Excerpt, Note, Plain, answer_blocks, beginning
from bot.answering.explanation import Explanation
from bot.answering.talk import Reply, Talk
from bot.article import Article
from bot.question.listings import Listing
from bot.question.smalltalk import SmallTalk

_MARKED, _SMALL, _HEADING = "bold", "dim", "underline"


class Chat:
    """One person's conversation about an article."""

    def __init__(self, answerer: Answerer) -> None:
        self._talk = Talk(answerer, words.CHAT_COMMANDS)
        # The questions or the entries of a list shown last, by the number of each.
        self._choices: dict[str, str | tuple[Listing, str, str]] = {}

    def talk(self, lines: Iterable[str]) -> Iterator[Text]:
        """Return the paragraphs that answer each of *lines* until they end."""
        yield from self._shown(self._talk.introduction())
        for line in map(str.strip, lines):
            if line.lower() in words.CHAT_ENDS:
                return
            chosen = self._choices.get(line, line)
            known = None if isinstance(chosen, str) else self._talk.chosen(*chosen)
            asked = chosen if isinstance(chosen, str) else line
            if line not in self._choices and not line.startswith("/"):
                # Who goes on to ask means no entry of a list from long ago.
                self._choices = {}
            yield from self._shown(known or self._talk.reply(asked)) if line else ()

    def _shown(self, reply: Reply) -> Iterator[Text]:
        if reply.said:
            yield Text(reply.said)
        if reply.questions:
            self._choices = {str(number): one for number, one in enumerate(reply.questions, 1)}
            yield Text("\n".join(f"{number}. {one}" for number, one in self._choices.items()))
        if reply.is_beginning:
            yield Text(words.CHAT_HINT, _SMALL)
        if reply.article:
            yield from _drawn_article(reply.article)
        if reply.answer:
            yield from self._answered(reply.answer)

    def _answered(self, answer: Answer) -> Iterator[Text]:
        for block in answer_blocks(beginning(answer), self._talk.answerer.article):
            yield _drawn(block)
            if isinstance(block, Entries):
                entries = [(block.listing, topic.key, topic.name) for topic in block.topics]
                self._choices = {str(number): one for number, one in enumerate(entries, start=1)}
                if entries:
                    yield Text(words.chat_choose(len(entries)), _SMALL)
        further = self._talk.turn.further
        if further and not isinstance(answer, SmallTalk):
            yield Text(words.chat_more(len(shown(further))), _SMALL)


def chat(answerer: Answerer) -> None:
    """Talk until the input ends: line by line, with a prompt where a person types."""
    is_typed = sys.stdin is not None and sys.stdin.isatty()  # it is None where it is closed
    _print(Chat(answerer).talk(_typed_lines() if is_typed else sys.stdin or ()))


def print_answer(answer: Answer, article: Article) -> None:
    """Print all that answers one question."""
    _print(map(_drawn, answer_blocks(answer, article)))


def print_explanation(why: Explanation) -> None:
    """Print why a question was answered as it was."""
    console = Console(highlight=False)
    said = [why.question, " · ".join(why.words_said), *why.lines]
    console.print(Text("\n".join(filter(None, said))), soft_wrap=True)
    if not why.passages:
        return
    numbered = list(zip(why.places, why.passages, strict=True))
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for heading in (reasons.PASSAGE, *why.passages[0].views, reasons.SCORE, reasons.SURE):
        table.add_column(heading, justify="right", no_wrap=True)
    for place, one in numbered:
        scores = [f"{score:.2f}" for score in (*one.views.values(), one.score)]
        table.add_row(str(place), *scores, f"{one.confidence:.0%}")
    console.print(table)
    for place, one in numbered:
        sentence = shorten(one.key_sentence, console.width - 6, placeholder="…")
        console.print(Text(f"{place}: {sentence}"), soft_wrap=True)


def _typed_lines() -> Iterator[str]:
    # Importing readline gives input() its history and editing keys; Windows has them without.
    with suppress(ImportError):
        import_module("readline")
    while True:
        try:
            yield input(words.CHAT_PROMPT)
        except EOFError:
            print()
            return
        except KeyboardInterrupt:
            print(f"\n{words.CHAT_HINT}")


def _drawn(block: Block) -> Text:
    match block:
        case Plain(text) | Note(text):
            return Text(text)
        case Excerpt(heading, before, marked, after, source):
            style = _MARKED if before or after else ""
            above = (f"{heading}\n" if heading else "", _HEADING)
            below = (f"\n{source}", _SMALL)
            return Text.assemble(above, before, (marked, style), after, below)
        case Entries(said, topics=topics):
            lines = (f"{n}. {one.label}" for n, one in enumerate(topics, 1))
            return Text("\n".join([said, "", *lines]).strip())
        case _:
            assert_never(block)


def _drawn_article(article: Article) -> Iterator[Text]:
    yield Text(words.dated(article.title, article.date), _MARKED)
    above: tuple[str, ...] = ()
    for passage in article.passages:
        yield from (Text(one, _HEADING) for one in passage.headings if one not in above)
        above = passage.headings
        yield Text(passage.text, _SMALL if passage.is_caption else "")


def _print(paragraphs: Iterable[Text]) -> None:
    """Print paragraphs; where nothing can be bold, key sentences stand between stars."""
    console = Console(highlight=False)
    for text in paragraphs:
        marks = sorted(mark for span in text.spans if span.style == _MARKED for mark in span[:2])
        told = text if console.color_system else Text("**").join(text.divide(marks))
        if console.is_terminal:
            console.print(told, end="\n\n")
        else:
            print(told.plain, end="\n\n")
