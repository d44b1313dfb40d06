import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.sentences import clauses, sentences

# The bar is where a sentence ends.
TEXTS = [
    "He paid approx. $3.5 million at 10 p.m. Monday.|Lt. Adams left Ft. Knox.",
    "The river is 5 km. long.|See vol. 3, p. 12.|It is est. 1900.",
    "It opened on Dec. 10, 2024, in the U.S. capital.|J. K. Smith came.|So what?",
    "He came in May.|Mark left.|They sat.|Anna stood.",
    "It lies in the U.S.|The town is old.|At 5 p.m.|He slept.",
    "Is it J. P. Morgan?|Dr. No met Mr. He.|Ask Acme Inc. about it.",
    "It was the 3. place.|On the 1. May he won.|It was built in 1903.|Then it fell.",
    "1. Whisk the eggs.|2. Add milk.|See no. 5.|He said no.|Then he went.",
    'He said "Yes."|Then he left.|(He did.)|So “What now?” asked Ann.|“It works.”|She nodded.',
    "It cost 3.5 euros at www.example.com/a.b today.|Wait... what?|Yes!?|No…|Then",
    "It burned in 1903.[12]|It was rebuilt.[citation needed]|It stands",
    "老磨坊由约瑟夫建造。|它有三层楼。|“谁？”|他说。",
    "¿Quién construyó el molino?|Fue José.|¡Claro!|Así fue.",
    "- Monday: 9:00\n|- Tuesday: closed",
]


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_is_cut_where_its_sentences_end(text: str) -> None:
    joined = text.replace("|", "" if "。" in text or "\n" in text else " ")

    assert sentences(joined) == [sentence.strip() for sentence in text.split("|")]


@given(
    st.text() | st.lists(st.sampled_from(["a", ".", " ", "A", '"', "Mr", "1", "\n"])).map("".join)
)
def test_sentences_are_all_of_a_text_in_order(text: str) -> None:
    found = sentences(text)

    assert "".join("".join(found).split()) == "".join(text.split())
    assert all(sentence in text and sentence == sentence.strip() for sentence in found)


def test_a_long_sentence_can_be_marked_by_its_clauses() -> None:
    long = (
        "The mill, which Josef Brandt built in 1887 (his second), ground rye for nine villages"
        " until a fire—nobody knows whose fault it was—took its roof, and stood empty for decades."
    )

    marked = clauses(long)

    assert all(len(one) <= 150 < len(long) for one in marked)
    assert marked[0] == long[: long.index(", and stood")]
    assert marked[-1].endswith("whose fault it was—took its roof, and stood empty for decades.")
    assert clauses(long[:85]) == []


@given(
    st.lists(st.sampled_from(["mill ", "and ", "(", ") ", ", ", "—", "，", "x" * 70])).map("".join)
)
def test_clauses_are_parts_of_their_sentence(sentence: str) -> None:
    assert all(one in sentence and 0 < len(one) <= 150 for one in clauses(sentence))


def test_no_clause_is_the_end_of_another() -> None:
    found = clauses("Rye was ground here, wheat too, and oats, " + "and barley, " * 15)

    assert not any(one != other and one.endswith(other) for one in found for other in found)
