import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.text import tokens
from bot.retrieval.vocabulary import Meaning, Vocabulary

PASSAGES = [
    "The Jakarta-Bandung High-Speed Railway in Indonesia is an open-source idea.",
    "Egypt and Tanzania grow beans. A telescope looks at the moon; DeepSeek is free.",
]


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return Vocabulary([tokens(one) for one in PASSAGES], {"lunar": ["moon"], "mars": []})


def meaning(vocabulary: Vocabulary, word: str) -> Meaning:
    [one] = vocabulary.meanings([word])
    return one


@pytest.mark.parametrize(
    ("word", "stems"),
    [("railways", ("railway",)), ("opensource", ("open", "sourc")), ("growing", ("grow",))],
)
def test_a_word_the_article_has_stands_for_itself(
    vocabulary: Vocabulary, word: str, stems: tuple[str, ...]
) -> None:
    assert meaning(vocabulary, word).stems == stems
    assert meaning(vocabulary, word).credit == 1.0
    assert not meaning(vocabulary, word).correction


@pytest.mark.parametrize(
    ("word", "correction"),
    [
        ("tanzanai", "tanzania"),
        ("raliway", "railway"),
        ("jakata", "jakarta"),
        ("telscope", "telescope"),
        ("opensorce", "opensource"),
    ],
)
def test_a_misspelt_word_stands_for_the_nearest(
    vocabulary: Vocabulary, word: str, correction: str
) -> None:
    assert meaning(vocabulary, word).correction == correction
    assert 0.7 < meaning(vocabulary, word).credit < 1.0


@pytest.mark.parametrize("word", ["egyptian", "tanzanians"])
def test_a_derived_word_stands_for_its_root(vocabulary: Vocabulary, word: str) -> None:
    assert 0 < meaning(vocabulary, word).credit < 1
    assert not meaning(vocabulary, word).correction


@pytest.mark.parametrize("word", ["vietnam", "brains", "2025", "mars", "qwertyuiop", "ägypten"])
def test_a_word_the_article_lacks_is_not_bent_to_another(vocabulary: Vocabulary, word: str) -> None:
    assert meaning(vocabulary, word).stems == ()
    assert meaning(vocabulary, word).credit == 0.0


def test_a_synonym_stands_for_the_word_the_article_has(vocabulary: Vocabulary) -> None:
    assert meaning(vocabulary, "lunar").stems == ("moon",)
    assert 0 < meaning(vocabulary, "lunar").credit < 1


def test_stop_words_are_left_out_misspelt_ones_too(vocabulary: Vocabulary) -> None:
    assert vocabulary.meanings(["the", "waht", "abuot", "whcih"]) == []


def test_a_word_tells_more_the_rarer_it_is(vocabulary: Vocabulary) -> None:
    rarities = [meaning(vocabulary, word).rarity for word in ("free", "telescope", "deepseek")]

    assert rarities == sorted(rarities)


@given(st.lists(st.text(min_size=1)))
def test_any_words_have_meanings(texts: list[str]) -> None:
    words = [word for text in texts for word in tokens(text)]
    for one in Vocabulary([words[::2]], {}).meanings(words):
        assert 0.0 <= one.credit <= 1.0
        assert one.rarity > 0.0
        assert bool(one.stems) == (one.credit > 0.0)
