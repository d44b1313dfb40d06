"""Questions about the article itself: its title, its date, its subject."""

import re
from enum import Enum

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.language.text import stems, term_set, terms, tokens


class Aspect(Enum):
    """What a question about the article itself asks for."""

    TITLE = "title"
    DATE = "date"
    SUBJECT = "subject"


_ARTICLE = term_set(
    "article articles text story piece news post page document read say says tell talk give gimme"
    " show describe explain write written writing contain know want please pls hi hello thanks"
    " could like next word words full exactly actually"
)
_HEADLINE = term_set("title titled headline heading header")
_TITLE = _HEADLINE | term_set("name named call called first top line")
_DATE = term_set(
    "date dated publish published publication release released print printed come came out fresh"
    " old recent new current age outdated latest today year month day ago issue"
)
_SUBJECT = term_set(
    "about abt bout summary summarize summarise sum gist topic subject theme tldr tl dr main idea"
    " point overview content contents brief briefly short one sentence key message cover discuss"
    " focus"
)
# The words of such questions that are long enough to be told although one letter of five is wrong.
_SPELT = (
    "about article headline title published publication released printed summary summarize"
    " summarise overview contents written story"
).split()
_LEAST_LETTERS, _LEAST_SIMILARITY = 5, 0.79
_POINTERS = {"this", "it", "its"}
# How many words, how long, which dates: of what the article tells, not of the article.
_OTHERWISE = {"many", "long", "dates", "years"}
_PLACES = {"first": 1, "second": 2, "third": 3}
_PASSAGE = re.compile(
    r"(?:please |pls |show |show me |read |what is |what does )*(?:the )?"
    r"(?:(first|second|third|last) )?(?:passage|paragraph)(?: (?:number |no )?(\d{1,6}))?(?: say)?"
)
_YEAR_DIGITS = 4
# So few words can only be about the article: headline pls, date?, summary.
_SHORT = 2


def asked_aspect(question: str, title: str) -> Aspect | None:
    """Return what *question* asks of the article itself, None when it asks something else.

    Args:
        question: What a person wrote.
        title: The article's title; a question such as "who benefits, according to the
            headline?" may use its words.
    """
    words = [_spelt(word) for word in tokens(question)]
    asked = set(stems(words))
    if asked & _HEADLINE and _quotes(title, asked):
        return Aspect.TITLE
    if not _OTHERWISE.isdisjoint(words):
        return None
    years = {term for term in asked if term.isdecimal() and len(term) == _YEAR_DIGITS}
    about = asked - _ARTICLE - years
    if not about <= _TITLE | _DATE | _SUBJECT or not _points_at_article(words, asked, about):
        return None
    if about & _DATE or years or "when" in words:
        return Aspect.DATE
    return Aspect.TITLE if about & _TITLE else Aspect.SUBJECT


def asked_passage(question: str, passages: int) -> int | None:
    """Return the number of the passage that *question* asks for by its place, None without one.

    Args:
        question: What a person wrote, such as "passage 5" or "the last paragraph".
        passages: How many passages there are.
    """
    match = _PASSAGE.fullmatch(" ".join(tokens(question)))
    if not match:
        return None
    number = passages if match[1] == "last" else _PLACES.get(match[1]) or int(match[2] or 0)
    return number if 1 <= number <= passages else None


def _spelt(word: str) -> str:
    """Return the word of questions about the article that *word* is, or looks misspelt from."""
    if len(word) < _LEAST_LETTERS:
        return word
    found = process.extractOne(
        word, _SPELT, scorer=OSA.normalized_similarity, score_cutoff=_LEAST_SIMILARITY
    )
    return found[0] if found else word


def _quotes(title: str, asked: set[str]) -> bool:
    """Return whether at least half of what is asked beyond the headline stands in it."""
    others = asked - _ARTICLE - _TITLE - _DATE
    return len(others.intersection(terms(title))) * 2 >= len(others)


def _points_at_article(words: list[str], asked: set[str], about: set[str]) -> bool:
    if about and len(words) <= _SHORT:
        return True
    return not _POINTERS.isdisjoint(words) or bool(asked & _ARTICLE) or words == ["when"]
