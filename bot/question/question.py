"""The question: what a person asks, its words read once and handed down."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from bot.language.facts import Kind, facts
from bot.language.languages import ENGLISH, Language, is_foreign
from bot.language.text import QUESTION_WORDS, Word, words
from bot.question import framing
from bot.question.aspects import Aspect, asked_aspect
from bot.question.kinds import asked_kind
from bot.question.listings import Listing, asked_listing
from bot.question.smalltalk import SmallTalk, small_talk

# What is longer is read up to here: nobody asks in more, and reading it would hold up others.
MAX_CHARACTERS = 1_000

_MORE = re.compile(
    r"(?:please |pls )?(?:(?:tell|show|give) me )?(?:some )?more(?: please| pls)?"
    r"|go on|continue|next|what else|anything else"
)
_OPENERS = re.compile(r"^(?:and|what about|how about|or|also)\b")
_VERBS = frozenset("are can could did do does has have is was were will would".split())
_PEOPLE = frozenset("people person persons names".split())
_POINTERS = framing.PERSONS | frozenset("it its that this these".split())
_SHORT = 2
_EXCLUDING = re.compile(r"\b(?:besides|except|excluding|without|apart from|(?:other|else) than)\b")
_WHY = re.compile(r"\b(?:why|how come|reasons?|what caused)\b")
_ALL = frozenset("everything every all".split())


@dataclass(frozen=True)
class Question:
    """What a person asks."""

    text: str
    words: tuple[Word, ...]  # of the text, or those that are left of it

    @cached_property
    def tokens(self) -> tuple[str, ...]:
        """Its words, folded."""
        return tuple(word.token for word in self.words)

    @cached_property
    def said(self) -> str:
        """Its tokens as one text."""
        return " ".join(self.tokens)

    @cached_property
    def told(self) -> tuple[str, ...]:
        """Its tokens without those that only ask, such as what and which."""
        return tuple(token for token in self.tokens if token not in QUESTION_WORDS)

    @cached_property
    def content(self) -> tuple[str, ...]:
        """Its tokens that tell what is asked, each once, without stop words and framing."""
        return tuple(framing.content(self.tokens))

    def content_in(self, language: Language) -> Sequence[str]:
        """Return its tokens that tell what is asked in *language*, all where none does."""
        if language == ENGLISH:
            return self.content
        told = [token for token in dict.fromkeys(self.tokens) if token not in language.stop_words]
        return told or self.tokens

    @cached_property
    def kind(self) -> Kind | None:
        """The kind of thing it asks for, None where words don't tell."""
        return asked_kind(self.text)

    def facts_in(self, text: str) -> list[str]:
        """Return the things of that kind in *text* that the question doesn't bring itself."""
        return list(facts(text, self.kind, self.text)) if self.kind else []

    def has_kind(self, text: str) -> bool:
        """Return whether *text* has such a thing, or none is asked for."""
        return not self.kind or any(facts(text, self.kind, self.text))

    @cached_property
    def small_talk(self) -> SmallTalk | None:
        """The small talk that it is, None where it asks or says more."""
        return small_talk(self.tokens)

    @cached_property
    def listing(self) -> Listing | None:
        """What it asks a list of, None where it asks anything more or else."""
        found = asked_listing(self.tokens)
        # How many quotes, how many years: of things that it tells of.
        counts = self.kind is Kind.NUMBER and found in (
            Listing.QUOTATIONS,
            Listing.DATES,
            Listing.FIGURES,
        )
        return None if counts else found

    @cached_property
    def aspect(self) -> Aspect | None:
        """What it asks of the article itself, None where it asks something else."""
        return asked_aspect(self.tokens)

    @property
    def parts(self) -> list["Question"]:
        """The questions that it is made of, none where it is a single one."""
        several = [one for one in re.split(r"(?<=\?)\s+", self.text) if re.search(r"\w", one)]
        return [read_question(one) for one in several] if len(several) > 1 else []

    @property
    def excludes(self) -> bool:
        """Whether it asks for others than it names: which countries besides China?"""
        return _EXCLUDING.search(self.said) is not None

    @property
    def asks_people(self) -> bool:
        """Whether it asks for people, whoever they are: who are all the people?"""
        told = set(self.content) - framing.FRAMING
        return self.kind is not Kind.NUMBER and set() < told <= _PEOPLE

    @property
    def asks_reason(self) -> bool:
        """Whether it asks why."""
        return _WHY.search(self.said) is not None

    @property
    def wants_everything(self) -> bool:
        """Whether it wants all there is on something: everything on modernization."""
        return not _ALL.isdisjoint(self.tokens)

    @property
    def wants_more(self) -> bool:
        """Whether it only asks for what else was found: tell me more."""
        return _MORE.fullmatch(self.said) is not None

    @property
    def goes_on(self) -> bool:
        """Whether it goes on from the question before: and in Egypt?"""
        return _OPENERS.match(self.said) is not None

    @property
    def asks_the_same(self) -> bool:
        """Whether it asks the same as the question before, but of another: and in Egypt?"""
        rest, opened = _OPENERS.subn("", self.said)
        return bool(opened) and (QUESTION_WORDS | _VERBS).isdisjoint(rest.split())

    @property
    def points_back(self) -> bool:
        """Whether it speaks of what was shown before: how big is it?"""
        return not _POINTERS.isdisjoint(self.tokens)

    @property
    def speaks_of_someone(self) -> bool:
        """Whether it takes for granted who is meant: what did they say?"""
        return not framing.PERSONS.isdisjoint(self.tokens)

    @property
    def asks_whether(self) -> bool:
        """Whether it is to be answered by yes or no: was she married?"""
        return not _VERBS.isdisjoint(self.tokens[:1])

    @property
    def is_short(self) -> bool:
        """Whether it says so little that it may go on from the question before: which one?"""
        return len(self.content) <= _SHORT

    @cached_property
    def is_foreign(self) -> bool:
        """Whether it is in another language than English."""
        return is_foreign(self.text, ENGLISH)

    @property
    def is_empty(self) -> bool:
        """Whether it says nothing but framing."""
        return framing.FRAMING.issuperset(self.content)


def read_question(text: "str | Question") -> Question:
    """Return what *text* asks; a question that has been read already as it is."""
    if isinstance(text, Question):
        return text
    kept = text[:MAX_CHARACTERS]
    return Question(kept, tuple(words(kept)))
