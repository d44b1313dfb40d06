from collections import Counter
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.languages import ENGLISH
from bot.language.text import tokens
from bot.retrieval.vocabulary import Match, Vocabulary

PASSAGES = [
    "The Jakarta-Bandung High-Speed Railway in Indonesia is an open-source idea.",
    "Egypt and Tanzania grow beans. A telescope looks at the moon; DeepSeek is free.",
]


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return of([tokens(one) for one in PASSAGES], {"lunar": ["moon"], "mars": []})


def of(passages: list[list[str]], synonyms: dict[str, list[str]]) -> Vocabulary:
    return Vocabulary(passages, Counter(chain.from_iterable(passages)), synonyms, ENGLISH)


def match(vocabulary: Vocabulary, word: str) -> Match:
    [one] = vocabulary.matches([word])
    return one


@pytest.mark.parametrize(
    ("word", "stems"),
    [("railways", ("railway",)), ("opensource", ("open", "sourc")), ("growing", ("grow",))],
)
def test_a_word_the_article_has_stands_for_itself(
    vocabulary: Vocabulary, word: str, stems: tuple[str, ...]
) -> None:
    assert match(vocabulary, word).stems == stems
    assert match(vocabulary, word).credit == 1.0
    assert not match(vocabulary, word).correction


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
    assert match(vocabulary, word).correction == correction
    assert 0.7 < match(vocabulary, word).credit < 1.0


@pytest.mark.parametrize(
    ("word", "root"), [("egyptian", "egypt"), ("tanzanians", "tanzania"), ("lunar", "moon")]
)
def test_a_derived_word_or_a_synonym_stands_for_the_articles_word(
    vocabulary: Vocabulary, word: str, root: str
) -> None:
    assert match(vocabulary, word).stems == match(vocabulary, root).stems
    assert 0 < match(vocabulary, word).credit < 1
    assert not match(vocabulary, word).correction


@pytest.mark.parametrize("word", ["vietnam", "brains", "2025", "mars", "qwertyuiop", "ägypten"])
def test_a_word_the_article_lacks_is_not_bent_to_another(vocabulary: Vocabulary, word: str) -> None:
    assert match(vocabulary, word).stems == ()
    assert match(vocabulary, word).credit == 0.0


def test_misspelt_stop_words_are_left_out(vocabulary: Vocabulary) -> None:
    assert vocabulary.matches(["waht", "abuot", "whcih"]) == []


def test_a_word_tells_more_the_rarer_it_is(vocabulary: Vocabulary) -> None:
    rarities = [match(vocabulary, word).rarity for word in ("free", "telescope", "deepseek")]

    assert rarities == sorted(rarities)


@given(st.lists(st.text(min_size=1)))
def test_any_words_are_matched(texts: list[str]) -> None:
    words = [word for text in texts for word in tokens(text)]
    for one in of([words[::2]], {}).matches(words):
        assert 0.0 <= one.credit <= 1.0
        assert one.rarity > 0.0
        assert bool(one.stems) == (one.credit > 0.0)
