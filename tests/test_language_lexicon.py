from pathlib import Path

import pytest

from bot.language.lexicon import Lexicon

ENTRIES = "# as others tell it\n#\na 7.4\nin 7.3\ninside 5.1 within\nsea 5.0\nseaside 3.9\n"


@pytest.fixture
def lexicon(tmp_path: Path) -> Lexicon:
    path = tmp_path / "words.txt"
    path.write_text(ENTRIES, encoding="utf-8")
    return Lexicon(path)


@pytest.mark.parametrize(
    ("word", "known"),
    [("a", "7.4"), ("in", "7.3"), ("inside", "5.1 within"), ("sea", "5.0"), ("seaside", "3.9")],
)
def test_a_word_is_looked_up_whole(lexicon: Lexicon, word: str, known: str) -> None:
    assert lexicon.get(word) == known


@pytest.mark.parametrize("word", ["", "i", "ins", "within", "side", "seas", "#", "7.4", "é"])
def test_nothing_is_known_of_other_words(lexicon: Lexicon, word: str) -> None:
    assert lexicon.get(word) == ""
