"""What is known beforehand: how countries and regions are written, lists of telling words."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from bot.language.text import tokens

_DATA = Path(__file__).parent / "data"


# How words stand for a place; a state or what is elsewhere only looks like a country.
Kind = StrEnum("Kind", ["NAME", "PEOPLE", "CAPITAL", "REGION", "STATE", "ELSEWHERE"])
COUNTRY = frozenset([Kind.NAME, Kind.PEOPLE, Kind.CAPITAL])


@dataclass(frozen=True)
class Place:
    """A country or a region, by one of the ways to write it."""

    name: str  # its common name, such as Egypt or Southeast Asia
    codes: frozenset[str]  # of ISO, more than one for a region or a shared name
    kind: Kind
    said: tuple[str, ...]  # the tokens that name it

    @property
    def written(self) -> str:
        """Its name, of a capital that of the city."""
        return " ".join(self.said).title() if self.kind is Kind.CAPITAL else self.name


_KNOWN = json.loads((_DATA / "countries.json").read_text("utf-8"))["places"]
# All places in all the ways to write them, countries with most people first.
PLACES: Sequence[Place] = [
    Place(name, frozenset(known["codes"].split()), kind, tuple(tokens(written)))
    for name, known in _KNOWN.items()
    for kind in Kind
    for written in known.get(kind, ())
]
# The common names of countries by ISO code, those with most people first.
COUNTRY_NAMES: Mapping[str, str] = {
    code: place.name
    for place in PLACES
    for code in place.codes
    if place.kind is Kind.NAME and len(place.codes) == 1
}
_LINES = (_DATA / "words.txt").read_text("utf-8").splitlines()
_LISTS = dict(line.split(": ") for line in _LINES if not line.startswith("#"))


@cache
def word_list(*names: str) -> frozenset[str]:
    """Return the words of the lists with these *names*, in lower case."""
    return frozenset(word for name in names for word in _LISTS[name].split())
