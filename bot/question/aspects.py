"""Questions about the article itself: its title, its date, its author, its subject, a passage."""

import re
from collections.abc import Sequence, Set
from enum import Enum

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.language.rarity import is_common
from bot.language.text import STOP_WORDS, stems
from bot.question.framing import FRAMING, PERSONS

LAST = -1


class Aspect(Enum):
    """What a question about the article itself asks for; the first that fits counts."""

    AUTHOR = "author"
    OUTLET = "outlet"
    DATE = "date"
    TITLE = "title"
    SUBJECT = "subject"


_HEADLINE = frozenset("title titled headline heading header".split())
_WORDS: dict[Aspect, Set[str]] = {
    Aspect.AUTHOR: frozenset("author authors byline journalist reporter writer".split()),
    Aspect.OUTLET: frozenset(
        "magazine newspaper outlet paper publisher site source website".split()
    ),
    Aspect.DATE: frozenset(
        """age ago came come current date dated day fresh issue latest month new old out outdated
        print printed publication publish published recent release released today year""".split()
    ),
    Aspect.TITLE: _HEADLINE | frozenset("call called first line name named top".split()),
    Aspect.SUBJECT: frozenset(
        """abt bout brief briefly content contents cover discuss dr focus gist idea key main
        message one overview point sentence short subject sum summarise summarize summary theme tl
        tldr topic""".split()
    ),
}
_ALL_WORDS = frozenset().union(*_WORDS.values())
_WROTE = frozenset("wrote written write".split())
_SELF = FRAMING | frozenset("document news post words".split())
# The words of such questions that are long enough to be told although one letter of five is wrong.
_SPELT = (
    "about article author headline title published publication released printed summary summarize"
    " summarise overview contents written story"
).split()
_LEAST_LETTERS, _LEAST_SIMILARITY = 5, 0.79
_POINTERS = _SELF | frozenset("this it its".split())
# How many words, how long, which dates, what he said: of what the article tells, not of it.
_OTHERWISE = frozenset("many long dates years".split()) | PERSONS
# Where is it, who is it: of something told before. What articles are there: of all.
_ELSEWISE = frozenset("articles where who whos whom whose why how hows which".split())
_YEAR = re.compile(r"\d{4}")
# So few words can only be about the article: headline pls, date?, summary.
_SHORT = 2
_PLACES = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "last": LAST}
_PLACE = "|".join(_PLACES)
_PASSAGE = re.compile(
    r"(?:please |pls |show |show me |read |what is |what does )*(?:the )?"
    rf"(?:({_PLACE}) )?(?:passage|paragraph)(?: (?:number |no )?(\d{{1,6}}))?(?: say)?"
)
_PHOTO = r"(?:photo(?:graph)?|picture|pic|image|caption)"
_NUMBERED_PHOTO = re.compile(
    rf"\b(?:({_PLACE}) (?:one of the )?{_PHOTO}s?|{_PHOTO} (?:number |no )?(\d))\b"
)


def asked_aspect(tokens: Sequence[str]) -> Aspect | None:
    """Return what a question asks of the article itself, None where it asks something else."""
    if beyond_headline(tokens) == set():
        return Aspect.TITLE
    words = [_spelt(token) for token in tokens]
    years = {word for word in words if _YEAR.fullmatch(word)}
    about = set(words) - _SELF - years - STOP_WORDS
    is_short = (about and len(words) <= _SHORT) or words == ["when"]
    points = is_short or not _POINTERS.isdisjoint(words)
    if not _OTHERWISE.isdisjoint(words) or not about <= _ALL_WORDS or not points:
        return None
    if "who" in words and not _WROTE.isdisjoint(words):
        return Aspect.AUTHOR
    if years or (not about and "when" in words):
        return Aspect.DATE
    if not about and not _ELSEWISE.isdisjoint(words):
        return None
    return next((one for one, said in _WORDS.items() if about & said), Aspect.SUBJECT)


def beyond_headline(tokens: Sequence[str]) -> set[str] | None:
    """Return the stems that are asked about beside the headline, None without a headline."""
    words = {_spelt(token) for token in tokens}
    if words.isdisjoint(_HEADLINE):
        return None
    return set(stems(words - _SELF - _WORDS[Aspect.TITLE] - _WORDS[Aspect.DATE]))


def asked_passage(said: str) -> int:
    """Return 5 for "passage 5" and LAST for "the last paragraph", 0 where no place is said."""
    return _place_in(_PASSAGE.fullmatch(said))


def asked_photo(said: str) -> int:
    """Return which photo is asked for by its place, LAST for the last, 0 without one."""
    return _place_in(_NUMBERED_PHOTO.search(said))


def _place_in(match: re.Match[str] | None) -> int:
    return _PLACES.get(match[1]) or int(match[2] or 0) if match else 0


def _spelt(word: str) -> str:
    """Return the word of questions about the article that *word* is, or looks misspelt from."""
    if len(word) < _LEAST_LETTERS or is_common(word):
        return word
    found = process.extractOne(
        word, _SPELT, scorer=OSA.normalized_similarity, score_cutoff=_LEAST_SIMILARITY
    )
    return found[0] if found else word
