"""Every sentence that tells why, or how well, questions are answered; as `words`, no markup."""

from collections.abc import Mapping, Sequence

# How an answer was come by.
WAYS = {
    "talk": "Small talk: nothing is looked for.",
    "article": "Asked of the article itself: its title, its date, a passage by its place.",
    "list": "Not searched for: told by a list of what the article names.",
    "parts": "Several questions, each answered by itself.",
    "search": "Searched for in the passages.",
    "named": "Asked of one article by its name.",
    "within": "Asked of the passage that was shown before.",
}
PASSAGE, SCORE, SURE = "passage", "score", "sure"
_KINDS = {"age": "an age", "measure": "a measure", "money": "a sum of money", "number": "a number"}
_KINDS |= {"date": "a time", "person": "a person"}
_MOST_NAMED = 3
DOUBTED = " Its passage doesn't name the place that is asked about."

ASKING = "Asking…"
AS_ASKED = "as asked"
ONE_TYPO = "one typo"
ANSWERABLE = "answerable"
UNANSWERABLE = "unanswerable"
UNSURE = "unsure: "
NOTHING_SHOWN = "no passage"
# The measures that `evaluate` prints of what is found and of what is shown.
SEARCHED = {
    "success@1": "the first passage found is right",
    "success@3": "one of the first three is",
    "MRR@10": "the mean of 1 / the rank of the first right one of ten",
    "key sentence": "in that passage the marked sentence holds the answer",
    "AUC": "what the article answers is surer than what it doesn't",
    "false answers": "what it doesn't is answered where 95 of 100 others are",
}
SHOWN = {
    "questions": "how many were put to the bot",
    "success@1": "the first passage shown is right, sure or not",
    "success@3": "one of the first three is",
    "sure and right": "told as the answer and right, lists whole; or rightly nothing",
    "answered": "told as the answer, right or wrong",
}


def asked_word(word: str, correction: str, stems: Sequence[str], credit: float) -> str:
    """Return what a word of a question is to the article, as its Match says."""
    if not stems:
        return f"{word}, not in the article"
    if correction:
        return f"{word}, read as {correction}"
    return f"{word}, looked for as {', '.join(stems)}" if credit < 1 else word


def how_sure(confidence: float, answered_from: float, guessed_from: float) -> str:
    """Return how sure an answer is, and from where on it is told as what."""
    return (
        f"{confidence:.0%} sure: told as the answer from {answered_from:.0%} on, "
        f"as the closest from {guessed_from:.0%} on."
    )


def kind_found(kind: str, found: Mapping[int, Sequence[str]]) -> str:
    """Return what kind of thing is asked for, and which passages have what of it."""
    said = [f"passage {n} has {', '.join(some[:_MOST_NAMED])}" for n, some in found.items()]
    return f"Asks for {_KINDS[kind]}: {'; '.join(said) or 'no passage of these has one'}."
