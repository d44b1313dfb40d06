"""Typing errors, made on purpose."""

import re
from random import Random

_WORD = re.compile(r"[^\W\d_]{4,}")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def with_typo(question: str, random: Random) -> str:
    """Return *question* with one letter of one of its longer words swapped, lost, added or wrong.

    A question without a word of four letters is returned as it is.
    """
    words = list(_WORD.finditer(question))
    if not words:
        return question
    word = random.choice(words)
    return question[: word.start()] + _misspelt(word[0], random) + question[word.end() :]


def _misspelt(word: str, random: Random) -> str:
    place = random.randrange(len(word) - 1)
    before, first, second, after = word[:place], word[place], word[place + 1], word[place + 2 :]
    letter = random.choice(_LETTERS)
    kinds = (second + first, second, first + letter + second, letter + second)
    changed = [kind for kind in kinds if kind != first + second]
    return before + random.choice(changed) + after
