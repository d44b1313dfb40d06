import json
import re
from pathlib import Path
from random import Random
from statistics import fmean

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ir_measures import RR, Qrel, ScoredDoc, Success, calc_aggregate
from running import BotProcess

from bot.answering.answerer import Answerer
from bot.answering.answers import Found, Passages, is_answered
from bot.article.article import Article, Passage
from bot.errors import BotError
from bot.evaluation.questions import Question, read_question_sets
from bot.evaluation.run import (
    area_under_curve,
    asked,
    false_answers,
    figures,
    is_right,
    with_typo,
)
from bot.reasons import SEARCHED, SHOWN

DATA = Path(__file__).parent / "data"
QUESTIONS = DATA / "article-dev.json"
QAS = [{"question": "What is stone?", "answers": [{"text": "red"}]}]
SQUAD = {"data": [{"paragraphs": [{"context": "Is it red?", "qas": QAS}]}] * 2}
MILL_TEXT = "The mill\n\nAda Holt built the mill in 1820.\n\nShe sold flour and salt."
LONG = "The pier is 90 metres long."
MILL = [
    {"kind": "fact", "paragraphs": [1], "question": "who built the mill", "answer": "x|Ada"},
    {"kind": "fact", "paragraphs": [2], "question": "what could people buy from her"},
    {"kind": "follow", "paragraphs": [1], "question": "when was it", "after": "who built the mill"},
    {"kind": "list", "paragraphs": [2], "question": "flour and salt", "list": ["flour", "salt"]},
    {"kind": "list", "paragraphs": [2], "question": "salt and flour", "list": ["flour", "rye"]},
]
PIER = [
    {"kind": "near", "paragraphs": [], "question": "how long is the pier"},
    {"kind": "social", "paragraphs": [], "question": "good morning"},
]
CONFIDENCES = st.lists(st.sampled_from([0.0, 0.25, 0.5, 0.75, 1.0]), min_size=1, max_size=20)


@given(st.lists(st.none() | st.integers(1, 10), min_size=1, max_size=30))
def test_the_measures_of_ranks_are_those_of_ir_measures(ranks: list[int | None]) -> None:
    peers = {"success@1": Success @ 1, "success@3": Success @ 3, "MRR@10": RR @ 10}
    wrong, right = (Found(Passage(1, "", False, (block,)), "", 0) for block in (0, 1))
    rows = [tuple(right if n == rank else wrong for n in range(1, 11)) for rank in ranks]
    told = figures([(Question("", frozenset({1}), ()), Passages(row)) for row in rows], peers)
    run = [
        ScoredDoc(str(i), "right" if one is right else str(n), -n)
        for i, row in enumerate(rows)
        for n, one in enumerate(row)
    ]
    qrels = [Qrel(str(i), "right", 1) for i in range(len(ranks))]
    expected = calc_aggregate(peers.values(), qrels, run)

    assert all(told[name] == pytest.approx(expected[peer]) for name, peer in peers.items())


@given(CONFIDENCES, CONFIDENCES)
def test_the_area_under_the_curve_counts_pairs(proper: list[float], foreign: list[float]) -> None:
    pairs = [(one > other) + (one == other) / 2 for one in proper for other in foreign]

    assert area_under_curve(proper, foreign) == pytest.approx(sum(pairs) / len(pairs))


def test_false_answers_are_counted_where_95_of_100_proper_questions_are_answered() -> None:
    assert false_answers([0.9] * 19 + [0.1], [0.95, 0.9, 0.5, 0.0]) == 0.5
    assert false_answers([0.9] * 18 + [0.1] * 2, [0.95, 0.9, 0.5, 0.0]) == 0.75


@given(st.text(), st.integers())
def test_a_typing_error_changes_at_most_one_word(question: str, seed: int) -> None:
    before, after = question.split(" "), with_typo(question, Random(seed)).split(" ")
    changed = sum(old != new for old, new in zip(before, after, strict=True))

    assert changed == bool(re.search(r"[^\W\d_]{4,}", question))


@pytest.mark.parametrize("text", ["[]", "{}", "no", '{"data": 1}', '{"articles": [{}]}'])
def test_a_file_in_no_known_format_is_refused(tmp_path: Path, article: Article, text: str) -> None:
    (tmp_path / "questions.json").write_text(text)

    with pytest.raises(BotError, match=r"questions\.json is in none"):
        read_question_sets(tmp_path, article)
    with pytest.raises(BotError, match=r"nowhere\.json can't be read"):
        read_question_sets(tmp_path / "nowhere.json", article)


def test_the_bot_knows_its_article_as_well_as_it_should(bot: BotProcess) -> None:
    report = json.loads(bot.run("evaluate", str(QUESTIONS), "--json").stdout)[str(QUESTIONS)]
    kinds = report["kinds"]

    assert kinds["answerable"]["success@1"] >= 0.75
    assert kinds["unanswerable"]["answered"] <= 0.08
    assert kinds["social"]["sure and right"] == 1.0
    assert min(kinds[k]["success@1"] for k in "direct project caption header typo".split()) >= 0.9
    assert report["misses"] == []


def test_a_folder_of_articles_is_measured_by_kinds_of_question(bot: BotProcess) -> None:
    asked = [{"name": "mill", "questions": MILL}, {"name": "pier", "questions": PIER}]
    (bot.folder / "questions.json").write_text(json.dumps({"articles": asked}))
    (bot.folder / "mill.txt").write_text(MILL_TEXT)
    (bot.folder / "pier.md").write_text(f"The pier\n\n{LONG}")
    report = json.loads(bot.run("evaluate", ".", "--json", "--misses").stdout)["."]

    right = {kind: told["sure and right"] for kind, told in report["kinds"].items()}
    kinds = {"fact": 0.5, "follow": 1, "list": 0.5, "near": 0, "social": 1}
    assert right == kinds | {"answerable": 0.6, "unanswerable": 0.5}
    assert report["retrieval"]["as asked"].items() >= {"questions": 5, "key sentence": 1}.items()
    assert report["misses"][-1] == {"question": PIER[0]["question"], "instead": LONG}


def test_evaluate_explains_its_columns_and_shows_what_came_instead(bot: BotProcess) -> None:
    (bot.folder / "squad.json").write_text(json.dumps(SQUAD))
    (bot.folder / "own.json").write_bytes(QUESTIONS.read_bytes())
    ended = bot.run("evaluate", "squad.json", "own.json", "--misses")
    lines = ended.stdout.splitlines()

    assert (ended.returncode, ended.stderr, lines.count("- What is stone?")) == (0, "", 2)
    assert max(len(line) for line in lines if not line.startswith("- ")) <= 80
    assert any(re.fullmatch(r" one typo( +[\d.]+){6} *", line) for line in lines)
    assert lines[lines.index("- who founded DeepSeek?") + 1].startswith("  Embracing AI's")
    assert {f" {one}: {meaning}" for one, meaning in (SEARCHED | SHOWN).items()} <= {*lines}


def test_most_of_what_six_articles_only_come_near_to_is_not_told_as_an_answer() -> None:
    told = [
        (question, asked(answerer, question))
        for article, questions in read_question_sets(DATA / "near", Article("", None, ()))
        for answerer in [Answerer(article)]
        for question in questions
    ]

    assert fmean(is_right(*one) for one in told if one[0].paragraphs) > 0.64
    assert fmean(is_answered(answer) for question, answer in told if not question.paragraphs) < 0.35
