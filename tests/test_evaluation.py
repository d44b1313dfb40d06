import json
import re
from collections.abc import Sequence
from pathlib import Path
from random import Random

import ir_measures
import pytest
from hypothesis import given
from hypothesis import strategies as st
from running import BotProcess

from bot.article.article import Article
from bot.errors import BotError
from bot.evaluation.measures import (
    area_under_curve,
    false_answers,
    mean_reciprocal_rank,
    success,
)
from bot.evaluation.questions import read_question_sets
from bot.evaluation.typos import with_typo

QUESTIONS = Path(__file__).parent / "data" / "article-dev.json"
SQUAD = {
    "data": [
        {
            "title": title,
            "paragraphs": [
                {
                    "context": f"{one} is red. It is old.",
                    "qas": [
                        {"question": f"What is {one}?", "answers": [{"text": "red"}]},
                        {"question": "Was it expensive, stone?", "answers": []},
                    ],
                }
                for one in things
            ],
        }
        for title, things in (("Walls", ["brick", "stone"]), ("Fruit", ["apple", "cherry"]))
    ]
}
RANKS = st.lists(st.none() | st.integers(1, 20), min_size=1, max_size=30)
CONFIDENCES = st.lists(st.sampled_from([0.0, 0.25, 0.5, 0.75, 1.0]), min_size=1, max_size=20)


def peer(measure: ir_measures.Measure, ranks: Sequence[int | None]) -> float:
    """Return what ir-measures makes of a run that has each question's passage at its rank."""
    qrels = [ir_measures.Qrel(str(i), "right", 1) for i in range(len(ranks))]
    run = [ir_measures.ScoredDoc(str(i), "wrong", 0.5) for i in range(len(ranks))]
    for i, rank in enumerate(ranks):
        if rank is not None:
            run += [
                ir_measures.ScoredDoc(str(i), f"above{place}", 100.0 - place)
                for place in range(1, rank)
            ]
            run.append(ir_measures.ScoredDoc(str(i), "right", 100.0 - rank))
    return float(ir_measures.calc_aggregate([measure], qrels, run)[measure])


@given(RANKS, st.sampled_from([1, 3, 10]))
def test_success_is_that_of_ir_measures(ranks: list[int | None], k: int) -> None:
    assert success(ranks, k) == pytest.approx(peer(ir_measures.Success @ k, ranks))


@given(RANKS, st.sampled_from([3, 10]))
def test_the_reciprocal_rank_is_that_of_ir_measures(ranks: list[int | None], k: int) -> None:
    assert mean_reciprocal_rank(ranks, k) == pytest.approx(peer(ir_measures.RR @ k, ranks))


@given(CONFIDENCES, CONFIDENCES)
def test_the_area_under_the_curve_counts_pairs(proper: list[float], foreign: list[float]) -> None:
    pairs = [(one > other) + (one == other) / 2 for one in proper for other in foreign]

    assert area_under_curve(proper, foreign) == pytest.approx(sum(pairs) / len(pairs))


def test_false_answers_are_counted_where_the_share_of_proper_ones_is_answered() -> None:
    proper = [0.9] * 19 + [0.1]

    assert false_answers(proper, [0.95, 0.9, 0.5, 0.0], answered=0.95) == 0.5
    assert false_answers(proper, [0.95, 0.9, 0.5, 0.0], answered=1.0) == 0.75


@given(st.text(), st.integers())
def test_a_typing_error_changes_at_most_one_word(question: str, seed: int) -> None:
    before, after = question.split(" "), with_typo(question, Random(seed)).split(" ")

    assert len(before) == len(after)
    changed = sum(old != new for old, new in zip(before, after, strict=True))
    assert changed == bool(re.search(r"[^\W\d_]{4,}", question))


def test_our_own_questions_are_read_with_their_kinds(article: Article) -> None:
    [own] = read_question_sets(QUESTIONS, article)

    assert len(own.questions) == 120
    assert len(own.passages) == len(article.passages)
    assert own.questions[0].kind == "direct"
    assert own.questions[0].answers == ("zero-sum dominance",)


def test_squad_questions_are_about_their_paragraph(tmp_path: Path, article: Article) -> None:
    path = tmp_path / "squad.json"
    path.write_text(json.dumps(SQUAD))
    walls, _ = read_question_sets(path, article)

    assert walls.passages == ("brick is red. It is old.", "stone is red. It is old.")
    assert [sorted(question.paragraphs) for question in walls.questions] == [[0], [0], [1], [1]]


@pytest.mark.parametrize("text", ["[]", "{}", '{"data": 1}', '{"questions": [{}]}', "nonsense"])
def test_a_file_in_neither_format_is_refused(tmp_path: Path, article: Article, text: str) -> None:
    path = tmp_path / "bad.json"
    path.write_text(text)

    with pytest.raises(BotError, match=r"bad\.json is"):
        read_question_sets(path, article)


def test_the_bot_knows_its_article_as_well_as_it_should(bot: BotProcess) -> None:
    """The shares that the article's own questions must reach; guesses count as shown."""
    ended = bot.run("evaluate", str(QUESTIONS), "--json")
    kinds = json.loads(ended.stdout)[str(QUESTIONS)]["kinds"]

    assert kinds["answerable"]["right first"] >= 0.75
    assert kinds["unanswerable"]["not answered"] >= 0.92
    assert kinds["social"]["as it should"] == 1.0
    for kind in ("direct", "project", "caption", "header", "typo"):
        assert kinds[kind]["right first"] >= 0.9


def test_evaluate_prints_a_table_and_the_misses(bot: BotProcess) -> None:
    (bot.folder / "squad.json").write_text(json.dumps(SQUAD))
    ended = bot.run("evaluate", "squad.json", "--misses")

    assert ended.returncode == 0
    assert "success@1" in ended.stdout
    assert "one typo" in ended.stdout
    assert "- Was it expensive, stone?" in ended.stdout
    assert ended.stderr == ""


def test_evaluate_says_which_file_it_cannot_read(bot: BotProcess) -> None:
    ended = bot.run("evaluate", "nowhere.json")

    assert ended.returncode == 1
    assert ended.stderr.startswith("The question file nowhere.json can't be read")
    assert ended.stderr.count("\n") == 1
