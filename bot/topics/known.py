"""What is known beforehand: how countries and regions are written, lists of telling words."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache
from pathlib import Path

from bot.language.text import tokens

_DATA = Path(__file__).parent / "data"


class Kind(Enum):
    """How words stand for a place; a state or what is elsewhere only looks like a country."""

    NAME = "name"
    PEOPLE = "people"
    CAPITAL = "capital"
    REGION = "region"
    STATE = "state"
    ELSEWHERE = "elsewhere"


COUNTRY = frozenset([Kind.NAME, Kind.PEOPLE, Kind.CAPITAL])


@dataclass(frozen=True)
class Place:
    """A country or a region, by one of the ways to write it.

    Attributes:
        name: Its common name, such as Egypt or Southeast Asia.
        codes: The ISO codes of its countries, more than one for a region or a shared name.
        kind: How it is named.
        said: The tokens that name it.
    """

    name: str
    codes: frozenset[str]
    kind: Kind
    said: tuple[str, ...]


@cache
def places() -> Sequence[Place]:
    """Return all places in all the ways to write them, countries with most people first."""
    known_places = json.loads((_DATA / "countries.json").read_text("utf-8"))["places"]
    return [
        Place(name, frozenset(known["codes"].split()), kind, tuple(tokens(written)))
        for name, known in known_places.items()
        for kind in Kind
        for written in known.get(kind.value, ())
    ]


@cache
def by_first_token() -> Mapping[str, Sequence[Place]]:
    """Return the places by the first token of what names them, longer ones first."""
    found: dict[str, list[Place]] = {}
    for place in sorted(places(), key=lambda place: -len(place.said)):
        found.setdefault(place.said[0], []).append(place)
    return found


@cache
def country_names() -> Mapping[str, str]:
    """Return the common names of countries by ISO code, those with most people first."""
    own = [place for place in places() if place.kind is Kind.NAME and len(place.codes) == 1]
    return {code: place.name for place in own for code in place.codes}


@cache
def _word_lists() -> Mapping[str, frozenset[str]]:
    lines = (_DATA / "words.txt").read_text("utf-8").splitlines()
    parts = (line.partition(": ") for line in lines if not line.startswith("#"))
    return {name: frozenset(words.split()) for name, _, words in parts}


@cache
def word_list(*names: str) -> frozenset[str]:
    """Return the words of the lists with these *names*, in lower case."""
    return frozenset().union(*(_word_lists()[name] for name in names))
