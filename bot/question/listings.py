"""Questions that ask for a list: the countries, the projects, the photos of an article."""

from collections.abc import Iterable, Sequence
from enum import StrEnum

from bot.language.text import stem, stems
from bot.question.framing import FRAMING, content


class Listing(StrEnum):
    """What a list is of."""

    COUNTRIES = "countries"
    PROJECTS = "projects"
    ORGANISATIONS = "organisations"
    PHOTOS = "photos"
    QUOTATIONS = "quotations"
    DATES = "dates"
    FIGURES = "figures"
    EMAILS = "emails"
    PHONES = "phones"
    ARTICLES = "articles"


_NOUNS = {
    Listing.COUNTRIES: "country countries nation nations",
    Listing.PROJECTS: "project projects initiative initiatives undertaking undertakings",
    Listing.ORGANISATIONS: "organisation organisations organization organizations company companies"
    " firm firms institution institutions agency agencies",
    Listing.PHOTOS: "photo photos photograph photographs picture pictures image images pic pics",
    Listing.QUOTATIONS: "quote quotes quotation quotations quoted marks phrase phrases",
    Listing.DATES: "date dates years",
    Listing.FIGURES: "figure figures numbers statistic statistics stats",
    Listing.EMAILS: "email emails mail",
    Listing.PHONES: "phone telephone tel",
    Listing.ARTICLES: "articles",
}
_LISTINGS = {noun: listing for listing, nouns in _NOUNS.items() for noun in nouns.split()}
# What is said of the things listed without narrowing them.
_ANY = frozenset(
    """
    apart besides different else every except excluding feature featured name named names related
    number address contact shown various
    """.split()
)
# What countries do together.
_PARTNER = stem("partner")
_TOGETHER = frozenset(
    [_PARTNER, *stems("agreement ally collaborate cooperate deal join link tie trade work".split())]
)


def asked_listing(tokens: Iterable[str]) -> Listing | None:
    """Return what a question asks a list of, None where it asks anything more or else."""
    asked = [token for token in content(tokens) if token not in _ANY]
    found = [_LISTINGS.get(token) for token in asked if token in _LISTINGS or token not in FRAMING]
    return next(iter(found), None) if all(found) else None


def asks_partners(tokens: Sequence[str]) -> bool:
    """Return whether a question without its places only asks which countries work with them."""
    asked = [token for token in content(tokens) if token not in _ANY]
    together = stems(one for one in asked if _LISTINGS.get(one) is not Listing.COUNTRIES)
    is_of_countries = len(together) < len(asked) or _PARTNER in together
    return (
        is_of_countries and _TOGETHER.issuperset(together) and ("with" in tokens or together != [])
    )
