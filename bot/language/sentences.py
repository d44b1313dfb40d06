"""Sentences, and the clauses of long ones: a text cut where a person would pause."""

import re
from bisect import bisect_right
from collections.abc import Iterable
from itertools import pairwise

# A mark that may end a sentence, with the quotes, brackets and [12] behind it; a line's end does.
_END = re.compile(
    r"(?<![\s\"“(\[.!?…])[.!?…]++[\"'”’»)\]*_]*+(?:\[[\w ]{1,30}\])*(?=[\s\u200b])"
    r"|[。！？．]++[」』”’）]*+|\n"
)
# Where a clause may end or begin.
_PAUSE = re.compile(
    r"(?=[\s–—]|(?<=[–—，；：]))(?:(?<=[,;:)])\s+|(?<=[，；：])|\s*(?=[–—][\sa-z])|(?<=[–—])(?=[a-z])"
    r"|\s+(?=\(|(?:although|and|as|because|before|after|but|if|or|since|so|than|that|though|unless"
    r"|until|when|where|which|while|whom?|whose)\s))"
)
_QUOTED_NAME = re.compile(r"\"[^\"]{1,60}\"|“[^“”]{1,60}”|«[^«»]{1,60}»")
# In characters: four lines on a phone, and what is marked of more.
_LONG_SENTENCE, _AT_A_GLANCE = 160, 150
# The word before a full stop, and the word or sign behind it.
_BEFORE = re.compile(r"[^\s(\[\"“‘'/–—]*\Z")
_NEXT = re.compile(r"[\s\"“‘'(\[«¿¡*_]*([^\W\d_]\.|\w+|\S?)")
# The number of an item, and a 1. May.
_ORDINAL = re.compile(r"(?:.*\bthe )?\d{1,2}", re.IGNORECASE)
_INITIALS = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]")
# No abbreviation is longer, and looking back further would make a long text slow.
_LONGEST = 20

_TITLES = frozenset("approx cf dr e.g i.e messrs mr mrs ms prof st viz vs".split())
# Those of _BEFORE_NUMBERS are words too, as May is, which is therefore missing.
_BEFORE_NUMBERS = frozenset("art ca ch ed fig figs mar no nos pp pt sec sect vol vols".split())
_ABBREVIATIONS = frozenset(
    """
    apr aug ave blvd bros calif capt co col corp dec dept eds esq est feb ft gen gov hon inc jan jr
    jul jun lt ltd maj mt nov oct ph.d plc rep rev sen sep sept sgt sr univ
    """.split()
)
# Words that begin many sentences and no name: before them an abbreviation ends one.
_BEGINNERS = frozenset(
    """
    a after all although an and another as at because before both but by during each even every few
    for from he her here his how however i if in it its many most my no nor not now of on one only
    our several she since so some that the their then there these they this those though thus to
    today two we what when where while who why with yet you your
    """.split()
)


def sentences(text: str) -> list[str]:
    """Return the sentences of *text* in order, each a substring of it without outer blanks."""
    return cut(text, bounds(text))


def bounds(text: str) -> list[int]:
    """Return where the sentences of *text* begin, and where it ends."""
    found = [0]
    for mark in _END.finditer(text):
        if _ends_sentence(text, found[-1], mark):
            found.append(mark.end())
    return [*found, len(text)]


def cut(text: str, bounds: Iterable[int]) -> list[str]:
    """Return the sentences of *text*, given its *bounds*."""
    return [one for span in pairwise(bounds) if (one := text[slice(*span)].strip())]


def clauses(sentence: str) -> list[str]:
    """Return what may be marked instead of a long sentence: neighbouring clauses of it, in order.

    Each is a substring, as long as can be read at a glance; a short sentence has none.
    """
    if len(sentence) <= _LONG_SENTENCE:
        return []
    # A name in quotes stays whole.
    without_names = _QUOTED_NAME.sub(lambda name: "x" * len(name[0]), sentence)
    pauses = [mark.span() for mark in _PAUSE.finditer(without_names)]
    starts = [0, *(end for _, end in pauses)]
    ends = [0, *(start for start, _ in pauses), len(sentence)]
    # From each start as far as is read at a glance, but none that another one holds.
    longest: dict[int, int] = {}
    for start in starts:
        longest.setdefault(ends[bisect_right(ends, start + _AT_A_GLANCE) - 1], start)
    parts = (sentence[start:end] for end, start in longest.items())
    return [part for part in (one.strip(" ,;:–—") for one in parts) if part]


def _ends_sentence(text: str, start: int, mark: re.Match[str]) -> bool:
    behind = _NEXT.match(text, mark.end())
    following = behind[1] if behind else ""
    if mark[0][0] not in ".!?…":
        return True
    if following[:1].islower():
        return False
    before = text[max(start, mark.start() - _LONGEST) : mark.start()].lstrip()
    word = _BEFORE.search(before)
    if mark[0] != "." or not word:
        return True
    if word[0].isdigit():
        return not _ORDINAL.fullmatch(before)
    return not _is_abbreviation(word[0].casefold(), following)


def _is_abbreviation(word: str, following: str) -> bool:
    if word in _BEFORE_NUMBERS:
        return following[:1].isdigit()
    is_short = word in _ABBREVIATIONS or _INITIALS.fullmatch(word) is not None
    return word in _TITLES or (is_short and following.casefold() not in _BEGINNERS)
