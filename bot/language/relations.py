"""Relations: words of general English that may stand in for one another."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from bot.language.lexicon import Lexicon

_FILE = Path(__file__).parent / "data" / "relations.txt"


def stand_ins(term: str) -> Sequence[str]:
    """Return the stems that may stand in for a stem: moon for lunar, photograph for photo."""
    return _relations().get(term).split()


@cache
def _relations() -> Lexicon:
    return Lexicon(_FILE)
