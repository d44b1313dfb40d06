from hypothesis import given
from hypothesis import strategies as st

from bot import words
from bot.telegram.buttons import (
    Button,
    Kind,
    first_page,
    keyboard,
    next_page,
    read_button,
    shared,
    turning,
    turns_only,
)

TEXT = st.text().map(" ".__add__)
OF = st.sampled_from(["projects", "0123abcd"])
ASKING = st.builds(Button, st.just(Kind.ASK), TEXT, st.just(""), st.just(0))
PACKED = ASKING | st.builds(Button, st.sampled_from(Kind), TEXT, OF, st.integers(0, 9999))
PLACES = st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 10**4)), min_size=1, max_size=9)
PAGE = Button(Kind.GUESS, "5.0,8.2,3.1", "0123abcd")


@given(PACKED)
def test_a_button_is_read_as_it_was_packed(button: Button) -> None:
    assert read_button(button.data) == button


@given(st.text() | st.sampled_from(["page:", "maybe:x:1:5.0", "entry::9", "ask:"]))
def test_any_data_is_read(data: str) -> None:
    assert read_button(data) == Button(Kind.ASK, "") or data.startswith(tuple(Kind))


@given(PLACES)
def test_a_page_has_the_passages_that_fit(places: list[tuple[int, int]]) -> None:
    page = first_page(Kind.PAGE, "0123abcd", places)
    left = places[len(page.places) :]

    assert page.places + left == places
    assert page.fits
    assert not left or len(f"{page.data},{left[0][0]}.{left[0][1]}") > 64


def test_buttons_lead_to_the_pages_beside_and_say_how_many_are_left() -> None:
    for position, labels in enumerate(["More (2)", "Back More (1)", "Back"]):
        drawn = keyboard([turning(PAGE._replace(position=position), 2 - position)])
        assert drawn is not None
        assert " ".join(button.text for row in drawn.inline_keyboard for button in row) == labels
        behind = PAGE._replace(position=position + 1) if position < 2 else Button(Kind.ASK, "")
        assert next_page(drawn) == behind


def test_a_keyboard_leaves_out_what_telegram_would_not_take() -> None:
    fitting, too_long = ("a" * 99, PAGE), ("b", Button(Kind.ASK, "é" * 40))
    drawn = keyboard([[too_long], [fitting, too_long], []])

    assert drawn is not None
    [[button]] = drawn.inline_keyboard
    assert (button.callback_data, len(button.text)) == (PAGE.data, 60)
    assert keyboard([[too_long]]) is keyboard([]) is None


@given(st.text(max_size=300), st.booleans())
def test_a_question_is_shared_where_telegram_can_ask_it(question: str, has_page: bool) -> None:
    drawn = keyboard([[*turning(PAGE, 2 * has_page), (words.SHARE, Button(Kind.SHARE, question))]])
    turns = turns_only(drawn)

    assert shared(drawn) == (question if len(question.encode("utf-16-le")) <= 512 else "")
    assert next_page(drawn) == next_page(turns)
    assert (turns is not None) is has_page
    assert turns is None or [button.text for button in turns.inline_keyboard[0]] == ["More (2)"]
