import tracemalloc
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.languages import language_of
from bot.language.text import stem, terms, tokens, words


@pytest.mark.parametrize("spelling", ["Chang'e-6", "Chang’e 6", "CHANGʼE–6", "change 6"])
def test_apostrophes_dashes_and_case_make_no_difference(spelling: str) -> None:
    assert terms(spelling) == terms("Chang'e-6")


@pytest.mark.parametrize("dash", "-‐‑‒–—―−")
def test_every_dash_splits_words(dash: str) -> None:
    assert tokens(f"yields{dash}China's") == ["yields", "china"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("500MW", "500 MW"),
        ("1,000,000", "1000000"),
        ("Élysée", "elysee"),
        ("straße", "STRASSE"),
        ("China’s", "China"),
        ("railways", "railway"),
        ("O'Neill", "O’Neill"),
        ("l'auteur qu’elle", "l auteur qu elle"),
    ],
)
def test_two_spellings_of_one_thing_are_the_same_terms(one: str, other: str) -> None:
    assert terms(one) == terms(other)


def test_stop_words_are_no_terms() -> None:
    assert terms("What is it that he's been doing for us? Don't!") == []


@pytest.mark.parametrize("invisible", "\u00ad\u200b\u200d\u2060\ufeff")
def test_signs_that_nobody_sees_part_no_word(invisible: str) -> None:
    assert terms(f"the con{invisible}struc{invisible}tion") == terms("the construction")


def test_full_width_forms_are_the_same_words() -> None:
    assert tokens("Ｔｅａ １２") == ["tea", "12"]


@given(st.text())
def test_any_text_has_plain_terms(text: str) -> None:
    assert all(term and not term.isspace() for term in terms(text))


def test_a_word_keeps_its_capitals_and_what_stands_before_it() -> None:
    assert words("Élan’s U.S. bank, 5 km") == [
        ("elan", "Elan", ""),
        ("u", "U", "’ "),
        ("s", "S", "."),
        ("bank", "bank", ". "),
        ("5", "5", ", "),
        ("kilometer", "km", " "),
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("谁在2019年修好了大钟？", "2019 年修 修好 大钟"),
        ("水車は誰が建てましたか", "水車 建"),
        ("ใครเป็นเจ้าของ", "เจ จา"),
        ("방앗간", "방앗 앗간"),
        ("这是什么", "这是什么"),
        ("самый", "самый"),
        ("हिन्दी", "हनद"),
    ],
)
def test_words_without_blanks_are_told_in_pairs_of_letters(text: str, told: str) -> None:
    assert tokens(text) == told.split()


@pytest.mark.parametrize("read", [stem, language_of("él es de los que no están").stem])
def test_words_of_strangers_are_not_remembered(read: Callable[[str], str]) -> None:
    tracemalloc.start()
    for number in range(300):
        read(f"{number}{'a' * 10_000}s")
    kept, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert kept < 100_000
