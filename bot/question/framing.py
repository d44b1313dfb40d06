"""Framing: the words that people put around what they ask, which say nothing of it."""

from collections.abc import Iterable

from bot.language.text import STOP_WORDS

FRAMING = frozenset(
    """
    abt according actually afternoon anybody anyone anything appear appears article articles bout
    bro contain contains could cover covers curious dat describe described describes details dis
    dude evening everything exactly explain explains find full give gimme going gonna hello hey hi
    include included includes info information involved know let like list listed long mate mention
    mentioned mentions morning next occur ok page paragraph passage piece please pls plz present
    question r read said say says see show someone something story talk talks tell text thank thanks
    u ur us want wanna wonder wondering write writing written wrote yo
    """.split()
)

PERSONS = frozenset("they them their theirs he his him she her hers".split())


def content(tokens: Iterable[str]) -> list[str]:
    """Return the tokens that tell what is asked, each once: no stop words, no framing.

    Where nothing else is said, the framing is what is asked.
    """
    told = [token for token in dict.fromkeys(tokens) if token not in STOP_WORDS]
    return [token for token in told if token not in FRAMING] or told
