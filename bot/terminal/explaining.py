"""An explanation, drawn as a table in the terminal."""

from textwrap import shorten

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot import reasons
from bot.answering.explanation import Explanation


def print_explanation(why: Explanation) -> None:
    """Print why a question was answered as it was."""
    console = Console(highlight=False)
    said = [why.question, " · ".join(why.words_said), *why.lines]
    console.print(Text("\n".join(filter(None, said))), soft_wrap=True)
    if not why.passages:
        return
    rows = [{**one.views, reasons.SCORE: one.score} for one in why.passages]
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for heading in (reasons.PASSAGE, *rows[0], reasons.SURE):
        table.add_column(heading, justify="right", no_wrap=True)
    for one, row in zip(why.passages, rows, strict=True):
        scores = [f"{score:.2f}" for score in row.values()]
        table.add_row(str(one.index + 1), *scores, f"{one.confidence:.0%}")
    console.print(table)
    for one in why.passages:
        sentence = shorten(one.key_sentence, console.width - 6, placeholder="…")
        console.print(Text(f"{one.index + 1}: {sentence}"), soft_wrap=True)
