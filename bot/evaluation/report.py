"""The report: question files in; tables for people, or one object for programs, out."""

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from random import Random
from statistics import fmean
from typing import NamedTuple

from rich.console import Console
from rich.progress import track
from rich.table import Table
from rich.text import Text

from bot import words
from bot.answering.answerer import Answerer
from bot.evaluation.measures import success
from bot.evaluation.questions import QuestionSet, read_question_sets
from bot.evaluation.run import Retrieved, Shown, retrieval_figures, run_sets, show
from bot.evaluation.typos import with_typo

Figures = dict[str, dict[str, float]]
"""The rows of a table by name, each with its figures by the name of the measure."""

# Any number will do, as long as every run draws the same questions and typing errors.
_SEED = 1


class Report(NamedTuple):
    """What a question file tells about the bot.

    Attributes:
        retrieval: How the retriever does, with the questions as asked and with a typing error.
        kinds: How the bot does with each kind of question; empty where the file names no kinds.
        misses: The questions that went wrong.
    """

    retrieval: Figures
    kinds: Figures
    misses: list[str]


def evaluate(paths: Sequence[Path], answerer: Answerer, as_json: bool, misses: bool) -> None:
    """Print how well the questions in the files at *paths* are answered.

    Args:
        paths: Question files in our own format, about the answerer's article, or in SQuAD's.
        answerer: What questions of a named kind are put to, as a person would.
        as_json: Whether to print one JSON object instead of tables.
        misses: Whether to tell the questions that went wrong as well.

    Raises:
        BotError: A file can't be read.
    """
    files = {path: read_question_sets(path, answerer.article) for path in paths}
    reports = {str(path): _report(sets, answerer) for path, sets in _with_progress(files)}
    if not misses:
        reports = {path: report._replace(misses=[]) for path, report in reports.items()}
    if as_json:
        objects = {path: report._asdict() for path, report in reports.items()}
        print(json.dumps(objects, ensure_ascii=False, indent=2))
    else:
        _print_reports(reports)


def _with_progress(
    files: Mapping[Path, list[QuestionSet]],
) -> Iterable[tuple[Path, list[QuestionSet]]]:
    console = Console(stderr=True)
    return track(
        files.items(),
        words.EVALUATING,
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )


def _report(sets: Sequence[QuestionSet], answerer: Answerer) -> Report:
    typo = partial(with_typo, random=Random(_SEED))
    proper, foreign = run_sets(sets, str, Random(_SEED))
    retrieval = {
        words.AS_ASKED: retrieval_figures(proper, foreign),
        words.ONE_TYPO: retrieval_figures(*run_sets(sets, typo, Random(_SEED))),
    }
    shown = [show(answerer, q) for one in sets for q in one.questions if q.kind]
    misses = [one.question.text for one in shown if not one.replied] if shown else _missed(proper)
    return Report(retrieval, _by_kind(shown), misses)


def _missed(proper: Sequence[Retrieved]) -> list[str]:
    return [one.question.text for one in proper if one.rank != 1]


def _by_kind(shown: Sequence[Shown]) -> Figures:
    kinds = dict.fromkeys(one.question.kind for one in shown)
    rows = {kind: [one for one in shown if one.question.kind == kind] for kind in kinds}
    rows[words.ANSWERABLE] = [one for one in shown if one.question.paragraphs]
    rows[words.UNANSWERABLE] = [one for one in shown if not one.question.paragraphs]
    return {name: _shown_figures(row) for name, row in rows.items() if row}


def _shown_figures(shown: Sequence[Shown]) -> dict[str, float]:
    ranks = [one.rank for one in shown]
    return {
        words.QUESTIONS: len(shown),
        words.RIGHT_FIRST: success(ranks, 1),
        words.RIGHT_IN_THREE: success(ranks, 3),
        words.NOT_ANSWERED: fmean(not one.answered for one in shown),
        words.AS_IT_SHOULD: fmean(one.replied for one in shown),
    }


def _print_reports(reports: dict[str, Report]) -> None:
    console = Console(highlight=False)
    for path, report in reports.items():
        for figures in filter(None, (report.retrieval, report.kinds)):
            console.print(_table(path, figures))
        for miss in report.misses:
            console.print(Text(f"- {miss}"), soft_wrap=True)


def _table(title: str, figures: Figures) -> Table:
    measures = list(dict.fromkeys(measure for row in figures.values() for measure in row))
    table = Table("", *measures, box=None, title=Text(title), title_justify="left")
    for name, row in figures.items():
        table.add_row(
            name, *(_figure(row[measure]) if measure in row else "" for measure in measures)
        )
    return table


def _figure(value: float) -> str:
    return str(value) if isinstance(value, int) else f"{value:.3f}"
