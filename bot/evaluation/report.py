"""The report: question files in; tables for people, or one object for programs, out."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random
from typing import Any

from rich.console import Console
from rich.progress import track
from rich.table import Table
from rich.text import Text

from bot import reasons
from bot.answering.answerer import Answerer
from bot.answering.answers import Answer, Passages, is_answered, shown
from bot.article.article import Article
from bot.evaluation.questions import Question, QuestionSet, read_question_sets
from bot.evaluation.run import Outcome, asked, figures, is_right, to_search, with_typo
from bot.retrieval.model import Model


def evaluate(
    paths: Sequence[Path], article: Article, model: Model | None, as_json: bool, misses: bool
) -> None:
    """Print how well the questions at *paths*, about *article* or others, are answered."""
    files = {str(path): read_question_sets(path, article) for path in paths}
    reports = {path: _report(sets, model, misses) for path, sets in files.items()}
    if as_json:
        print(json.dumps(reports, ensure_ascii=False, indent=2))
        return
    for path, report in reports.items():
        _print(path, report)


def _report(sets: Sequence[QuestionSet], model: Model | None, misses: bool) -> dict[str, Any]:
    # Any number will do, as long as every run draws the same questions and typing errors.
    draw, typing = Random(1), Random(1)
    searches: dict[str, list[Outcome]] = {reasons.AS_ASKED: [], reasons.ONE_TYPO: []}
    kinds: dict[str, list[Outcome]] = defaultdict(list)
    err = Console(stderr=True)
    for own in track(
        sets, reasons.ASKING, console=err, transient=True, disable=not err.is_terminal
    ):
        article, questions = own
        answerer = Answerer(article, by_words_alone=True)
        if model:
            answerer.read_meaning(model)
        for one in to_search(own, sets, draw):
            typed = {reasons.AS_ASKED: one.text, reasons.ONE_TYPO: with_typo(one.text, typing)}
            for name, text in typed.items():
                searches[name].append((one, Passages(tuple(answerer.search.best(text, 10)))))
        for question in (question for question in questions if question.kind):
            answer = asked(answerer, question)
            whole = reasons.ANSWERABLE if question.paragraphs else reasons.UNANSWERABLE
            kinds[whole].append((question, answer))
            kinds[question.kind].append((question, answer))
    proper = [one for one in searches[reasons.AS_ASKED] if one[0].paragraphs]
    judged = kinds[reasons.ANSWERABLE] + kinds[reasons.UNANSWERABLE] if kinds else proper
    return {
        "retrieval": {name: figures(row, reasons.SEARCHED) for name, row in searches.items()},
        "kinds": {name: figures(row, reasons.SHOWN) for name, row in kinds.items()},
        "misses": [_miss(*one) for one in judged if misses and not is_right(*one)],
    }


def _miss(question: Question, answer: Answer) -> dict[str, str]:
    told = "" if is_answered(answer) else reasons.UNSURE
    instead = [told + one.passage.text for one in shown(answer)] or [reasons.NOTHING_SHOWN]
    return {"question": question.text, "instead": instead[0]}


def _print(path: str, report: Mapping[str, Any]) -> None:
    console = Console(highlight=False)
    for name, measures in (("retrieval", reasons.SEARCHED), ("kinds", reasons.SHOWN)):
        table = Table("", *measures, box=None, title=Text(path), title_justify="left")
        for row, told in report[name].items():
            values = (f"{round(told[one], 3):g}" if one in told else "" for one in measures)
            table.add_row(Text(row), *values)
        if report[name]:
            meanings = [Text(f" {measure}: {meaning}") for measure, meaning in measures.items()]
            console.print(table, *meanings, sep="\n")
    for miss in report["misses"]:
        console.print(Text(f"- {miss['question']}"), soft_wrap=True)
        console.print(Text(f"  {miss['instead']}"), no_wrap=True, overflow="ellipsis")
