"""Relations: words of general English that may stand in for one another."""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

_FILE = Path(__file__).parent / "data" / "relations.txt"


def stand_ins(term: str) -> Sequence[str]:
    """Return the stems that may stand in for a stem: moon for lunar, photograph for photo."""
    return _relations().get(term, "").split()


@cache
def _relations() -> Mapping[str, str]:
    lines = _FILE.read_text(encoding="ascii").splitlines()
    pairs = (line.partition(" ") for line in lines if not line.startswith("#"))
    return {term: others for term, _, others in pairs}
