"""Small talk: greetings, thanks and the like, told apart from questions."""

import re
from collections.abc import Mapping, Sequence
from enum import Enum
from functools import cache
from pathlib import Path

_FILE = Path(__file__).parent / "data" / "small_talk.txt"
# Longer messages say more than small talk, whatever words they are made of.
_MAX_WORDS = 12


class SmallTalk(Enum):
    """What kind of small talk a message is; the first that fits counts.

    ENOUGH is said to who asks for more when there is none.
    """

    IDENTITY = "identity"
    ABILITIES = "abilities"
    WELLBEING = "wellbeing"
    THANKS = "thanks"
    GOODBYE = "goodbye"
    GREETING = "greeting"
    APOLOGY = "apology"
    COMPLAINT = "complaint"
    PRAISE = "praise"
    DISMISSAL = "dismissal"
    LAUGH = "laugh"
    AGREEMENT = "agreement"
    WORDLESS = "wordless"
    ENOUGH = "enough"


def small_talk(tokens: Sequence[str]) -> SmallTalk | None:
    """Return the kind of small talk that a message is, None where it asks or says more."""
    if not tokens:
        return SmallTalk.WORDLESS
    said = " ".join(tokens)
    if len(tokens) > _MAX_WORDS or not _any_phrases().fullmatch(said):
        return None
    return next(kind for kind, phrase in _phrases().items() if phrase.search(said))


@cache
def _phrases() -> Mapping[SmallTalk, re.Pattern[str]]:
    """Return for each kind a pattern of what is said, at the beginning of a word."""
    lines = [one for one in _FILE.read_text("utf-8").splitlines() if not one.startswith("#")]
    (_, being), (_, you), *phrases = (line.split(": ", 1) for line in lines)
    found: dict[SmallTalk, list[str]] = {}
    for name, phrase in phrases:
        whole = phrase.replace("BEING", being).replace("YOU", you)
        found.setdefault(SmallTalk(name), []).append(whole)
    return {kind: re.compile(rf"\b(?:{'|'.join(one)})(?: |$)") for kind, one in found.items()}


@cache
def _any_phrases() -> re.Pattern[str]:
    return re.compile(f"(?:{'|'.join(phrase.pattern for phrase in _phrases().values())})+")
