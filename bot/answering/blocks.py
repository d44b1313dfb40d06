"""Blocks: an answer as the pieces that it is shown in; each face draws them in its own way."""

from dataclasses import dataclass, replace
from typing import TypeAlias, assert_never

from bot import words
from bot.answering.answers import Answer, Found, Guess, Listed, Passages, Refusal, Unmentioned
from bot.article import Article
from bot.question.listings import Listing
from bot.question.smalltalk import SmallTalk
from bot.topics import Topic


@dataclass(frozen=True)
class Plain:
    """Words of our own."""

    text: str


@dataclass(frozen=True)
class Note:
    """A small line of our own above what the article says."""

    text: str


@dataclass(frozen=True)
class Excerpt:
    """A passage: its heading, its text with what is marked apart, and where it stands."""

    heading: str
    before: str
    marked: str
    after: str
    source: str


@dataclass(frozen=True)
class Entries:
    """A list: what is said above it, its entries, and names of what narrows it, as one text."""

    said: str
    listing: Listing
    topics: tuple[Topic, ...]
    places: str = ""


Block: TypeAlias = Plain | Note | Excerpt | Entries


def answer_blocks(answer: Answer, article: Article) -> list[Block]:
    """Return all that *answer* shows of *article*."""
    match answer:
        case Passages(found, corrections):
            notes = [Note(words.CORRECTED.format(", ".join(corrections)))] if corrections else []
            return [*notes, *(_excerpt(one, article) for one in found)]
        case Guess(found):
            said = words.LIKELY_GUESS if answer.is_likely else words.GUESS
            return [Note(said), *(_excerpt(one, article) for one in found)]
        case Listed() | Unmentioned():
            return [list_block(answer)]
        case Refusal():
            return [Plain(words.REFUSAL)]
        case SmallTalk():
            return [Plain(words.SMALL_TALK[answer.value])]
        case _:
            assert_never(answer)


def list_block(answer: Listed | Unmentioned) -> Entries:
    """Return the list that *answer* shows."""
    if isinstance(answer, Listed):
        said = words.listed(answer.listing.value, len(answer.topics), answer.places)
        return Entries(said, answer.listing, answer.topics, answer.places)
    said = words.unmentioned(answer.places, len(answer.countries))
    return Entries(said, Listing.COUNTRIES, answer.countries)


def beginning(answer: Answer) -> Answer:
    """Return what is shown of *answer* at first: of passages one, or the headline and one more."""
    if not isinstance(answer, Passages | Guess):
        return answer
    return replace(answer, found=answer.found[: 1 if answer.found[0].passage.number else 2])


def _excerpt(found: Found, article: Article) -> Excerpt:
    passage = found.passage
    source = words.source(passage.number, len(article.passages), passage.is_caption, article.title)
    return Excerpt(passage.heading, *passage.text.partition(found.mark), source)
