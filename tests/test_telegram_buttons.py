import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.question.listings import Listing
from bot.telegram.buttons import (
    Certainty,
    Entry,
    ListPage,
    Page,
    Question,
    first_page,
    page_keyboard,
    question_keyboard,
    unpack,
)

PLACES = st.lists(st.tuples(st.integers(0, 99999), st.integers(0, 999)), min_size=1, max_size=3)


@given(PLACES, st.data())
def test_a_page_is_unpacked_as_it_was_packed(
    places: list[tuple[int, int]], data: st.DataObject
) -> None:
    position = data.draw(st.integers(0, len(places) - 1))
    certainty = data.draw(st.sampled_from(Certainty))
    page = Page("0123abcd", position, tuple(places), certainty)

    assert unpack(page.pack()) == page
    assert len(page.pack().encode()) <= 64


def test_lists_and_their_entries_are_unpacked_as_they_were_packed() -> None:
    for action in (Entry(Listing.PROJECTS, "0123abcd"), ListPage(Listing.COUNTRIES, 2, "Africa")):
        assert unpack(action.pack()) == action


def test_a_page_has_as_many_passages_as_its_data_has_room_for() -> None:
    page = first_page("0123abcd", [(number, 0) for number in range(10001, 10009)])

    assert 1 < len(page.places) < 8
    assert page_keyboard(page) is not None


def test_a_question_is_unpacked_as_it_was_packed() -> None:
    assert unpack(Question("Who: you?").pack()) == Question("Who: you?")


@given(st.text())
def test_foreign_data_is_no_button_of_ours(data: str) -> None:
    assert unpack(data) is None or data.startswith(
        ("ask:", "page:", "maybe:", "guess:", "entry:", "list:")
    )


@pytest.mark.parametrize(
    "data",
    ["", "ask:", "ask: ", "page:", "page:0123abcd:1:5.0", "page:0123abcd:0:5", "page:x:0:5.0"],
)
def test_damaged_data_is_no_button_of_ours(data: str) -> None:
    assert unpack(data) is None


def test_buttons_lead_to_the_pages_beside_and_say_how_many_are_left() -> None:
    def labels(position: int) -> list[str]:
        keyboard = page_keyboard(Page("0123abcd", position, ((5, 0), (8, 2), (3, 1))))
        return (
            [button.text for row in keyboard.inline_keyboard for button in row] if keyboard else []
        )

    assert labels(0) == ["More (2)"]
    assert labels(1) == ["Back", "More (1)"]
    assert labels(2) == ["Back"]
    assert page_keyboard(Page("0123abcd", 0, ((5, 0),))) is None


def test_a_question_too_long_for_a_button_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="64 bytes"):
        question_keyboard(["é" * 40])
