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
    blocks = _blocks(answer, article)
    return blocks if len(article.articles) == 1 else list(map(_of_several, blocks))


def _of_several(block: Block) -> Block:
    if isinstance(block, Excerpt):
        return block
    if isinstance(block, Entries):
        return replace(block, said=words.of_several(block.said))
    return replace(block, text=words.of_several(block.text))


def _blocks(answer: Answer, article: Article) -> list[Block]:
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
    return replace(answer, found=answer.found[: 2 if answer.found[0].passage.is_header else 1])


def _excerpt(found: Found, whole: Article) -> Excerpt:
    passage = found.passage
    article = whole.article_of(passage.number)
    place = article.own_number(passage), len(article.passages), passage.is_caption
    source = words.source(*place, article.title)
    return Excerpt(passage.heading, *passage.text.partition(found.mark), source)
