"""BM25 in a process of its own, which takes rank-bm25's numpy with it when it ends."""

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from bot.errors import BotError
from bot.retrieval.index import TermScores, View


def score_terms(views: Sequence[View]) -> list[dict[str, TermScores]]:
    """Return the scores of every term of each view.

    A process that serves for months needs numpy for a tenth of a second: here it never holds it,
    12 MB of some 60.

    Raises:
        BotError: The other process failed.
    """
    # Its own process group: Ctrl-C is for this process, which then ends the other.
    run = subprocess.run(
        [sys.executable, "-m", "bot.retrieval.bm25"],
        input=json.dumps(views),
        stdout=subprocess.PIPE,
        encoding="utf-8",
        # Not in the folder of whoever started the bot, where other modules may lie.
        cwd=Path(__file__).resolve().parents[2],
        process_group=0,
        check=False,
    )
    if run.returncode:
        raise BotError("The article can't be indexed: rank-bm25 failed. Install the bot anew.")
    scored = json.loads(run.stdout)
    return [{term: TermScores(*scores) for term, scores in one.items()} for one in scored]
