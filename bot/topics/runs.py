"""Runs: words with capitals that belong to one name, by how English writes names."""

import re
from itertools import pairwise
from typing import NamedTuple

from bot.topics.countries import atlas
from bot.topics.heads import BODIES, BOTH, OPENERS, SURNAMES, TAILS, THINGS
from bot.topics.row import TITLES, Row, row_of
from bot.topics.surroundings import DATES

_OWN = re.compile(r"['’]s$")
_OWNERS = frozenset(
    """Children Farmers King Kings Men Nation People Players Queen Veterans Women Workers World
    Teachers Mothers Prince""".split()
)
# What may follow of, for or on within a name: any head, one with a purpose, one with a subject.
_LINKS = frozenset("of for on".split())
_PURPOSE = frozenset(
    """academy agency alliance association bureau campaign center centre commission committee
    council department facility foundation framework fund institute ministry network office
    organisation organization plan programme program project school society strategy""".split()
)
_SUBJECT = frozenset(
    """agreement commission committee conference convention declaration forum framework protocol
    summit symposium treaty""".split()
)
_HEADS_BEFORE = {"of": THINGS | BODIES, "for": _PURPOSE, "on": _SUBJECT}
_AND = frozenset(["and", "&"])
_SAYS = re.compile(r",? (?:said|says|told|added|who|explained|recalled)\b|, \d\d\b")
_LONGEST_TAIL = 4
_LONGEST_UNIT = 3


class Run(NamedTuple):
    """A name in a text.

    Attributes:
        start: Where it begins in the text.
        text: Its words as written.
        head: The word that tells what it is, in lower case.
        is_body: Whether that word means people who act together.
    """

    start: int
    text: str
    head: str
    is_body: bool


def runs(text: str) -> list[Run]:
    """Return the names in *text* whose head is known, in order."""
    row = row_of(text)
    found = []
    index = 0
    while index < len(row.found):
        end = _end(row, index) if row.is_capital(index) and not _only_opens(row, index) else index
        run = _run(row, index, end) if end > index else None
        if run:
            found.append(run)
        index = max(end, index + 1)
    return found


def _only_opens(row: Row, index: int) -> bool:
    return row.is_initial(index) and row.word(index).lower() in OPENERS


def _end(row: Row, start: int) -> int:
    """Return where the run that begins at *start* ends, a lower-case tail not yet counted."""
    end = start + 1
    while True:
        step = _step(row, start, end)
        if not step:
            return end
        end += step


def _step(row: Row, start: int, end: int) -> int:
    """Return how many words the run goes on by: 1 for a capital, more for of, and, a comma."""
    gap, word = row.gap(end), row.word(end)
    if _ends_as_owner(row, end - 1):
        return 0
    if gap in {" ", "' ", "’ "} or (gap == ". " and row.word(end - 1) in {"St", "Mt", "Ft"}):
        if row.is_capital(end) or re.fullmatch(r"(19|20)\d\d", word):
            return 1
        return _link(row, start, end)
    if gap == " & " and row.is_capital(end):
        return 1
    return _list(row, start, end) if gap == ", " else 0


def _ends_as_owner(row: Row, index: int) -> bool:
    word = row.word(index)
    if not _OWN.search(word):
        return False
    return _OWN.sub("", word) not in _OWNERS and row.word(index - 1) not in {"St", "Saint"}


def _link(row: Row, start: int, end: int) -> int:
    step = 2 if row.word(end + 1) == "the" else 1
    if not row.is_capital(end + step) or row.gap(end + step) != " ":
        return 0
    if row.word(end) in _AND and step == 1:
        return 2 if _may_list(row, start, end) else 0
    is_linked = any(row.word(i) in _LINKS for i in range(start, end))
    heads = _HEADS_BEFORE.get(row.word(end), frozenset())
    leads = row.word(end - 1).lower() in heads or (is_linked and row.word(end) == "of")
    return step + 1 if leads and row.word(end + step) not in DATES else 0


