"""Languages: which one a text is in, and how its words are read."""

import unicodedata
from collections.abc import Callable, Iterable, Set
from dataclasses import dataclass
from functools import cache

import Stemmer

from bot.language.rarity import is_common
from bot.language.text import STOP_WORDS, stem, tokens

# Those that are told apart, by the codes of their stop words.
_CODES = dict(
    one.split(":")[::-1]
    for one in """
    ar:Arabic bg:Bulgarian ca:Catalan cs:Czech da:Danish de:German el:Greek es:Spanish et:Estonian
    eu:Basque fa:Persian fi:Finnish fr:French ga:Irish he:Hebrew hi:Hindi hr:Croatian hu:Hungarian
    hy:Armenian id:Indonesian it:Italian lt:Lithuanian lv:Latvian nl:Dutch no:Norwegian pl:Polish
    pt:Portuguese ro:Romanian ru:Russian sk:Slovak sl:Slovenian sv:Swedish tr:Turkish uk:Ukrainian
    vi:Vietnamese
    """.split()
)
# A text with so many of English's little words is in English; of other languages' a tenth are.
_SURELY_ENGLISH = 0.25
# Fewer words don't tell, and no more characters are needed.
_LEAST_WORDS, _TELLING = 3, 10_000
# Shorter words are listed as English, too, for the foreign names that have them.
_LEAST_LETTERS = 4


@dataclass(frozen=True)
class Language:
    """A language, and how its words are read."""

    name: str  # in English, empty for one that isn't known

    @property
    def stop_words(self) -> Set[str]:
        """Its little words, such as its articles, folded."""
        return _stop_words(self.name)

    @property
    def stem(self) -> Callable[[str], str]:
        """What makes the stem of a token."""
        return _stemmed(self.name)

    def stems(self, words: Iterable[str]) -> list[str]:
        """Return the stems of those tokens that are no stop words."""
        return [self.stem(word) for word in words if word not in self.stop_words]

    def little_words(self, words: Iterable[str]) -> int:
        """Return how many of some tokens are stop words."""
        return sum(word in self.stop_words for word in words)


ENGLISH = Language("English")


def language_of(text: str) -> Language:
    """Return the language that *text* is in by its little words and letters, English in doubt."""
    told = tokens(text[:_TELLING])
    is_latin, is_short = _is_latin(text[:_TELLING]), len(told) < _LEAST_WORDS
    if ENGLISH.little_words(told) > _SURELY_ENGLISH * len(told) or (is_latin and is_short):
        return ENGLISH
    best = max(map(Language, _CODES), key=lambda one: one.little_words(told))
    foreign = best.little_words(told)
    if not is_latin:
        return best if foreign else Language("")
    english = sum(_is_english(word) for word in told if word not in best.stop_words)
    return best if foreign > english else ENGLISH


def is_foreign(text: str, language: Language) -> bool:
    """Return whether *text* is in another language than *language*, which it isn't in doubt."""
    found, told = language_of(text), tokens(text)
    is_told = not found.name or found.little_words(told) > language.little_words(told)
    return found != language and is_told


def _is_latin(text: str) -> bool:
    letters = [letter for letter in text if letter.isalpha()]
    return 2 * sum("LATIN" in unicodedata.name(letter, "") for letter in letters) >= len(letters)


def _is_english(word: str) -> bool:
    return word in STOP_WORDS or (len(word) >= _LEAST_LETTERS and is_common(word))


@cache
def _stop_words(name: str) -> Set[str]:
    if name == ENGLISH.name or not name:
        return STOP_WORDS if name else frozenset()
    # It takes 60 milliseconds, which an English article and its questions need not.
    from stopwordsiso import stopwords

    return frozenset(token for word in stopwords(_CODES[name]) for token in tokens(word))


@cache
def _stemmed(name: str) -> Callable[[str], str]:
    if name == ENGLISH.name:
        return stem
    known = name.lower() in Stemmer.algorithms()
    return Stemmer.Stemmer(name.lower(), 0).stemWord if known else str
