import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.facts import Kind, facts, figures


@pytest.mark.parametrize(
    ("text", "kind", "has"),
    [
        ("It has 500 windmills.", Kind.NUMBER, True),
        ("It has twenty-five windmills.", Kind.NUMBER, True),
        ("It has windmills.", Kind.NUMBER, False),
        ("The Chang'e-6 mission went well.", Kind.NUMBER, False),
        ("A five-hundred-meter dish.", Kind.NUMBER, False),
        ("It is 1,035 km long.", Kind.MEASURE, True),
        ("The Chang'e-6 mission went well.", Kind.MEASURE, False),
        ("It has no windmills.", Kind.NUMBER, True),
        ("It has a couple of windmills.", Kind.NUMBER, True),
        ("The dial has XII hours.", Kind.NUMBER, True),
        ("The toll is free.", Kind.NUMBER, True),
        ("It takes 6 weeks.", Kind.NUMBER, True),
        ("It is 180 cm tall.", Kind.MEASURE, True),
        ("It weighs 40 lbs.", Kind.MEASURE, True),
        ("It is as tall as a house.", Kind.MEASURE, True),
        ("It lasted all summer.", Kind.MEASURE, True),
        ("It lasts a fortnight.", Kind.MEASURE, True),
        ("It opened in January 2021.", Kind.MEASURE, False),
        ("Ann Lee, 43, runs it.", Kind.AGE, True),
        ("It is 200 years old.", Kind.AGE, True),
        ("It was built in 1904.", Kind.AGE, True),
        ("Ann Lee scored 17 goals.", Kind.AGE, False),
        ("It cost $3.5 million.", Kind.MONEY, True),
        ("It has 500 trees.", Kind.MONEY, False),
        ("It cost 300 zloty.", Kind.MONEY, True),
        ("It cost two million kronor.", Kind.MONEY, True),
        ("It cost Rs 500.", Kind.MONEY, True),
        ("It cost USD 40.", Kind.MONEY, True),
        ("It cost 40 GBP.", Kind.MONEY, True),
        ("It opened on Dec. 10, 2024.", Kind.NUMBER, False),
        ("It opened on Dec. 10.", Kind.DATE, True),
        ("It opened in 1998.", Kind.DATE, True),
        ("It opened on 3.4.2021.", Kind.DATE, True),
        ("It opens at 18:00.", Kind.DATE, True),
        ("It opens at half past six.", Kind.DATE, True),
        ("It opens at noon.", Kind.DATE, True),
        ("It opens at Easter.", Kind.DATE, True),
        ("It opens in autumn.", Kind.DATE, True),
        ("It opens on Fridays.", Kind.DATE, True),
        ("It opens daily.", Kind.DATE, True),
        ("It opened last year.", Kind.DATE, True),
        ("It made the news of the day.", Kind.DATE, False),
        ("It was often days like these.", Kind.DATE, False),
        ("It may march on.", Kind.DATE, False),
        ("It was built by Ann Lee.", Kind.PERSON, True),
        ("Villanueva built it.", Kind.PERSON, True),
        ("Workers built it.", Kind.PERSON, False),
        ("It was built by hand.", Kind.PERSON, False),
    ],
)
def test_a_text_has_a_kind_of_thing_or_not(text: str, kind: Kind, has: bool) -> None:
    assert any(facts(text, kind, "")) is has


def test_figures_are_told_with_what_they_count() -> None:
    text = (
        "On 3 May 1998 at 5 p.m. it cost $1.2 million and 40 per cent of 1,300 farms, 12 of them"
        " new, got 2 mills and forty-one sheds, two of them red, at 9.15. See page 7."
    )

    assert figures(text) == [
        "$1.2 million",
        "40 per cent",
        "1,300 farms",
        "2 mills",
        "forty-one sheds",
    ]


def test_what_the_question_brings_itself_is_no_answer() -> None:
    text = "In 1998 the railway opened."

    assert list(facts(text, Kind.DATE, "when did the railway open")) == ["1998"]
    assert list(facts(text, Kind.DATE, "what year, 1998?")) == []


@given(st.text(), st.text(), st.sampled_from(Kind))
def test_any_question_can_be_put_to_any_text(question: str, text: str, kind: Kind) -> None:
    assert all(one in text for one in facts(text, kind, question))
