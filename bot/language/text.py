"""Text analysis, one for passages and questions: sentences, tokens and terms."""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from itertools import chain, pairwise
from pathlib import Path
from typing import NamedTuple

import Stemmer

_DATA = Path(__file__).parent / "data"

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

# It would remember ten thousand words of any length.
_STEMMER = Stemmer.Stemmer("english", 0)
# These begin with what is looked for first: a sign that is rare.
_POSSESSIVE = re.compile(r"'(?:(?<=\w')s\b|(?<=s')(?!\w))", re.IGNORECASE)
_THOUSANDS = re.compile(r",(?<=\d,)(?=\d{3})")
# French, Italian and Catalan: l'auteur, qu'elle, dell'arte.
_ELISION = re.compile(r"\b([cdjlmnst]|qu|(?:a|de|ne|su)ll)'(?=\w{3})", re.IGNORECASE)
# Marks that stand above or below letters are among these.
_BEYOND_LATIN = re.compile("[\u0300-\U0010ffff]")
_TOKEN = re.compile(r"[^\W\d_]+|\d+(?:\.\d+)?")
# Apostrophes of all kinds, and letters that Unicode doesn't take apart into plain one and accent;
# signs that nobody sees, such as soft hyphens and zero-width spaces, are no part of a word.
_PLAIN = str.maketrans(
    "’‘ʼʹ＇´′‛łŁøØđĐ", "''''''''lLoOdD", "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
)
# Letters of languages that don't put blanks between words, and Korean's, which join many.
_UNSPACED = re.compile(
    "[\u0e00-\u0e4f\u0e80-\u0eff\u1000-\u109f\u1780-\u17ff\u3005\u3040-\u30fa\u30fc-\u30ff\u3400-\u9fff"
    "\uac00-\ud7af\U00020000-\U0003ffff]+"
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
    found = _TOKEN.findall(_plain(text).casefold())
    return list(map(_UNITS.get, found, found))


def words(text: str) -> list[Word]:
    """Return the words of *text*, of which `tokens` gives the tokens alone."""
    plain, end, found = _plain(text), 0, []
    for match in _TOKEN.finditer(plain):
        token = match[0].casefold()
        found.append(Word(_UNITS.get(token, token), match[0], plain[end : match.start()]))
        end = match.end()
    return found


def _plain(text: str) -> str:
    """Return *text* without accents, possessive endings and inner apostrophes, blanks added."""
    if not text.isascii():
        bare = _bare(text)
        told = _UNSPACED.sub(_in_pairs, bare)
        text = told if _TOKEN.search(told) else bare
    text = text.replace("`", "'")
    if "'" in text:
        text = _ELISION.sub(r"\1 ", _POSSESSIVE.sub("’", text)).replace("'", "")
    return _THOUSANDS.sub("", text) if "," in text else text


def _bare(text: str) -> str:
    """Return *text* without accents, vowel signs and what nobody sees, but with Russian's й."""
    apart = unicodedata.normalize("NFKD", text.translate(_PLAIN)).replace("и\u0306", "й")
    bare = _BEYOND_LATIN.sub(lambda c: "" if unicodedata.category(c[0])[0] == "M" else c[0], apart)
    return unicodedata.normalize("NFC", bare)


def _in_pairs(run: re.Match[str]) -> str:
    """Return each two neighbouring letters of a run apart, those that only ask or join left out."""
    told = filter(None, _joining().split(run[0]))
    several = (map("".join, pairwise(part)) if part[1:] else part for part in told)
    return f" {' '.join(chain.from_iterable(several))} "


@cache
def _joining() -> re.Pattern[str]:
    words = {_bare(word) for line in _lines("unspaced.txt") for word in line.split()}
    return re.compile("|".join(sorted(words, key=len, reverse=True)))


def stem(token: str) -> str:
    """Return the Snowball stem of a token, of `paid` that of `pay`."""
    return str(_STEMMER.stemWord(_irregular().get(token, token)))


@cache
def _irregular() -> dict[str, str]:
    known = map(str.split, _lines("irregular.txt"))
    return {form: base for base, *forms in known for form in forms}


def _lines(name: str) -> list[str]:
    lines = (_DATA / name).read_text("utf-8").splitlines()
    return [line for line in lines if not line.startswith("#")]


def stems(words: Iterable[str]) -> list[str]:
    """Return the stems of those tokens that are no stop words."""
    return [stem(word) for word in words if word not in STOP_WORDS]


def terms(text: str) -> list[str]:
    """Return the stems of the tokens of *text* that are no stop words."""
    return stems(tokens(text))
