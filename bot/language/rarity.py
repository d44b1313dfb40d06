"""General English: how rare a word is, whatever the article."""

from functools import cache
from pathlib import Path

_FILE = Path(__file__).parent / "data" / "english.txt"
# The file ends at 3.0, once in a million words.
_UNLISTED_ZIPF = 2.5
_LONG_NUMBER = 3
_LONG_NUMBER_ZIPF, _SHORT_NUMBER_ZIPF = 3.0, 4.5


def is_common(word: str) -> bool:
    """Return whether general English uses *word* at least once in a million words."""
    return word in _zipf_frequencies()


def rarity(word: str) -> float:
    """Return how much a word tells: 7 less its zipf frequency, at least 0.3.

    The zipf frequency is the logarithm to base 10 of the occurrences in a thousand million
    words (van Heuven et al. 2014), so 4 is a word used once in a million and 0.3 is `the`.
    """
    return max(7.0 - _zipf_frequency(word), 0.3)


def frequency(word: str) -> float:
    """Return the share of all words that *word* has in general English."""
    return float(10 ** (_zipf_frequency(word) - 9))


def _zipf_frequency(word: str) -> float:
    if word[0].isdigit():
        return _LONG_NUMBER_ZIPF if len(word) >= _LONG_NUMBER else _SHORT_NUMBER_ZIPF
    return _zipf_frequencies().get(word, _UNLISTED_ZIPF)


@cache
def _zipf_frequencies() -> dict[str, float]:
    lines = (line.split() for line in _FILE.read_text("utf-8").splitlines() if line[0] != "#")
    return {word: float(frequency) for word, frequency in lines}
