"""Surroundings: what the words around a country's name tell of it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from bot.topics.countries import Form, Kind, atlas
from bot.topics.heads import OPENERS

_COMPASS = frozenset(
    """North South East West Northern Southern Eastern Western Central Mainland Greater Upper
    Northeast Northwest Southeast Southwest Ancient Colonial Great Imperial Modern Rural""".split()
)
DATES = frozenset(
    """Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May
    June July August September October November December""".split()
)
_BODIES = frozenset(
    """Academy Administration Agency Ambassador Army Assembly Association Authority Board Cabinet
    Centre Center Central Chancellor Chamber Commission Committee Confederation Congress Consulate
    Corporation Council Court Department Embassy Federation Football Foreign Foundation Government
    Health Institute King Ministry Minister National Navy Office Parliament Police Premier
    President Prime Prince Princess Queen Red Revenue Senate Service Society
    Supreme Team Union""".split()
)
# What makes of a country's people a brand or a contest that may be anywhere.
_BRANDS = frozenset(
    """Air Airlines Airways Classic Derby Express Idol Masters Museum Open Petroleum Prix
    Telecom Tobacco Wells""".split()
)
_WATERS = frozenset("Gulf Bay Sea Strait Straits Ocean Channel Lake Current".split())
_TOWARDS = frozenset("in to from at near outside across into throughout".split())
_WITHIN = frozenset("in across throughout inside outside".split())
_HYPHENS = frozenset("-–—/")
_LISTED = frozenset([", ", " and ", " or ", ", and ", *_HYPHENS])


class Spot(NamedTuple):
    """A form at its place among the words of a text, from *start* up to *end*."""

    form: Form
    start: int
    end: int


@dataclass(frozen=True)
class Surroundings:
    """The words around a form, which tell a country from a person, a river or a firm.

    Attributes:
        words: The words of the text.
        gaps: What stands before each word and after the last.
        spots: The forms found in it.
        is_title: Whether its words have capitals throughout.
    """

    words: Sequence[str]
    gaps: Sequence[str]
    spots: Sequence[Spot]
    is_title: bool

    def word(self, index: int) -> str:
        """Return the word at *index*, empty outside of the text."""
        return self.words[index] if 0 <= index < len(self.words) else ""

    def is_initial(self, index: int) -> bool:
        """Return whether the word at *index* opens a sentence or a quotation."""
        return index == 0 or re.search(r"[.!?:;(“\"‘—]", self.gaps[index]) is not None

    def stands_alone(self, spot: Spot) -> bool:
        """Return whether the form is no part of a longer name."""
        before, after = self.word(spot.start - 1), self.word(spot.end)
        if before in _WATERS or after in _WATERS or self._is_gulf(spot.start):
            return False
        if spot.form.kind is Kind.CAPITAL:
            return before in _TOWARDS and not self._runs_on(spot) and not self._is_town(spot)
        if self._is_hyphenated(spot) or self.is_title:
            return True
        if spot.form.kind is Kind.NAME and self._is_town(spot):
            return False
        return not (self._follows_a_name(spot) or self._opens_a_name(spot))

    def _opens_a_name(self, spot: Spot) -> bool:
        """Return whether a name goes on after the form and says nothing of the country."""
        if not self._runs_on(spot):
            return False
        rest = self._run(spot.end)
        if spot.form.kind is Kind.PEOPLE:
            return not _BRANDS.isdisjoint(rest)
        return _BODIES.isdisjoint(rest)

    def _is_gulf(self, start: int) -> bool:
        return self.word(start - 1) == "of" and self.word(start - 2) in _WATERS

    def _is_town(self, spot: Spot) -> bool:
        """Return whether it is a town that has a state after it: Paris, Texas."""
        states = atlas().namesakes["GE"][1] if "GE" in atlas().namesakes else ()
        return self.gaps[spot.end] == ", " and self.word(spot.end) in states

    def _is_hyphenated(self, spot: Spot) -> bool:
        return self._meets(spot, _HYPHENS)

    def is_within(self, spot: Spot) -> bool:
        """Return whether the text says that something is in it."""
        return self.word(spot.start - 1) in _WITHIN

    def is_listed(self, spot: Spot) -> bool:
        """Return whether the form stands beside another country's."""
        return self._meets(spot, _LISTED)

    def _meets(self, spot: Spot, joints: frozenset[str]) -> bool:
        return any(
            self._between(*sorted((spot, other), key=lambda s: s.start)) in joints
            for other in self.spots
            if other != spot and set(other.form.codes) != set(spot.form.codes)
        )

    def _between(self, first: Spot, second: Spot) -> str:
        if second.start == first.end:
            return self.gaps[second.start]
        if second.start == first.end + 1:
            return self.gaps[first.end] + self.words[first.end] + self.gaps[second.start]
        return ""

    def _follows_a_name(self, spot: Spot) -> bool:
        before = self.word(spot.start - 1)
        if self.gaps[spot.start] != " " or not before[:1].isupper():
            return False
        if spot.form.kind is Kind.PEOPLE and self._runs_on(spot):
            return False
        if before in _COMPASS | DATES | _BODIES or any(s.end == spot.start for s in self.spots):
            return False
        return not (
            self.is_initial(spot.start - 1)
            and (before.lower() in OPENERS or before.endswith(("ing", "ly")))
        )

    def _runs_on(self, spot: Spot) -> bool:
        after = self.word(spot.end)
        known = any(s.start == spot.end for s in self.spots)
        return self.gaps[spot.end] == " " and after[:1].isupper() and not known | (after in DATES)

    def _run(self, start: int) -> list[str]:
        end = start
        while self.gaps[end] == " " and (self.word(end)[:1].isupper() or self.word(end) == "of"):
            end += 1
        return list(self.words[start:end])
