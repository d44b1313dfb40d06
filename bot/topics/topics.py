"""Topics: what an article can be asked about, each with its passages."""

import re
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.article.article import Article, Passage
from bot.language.text import tokens
from bot.question.listings import Listing
from bot.topics.countries import Place, countries_named, place_words, single_words
from bot.topics.mentions import Country, mentioned_countries
from bot.topics.names import Named, named_things, organisations

_QUOTATION = re.compile(r"[\"“]([^\"“”]{3,120}?)[,.;]?[\"”]")
_MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?"
    r"|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_DATE = re.compile(
    rf"\b(?:\d{{4}}-\d\d-\d\d|{_MONTH} \d{{1,2}}(?:, \d{{4}})?|\d{{1,2}} {_MONTH}(?: \d{{4}})?"
    rf"|{_MONTH} \d{{4}}|(?:1[5-9]|20)\d\d)\b"
)
_CLAUSE_END = re.compile(r"[,;:–—]\s*|[.!?]\s+")


@dataclass(frozen=True)
class Topic:
    """Something that an article speaks of.

    Attributes:
        name: What it is called.
        passages: The numbers of the passages that speak of it, in order.
        flag: A country's flag, else empty.
    """

    name: str
    passages: tuple[int, ...]
    flag: str = ""

    @property
    def key(self) -> str:
        """Eight digits that stand for the name."""
        return f"{zlib.crc32(self.name.encode()):08x}"


class Topics:
    """All that an article speaks of, by what a list is of."""

    def __init__(self, article: Article) -> None:
        """Find the topics of *article*."""
        self._article = article
        texts = [passage.text for passage in article.passages]
        self._words = {word for text in texts for word in tokens(text)}
        self.countries = mentioned_countries(texts)
        self._codes = {country.code for country in self.countries}
        self._listed = {
            Listing.COUNTRIES: [_country_topic(one) for one in self.countries],
            Listing.PROJECTS: [_named_topic(one) for one in named_things(article.passages)],
            Listing.ORGANISATIONS: [_named_topic(one) for one in organisations(article.passages)],
            Listing.PHOTOS: [_photo_topic(one) for one in article.passages if one.is_caption],
            Listing.QUOTATIONS: _matched(_QUOTATION, article.passages),
            Listing.DATES: _matched(_DATE, [article.header, *article.passages]),
        }

    def listed(self, listing: Listing, places: Iterable[Place] = ()) -> list[Topic]:
        """Return the topics of a list, only those that have to do with all of *places*."""
        topics = self._listed[listing]
        for place in places:
            if listing is Listing.COUNTRIES:
                inside = [one for one in self.countries if one.code in place.codes]
                topics = [topic for topic in topics if topic.name in {one.name for one in inside}]
            elif not self._is_general(place):
                topics = self._about(topics, place)
        return topics

    def find(self, listing: Listing, key: str) -> Topic | None:
        """Return the topic of a list that has this key, None where there is none."""
        return next((topic for topic in self._listed[listing] if topic.key == key), None)

    def synonyms(self) -> dict[str, list[str]]:
        """Return for each word that names a country or region the article's words for it."""
        told = {
            code: [word for word in single_words(code) if word in self._words]
            for code in self._codes
        }
        return {
            word: [one for code in sorted(codes & self._codes) for one in told[code]]
            for word, codes in place_words().items()
            if codes & self._codes
        }

    def lacking(self, places: Iterable[Place]) -> list[Place]:
        """Return those of *places* that the article doesn't mention, nor a country in them."""
        return [
            place
            for place in places
            if self._codes.isdisjoint(place.codes)
            and not self._words.issuperset(tokens(place.name))
        ]

    def is_about(self, number: int, place: Place) -> bool:
        """Return whether a passage mentions a place, or the whole article is about it."""
        return self._is_general(place) or any(
            country.code in place.codes and number - 1 in country.passages
            for country in self.countries
        )

    def specific(self, places: Sequence[Place]) -> Sequence[Place]:
        """Return those of *places* that narrow anything, all where none does."""
        return [place for place in places if not self._is_general(place)] or places

    def _is_general(self, place: Place) -> bool:
        """Return whether the whole article is about a place, which then narrows nothing."""
        mentions = {
            number
            for country in self.countries
            if country.code in place.codes
            for number in country.passages
        }
        return 2 * len(mentions) >= len(self._article.passages)

    def _about(self, topics: Sequence[Topic], place: Place) -> list[Topic]:
        """Return the topics named in a clause with the place, else in a passage with it."""
        near = [topic for topic in topics if any(_is_in(place, c) for c in self._clauses(topic))]
        return near or [
            topic
            for topic in topics
            if any(_is_in(place, self._article.passage(one).text) for one in topic.passages)
        ]

    def _clauses(self, topic: Topic) -> list[str]:
        texts = [self._article.passage(number).text for number in topic.passages]
        return [clause for text in texts for clause in _clauses(text, topic.name)]


def _is_in(place: Place, text: str) -> bool:
    return any(
        named.name == place.name or (place.codes & named.codes and len(named.codes) == 1)
        for named in countries_named(text)
    )


def _clauses(text: str, name: str) -> list[str]:
    """Return the clauses of *text* that hold *name*, which may reach over a comma."""
    holder = text.replace(name, "\0")
    return [part.replace("\0", name) for part in _CLAUSE_END.split(holder) if "\0" in part]


def _country_topic(country: Country) -> Topic:
    return Topic(country.name, tuple(index + 1 for index in country.passages), country.flag)


def _named_topic(named: Named) -> Topic:
    return Topic(named.name, named.passages)


def _photo_topic(caption: Passage) -> Topic:
    return Topic(caption.sentences[0], (caption.number,))


def _matched(pattern: re.Pattern[str], passages: Iterable[Passage]) -> list[Topic]:
    found: dict[str, list[int]] = {}
    for passage in passages:
        for match in pattern.finditer(passage.text):
            numbers = found.setdefault(match[match.lastindex or 0], [])
            if passage.number not in numbers:
                numbers.append(passage.number)
    return [Topic(name, tuple(numbers)) for name, numbers in found.items()]
