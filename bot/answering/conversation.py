"""A conversation: questions that only make sense after what was said before."""

import re
from dataclasses import dataclass

from bot.answering.answerer import Answerer
from bot.answering.answers import (
    Answer,
    Guess,
    Listed,
    Passages,
    Refusal,
    Unmentioned,
    is_answered,
    shown,
)
from bot.language.text import tokens
from bot.question.smalltalk import SmallTalk
from bot.topics.countries import countries_named, without_places

_OPENERS = (["and"], ["what", "about"], ["how", "about"], ["or"], ["also"])
_MORE = re.compile(
    r"(?:please |pls )?(?:(?:tell|show|give) me )?(?:some )?more(?: please| pls)?"
    r"|go on|continue|next|what else|anything else"
)
_POINTERS = frozenset("it its they them their theirs he his him she her that this these".split())


@dataclass(frozen=True)
class Turn:
    """What a further question may lean on.

    Attributes:
        question: What was asked; empty at the beginning.
        passage: The number of the first passage that was shown, None where none was.
        further: The answer without what was shown of it, None where nothing is left.
        refusals: How many questions in a row were not answered.
    """

    question: str = ""
    passage: int | None = None
    further: Passages | Guess | None = None
    refusals: int = 0


def answer_after(answerer: Answerer, question: str, before: Turn) -> tuple[Answer, Turn]:
    """Return the answer to *question* asked after *before*, and the turn that it makes.

    "And in Egypt?" asks the same as before of another country; "how big is it?" asks about the
    passage shown before; "tell me more" asks for the passages found but not shown.
    """
    asked = _completed(question, before.question)
    answer: Answer
    if (before.question or before.further) and asks_for_more(question):
        asked = before.question
        answer = before.further or SmallTalk.ENOUGH
    elif before.passage is not None and _points_back(question):
        answer = answer_about(answerer, asked, before.passage)
    else:
        answer = answerer.answer(asked)
        if asked != question and not is_answered(answer):
            answer = answerer.answer(question)
    return answer, turn_after(asked, answer, before)


def turn_after(question: str, answer: Answer, before: Turn) -> Turn:
    """Return the turn that *question* and its *answer* make after *before*."""
    found = shown(answer)
    is_talk = isinstance(answer, SmallTalk)
    keeps = is_talk or not question or (before.question and _points_back(question))
    return Turn(
        question=before.question if keeps else question,
        passage=found[0].passage.number if found else before.passage,
        further=before.further if is_talk and answer is not SmallTalk.ENOUGH else _rest(answer),
        refusals=before.refusals + 1 if isinstance(answer, Guess | Refusal) else 0,
    )


def _rest(answer: Answer) -> Passages | Guess | None:
    """Return the answer without what is shown first: a passage, or headline and opening."""
    if not isinstance(answer, Passages | Guess):
        return None
    rest = answer.found[2 if _is_header(answer) else 1 :]
    if not rest:
        return None
    return Passages(rest) if isinstance(answer, Passages) else Guess(rest)


def answer_about(answerer: Answerer, question: str, passage: int) -> Answer:
    """Return the answer to *question* asked about the passage with this number.

    The passage is shown where it answers, unless the question names something else that does.
    """
    answer = answerer.answer(question)
    within = answerer.answer_within(passage, question)
    asks_anew = isinstance(answer, SmallTalk | Listed | Unmentioned) or _is_header(answer)
    if not within or asks_anew or (is_answered(answer) and not _points_back(question)):
        return answer
    return within


def _is_header(answer: Answer) -> bool:
    return any(one.passage.number == 0 for one in shown(answer))


def asks_for_more(question: str) -> bool:
    """Return whether *question* only asks for what else was found: tell me more."""
    return _MORE.fullmatch(" ".join(tokens(question))) is not None


def _completed(question: str, before: str) -> str:
    words = tokens(question)
    opens = any(words[: len(opener)] == opener for opener in _OPENERS)
    if before and opens and countries_named(question):
        return f"{without_places(before)} {question}"
    return question


def _points_back(question: str) -> bool:
    return not _POINTERS.isdisjoint(tokens(question))
