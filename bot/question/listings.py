"""Questions that ask for a list: the countries, the projects, the photos of an article."""

import re
from enum import Enum

from bot.language.text import term_set, terms


class Listing(Enum):
    """What a list is of."""

    COUNTRIES = "countries"
    PROJECTS = "projects"
    ORGANISATIONS = "organisations"
    PHOTOS = "photos"
    QUOTATIONS = "quotations"
    DATES = "dates"


_NOUNS = {
    Listing.COUNTRIES: term_set("country countries nation nations"),
    Listing.PROJECTS: term_set("project projects initiative initiatives undertaking undertakings"),
    Listing.ORGANISATIONS: term_set(
        "organisation organisations organization organizations company companies firm firms"
        " institution institutions agency agencies"
    ),
    Listing.PHOTOS: term_set(
        "photo photos photograph photographs picture pictures image images pic"
    ),
    Listing.QUOTATIONS: term_set("quote quotes quotation quotations quoted marks phrase phrases"),
    Listing.DATES: term_set("date dates year years"),
}
# What is said around the noun when all of them are asked for.
_AROUND = term_set(
    "all appear appears article come contain contained covered cover covers describe described"
    " different do every everything exist feature featured full give hello hey hi include"
    " included involved know let list listed me mention mentioned mentions name named names occur"
    " ok overview piece please pls present related see shall show shown shows story talk tell text"
    " thanks various want"
)
_ALL_NOUNS = frozenset().union(*_NOUNS.values())
_EVERYTHING = re.compile(r"\b(?:everything|every|all)\b", re.IGNORECASE)


def asked_listing(question: str) -> Listing | None:
    """Return what *question* asks a list of, None where it asks anything more or else.

    Args:
        question: What a person wrote, without the names of places that narrow the list.
    """
    asked = set(terms(question)) - _AROUND
    for listing, nouns in _NOUNS.items():
        if asked & nouns and asked <= _ALL_NOUNS:
            return listing
    return None


def asks_for_everything(question: str) -> bool:
    """Return whether *question* wants all there is on something: everything on modernization."""
    return _EVERYTHING.search(question) is not None
