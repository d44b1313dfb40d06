"""The conversation in a terminal, with the words and commands of the one on Telegram."""

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import partial
from importlib import import_module
from typing import assert_never

from rich.console import Console
from rich.text import Text

from bot import words
from bot.answering import Answer, Answerer
from bot.answering.answers import shown
from bot.answering.blocks import Block, Entries, Excerpt, Note, Plain, answer_blocks, beginning
from bot.answering.conversation import Turn, answer_after, turn_after
from bot.article import Article
from bot.question import read_question
from bot.question.listings import Listing
from bot.question.smalltalk import SmallTalk

_MARKED, _SMALL, _HEADING = "bold", "dim", "underline"


class Chat:
    """One person's conversation about an article."""

    def __init__(self, answerer: Answerer) -> None:
        self._whole = self._answerer = answerer
        self._article = article = answerer.article
        further = words.ARTICLES_COMMAND if len(article.articles) > 1 else {}
        self._listed = words.CHAT_COMMANDS | further
        self._turn = Turn()
        # The questions or the entries of a list shown last, by the number of each.
        self._choices: dict[str, str | tuple[Listing, str]] = {}
        self._commands: dict[str, Callable[[str], Iterable[Text]]] = {
            "/start": lambda _: self._start(),
            "/help": lambda _: [Text(words.help_text(self._listed))],
            "/about": lambda _: [Text(words.about(article.titles, len(article.passages)))],
            "/articles": lambda _: self._all_articles(),
            "/countries": partial(self._list, Listing.COUNTRIES),
            "/projects": partial(self._list, Listing.PROJECTS),
            "/article": lambda _: self._read_out(),
            "/ask": self._asked,
            words.CHAT_MORE: lambda _: self._told(
                self._turn.question, self._turn.further or SmallTalk.ENOUGH
            ),
        }

    def talk(self, lines: Iterable[str]) -> Iterator[Text]:
        """Return the paragraphs that answer each of *lines* until they end."""
        yield from self._start()
        for line in map(str.strip, lines):
            if line.lower() in words.CHAT_ENDS:
                return
            yield from self._reply(line) if line else ()

    def _reply(self, line: str) -> Iterable[Text]:
        if not line.startswith("/"):
            return self._asked(line)
        command, _, text = line.partition(" ")
        known = self._commands.get(command.lower())
        return known(text) if known else [Text(words.unknown_command(command, self._listed))]

    def _asked(self, text: str) -> Iterable[Text]:
        said = text.strip()
        chosen = self._choices.get(said)
        if isinstance(chosen, tuple) and (about := self._answerer.lists.about(*chosen)):
            if chosen[0] is Listing.ARTICLES:
                self._answerer = self._whole.chosen(chosen[1])
                return [Text(words.NARROWED), *self._told("", about)]
            return self._told("", about)
        question = read_question(chosen if isinstance(chosen, str) else said)
        if not question.text:
            return [Text(words.ASK_WHAT)]
        if self._answerer.turns_away(question):
            return [Text(words.foreign(self._answerer.language.name))]
        answer, self._turn = answer_after(self._answerer, question, self._turn)
        return self._shown(answer)

    def _list(self, listing: Listing, text: str) -> Iterable[Text]:
        return self._told(text, self._answerer.lists.listed(listing, text))

    def _all_articles(self) -> Iterable[Text]:
        self._answerer = self._whole
        return self._list(Listing.ARTICLES, "")

    def _read_out(self) -> Iterable[Text]:
        article = self._answerer.article
        return self._all_articles() if len(article.articles) > 1 else _drawn_article(article)

    def _told(self, question: str, answer: Answer) -> Iterable[Text]:
        """Return what shows an answer that a question in words didn't ask for."""
        self._turn = turn_after(question, answer, self._turn)
        return self._shown(answer)

    def _shown(self, answer: Answer) -> Iterator[Text]:
        for block in answer_blocks(beginning(answer), self._answerer.article):
            yield _drawn(block)
            if isinstance(block, Entries):
                keys = [(block.listing, topic.key) for topic in block.topics]
                self._choices = {str(number): key for number, key in enumerate(keys, start=1)}
                if keys:
                    yield Text(words.chat_choose(len(keys)), _SMALL)
        if self._turn.further and not isinstance(answer, SmallTalk):
            yield Text(words.chat_more(len(shown(self._turn.further))), _SMALL)

    def _start(self) -> Iterator[Text]:
        examples = self._answerer.examples
        yield Text(words.introduction(self._article.titles, len(examples)))
        self._choices = {str(number): one for number, one in enumerate(examples, start=1)}
        if examples:
            yield Text("\n".join(f"{number}. {one}" for number, one in self._choices.items()))
        yield Text(words.CHAT_HINT, _SMALL)


def chat(answerer: Answerer) -> None:
    """Talk until the input ends: line by line, with a prompt where a person types."""
    is_typed = sys.stdin is not None and sys.stdin.isatty()  # it is None where it is closed
    _print(Chat(answerer).talk(_typed_lines() if is_typed else sys.stdin or ()))


def print_answer(answer: Answer, article: Article) -> None:
    """Print all that answers one question."""
    _print(map(_drawn, answer_blocks(answer, article)))


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
            lines = (f"{n}. {words.entry(one.name, one.flag)}" for n, one in enumerate(topics, 1))
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
