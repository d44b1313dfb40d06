"""The conversation in a terminal, with the words and commands of the one on Telegram."""

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from importlib import import_module
from typing import assert_never

from rich.console import Console
from rich.text import Text

from bot import words
from bot.answering.answerer import Answerer
from bot.answering.answers import (
    Answer,
    Found,
    Guess,
    Listed,
    Passages,
    Refusal,
    Unmentioned,
    shown,
)
from bot.answering.conversation import Turn, answer_after, turn_after
from bot.article.article import Article, Passage
from bot.language.foreign import is_foreign
from bot.question.listings import Listing
from bot.question.smalltalk import SmallTalk
from bot.topics import Topic

_KEY_SENTENCE = "bold"
_SOURCE = "dim"


class Chat:
    """One person's conversation about an article."""

    def __init__(self, answerer: Answerer, console: Console) -> None:
        self._answerer = answerer
        self._article = answerer.article
        self._console = console
        self._turn = Turn()
        self._choices: list[tuple[Listing, Topic]] = []
        self._commands: dict[str, Callable[[str], Iterable[Text]]] = {
            "/start": lambda _: self._start(),
            "/help": lambda _: [Text(words.help_text())],
            "/about": lambda _: self._about(),
            "/countries": lambda text: self._listed(Listing.COUNTRIES, text),
            "/projects": lambda text: self._listed(Listing.PROJECTS, text),
            "/article": lambda _: _article_text(self._article),
            "/ask": self._asked,
            words.CHAT_MORE: lambda _: self._more(),
        }

    def run(self, lines: Iterable[str]) -> None:
        """Answer each of *lines* until they end."""
        self._show(self._start())
        for line in lines:
            if line.strip().lower() in words.CHAT_ENDS:
                return
            if line.strip():
                self._show(self.reply(line.strip()))

    def reply(self, line: str) -> Iterable[Text]:
        """Return the paragraphs that answer a question or a command."""
        if line.startswith("/"):
            command, _, text = line.partition(" ")
            known = self._commands.get(command.lower())
            return known(text) if known else [Text(words.unknown_command(command))]
        chosen = self._chosen(line)
        if chosen:
            return self._told("", chosen)
        if is_foreign(line):
            return [Text(words.FOREIGN)]
        answer, self._turn = answer_after(self._answerer, line, self._turn)
        return self._shown(answer)

    def _chosen(self, line: str) -> Answer | None:
        """Return the passages about the entry of the last list that *line* is the number of."""
        if not self._choices or not line.isdecimal() or not 1 <= int(line) <= len(self._choices):
            return None
        listing, topic = self._choices[int(line) - 1]
        return self._answerer.about(listing, topic.key)

    def _told(self, question: str, answer: Answer) -> Iterable[Text]:
        """Return what shows an answer that a question in words didn't ask for."""
        self._turn = turn_after(question, answer, self._turn)
        return self._shown(answer)

    def _shown(self, answer: Answer) -> Iterable[Text]:
        """Return the beginning of an answer and how to see more."""
        if isinstance(answer, Listed):
            self._choices = [(answer.listing, topic) for topic in answer.topics]
        elif isinstance(answer, Unmentioned):
            self._choices = [(Listing.COUNTRIES, topic) for topic in answer.countries]
        left = len(shown(self._turn.further)) if self._turn.further else 0
        if isinstance(answer, Passages | Guess):
            found = answer.found[: len(answer.found) - left]
            yield from _answer_text(replace(answer, found=found), self._article)
        else:
            yield from _answer_text(answer, self._article)
        if left and not isinstance(answer, SmallTalk):
            yield Text(words.chat_more(left), style=_SOURCE)

    def _listed(self, listing: Listing, text: str) -> Iterable[Text]:
        return self._told(text, self._answerer.listed(listing, text))

    def _start(self) -> Iterator[Text]:
        yield Text(words.introduction(self._article.title, self._article.date))
        yield Text("\n".join(f"• {question}" for question in self._answerer.examples))
        yield Text(words.CHAT_HINT, style=_SOURCE)

    def _about(self) -> Iterator[Text]:
        article = self._article
        yield Text(words.about(article.title, article.date, len(article.passages)))

    def _more(self) -> Iterable[Text]:
        return self._told(self._turn.question, self._turn.further or SmallTalk.ENOUGH)

    def _asked(self, text: str) -> Iterable[Text]:
        return self.reply(text) if text.strip() else [Text(words.ASK_WHAT)]

    def _show(self, paragraphs: Iterable[Text]) -> None:
        for paragraph in paragraphs:
            _print(self._console, paragraph)


