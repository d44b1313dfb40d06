"""Answers: what may be shown for a question."""

from dataclasses import dataclass
from typing import assert_never

from bot.article import Article, Passage
from bot.question.listings import Listing
from bot.question.smalltalk import SmallTalk
from bot.topics import Topic

EVEN_CHANCE = 0.5
# Who asks for all of something gets so many passages at most.
MAX_PASSAGES_OF_ALL = 8


@dataclass(frozen=True)
class Found:
    """A passage that answers, or may answer, a question."""

    passage: Passage  # one below 1 has an article's header
    mark: str  # the sentence of it that answers best, of a long one the clauses
    confidence: float = 1.0  # how likely it answers, 0 to 1

    @property
    def key_sentence(self) -> str:
        """The sentence with what is marked."""
        return next(one for one in self.passage.sentences if self.mark in one)


@dataclass(frozen=True)
class Passages:
    """The article answers, with the article's words for misspelt ones of the question."""

    found: tuple[Found, ...]
    corrections: tuple[str, ...] = ()


@dataclass(frozen=True)
class Listed:
    """The article answers with a list, in its own order."""

    listing: Listing
    topics: tuple[Topic, ...]
    places: str  # names of what narrows it, as one text; empty where nothing does
    found: tuple[Found, ...]  # the passages that speak of the topics


@dataclass(frozen=True)
class Unmentioned:
    """The article doesn't mention *places* that were asked about, but these *countries*."""

    places: tuple[str, ...]
    countries: tuple[Topic, ...]


@dataclass(frozen=True)
class Guess:
    """The article doesn't seem to answer, but something in it comes close."""

    found: tuple[Found, ...]

    @property
    def is_likely(self) -> bool:
        """Whether the closest passage is likelier to answer than not."""
        return self.found[0].confidence > EVEN_CHANCE


@dataclass(frozen=True)
class Refusal:
    """The article doesn't answer, and has nothing in common with the question."""


Answer = Passages | Listed | Unmentioned | Guess | Refusal | SmallTalk

KINDS: dict[type, str] = {
    Passages: "passages",
    Guess: "closest",
    Listed: "list",
    Unmentioned: "refusal",
    Refusal: "refusal",
    SmallTalk: "talk",
}


def is_answered(answer: Answer) -> bool:
    """Return whether *answer* says that the article answers."""
    return isinstance(answer, Passages) or (isinstance(answer, Listed) and bool(answer.topics))


def shown(answer: Answer) -> tuple[Found, ...]:
    """Return the passages that *answer* shows or lists, a guess's among them."""
    match answer:
        case Passages(found=found) | Listed(found=found) | Guess(found):
            return found
        case Unmentioned() | Refusal() | SmallTalk():
            return ()
        case _:
            assert_never(answer)


def answer_object(question: str, answer: Answer, article: Article) -> dict[str, object]:
    """Return *answer* from *article*, or from one of several, as an object for programs."""
    found = shown(answer)
    topics = answer.topics if isinstance(answer, Listed) else ()
    return {
        "question": question,
        "answered": is_answered(answer),
        "confidence": round(found[0].confidence, 4) if found else 0.0,
        "kind": KINDS[type(answer)],
        "passages": [
            {
                "text": one.passage.text,
                "key_sentence": one.key_sentence,
                "number": of.own_number(one.passage),
                "article": of.title,
                "heading": one.passage.heading,
                "is_caption": one.passage.is_caption,
            }
            for one, of in ((one, article.article_of(one.passage.number)) for one in found)
        ],
        "list": [topic.name for topic in topics],
        "corrections": list(answer.corrections) if isinstance(answer, Passages) else [],
    }
