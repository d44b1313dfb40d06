"""Questions that ask for a list: the countries, the projects, the photos of an article."""

from collections.abc import Iterable
from enum import Enum

from bot.question.framing import content


class Listing(Enum):
    """What a list is of."""

    COUNTRIES = "countries"
    PROJECTS = "projects"
    ORGANISATIONS = "organisations"
    PHOTOS = "photos"
    QUOTATIONS = "quotations"
    DATES = "dates"
    EMAILS = "emails"
    PHONES = "phones"


_NOUNS = {
    Listing.COUNTRIES: "country countries nation nations",
    Listing.PROJECTS: "project projects initiative initiatives undertaking undertakings",
    Listing.ORGANISATIONS: "organisation organisations organization organizations company companies"
    " firm firms institution institutions agency agencies",
    Listing.PHOTOS: "photo photos photograph photographs picture pictures image images pic pics",
    Listing.QUOTATIONS: "quote quotes quotation quotations quoted marks phrase phrases",
    Listing.DATES: "date dates year years",
    Listing.EMAILS: "email emails mail",
    Listing.PHONES: "phone telephone tel",
}
_LISTINGS = {noun: listing for listing, nouns in _NOUNS.items() for noun in nouns.split()}
# What is said of the things listed without narrowing them.
_ANY = frozenset(
    """
    apart besides different else every except excluding feature featured name named names related
    number address contact shown various
    """.split()
)


def asked_listing(tokens: Iterable[str]) -> Listing | None:
    """Return what a question asks a list of, None where it asks anything more or else.

    Args:
        tokens: Its tokens, without the names of places that narrow the list.
    """
    asked = [token for token in content(tokens) if token not in _ANY]
    found = [_LISTINGS.get(token) for token in asked]
    return next(iter(found), None) if all(found) else None
