"""Countries: their names, people and regions, and which of them a question names."""

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias, TypeVar

WORD = re.compile(r"[^\W_]+")

# Words that name a country only with their capitals: in lower case they mean something else.
_NEEDS_CAPITALS = frozenset("us polish pole poles finn finns turk scots male lao-tzu dane".split())
_BIRDS_AND_PLATES = frozenset("turkey china guinea".split())
_BEFORE_A_THING = frozenset("a an the of some any more many much roast fried smoked fine".split())
_WATERS = frozenset("sea ocean strait straits channel".split())
_GULFS = [[water, "of"] for water in ("gulf", "bay", "sea", "strait")]
_FLAG_LETTERS = 0x1F1E6 - ord("A")

_T = TypeVar("_T")
ByFirstWord: TypeAlias = dict[str, list[tuple[tuple[str, ...], _T]]]


class Kind(Enum):
    """How a form stands for a country; OTHER is a longer name that only holds one's."""

    NAME = auto()
    PEOPLE = auto()
    CAPITAL = auto()
    OTHER = auto()


class Form(NamedTuple):
    """A way to write a country, its people or its capital.

    Attributes:
        words: Its words as written.
        kind: What it is.
        codes: The countries it may mean, most people first; none for a longer name.
    """

    words: tuple[str, ...]
    kind: Kind
    codes: tuple[str, ...]


@dataclass(frozen=True)
class Place:
    """A country or a region that a question names.

    Attributes:
        name: Its common name, such as Egypt or Southeast Asia.
        codes: The ISO codes of its countries, more than one for a region or a shared name.
    """

    name: str
    codes: frozenset[str]


class Atlas(NamedTuple):
    """What is known of all countries.

    Attributes:
        names: Common names by ISO code.
        forms: The ways to write them by their first word, longest first.
        places: What people may ask for, by its words in lower case, by the first one.
        namesakes: Parts of another country, by the country that shares a name with one of them.
    """

    names: Mapping[str, str]
    forms: ByFirstWord[Form]
    places: ByFirstWord[Place]
    namesakes: Mapping[str, tuple[str, frozenset[str]]]


def flag(code: str) -> str:
    """Return the flag emoji of a country's ISO code."""
    return "".join(chr(ord(letter) + _FLAG_LETTERS) for letter in code)


def countries_named(question: str) -> list[Place]:
    """Return the countries and regions that a question names, in order, in any form and case.

    A region stands for its countries; a longer name wins over a shorter one inside it.
    """
    written = WORD.findall(_without_accents(question))
    found = {place.name: place for _, _, place in _named(written)}
    return [place for place in found.values() if place.codes]


def without_places(question: str) -> str:
    """Return the words of a question that name no country or region."""
    written = WORD.findall(_without_accents(question))
    for start, end, place in reversed(list(_named(written))):
        if place.codes:
            del written[start:end]
    return " ".join(written)


@cache
def place_words() -> Mapping[str, frozenset[str]]:
    """Return the codes that a single word in lower case may stand for."""
    entries = (entry for several in atlas().places.values() for entry in several)
    return {words[0]: place.codes for words, place in entries if len(words) == 1 and place.codes}


def single_words(code: str) -> list[str]:
    """Return the single words in lower case that name one country or its people."""
    return [word for word, codes in place_words().items() if codes == {code}]


def _named(written: list[str]) -> Iterator[tuple[int, int, Place]]:
    """Return the places among the words of a question, each from a start up to an end."""
    words = [word.lower() for word in written]
    start = 0
    while start < len(words):
        end = start + 1
        for form, place in atlas().places.get(words[start], ()):
            last = start + len(form)
            if tuple(words[start:last]) == form and _is_meant(written, words, start, form):
                yield start, last, place
                end = last
                break
        start = end


def _is_meant(written: list[str], words: list[str], start: int, form: tuple[str, ...]) -> bool:
    after = words[start + len(form) : start + len(form) + 1]
    if (after and after[0] in _WATERS) or words[max(0, start - 2) : start] in _GULFS:
        return False
    if form == ("us",):
        return written[start] == "US" or words[max(0, start - 1) : start] == ["the"]
    if len(form) > 1 or written[start][0].isupper():
        return True
    if form[0] in _BIRDS_AND_PLATES and start:
        return words[start - 1] not in _BEFORE_A_THING
    return form[0] not in _NEEDS_CAPITALS


@cache
def atlas() -> Atlas:
    """Return what is known of all countries, read from the data file at the first call."""
    known = json.loads((Path(__file__).parent / "data" / "countries.json").read_text("utf-8"))
    countries, regions = known["countries"], known["regions"]
    forms = _forms(countries, known["blocked"])
    return Atlas(
        names={code: country["name"] for code, country in countries.items()},
        forms=_by_first_word((form.words, form) for form in forms),
        places=_by_first_word(_places(countries, regions, forms)),
        namesakes={
            code: (shared["owner"], frozenset(shared["parts"]))
            for code, shared in known["namesakes"].items()
        },
    )


def _forms(countries: Mapping[str, Any], blocked: Iterable[str]) -> list[Form]:
    kinds: dict[tuple[str, ...], Kind] = {}
    codes: dict[tuple[str, ...], list[str]] = {}
    most_people = sorted(countries, key=lambda code: -countries[code]["population"])
    for code in most_people:
        country = countries[code]
        for kind, names in (
            (Kind.NAME, [country["name"], *country["names"]]),
            (Kind.PEOPLE, country["people"]),
            (Kind.CAPITAL, country["capital"]),
        ):
            for name in names:
                words = tuple(WORD.findall(name))
                kinds.setdefault(words, kind)
                codes.setdefault(words, []).append(code)
    for name in blocked:
        kinds.setdefault(tuple(WORD.findall(name)), Kind.OTHER)
    return [Form(words, kind, tuple(codes.get(words, ()))) for words, kind in kinds.items()]


def _places(
    countries: Mapping[str, Any], regions: Mapping[str, Any], forms: Iterable[Form]
) -> Iterator[tuple[tuple[str, ...], Place]]:
    """Yield what a question may name: countries, then regions, then longer names that are none."""
    own = {code: Place(country["name"], frozenset([code])) for code, country in countries.items()}
    named = [(form.words, _place(form, own)) for form in forms if form.codes]
    for name, region in regions.items():
        place = Place(name, frozenset(region["countries"].split()))
        named += [(tuple(WORD.findall(written)), place) for written in (name, *region["also"])]
    nowhere = Place("", frozenset())
    named += [(form.words, nowhere) for form in forms if not form.codes]
    seen = set()
    for words, place in named:
        plain = tuple(_without_accents(word).lower() for word in words)
        if plain not in seen:
            seen.add(plain)
            yield plain, place


def _place(form: Form, own: Mapping[str, Place]) -> Place:
    """Return the place that a form stands for: a country's own, or several that share a name."""
    if len(form.codes) == 1:
        return own[form.codes[0]]
    return Place(" ".join(form.words), frozenset(form.codes))


def _by_first_word(entries: Iterable[tuple[tuple[str, ...], _T]]) -> ByFirstWord[_T]:
    found: ByFirstWord[_T] = {}
    for words, entry in sorted(entries, key=lambda e: -len(e[0])):
        found.setdefault(words[0], []).append((words, entry))
    return found


def _without_accents(text: str) -> str:
    if text.isascii():
        return text
    plain = unicodedata.normalize("NFKD", text)
    return "".join(c for c in plain if not unicodedata.combining(c))