def chat(answerer: Answerer) -> None:
    """Talk until the input ends: line by line, with a prompt where a person types."""
    console = Console(highlight=False)
    # Standard input may be closed, and is None then.
    is_typed = sys.stdin is not None and sys.stdin.isatty()
    lines = _typed_lines() if is_typed else iter(sys.stdin or ())
    Chat(answerer, console).run(lines)


def print_answer(answer: Answer, article: Article) -> None:
    """Print all that answers one question."""
    console = Console(highlight=False)
    for paragraph in _answer_text(answer, article):
        _print(console, paragraph)


def _print(console: Console, text: Text) -> None:
    """Print a paragraph and an empty line; where nobody sees it bold, stars mark what is."""
    if console.is_terminal:
        console.print(text, end="\n\n")
    else:
        console.print(_starred(text), end="\n\n", soft_wrap=True, markup=False)


def _starred(text: Text) -> str:
    marked = text.plain
    for span in reversed(text.spans):
        if span.style == _KEY_SENTENCE:
            before, bold, after = marked[: span.start], span.start, marked[span.end :]
            marked = f"{before}**{marked[bold : span.end]}**{after}"
    return marked


def _answer_text(answer: Answer, article: Article) -> list[Text]:
    match answer:
        case Passages(found=found):
            return [*_corrections_text(answer), *(_found_text(one, article) for one in found)]
        case Listed(listing, topics, places):
            return _list_text(words.listed(listing.value, len(topics), places), topics)
        case Unmentioned(places, countries):
            return _list_text(words.unmentioned(places, len(countries)), countries)
        case Guess(found):
            said = Text(words.guess(answer.is_likely))
            return [said, *(_found_text(one, article) for one in found)]
        case Refusal():
            return [Text(words.REFUSAL)]
        case SmallTalk():
            return [Text(words.SMALL_TALK[answer.value])]
        case _:
            assert_never(answer)


def _article_text(article: Article) -> Iterator[Text]:
    yield Text(words.dated(article.title, article.date), style=_KEY_SENTENCE)
    for passage in article.passages:
        yield Text(passage.text, style=_SOURCE if passage.is_caption else "")


def _list_text(said: str, topics: Sequence[Topic]) -> list[Text]:
    entries = [words.entry(topic.name, topic.flag) for topic in topics]
    numbered = "\n".join(f"{number}. {one}" for number, one in enumerate(entries, start=1))
    hint = Text(words.chat_choose(len(entries)), style=_SOURCE)
    return [Text(said), Text(numbered), hint] if entries else [Text(said)]


def _corrections_text(answer: Passages) -> list[Text]:
    if not answer.corrections:
        return []
    return [Text(words.corrected(answer.corrections), style=_SOURCE)]


def _found_text(found: Found, article: Article) -> Text:
    return _passage_text(found.passage, found.key_sentence, article)


def _passage_text(passage: Passage, key_sentence: str, article: Article) -> Text:
    text = Text(passage.text)
    start = passage.text.find(key_sentence)
    if key_sentence not in ("", passage.text):
        text.stylize(_KEY_SENTENCE, start, start + len(key_sentence))
    source = words.source(passage.number, len(article.passages), passage.is_caption, article.title)
    return text.append(f"\n{source}", style=_SOURCE)


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
