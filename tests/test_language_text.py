import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.text import terms, tokens, words


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
