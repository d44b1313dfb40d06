"""Terms scored in a process of its own."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import BotError
from bot.retrieval import bm25, bm25_process
from bot.retrieval.index import View

VIEWS = st.lists(
    st.builds(
        View,
        st.lists(st.lists(st.text(min_size=1, max_size=4), max_size=6), max_size=5),
        st.sampled_from([0.1, 0.5, 1.2]),
        st.sampled_from([0.0, 0.75]),
    ),
    max_size=4,
)


@settings(max_examples=10, deadline=None)
@given(VIEWS)
def test_the_scores_are_those_of_this_process(views: list[View]) -> None:
    assert bm25_process.score_terms(views) == bm25.score_terms(views)


def test_a_process_that_fails_is_told_of_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", shutil.which("false"))

    with pytest.raises(BotError, match="can't be indexed"):
        bm25_process.score_terms([])


def test_what_serves_on_telegram_holds_no_numpy() -> None:
    imports = "import sys, bot.retrieval.bm25_process, bot.answering.answerer, bot.telegram"
    held = f"{imports}; sys.exit('numpy' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", held], check=False).returncode == 0


def test_nothing_in_the_folder_of_whoever_started_it_is_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("bot.py", "json.py"):
        (tmp_path / name).write_text("raise SystemExit(1)")
    monkeypatch.chdir(tmp_path)

    assert bm25_process.score_terms([]) == []
