"""Language: whether a text is in another one than English."""

import unicodedata

from bot.language.rarity import is_common
from bot.language.text import STOP_WORDS, tokens

# Little words that English doesn't have, of the languages most written in Latin letters.
_FOREIGN_WORDS = frozenset(
    """
    el en es eso esta este esto los las que una unas del qué cómo dónde cuál quién por para pero
    está son como cual donde quien sobre hay le les des du une est et où qui quoi comment
    pourquoi quel quelle quels dans avec sont pour sur der das und ist wie wo wer warum welche
    welcher nicht ein eine mit von über für auf il lo gli che di della sono perché come dove chi
    cosa quale nel uma umas não onde qual quem são sobre em com het een wat hoe waar wie niet
    zijn met apa yang di mana siapa adalah dan dari untuk ne bu bir ve için nedir nerede kim jak
    gdzie kto jest się czy nie na
    """.split()
)
_LEAST_WORDS = 3
# Shorter words are listed as English, too, for the foreign names that have them.
_LEAST_LETTERS = 4


def is_foreign(text: str) -> bool:
    """Return whether *text* is in another script or, by its little words, another language."""
    text = unicodedata.normalize("NFKC", text)
    letters = [letter for letter in text if letter.isalpha()]
    latin = sum("LATIN" in unicodedata.name(letter, "") for letter in letters)
    if 2 * latin < len(letters):
        return True
    stripped = (word.strip("¿?¡!.,;:") for word in text.casefold().split())
    words = list(filter(None, stripped))
    foreign = sum(word in _FOREIGN_WORDS for word in words)
    english = sum(_is_english(word) for word in tokens(text) if word not in _FOREIGN_WORDS)
    return len(words) >= _LEAST_WORDS and foreign > english


def _is_english(word: str) -> bool:
    return word in STOP_WORDS or (len(word) >= _LEAST_LETTERS and is_common(word))
