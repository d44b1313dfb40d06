import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.facts import Facts, Kind


@pytest.mark.parametrize(
    ("text", "kind", "has"),
    [
        ("It has 500 windmills.", Kind.NUMBER, True),
        ("It has twenty-five windmills.", Kind.NUMBER, True),
        ("It has windmills.", Kind.NUMBER, False),
        ("The Chang'e-6 mission went well.", Kind.NUMBER, False),
        ("A five-hundred-meter dish.", Kind.NUMBER, False),
        ("It is 1,035 km long.", Kind.MEASURE, True),
        ("It has 500 windmills.", Kind.MEASURE, False),
        ("It cost $3.5 million.", Kind.MONEY, True),
        ("It has 500 windmills.", Kind.MONEY, False),
        ("It opened on Dec. 10, 2024.", Kind.NUMBER, False),
        ("It opened on Dec. 10.", Kind.DATE, True),
        ("It opened in 1998.", Kind.DATE, True),
        ("It may march on.", Kind.DATE, False),
        ("It was built by Ann Lee.", Kind.PERSON, True),
        ("It was built by hand.", Kind.PERSON, False),
    ],
)
def test_a_text_has_a_kind_of_thing_or_not(text: str, kind: Kind, has: bool) -> None:
    assert Facts(text).answer(kind, "") is has


def test_what_the_question_brings_itself_is_no_answer() -> None:
    facts = Facts("In 1998 the railway opened.")

    assert facts.answer(Kind.DATE, "when did the railway open")
    assert not facts.answer(Kind.DATE, "what year, 1998?")


@given(st.text(), st.text(), st.sampled_from(Kind))
def test_any_question_can_be_put_to_any_text(question: str, text: str, kind: Kind) -> None:
    assert Facts(text).answer(kind, question) in (True, False)
