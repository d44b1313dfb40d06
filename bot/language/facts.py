"""Facts: the numbers, dates, sums and names that stand in a text."""

import re
from enum import Enum


class Kind(Enum):
    """A kind of thing that a question may ask for and a text may have."""

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
_NUMBER_WORD = (
    r"(?:zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|twenty|thirty"
    r"|forty|fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?|millions?|billions?|trillions?"
    r"|half|third|quarter|twice|several)"
)
# Neither the 6 of a Chang'e-6 nor the five of a five-storey house is a number of things.
_NUMBER = re.compile(
    rf"(?<![\w-])\d[\d.,]*|(?<![\w-]){_NUMBER_WORD}(?:-{_NUMBER_WORD})*(?![\w-])", re.IGNORECASE
)
_DATE = re.compile(
    rf"\b(?:{MONTH}(?: \d{{1,2}}\b)?"
    r"|[A-Za-z]{2,6}days?\b|[Cc]entur(?:y|ies)|[Dd]ecades?|1\d{3}\b|20\d\d\b|\d+s\b"
    r"|\d+ ?(?:AD|BC|BCE|CE|am|pm|(?:year|month|week|day|hour)s?)\b)"
)
_MONEY = re.compile(
    r"[$€£¥]\s?\d|\b(?:dollars?|euros?|pounds?|yuan|yen|rupees?|roubles?|francs?|cents?)\b",
    re.IGNORECASE,
)
_UNIT = re.compile(
    r"\b(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?|decades?|century|centuries|miles?"
    r"|k?m|kilomet\w+|met(?:er|re)s?|feet|foot|inch(?:es)?|ft|tons?|tonnes?|kg|[kmg]w|acres?"
    r"|hectares?|percent|square|aged?)\b|%",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?<!^)(?<![.!?“\"] )\b[A-Z][^\W\d_]+")


class Facts:
    """The numbers, dates, units and names in a text."""

    def __init__(self, text: str) -> None:
        self._found: dict[Kind, set[str]] = {
            Kind.MONEY: set(_MONEY.findall(text)),
            Kind.NUMBER: set(_NUMBER.findall(_DATE.sub(" ", text))),
            Kind.DATE: set(_DATE.findall(text)),
            Kind.PERSON: set(_NAME.findall(text)),
        }
        self._has_unit = bool(_UNIT.search(text))

    def answer(self, kind: Kind, question: str) -> bool:
        """Return whether the text has a thing of *kind* that *question* doesn't bring itself."""
        if kind is Kind.MEASURE:
            measured = self._has_unit and self.answer(Kind.NUMBER, question)
            return measured or self.answer(Kind.DATE, question)
        asked = question.casefold()
        return any(found.casefold() not in asked for found in self._found[kind])
