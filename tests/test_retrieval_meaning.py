import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.retrieval.meaning import Likeness, Meaning, Sentenced, Vectors, joined, read_passage
from bot.retrieval.model import Model

PASSAGES = [
    Sentenced(["The wind farm has 500 MW.", "It stands in Egypt."]),
    Sentenced(["Beans grow in Tanzania."], "photo"),
    Sentenced(["A telescope looks at the moon.", "It is open to all.", "So is the data."]),
]
# Halves of surrogate pairs too: that is how arguments arrive that aren't UTF-8.
ANYTHING = st.text(st.characters(exclude_categories=()), max_size=100)
SENTENCED = st.builds(Sentenced, st.lists(ANYTHING, min_size=1, max_size=3), ANYTHING)
ROUNDED = 0.01


def vectors_of(model: Model, passages: list[Sentenced]) -> Vectors:
    return joined([read_passage(model, one) for one in passages])


def likeness(model: Model, passages: list[Sentenced], question: str) -> Likeness:
    meaning = Meaning(model, vectors_of(model, passages))
    return meaning.likeness(model.question(question))


def unit(vector: np.ndarray) -> np.ndarray:
    return vector / max(np.linalg.norm(vector), 1e-9)


@settings(max_examples=20)
@given(st.lists(SENTENCED, min_size=1, max_size=3), ANYTHING)
def test_any_passages_can_be_held_against_any_question(
    model: Model, passages: list[Sentenced], question: str
) -> None:
    assume(len(model.question(question).vectors))
    found = likeness(model, passages, question)

    sentences = sum(len(passage.sentences) for passage in passages)
    assert len(vectors_of(model, passages).means) == sentences
    assert found.sentences.shape == (sentences,)
    assert found.in_passages.shape == (len(found.starts), len(passages))
    assert len(found.best_cosines) == len(passages)
    for cosines in (found.sentences, found.in_passages, found.best_cosines):
        assert np.abs(cosines).max() <= 1 + ROUNDED


def test_maxsim_is_the_mean_of_each_tokens_best_cosine(model: Model) -> None:
    question = "how big is the wind farm"
    found = likeness(model, PASSAGES, question)

    for place, passage in enumerate(PASSAGES):
        told = [*model.passage(" ".join(passage.sentences)).vectors]
        told += [*model.passage(passage.known_by).vectors]
        every = model.question(question).vectors
        best = [max(float(unit(asked) @ unit(one)) for one in told) for asked in every]
        assert found.passages[place] == pytest.approx(np.mean(best), abs=ROUNDED)


def test_a_sentences_own_maxsim_is_of_its_tokens_as_they_stand_in_the_passage(
    model: Model,
) -> None:
    first, second = PASSAGES[0].sentences
    reading = model.passage(f"{first} {second}")
    begin = list(reading.starts).index(len(first) + 1)
    [asked] = model.question("where").vectors
    found = likeness(model, PASSAGES, "where")

    for place, own in enumerate((reading.vectors[:begin], reading.vectors[begin:])):
        best = max(float(unit(asked) @ unit(one)) for one in own)
        assert found.sentences[place] == pytest.approx(best, abs=ROUNDED)


def test_the_best_cosine_is_of_the_means_of_the_question_and_a_sentence(model: Model) -> None:
    first, second = PASSAGES[0].sentences
    reading, asked = model.passage(f"{first} {second}"), model.question("where does it stand")
    begin = list(reading.starts).index(len(first) + 1)
    mean = unit(asked.vectors.mean(axis=0))
    means = [unit(own.mean(axis=0)) for own in np.split(reading.vectors, [begin])]

    found = likeness(model, PASSAGES, "where does it stand")
    assert found.best_cosines[0] == pytest.approx(max(one @ mean for one in means), abs=ROUNDED)


@pytest.mark.parametrize("places", [[0], [2], [1, 2], [2, 0], [0, 1, 2]])
def test_part_of_the_vectors_are_those_of_these_passages(model: Model, places: list[int]) -> None:
    part = joined(list(map(vectors_of(model, PASSAGES).passage, places)))
    alone = vectors_of(model, [PASSAGES[place] for place in places])

    for name in ("tokens", "means", "sentences", "passages"):
        np.testing.assert_array_equal(getattr(part, name), getattr(alone, name))


def test_some_passages_are_as_near_as_among_all(model: Model) -> None:
    meaning = Meaning(model, vectors_of(model, PASSAGES))
    asked = model.question("what looks at the moon")
    every, some = meaning.likeness(asked), meaning.likeness(asked, np.array([0, 2]))

    np.testing.assert_allclose(some.passages, every.passages[[0, 2]], atol=1e-6)
    np.testing.assert_allclose(some.best_cosines, every.best_cosines[[0, 2]], atol=1e-6)
    np.testing.assert_allclose(meaning.best_cosines(asked), every.best_cosines, atol=1e-6)


@pytest.mark.parametrize("sentence", ["", " ", "\x00", "🌾", "x" * 5_000, "one"])
def test_a_sentence_without_plain_words_has_its_vectors_too(model: Model, sentence: str) -> None:
    vectors = vectors_of(model, [Sentenced([sentence]), Sentenced(["After.", sentence, "All."])])

    assert len(vectors.means) == 4
    assert np.diff(vectors.sentences, append=len(vectors.tokens)).min() >= 1
