"""Terms scored in a process of its own."""

import shutil
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import apart, bm25
from bot.errors import BotError
from bot.index import Collection

COLLECTIONS = st.lists(
    st.builds(
        Collection,
        st.lists(st.lists(st.text(min_size=1, max_size=4), max_size=6), max_size=5),
        st.sampled_from([0.1, 0.5, 1.2]),
        st.sampled_from([0.0, 0.75]),
    ),
    max_size=4,
)


@settings(max_examples=10, deadline=None)
@given(COLLECTIONS)
def test_the_scores_are_those_of_this_process(collections: list[Collection]) -> None:
    assert apart.score_terms(collections) == bm25.score_terms(collections)


def test_a_process_that_fails_is_told_of_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", shutil.which("false"))

    with pytest.raises(BotError, match="can't be indexed"):
        apart.score_terms([])


def test_what_serves_on_telegram_holds_no_numpy() -> None:
    imports = "import sys, bot.apart, bot.answer, bot.telegram; sys.exit('numpy' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", imports], check=False).returncode == 0
