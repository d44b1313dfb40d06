"""Countries: which words of a text or a question name one, and how surely they mean it."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from enum import IntEnum
from itertools import pairwise, takewhile
from typing import NamedTuple

from bot.language.facts import MONTHS, WEEKDAYS
from bot.language.text import OPENERS, Word
from bot.topics.known import COUNTRY, COUNTRY_NAMES, PLACES, Kind, Place, word_list

_TOWARDS = frozenset("in across throughout inside outside to from at near into".split())
_HYPHENS = frozenset("-–—/")
_LISTED = _HYPHENS | frozenset([", ", " and ", " or ", ", and "])
_BESIDE = word_list("sides") | frozenset([*WEEKDAYS, *MONTHS])
SENTENCE_ENDS = frozenset('.!?:;(“"‘—')
_OUTSIDE = Word("", "", ".")
# The places by the first token of what names them, longer ones first.
_BY_FIRST_TOKEN: dict[str, list[Place]] = defaultdict(list)
for _place in sorted(PLACES, key=lambda place: -len(place.said)):
    _BY_FIRST_TOKEN[_place.said[0]].append(_place)


class Sign(IntEnum):
    """How surely words that look like a place's name mean the place."""

    NOT = 0  # part of a person's name, a sea, a firm
    POOR = 1  # in lower case, or opening a sentence as any word might
    FAIR = 2  # a name that people bear, too
    SURE = 3


class Spot(NamedTuple):
    """What looks like a place's name among words, from *start* up to *end*."""

    start: int
    end: int
    place: Place


def countries_named(words: Sequence[Word]) -> list[Place]:
    """Return the countries and regions that a question names, in order, in any form and case."""
    return list({spot.place.name: spot.place for spot, sign in signs(words) if sign}.values())


def without_places(words: Sequence[Word]) -> list[Word]:
    """Return the words of a question that name no country or region."""
    named = {i for spot, sign in signs(words) if sign for i in range(spot.start, spot.end)}
    return [word for i, word in enumerate(words) if i not in named]


def mentioned_countries(texts: Sequence[Sequence[Word]], first: int = 1) -> dict[str, list[int]]:
    """Return the codes of the countries mentioned, with the numbers of *texts*, from *first* on."""
    numbered = enumerate(map(signs, texts), start=first)
    found = [(number, spot.place, sign) for number, seen in numbered for spot, sign in seen]
    sure = {place.codes for _, place, sign in found if sign is Sign.SURE}
    has_states = any(place.kind is Kind.STATE for _, place, _ in found)
    mentions: dict[str, list[tuple[int, Sign]]] = {}
    for number, place, sign in sorted(found, key=lambda one: one[2] is Sign.NOT):
        if place.kind in COUNTRY and (place.kind, sign) != (Kind.CAPITAL, Sign.POOR):
            mentions.setdefault(_likeliest(place, sure), []).append((number, sign))
    return {
        code: sorted({number for number, sign in seen if sign})
        for code, seen in mentions.items()
        if _is_meant(code, [sign for _, sign in seen], has_states)
    }


def _likeliest(place: Place, sure: set[frozenset[str]]) -> str:
    """Return the country that a shared name means: one named otherwise, else the largest."""
    codes = [code for code in COUNTRY_NAMES if code in place.codes]
    return next((code for code in codes if {code} in sure), codes[0])


def _is_meant(code: str, seen: Sequence[Sign], has_states: bool) -> bool:
    """Return whether an article that has people or states of such a name means the country."""
    is_borne = Sign.NOT in seen or (code == "GE" and has_states)
    return max(seen) >= (Sign.SURE if is_borne else Sign.FAIR)


def signs(words: Sequence[Word]) -> list[tuple[Spot, Sign]]:
    """Return what looks like a place's name among *words*, with how surely it is one."""
    spots = list(_spots(words))
    around = _Surroundings(words, spots)
    return [(spot, around.sign(spot)) for spot in spots]


