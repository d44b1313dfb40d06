"""Topics: what an article can be asked about, each with its passages."""

import re
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.article import Article, Passage
from bot.language.facts import MONTH
from bot.language.text import Word, tokens, words
from bot.question.listings import Listing
from bot.topics.countries import countries_named, mentioned_countries
from bot.topics.known import Kind, Place, country_names, places
from bot.topics.names import things_and_bodies

_QUOTATION = re.compile(r"[\"“]([^\"“”]{3,120}?)[,.;]?[\"”]")
_DATE = re.compile(
    rf"\b(?:\d{{4}}-\d\d-\d\d|{MONTH} \d{{1,2}}(?:, \d{{4}})?|\d{{1,2}} {MONTH}(?: \d{{4}})?"
    rf"|{MONTH} \d{{4}}|(?:1[5-9]|20)\d\d)\b"
)
_CLAUSE_END = re.compile(r"[,;:–—]\s*|[.!?]\s+")
_FLAG_LETTERS = 0x1F1E6 - ord("A")


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
        texts = [words(passage.text) for passage in article.passages]
        self._words = {word.token for text in texts for word in text}
        self._countries = mentioned_countries(texts)
        things, bodies = things_and_bodies(article.passages)
        captions = [passage for passage in article.passages if passage.is_caption]
        self._listed = {
            Listing.COUNTRIES: [
                Topic(country_names()[code], tuple(numbers), flag(code))
                for code, numbers in self._countries.items()
            ],
            Listing.PROJECTS: _topics(things),
            Listing.ORGANISATIONS: _topics(bodies),
            Listing.PHOTOS: [Topic(one.sentences[0], (one.number,)) for one in captions],
            Listing.QUOTATIONS: _topics(_matches(_QUOTATION, article.passages)),
            Listing.DATES: _topics(_matches(_DATE, [article.header, *article.passages])),
        }

    def listed(self, listing: Listing, places: Sequence[Place] = ()) -> list[Topic]:
        """Return the topics of a list, only those that have to do with one of *places*."""
        topics = self._listed[listing]
        if listing is Listing.COUNTRIES:
            regions = [place for place in places if place.kind is Kind.REGION] or places
            inside = [country_names()[code] for code in _codes(regions)]
            return [topic for topic in topics if topic.name in inside] if places else topics
        narrow = [place for place in places if not self._is_general(place)]
        codes = _codes(narrow)
        return [topic for topic in topics if self._has_to_do(topic, codes)] if narrow else topics

    def find(self, listing: Listing, key: str) -> Topic | None:
        """Return the topic of a list that has this key, None where there is none."""
        return next((topic for topic in self._listed[listing] if topic.key == key), None)

    def synonyms(self) -> dict[str, list[str]]:
        """Return for each word that names a country or region the article's words for it."""
        here = self._countries.keys()
        single = {place.said[0]: place.codes for place in places() if len(place.said) == 1}
        told = {word: codes for word, codes in single.items() if word in self._words}
        return {
            word: [one for one, own in told.items() if len(own) == 1 and own <= codes & here]
            for word, codes in single.items()
            if not codes.isdisjoint(here)
        }

    def named(self, asked: Sequence[Word]) -> list[Place]:
        """Return the places that a question names, as the article has them.

        Those are left out whose words stand in the article for something else: a person, a bird.
        """
        return [place for place in countries_named(asked) if self._has(place) or self._lacks(place)]

    def lacking(self, places: Iterable[Place]) -> list[Place]:
        """Return those of *places* that the article doesn't mention, nor a country in them."""
        return [place for place in places if self._lacks(place)]

    def is_about(self, number: int, place: Place) -> bool:
        """Return whether a passage names a place, or the whole article is about it."""
        said = set(tokens(self._article.passage(number).text))
        is_named = number in self._passages(place.codes) or said.issuperset(place.said)
        return is_named or self._is_general(place)

    def specific(self, places: Sequence[Place]) -> Sequence[Place]:
        """Return those of *places* that narrow anything, all where none does."""
        wide = [place.kind is not Kind.REGION and self._is_general(place) for place in places]
        return [place for place, is_wide in zip(places, wide, strict=True) if not is_wide] or places

    def _has(self, place: Place) -> bool:
        return not place.codes.isdisjoint(self._countries)

    def _lacks(self, place: Place) -> bool:
        is_said = any(self._words.issuperset(said) for said in (place.said, tokens(place.name)))
        return not is_said and not self._has(place)

    def _passages(self, codes: frozenset[str]) -> set[int]:
        return {number for code in codes for number in self._countries.get(code, ())}

    def _is_general(self, place: Place) -> bool:
        """Return whether the whole article is about a place, which then narrows nothing."""
        return 2 * len(self._passages(place.codes)) >= len(self._article.passages)

    def _has_to_do(self, topic: Topic, codes: frozenset[str]) -> bool:
        """Return whether a clause with a topic, or else its passage, names one of the countries."""
        beside = list(self._beside(topic))
        if beside:
            return any(map(codes.issuperset, beside))
        return not self._passages(codes).isdisjoint(topic.passages)

    def _beside(self, topic: Topic) -> Iterator[frozenset[str]]:
        """Return the codes of each place that is named in a clause with a topic."""
        texts = [self._article.passage(number).text for number in topic.passages]
        for clause in (clause for text in texts for clause in _clauses(text, topic.name)):
            yield from (place.codes for place in countries_named(words(clause)))


def _codes(places: Iterable[Place]) -> frozenset[str]:
    return frozenset(code for place in places for code in place.codes)


def _clauses(text: str, name: str) -> list[str]:
    """Return the clauses of *text* that hold *name*, which may reach over a comma."""
    holder = text.replace(name, "\0")
    return [part.replace("\0", name) for part in _CLAUSE_END.split(holder) if "\0" in part]


def _matches(pattern: re.Pattern[str], passages: Iterable[Passage]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for passage in passages:
        for name in dict.fromkeys(pattern.findall(passage.text)):
            found.setdefault(name, []).append(passage.number)
    return found


def _topics(named: Mapping[str, Iterable[int]]) -> list[Topic]:
    return [Topic(name, tuple(numbers)) for name, numbers in named.items()]


def flag(code: str) -> str:
    """Return the flag emoji of a country's ISO code."""
    return "".join(chr(ord(letter) + _FLAG_LETTERS) for letter in code)
