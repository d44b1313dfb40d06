"""Countries: which words of a text or a question name one, and how surely they mean it."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from enum import IntEnum
from itertools import pairwise, takewhile
from typing import NamedTuple

from bot.language.facts import MONTHS, WEEKDAYS
from bot.language.text import OPENERS, Word
from bot.topics.known import COUNTRY, Kind, Place, by_first_token, country_names, word_list

_WITHIN = frozenset("in across throughout inside outside".split())
_TOWARDS = _WITHIN | frozenset("to from at near into".split())
_INNER_GAPS = frozenset(["", "-", "–", "."])
_HYPHENS = frozenset("-–—/")
_LISTED = _HYPHENS | frozenset([", ", " and ", " or ", ", and "])
_DATES = frozenset([*WEEKDAYS, *MONTHS])
_OFFICES = word_list("bodies", "offices")
_BESIDE = word_list("sides") | _OFFICES | _DATES
SENTENCE_ENDS = frozenset('.!?:;(“"‘—')
_OUTSIDE = Word("", "", ".")


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
    """Return the countries and regions that a question names, in order, in any form and case.

    A region stands for its countries; a longer name wins over a shorter one inside it.
    """
    return list({spot.place.name: spot.place for spot, sign in signs(words) if sign}.values())


def without_places(words: Sequence[Word]) -> list[Word]:
    """Return the words of a question that name no country or region."""
    named = {i for spot, sign in signs(words) if sign for i in range(spot.start, spot.end)}
    return [word for i, word in enumerate(words) if i not in named]


def mentioned_countries(texts: Sequence[Sequence[Word]]) -> dict[str, list[int]]:
    """Return the codes of the countries that *texts* mention, the first mentioned first.

    Each has the numbers of the texts that mention it, from 1.
    """
    numbered = enumerate(map(signs, texts), start=1)
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
    codes = [code for code in country_names() if code in place.codes]
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
    end = 0
    for start, word in enumerate(words):
        known = by_first_token().get(word.token, ()) if start >= end else ()
        place = next((place for place in known if _stands(place, words, start)), None)
        if place:
            end = start + len(place.said)
            yield Spot(start, end, place)


def _stands(place: Place, words: Sequence[Word], start: int) -> bool:
    inside = words[start : start + len(place.said)]
    is_same = tuple(word.token for word in inside) == place.said
    return is_same and all(word.gap.strip() in _INNER_GAPS for word in inside[1:])


class _Surroundings:
    """The words around places, which tell a country from a person, a sea or a firm."""

    def __init__(self, words: Sequence[Word], spots: Sequence[Spot]) -> None:
        # What is looked for before or after all words is found outside.
        self._words = [*words, _OUTSIDE, _OUTSIDE]
        self._starts = {spot.start for spot in spots}
        self._ends = {spot.end for spot in spots}
        self._beside: dict[int, list[tuple[str, Place]]] = defaultdict(list)
        for one, other in pairwise(spots):
            inside = "".join(word.gap + word.written for word in words[one.end : other.start])
            between = (inside + words[other.start].gap).lower()
            self._beside[one.start].append((between, other.place))
            self._beside[other.start].append((between, one.place))

    def sign(self, spot: Spot) -> Sign:
        """Return how surely the words of *spot* mean its place."""
        written = [word.written for word in self._words[spot.start : spot.end]]
        listed = [(gap, place) for gap, place in self._beside[spot.start] if gap in _LISTED]
        is_in_state = any(place.kind is Kind.STATE for _, place in listed)  # Paris, Texas
        is_town = spot.place.kind is Kind.CAPITAL
        gaps = {gap for gap, other in listed if other.codes - spot.place.codes and not is_town}
        if not spot.place.codes or is_in_state or self._is_water(spot):
            return Sign.NOT
        if written == ["Us"] or not any(word[0].isupper() for word in written):
            return self._sign_of_lower_case(spot)
        if spot.place.kind is Kind.REGION or gaps & _HYPHENS:
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
            is_place = before.token in _WITHIN and word != "georgia"
            return Sign.SURE if is_place else Sign.FAIR
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
        before, first, after = (self._words[i] for i in (spot.start - 1, spot.start, spot.end))
        opens = before.token in OPENERS or before.token.endswith(("ing", "ly"))
        is_plain = before.token in _BESIDE or (opens and self._is_initial(spot.start - 1))
        follows = first.gap == " " and _is_capital(before) and spot.start not in self._ends
        runs_on = _goes_on(after) and spot.end not in self._starts and after.token not in _DATES
        rest = {word.token for word in takewhile(_goes_on, self._words[spot.end :])}
        if runs_on and spot.place.kind is Kind.PEOPLE:
            return not word_list("brands").isdisjoint(rest)
        return (follows and not is_plain) or (runs_on and rest.isdisjoint(_OFFICES))


def _is_capital(word: Word) -> bool:
    """Return whether a word has a capital of its own, unlike EVERY WORD IN CAPITALS."""
    return word.written[:1].isupper() and not word.written.isupper()


def _goes_on(word: Word) -> bool:
    return word.gap == " " and _is_capital(word)
