import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.facts import Kind, facts, figures

HAVING = {
    Kind.NUMBER: "500 windmills|twenty-five windmills|no windmills|a couple of mills|XII hours"
    "|6 weeks|free tolls",
    Kind.MEASURE: "1,035 km of rail|180 cm|40 lbs|as tall as a house|all summer|a fortnight",
    Kind.AGE: "Ann Lee, 43, runs it|200 years old|built in 1904",
    Kind.MONEY: "$3.5 million|300 zloty|two million kronor|Rs 500|USD 40|40 GBP",
    Kind.DATE: "on Dec. 10|in 1998|on 3.4.2021|at 18:00|at half past six|at noon|at Easter"
    "|in autumn|on Fridays|daily|last year",
    Kind.PERSON: "built by Ann Lee|Villanueva built it",
}
LACKING = {
    Kind.NUMBER: "windmills|The Chang'e-6 mission|A five-hundred-meter dish|on Dec. 10, 2024",
    Kind.MEASURE: "The Chang'e-6 mission|opened in January 2021",
    Kind.AGE: "Ann Lee scored 17 goals",
    Kind.MONEY: "500 trees",
    Kind.DATE: "the news of the day|often days like these|It may march on",
    Kind.PERSON: "Workers built it|It was built by hand",
}


@pytest.mark.parametrize(
    ("text", "kind", "has"),
    [
        (text, kind, has)
        for has, table in ((True, HAVING), (False, LACKING))
        for kind, texts in table.items()
        for text in texts.split("|")
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
