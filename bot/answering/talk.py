"""A talk: one person's messages and commands in, what is replied to each out."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from bot import words
from bot.answering.answerer import Answerer
from bot.answering.answers import Answer
from bot.answering.conversation import Turn, answer_about, answer_after, turn_after
from bot.answering.explanation import Explanation, explained, explanation
from bot.article import Article
from bot.question import Question, read_question
from bot.question.listings import Listing
from bot.question.smalltalk import SmallTalk


@dataclass(frozen=True)
class Reply:
    """What is replied to a message: words of our own, then an answer, then questions to try."""

    said: str = ""
    answer: Answer | None = None
    questions: Sequence[str] = ()
    is_beginning: bool = False  # of a talk
    article: Article | None = None  # that is asked to be shown whole
    why: Callable[[], Explanation] | None = None  # the answer is as it is


class Talk:
    """One person's talk about an article, or about several and then one of them."""

    def __init__(self, answerer: Answerer, commands: Mapping[str, str] = words.COMMANDS) -> None:
        """Begin to talk, where *commands* are told of."""
        self._whole = self.answerer = answerer  # the second may narrow down to one of several
        self.turn = Turn()
        self.narrowed_to = ""  # the key of that one
        further = words.ARTICLES_COMMAND if len(answerer.article.articles) > 1 else {}
        self._listed = {**commands, **further}
        self._commands: dict[str, Callable[[str], Reply]] = {
            "/start": lambda _: self.introduction(),
            "/help": lambda _: Reply(words.help_text(self._listed)),
            "/about": lambda _: self._about(),
            "/articles": lambda _: self._all_articles(),
            "/countries": partial(self._list, Listing.COUNTRIES),
            "/projects": partial(self._list, Listing.PROJECTS),
            "/article": lambda _: self._shown_whole(),
            "/ask": self.asked,
            words.CHAT_MORE: lambda _: self._told(self.turn.further or SmallTalk.ENOUGH),
        }

    def introduction(self) -> Reply:
        """Return what a talk begins with."""
        examples = self._whole.examples
        said = words.introduction(self._whole.article.titles, len(examples))
        return Reply(said, questions=examples, is_beginning=True)

    def reply(self, text: str) -> Reply:
        """Return the reply to a message."""
        if not text.startswith("/"):
            return self.asked(text)
        command, _, rest = text.partition(" ")
        known = self._commands.get(command.lower())
        return known(rest.strip()) if known else Reply(words.unknown_command(command, self._listed))

    def narrow(self, key: str) -> None:
        """Talk about the article with this key in the list of all alone, or about all again."""
        self.answerer, self.narrowed_to = self._whole.chosen(key), key

    def chosen(self, listing: str, key: str, name: str = "") -> Reply | None:
        """Return the reply to who chose an entry of a list, None where there is none such."""
        kinds = [one for one in Listing if one == listing]
        is_narrowing = listing == Listing.ARTICLES
        lists = self._whole.lists if is_narrowing else self.answerer.lists
        answer = lists.about(kinds[0], key) if kinds else None
        if answer and is_narrowing:
            self.narrow(key)
        said = words.NARROWED if is_narrowing else ""
        return self._told(answer, name, said) if answer else None

    def _told(self, answer: Answer, of: str = "", said: str = "") -> Reply:
        """Return the reply with an answer that was asked for by a choice, *of* what was chosen."""
        self.turn = turn_after("", answer, self.turn)
        asked = read_question(of)
        return Reply(said, answer, why=partial(explained, self.answerer, answer, "list", asked))

    def asked(self, text: str | Question, passage: int | None = None) -> Reply:
        """Return the reply to a question, which may be about the *passage* with this number."""
        question, before = read_question(text), self.turn
        if not question.text.strip():
            return Reply(words.ASK_WHAT)
        if self.answerer.turns_away(question):
            return Reply(words.foreign(self.answerer.language.name))
        if passage is not None:
            return Reply("", answer_about(self._whole, question, passage))
        answer, self.turn = answer_after(self.answerer, question, before)
        why = partial(explanation, self.answerer, question, before)
        return Reply("", answer, why=why)

    def _list(self, listing: Listing, text: str) -> Reply:
        return self._told(self.answerer.lists.listed(listing, text), text)

    def _all_articles(self) -> Reply:
        self.narrow("")
        return self._list(Listing.ARTICLES, "")

    def _shown_whole(self) -> Reply:
        article = self.answerer.article
        return self._all_articles() if len(article.articles) > 1 else Reply(article=article)

    def _about(self) -> Reply:
        article = self._whole.article
        return Reply(words.about(article.titles, len(article.passages), article.origin))
