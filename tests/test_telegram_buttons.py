from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import words
from bot.answering import Answerer
from bot.answering.answers import Passages
from bot.answering.lists import whole
from bot.article import Article, article_in
from bot.article.collection import collected
from bot.telegram.buttons import (
    Button,
    Kind,
    Place,
    first_page,
    keyboard,
    next_page,
    read_button,
    shared,
    turning,
    turns_only,
)
from bot.telegram.replies import Replies

TEXT = st.text().map(" ".__add__)
OF = st.sampled_from(["projects", "0123abcd"])
ASKING = st.builds(Button, st.just(Kind.ASK), TEXT, st.just(""), st.just(0))
PACKED = ASKING | st.builds(Button, st.sampled_from(Kind), TEXT, OF, st.integers(0, 9999))
ARTICLES = st.sampled_from(["0123abcd", "a0000000", "00000000", "99999999", "ffffffff"])
PLACE = st.tuples(ARTICLES, st.integers(-99, 10**6), st.integers(0, 10**4))
PLACES = st.lists(PLACE, min_size=1, max_size=9)
PAGE = Button(Kind.GUESS, "5.0,8.2,3.1", "0123abcd")


@given(PACKED)
def test_a_button_is_read_as_it_was_packed(button: Button) -> None:
    assert read_button(button.data) == button


@given(st.text() | st.sampled_from(["page:", "maybe:x:1:5.0", "entry::9", "ask:"]))
def test_any_data_is_read(data: str) -> None:
    assert read_button(data) == Button(Kind.ASK, "") or data.startswith(tuple(Kind))


@given(PLACES)
def test_a_page_has_the_passages_that_fit(places: list[Place]) -> None:
    page = first_page(Kind.PAGE, places)
    left = places[len(page.places) :]

    assert page.places + left == places
    assert page.fits
    assert read_button(page.data) == page
    if left:
        [(of, number, mark), *_], first = left, places[0][0]
        known = {article for article, _, _ in page.places}
        more = f",{number}.{mark}{'.1' * (of != first)}{of * (of not in known)}"
        assert len(f"{page.data}{more}") > 64


def test_passages_of_one_article_need_no_more_room_than_its_fingerprint() -> None:
    places = [("0123abcd", number, number % 3) for number in range(8)]
    page = first_page(Kind.PAGE, places)

    assert page.data == "page:0123abcd:0:0.0,1.1,2.2,3.0,4.1,5.2,6.0,7.1"
    assert page.places == places


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


def thing(name: str, told: str = "It is good.") -> Article:
    text = f"{name}\n\nThe {name} came to Egypt.\n\nA {name} in Egypt costs nine euros.\n\n{told}"
    return article_in(text.encode(), name, name)


def replying(articles: list[Article]) -> Answerer:
    return Answerer(collected(articles), by_words_alone=True)


def shown_by(answerer: Answerer, *numbers: int) -> tuple[Passages, Button]:
    """Return passages, and the button that turns the page on which they are shown."""
    found = Passages(tuple(whole(answerer.article.passage(number)) for number in numbers))
    return found, next_page(Replies(answerer).answer(found).keyboard)._replace(position=0)


LAMP, CLOCK, STOOL, CHAIR = map(thing, ["Lamp", "Clock", "Stool", "Chair"])


@pytest.mark.parametrize(
    ("articles", "kept"),
    [
        ([LAMP, CLOCK, STOOL], "Lamp Clock Stool"),
        ([CHAIR, LAMP, CLOCK, STOOL], "Lamp Clock Stool"),
        ([STOOL, CHAIR, LAMP], "Lamp Stool"),
        ([LAMP, thing("Clock", "It is better."), STOOL], "Lamp Stool"),
        ([STOOL], "Stool"),
        ([thing("Lamp", "It was good."), CHAIR], ""),
    ],
)
def test_a_page_is_turned_whatever_other_articles_do(articles: list[Article], kept: str) -> None:
    before, after = replying([LAMP, CLOCK, STOOL]), replying(articles)
    answer, page = shown_by(before, 5, 2, -1, 7, -2)

    assert len(page.places) == 5
    for position, found in enumerate(answer.found):
        at = page._replace(position=position)
        turned = Replies(after).turned(at)
        is_kept = before.article.article_of(found.passage.number).title in kept
        assert (turned is not None) is is_kept
        assert not turned or escape(found.passage.sentences[0]) in turned.html
        assert Replies(before).turned(at)


def test_a_page_of_many_articles_is_turned_while_none_changes() -> None:
    many = [thing(f"Thing{number}") for number in range(8)]
    before, fewer = replying(many), replying(many[1:])
    answer, page = shown_by(before, *range(0, -8, -1))

    assert len(page.places) == 8
    for position, found in enumerate(answer.found):
        at = page._replace(position=position)
        turned = Replies(before).turned(at)
        assert turned
        assert found.passage.text in turned.html
        assert Replies(fewer).turned(at) is None