def _spots(words: Sequence[Word]) -> Iterator[Spot]:
    tokens = tuple(word.token for word in words)
    start = 0
    while start < len(tokens):
        known = _BY_FIRST_TOKEN.get(tokens[start], ())
        said = (place for place in known if tokens[start : start + len(place.said)] == place.said)
        place = next(said, None)
        end = start + (len(place.said) if place else 1)
        if place:
            yield Spot(start, end, place)
        start = end


class _Surroundings:
    """The words around places, which tell a country from a person, a sea or a firm."""

    def __init__(self, words: Sequence[Word], spots: Sequence[Spot]) -> None:
        # What is looked for before or after all words is found outside.
        self._words = [*words, _OUTSIDE, _OUTSIDE]
        self._beside: dict[int, list[tuple[str, Place]]] = defaultdict(list)
        for one, other in pairwise(spots):
            inside = "".join(word.gap + word.written for word in words[one.end : other.start])
            between = (inside + words[other.start].gap).lower()
            self._beside[one.start].append((between, other.place))
            self._beside[other.start].append((between, one.place))

    def sign(self, spot: Spot) -> Sign:
        """Return how surely the words of *spot* mean its place."""
        beside = [(gap, place) for gap, place in self._beside[spot.start] if gap in _LISTED]
        is_in_state = any(place.kind is Kind.STATE for _, place in beside)  # Paris, Texas
        gaps = {gap for gap, _ in beside if spot.place.kind is not Kind.CAPITAL}
        if not spot.place.codes or is_in_state or self._is_water(spot):
            return Sign.NOT
        if not any(word.written[0].isupper() for word in self._words[spot.start : spot.end]):
            return self._sign_of_lower_case(spot)
        if gaps & _HYPHENS:
            return Sign.SURE
        if self._is_in_a_name(spot):
            return Sign.NOT
        return Sign.SURE if gaps else self._sign_of_name(spot)

    def _sign_of_lower_case(self, spot: Spot) -> Sign:
        before, word = self._words[spot.start - 1].token, " ".join(spot.place.said)
        if word == "us":
            return Sign.POOR if before == "the" else Sign.NOT
        is_dish = word in word_list("animals") and before in word_list("portions")
        return Sign.NOT if is_dish or word in word_list("capitals") else Sign.POOR

    def _sign_of_name(self, spot: Spot) -> Sign:
        before, word = self._words[spot.start - 1], " ".join(spot.place.said)
        if spot.place.kind is Kind.CAPITAL:
            return Sign.SURE if before.token in _TOWARDS else Sign.POOR
        if word in word_list("given"):
            return Sign.FAIR
        is_word = word in word_list("animals", "capitals")
        return Sign.POOR if is_word and self._is_initial(spot.start) else Sign.SURE

    def _is_initial(self, index: int) -> bool:
        """Return whether the word at *index* opens a sentence or a quotation."""
        return index == 0 or not SENTENCE_ENDS.isdisjoint(self._words[index].gap)

    def _is_water(self, spot: Spot) -> bool:
        before = self._words[spot.start - 1].token
        named = before if before != "of" else self._words[spot.start - 2].token
        return not word_list("waters").isdisjoint([named, self._words[spot.end].token])

    def _is_in_a_name(self, spot: Spot) -> bool:
        """Return whether the capitals around it make a name that says nothing of the country."""
        before, first = self._words[spot.start - 1], self._words[spot.start]
        opens = before.token in OPENERS and self._is_initial(spot.start - 1)
        follows = first.gap == " " and _is_capital(before)
        rest = {word.token for word in takewhile(_goes_on, self._words[spot.end :])}
        if rest and spot.place.kind is Kind.PEOPLE:
            return not word_list("brands").isdisjoint(rest)
        return (follows and not opens and before.token not in _BESIDE) or (
            bool(rest) and rest.isdisjoint(word_list("bodies", "offices"))
        )


def _is_capital(word: Word) -> bool:
    """Return whether a word has a capital of its own, unlike EVERY WORD IN CAPITALS."""
    return word.written[:1].isupper() and not word.written.isupper()


def _goes_on(word: Word) -> bool:
    return word.gap == " " and _is_capital(word)
