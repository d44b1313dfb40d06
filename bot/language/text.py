"""Text analysis, one for passages and questions: sentences, tokens and terms."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import Stemmer

_IRREGULAR = Path(__file__).parent / "data" / "irregular.txt"

# Words that say how something is asked.
QUESTION_WORDS = frozenset(
    """
    what which who whom whose when where why how did does do whats whos whens wheres whys hows wat
    wat wats wot
    """.split()
)
# Words that say how something is told or asked, not what about: prepositions, pronouns,
# auxiliaries, endings that an apostrophe or a digit leaves behind (don't, 19th).
STOP_WORDS = QUESTION_WORDS | frozenset(
    """
    a about after all also am an and any are as at be because been before being both but by can
    could d doesnt doing dont didnt down during each for from further had has have having he her
    here hers him his i if in into is isnt it its itself just kind ll many may me might more most
    much must my name nd of on once only or other our out over own rd re s same shall she should
    so some st such t than that th the their them then there these they this those through to too
    type under until up upon us ve very wasnt was we were while will with would you your
    """.split()
)
# Words that have a capital because they open a sentence.
OPENERS = STOP_WORDS - frozenset("may st us will".split()) | frozenset(
    """
    above according across again along although amid among another beneath beside besides beyond
    despite either even every few following given however inside instead last like many meanwhile
    near neither never nevertheless next none nor not now often one others outside perhaps rather
    several since sometimes soon still three throughout thus today together tomorrow toward towards
    two unless unlike upon whereas whether within without yesterday yet
    """.split()
)

_STEMMER = Stemmer.Stemmer("english")
_POSSESSIVE = re.compile(r"(?<=\w)'s\b|(?<=s)'(?!\w)", re.IGNORECASE)
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3})")
_TOKEN = re.compile(r"[^\W\d_]+|\d+(?:\.\d+)?")
# Apostrophes of all kinds, and letters that Unicode doesn't take apart into plain one and accent;
# signs that nobody sees, such as soft hyphens and zero-width spaces, are no part of a word.
_PLAIN = str.maketrans(
    "’‘ʼʹ＇´′‛łŁøØđĐ", "''''''''lLoOdD", "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
)
_UNITS = {
    "kw": "kilowatt", "mw": "megawatt", "gw": "gigawatt", "km": "kilometer", "cm": "centimeter",
    "mm": "millimeter", "kg": "kilogram", "mph": "miles", "kmh": "kilometer", "ft": "feet",
    "metre": "meter", "metres": "meters", "kilometre": "kilometer", "kilometres": "kilometers",
}  # fmt: skip


class Word(NamedTuple):
    """A word or number of a text."""

    token: str  # folded, a unit written out
    written: str  # with the capitals it has, without accents and possessive ending
    gap: str  # what stands between it and the word before, ’ for the ending of a possessive


def tokens(text: str) -> list[str]:
    """Return the words and numbers of *text*, folded; units are apart and written out."""
    return [_token(written) for written in _TOKEN.findall(_plain(text))]


def words(text: str) -> list[Word]:
    """Return the words of *text*, of which `tokens` gives the tokens alone."""
    plain, end, found = _plain(text), 0, []
    for match in _TOKEN.finditer(plain):
        found.append(Word(_token(match[0]), match[0], plain[end : match.start()]))
        end = match.end()
    return found


def _token(written: str) -> str:
    token = written.casefold()
    return _UNITS.get(token, token)


def _plain(text: str) -> str:
    """Return *text* without accents, possessive endings and inner apostrophes."""
    if not text.isascii():
        apart = unicodedata.normalize("NFKD", text.translate(_PLAIN))
        text = "".join(c for c in apart if not unicodedata.combining(c))
    text = text.replace("`", "'")
    if "'" in text:
        text = _POSSESSIVE.sub("’", text).replace("'", "")
    return _THOUSANDS.sub("", text) if "," in text else text


def stem(token: str) -> str:
    """Return the Snowball stem of a token, of `paid` that of `pay`."""
    return str(_STEMMER.stemWord(_irregular().get(token, token)))


@cache
def _irregular() -> dict[str, str]:
    lines = _IRREGULAR.read_text("utf-8").splitlines()
    known = (line.split() for line in lines if not line.startswith("#"))
    return {form: base for base, *forms in known for form in forms}


def stems(words: Iterable[str]) -> list[str]:
    """Return the stems of those tokens that are no stop words."""
    return [stem(word) for word in words if word not in STOP_WORDS]


def terms(text: str) -> list[str]:
    """Return the stems of the tokens of *text* that are no stop words."""
    return stems(tokens(text))


def pairs(neighbours: Sequence[str]) -> list[str]:
    """Return each two neighbouring terms as one, such as `wind farm`."""
    return [f"{first} {second}" for first, second in pairwise(neighbours)]


def letter_groups(words: Iterable[str]) -> list[str]:
    """Return every four neighbouring letters of the running words, blanks among them.

    Groups that reach across a blank hold a phrase together; those within a word survive
    another ending or a typing error.
    """
    running = f" {' '.join(words)} "
    return [running[start : start + 4] for start in range(len(running) - 3)]