def _list(row: Row, start: int, end: int) -> int:
    """Return how far a comma inside of a name leads: the Science, Technology and Space Plan."""
    for middle in (end + 1, end + 2):
        after = middle + 1
        if (
            row.word(middle) in _AND
            and all(row.is_capital(i) for i in (*range(end, middle), after))
            and all(row.gap(i) == " " for i in range(end + 1, after + 1))
            and not any(row.word(i) in atlas().forms for i in range(end, after + 1))
            and (end - start > 1 or row.word(start).lower() in BODIES)
            and _may_list(row, start, end)
        ):
            return after + 1 - end
    return 0


def _may_list(row: Row, start: int, end: int) -> bool:
    """Return whether the run so far may be the first of several words that share a head."""
    parts = [row.word(i).lower() for i in range(start, end)]
    if len(parts) == 1 and row.word(start) in atlas().forms:
        return False
    if any(link in _LINKS and head in THINGS | BODIES for head, link in pairwise(parts)):
        return True
    is_whole = parts[-1] in THINGS | BODIES and not (len(parts) == 1 and row.is_capital(end + 2))
    return row.is_determined(start) and not is_whole


def _run(row: Row, start: int, end: int) -> Run | None:
    start = _true_start(row, start, end)
    if _ends_as_owner(row, end - 1) or row.word(start).lower() in OPENERS:
        return None
    parts = [row.word(i) for i in range(start, end)]
    head = _head(parts)
    if head not in THINGS | BODIES:
        tail = _tail(row, start, end)
        end, head = end + tail, row.word(end + tail - 1).lower()
        if not tail:
            return None
    elif len(parts) == 1 or _is_person(row, start, end) or _is_country(parts):
        return None
    first, last = row.found[start].start(), row.found[end - 1].end()
    return Run(first, row.text[first:last], head, head in BODIES and head not in BOTH)


def _true_start(row: Row, start: int, end: int) -> int:
    """Return the start without words that have their capital from the sentence alone."""
    while start < end - 1:
        word = row.word(start).lower()
        opens = row.is_initial(start) and (
            word.endswith("ing") or (row.word(start + 1) in _LINKS and word not in THINGS | BODIES)
        )
        if word not in OPENERS and not opens:
            return start
        start += 1
        while start < end - 1 and not row.word(start)[:1].isupper():
            start += 1
    return start


def _head(parts: list[str]) -> str:
    for head, link in pairwise(parts):
        if link in _LINKS:
            return head.lower()
    while parts[2:] and (parts[-1].isdigit() or parts[-1] in {"Online", "International"}):
        parts = parts[:-1]
    return parts[-1].lower()


def _tail(row: Row, start: int, end: int) -> int:
    """Return how many lower-case words end the name: the Kigali urban transport project."""
    parts = [row.word(i) for i in range(start, end)]
    joined = "-" in parts[-1] or _is_acronym(parts)
    if not row.is_determined(start) or (_is_country(parts) and not joined):
        return 0
    for length in range(1, _LONGEST_TAIL + 1):
        word = row.word(end + length - 1)
        if row.gap(end + length - 1) != " " or not word.islower() or word in OPENERS:
            return 0
        if word in TAILS and row.word(end + length) not in TAILS:
            return length if joined or length > 1 else 0
        if word.endswith(("ed", "ing")):
            return 0
    return 0


def _is_acronym(parts: list[str]) -> bool:
    return len(parts) == 1 and parts[0].isupper() and len(parts[0]) > _LONGEST_UNIT


def _is_country(parts: list[str]) -> bool:
    forms = atlas().forms.get(parts[0], ())
    return any(written == tuple(parts) and form.codes for written, form in forms)


def _is_person(row: Row, start: int, end: int) -> bool:
    if row.word(end - 1).lower() not in SURNAMES or start + 2 < end:
        return False
    titled = row.word(start - 1) in TITLES
    return titled or _SAYS.match(row.text, row.found[end - 1].end()) is not None
