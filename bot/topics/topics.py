"""Topics: what an article can be asked about, each with its passages."""

import re
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.article import Article, Passage
from bot.language.facts import MONTH, figures
from bot.language.text import Word, tokens, words
from bot.question.listings import Listing
from bot.topics.countries import countries_named, mentioned_countries
from bot.topics.known import COUNTRY_NAMES, PLACES, Place

_QUOTATION = re.compile(r"[\"“]([^\"“”]{3,120}?)[,.;]?[\"”]")
_DATE = re.compile(
    rf"\b(?:\d{{4}}-\d\d-\d\d|{MONTH} \d{{1,2}}(?:, \d{{4}})?|\d{{1,2}} {MONTH}(?: \d{{4}})?"
    rf"|{MONTH} \d{{4}}|(?:1[5-9]|20)\d\d)\b"
)
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"(?<![\w.,-])\+?\(?\d{2,4}\)?(?:[ /-]\d{2,5}){2,5}(?![\w-])")
_CLAUSE_END = re.compile(r"[,;:–—]\s*|[.!?]\s+")


@dataclass(frozen=True)
class Topic:
    """Something that an article speaks of."""

    name: str
    passages: tuple[int, ...]  # the numbers of those that speak of it, in order
    flag: str = ""  # of a country

    @property
    def label(self) -> str:
        """Its name, a country's behind its flag."""
        return f"{self.flag} {self.name}".strip()

    @property
    def key(self) -> str:
        """Eight digits that stand for the name."""
        return f"{zlib.crc32(self.name.encode()):08x}"


class Topics:
    """All that an article speaks of, by what a list is of."""

    def __init__(self, article: Article) -> None:
        # Its patterns take 30 milliseconds, which a start with a kept index need not.
        from bot.topics.names import things_and_bodies

        self._article = article
        texts = [words(f"{one.heading}\n{one.text}") for one in article.passages]
        self._words = {word.token for text in texts for word in text}
        self._words.update(*(tokens(one.header.text) for one in article.articles))
        self._countries = mentioned_countries(texts, first=article.offset + 1)
        things, bodies = things_and_bodies(article.passages)
        headers = [one.header for one in article.articles]
        captions = [passage for passage in article.passages if passage.is_caption]
        self._listed = {
            Listing.COUNTRIES: [
                Topic(COUNTRY_NAMES[code], tuple(numbers), _flag(code))
                for code, numbers in self._countries.items()
            ],
            Listing.PROJECTS: _topics(things),
            Listing.ORGANISATIONS: _topics(bodies),
            Listing.PHOTOS: [Topic(one.sentences[0], (one.number,)) for one in captions],
            Listing.QUOTATIONS: _found(_QUOTATION.findall, article.passages),
            Listing.ARTICLES: [
                Topic(one.title, (one.header.number, one.passages[0].number))
                for one in article.articles
            ],
            Listing.EMAILS: _found(_EMAIL.findall, article.passages),
            Listing.PHONES: _found(_PHONE.findall, article.passages),
            Listing.FIGURES: _found(figures, article.passages),
            Listing.DATES: _found(_DATE.findall, [*headers, *article.passages]),
        }

    def listed(self, listing: Listing, places: Sequence[Place] = ()) -> list[Topic]:
        """Return the topics of a list, only those that have to do with one of *places*."""
        topics = self._listed[listing]
        if listing is Listing.COUNTRIES:
            inside = [COUNTRY_NAMES[code] for code in _codes(places)]
            return [topic for topic in topics if topic.name in inside] if places else topics
        narrow = self._narrowing(places)
        codes = _codes(narrow)
        return [topic for topic in topics if self._has_to_do(topic, codes)] if narrow else topics

    def beside(self, places: Sequence[Place]) -> list[Topic]:
        """Return the other countries in the passages on *places*, all where every one is."""
        narrow = _codes(self._narrowing(places))
        numbers, own = self._passages(narrow), self.listed(Listing.COUNTRIES, places)
        others = [one for one in self._listed[Listing.COUNTRIES] if one not in own]
        return [one for one in others if not narrow or not numbers.isdisjoint(one.passages)]

    def find(self, listing: Listing, key: str) -> Topic | None:
        """Return the topic of a list that has this key, None where there is none."""
        return next((topic for topic in self._listed[listing] if topic.key == key), None)

    def synonyms(self) -> dict[str, list[str]]:
        """Return for each word that names a country or region the article's words for it."""
        here = self._countries.keys()
        single = {place.said[0]: place.codes for place in PLACES if len(place.said) == 1}
        return {
            word: [one for one, own in single.items() if len(own) == 1 and own <= codes & here]
            for word, codes in single.items()
            if not codes.isdisjoint(here)
        }

    def named(self, asked: Sequence[Word]) -> list[Place]:
        """Return the places that a question names, less what is a person or bird in the article."""
        return [place for place in countries_named(asked) if self._has(place) or self._lacks(place)]

    def lacking(self, places: Iterable[Place]) -> list[Place]:
        """Return those of *places* that the article doesn't mention, nor a country in them."""
        return [place for place in places if self._lacks(place)]

    def has_numbers(self, asked: Iterable[str]) -> bool:
        """Return whether the article has the numbers among some tokens, of two digits or more.

        Of questions of squad2-dev with another that seem answered, 44 of 47 are not.
        """
        numbers = {token for token in asked if token.isdecimal() and len(token) > 1}
        return numbers <= self._words

    def is_about(self, number: int, place: Place) -> bool:
        """Return whether a passage names a place, or the whole article is about it."""
        said = set(tokens(self._article.passage(number).text))
        is_named = number in self._passages(place.codes) or said.issuperset(place.said)
        return is_named or self._is_general(place)

    def specific(self, places: Sequence[Place]) -> Sequence[Place]:
        """Return those of *places* that narrow anything, all where none does."""
        return self._narrowing(places) or places

    def _narrowing(self, places: Sequence[Place]) -> list[Place]:
        return [place for place in places if not self._is_general(place)]

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
        text = ". ".join(self._article.passage(number).text for number in topic.passages)
        # The name itself may reach over a comma.
        parts = _CLAUSE_END.split(text.replace(topic.name, "\0"))
        clauses = [part.replace("\0", topic.name) for part in parts if "\0" in part]
        beside = [place.codes for clause in clauses for place in countries_named(words(clause))]
        if beside:
            return any(map(codes.issuperset, beside))
        return not self._passages(codes).isdisjoint(topic.passages)


def _codes(places: Iterable[Place]) -> frozenset[str]:
    return frozenset(code for place in places for code in place.codes)


def _found(names: Callable[[str], list[str]], passages: Iterable[Passage]) -> list[Topic]:
    found: dict[str, list[int]] = defaultdict(list)
    for passage in passages:
        for name in dict.fromkeys(names(passage.text)):
            found[name].append(passage.number)
    return _topics(found)


def _topics(named: Mapping[str, Iterable[int]]) -> list[Topic]:
    return [Topic(name, tuple(numbers)) for name, numbers in named.items()]


def _flag(code: str) -> str:
    return "".join(chr(ord("🇦") + ord(letter) - ord("A")) for letter in code)
