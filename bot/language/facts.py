"""Facts: the numbers, dates, sums and names that stand in a text."""

import re
from collections.abc import Iterable, Iterator
from enum import Enum
from itertools import chain
from typing import assert_never

from bot.language.rarity import is_common
from bot.language.text import STOP_WORDS


class Kind(Enum):
    """A kind of thing that a question may ask for and a text may have."""

    AGE = "age"
    MEASURE = "measure"
    MONEY = "money"
    NUMBER = "number"
    DATE = "date"
    PERSON = "person"


MONTHS = (
    "january february march april may june july august september october november december".split()
)
WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
# A month, short or in full; it keeps its capital: may and march are other words without it.
MONTH = (
    r"(?:(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?"
    rf"|{'|'.join(map(str.capitalize, MONTHS))})"
)
_CARDINAL = (
    r"(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    r"|(?:thir|four|fif|six|seven|eigh|nine)teen|twenty|thirty|forty|fifty|sixty|seventy|eighty"
    r"|ninety|dozens?|hundreds?|thousands?|millions?|billions?|trillions?)"
)
_NUMBER_WORD = (
    rf"(?:{_CARDINAL}|zero|one|half|third|quarter|once|twice|both|several|few|couple|single|no|none"
    r"|nothing|free)"
)
# Neither the 6 of a Chang'e-6 nor the five of a five-storey house is a number of things; XII is.
_NUMBER = re.compile(
    rf"(?<![\w-])\d[\d.,]*|(?<![\w-])(?i:{_NUMBER_WORD}(?:-{_NUMBER_WORD})*)(?![\w-])"
    r"|\b[IVXLC]{2,}\b"
)
# Days of the calendar and times of the clock, whose digits count nothing.
_CALENDAR = re.compile(
    rf"\b(?:{MONTH}(?: \d{{1,2}}\b)?|(?:1\d{{3}}|20\d\d|\d+s|\d+(?:[./-]\d+){{2}}|\d?\d:\d\d"
    r"|\d+ ?(?:AD|BC|BCE|CE|[ap]\.?m))\b)"
)
# A span of time, if a number or another word says which: not any day or year.
_SPAN = re.compile(
    rf"(?i:(?:\d|(?<![^\W\d_])(?:{_NUMBER_WORD}|an?|per|all|each|every|last|next|this|that|many|some"
    r"|other))"
    r"\W{1,3}(?:\w+ )?(?:(?:second|minute|hour|day|night|week|weekend|fortnight|month|season|year"
    r"|decade|summer|winter)s?|century|centuries)\b)"
)
_DATE = re.compile(
    rf"{_CALENDAR.pattern}|{_SPAN.pattern}"
    rf"|(?i:\b(?:(?:at|by|past|till?|until|from) (?:\d|{_NUMBER_WORD}\b)|\w{{2,6}}days?|\w+ century"
    r"|noon|midnight|dawn|dusk|sunrise|sunset|morning|afternoon|evening|tonight|tomorrow|spring"
    r"|autumn|(?:mid)?(?:summer|winter)|Easter|Christmas|Whitsun|Ramadan|Eve|hourly|daily|weekly"
    r"|(?:fort)?nightly|monthly|yearly|annual(?:ly)?|always|never|once|twice|times|ago)s?\b)"
)
_AGE = re.compile(
    r"\b(?:aged?|born|years?[ -](?:old|of age)|centur\w+|1\d{3}|20\d\d)\b|, \d{1,3}\b(?!,\d)"
    r"|\b(?:is|was|at|turn\w+) \d+\b"
)
_SIZE = re.compile(r"\bas \w+ as\b|\bsize of\b|\b(?:since|until)\b|%")
_MONEY = re.compile(
    r"[$€£¥₹]\s?\d|\b(?:[A-Z]{1,3}s?|kr)\.? ?\d|\d ?[A-Z]{3}\b"
    r"|(?i:\b(?:dollars?|euros?|pounds?|yuan|yen|rupees?|roubles?|francs?|cents?|crowns?|free)\b)"
)
_COUNTED = re.compile(rf"(?<![\w.,-])(?i:\d[\d.,]*+|{_NUMBER_WORD}) (?=([^\W\d_]{{3,}}))")
_FIGURE = re.compile(
    rf"(?<![\w.,-])((?:(?:[$€£¥₹] ?)?\d(?:[\d.,]*\d)?(?: ?%)?|\b(?i:{_CARDINAL})\b)"
    rf"(?:[ -](?:{_CARDINAL}|one|percent|per cent)\b)*)((?:[ -][^\W\d_]+)?)"
)
_REASON = re.compile(
    r"\b(?:because|since|as|after|(?:due|owing|thanks|led) to|in order|so that|reasons?"
    r"|(?:caus|result|forc)\w+)\b",
    re.IGNORECASE,
)
_BARE = re.compile(r"\d{1,3}(?:\.\d+)?|[^\W\d]+")
_NAME = re.compile(r"(?<!^)(?<![.!?“\"] )\b[A-Z][^\W\d_]+")
_OPENER = re.compile(r"(?:^|(?<=[.!?“\"] ))\W?([A-Z][^\W\d_]+)")


def facts(text: str, kind: Kind, question: str) -> Iterator[str]:
    """Yield the things of *kind* in *text* that *question* doesn't bring itself."""
    asked = question.casefold()
    return (found for found in _found(text, kind) if found.casefold() not in asked)


def _found(text: str, kind: Kind) -> Iterable[str]:
    match kind:
        case Kind.NUMBER:
            return _whole(_NUMBER, _CALENDAR.sub(" ", text))
        case Kind.MEASURE:
            return chain(_whole(_SPAN, text), _whole(_SIZE, text), _found(text, Kind.NUMBER))
        case Kind.AGE:
            return _whole(_AGE, text)
        case Kind.MONEY:
            return chain(_whole(_MONEY, text), _rare(_COUNTED, text))
        case Kind.DATE:
            return _whole(_DATE, text)
        case Kind.PERSON:
            return chain(_whole(_NAME, text), _rare(_OPENER, text))
    assert_never(kind)


def tells_reason(text: str) -> bool:
    """Return whether a text says what something is because of."""
    return _REASON.search(text) is not None


def figures(text: str) -> list[str]:
    """Return the numbers of *text* with what they count, such as 28 per cent; no days or times."""
    # What is left out leaves no two words side by side.
    found = _FIGURE.finditer(_CALENDAR.sub("\n", text))
    told = ((one[1], one[2] if _is_counted(one) else "") for one in found)
    # A bare 7 may be the number of a page or a player, a bare 9.15 a time.
    return [number + counted for number, counted in told if counted or not _BARE.fullmatch(number)]


def _is_counted(figure: re.Match[str]) -> bool:
    is_sum = figure[1][0] in "$€£¥₹"
    return not is_sum and figure[2].strip(" -").casefold() not in STOP_WORDS


def _whole(pattern: re.Pattern[str], text: str) -> Iterator[str]:
    return (match[0] for match in pattern.finditer(text))


def _rare(pattern: re.Pattern[str], text: str) -> Iterator[str]:
    """Yield the words that *pattern* finds and English hardly has, such as kronor."""
    return (one[1] for one in pattern.finditer(text) if not is_common(one[1].casefold()))
