"""A conversation: questions that only make sense after what was said before."""

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
from bot.question import Question, read_question
from bot.question.smalltalk import SmallTalk
from bot.topics.countries import countries_named, without_places


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


def answer_after(answerer: Answerer, question: str | Question, before: Turn) -> tuple[Answer, Turn]:
    """Return the answer to *question* asked after *before*, and the turn that it makes.

    "And in Egypt?" asks the same as before of another country; "how big is it?" asks about the
    passage shown before; "tell me more" asks for the passages found but not shown.
    """
    asked = read_question(question)
    if (before.question or before.further) and asked.wants_more:
        answer: Answer = before.further or SmallTalk.ENOUGH
        return answer, turn_after(before.question, answer, before)
    whole = _completed(asked, before.question)
    if before.passage is not None and asked.points_back:
        answer = answer_about(answerer, whole, before.passage)
    else:
        answer = answerer.answer(whole)
        if whole is not asked and not is_answered(answer):
            answer = answerer.answer(asked)
    return answer, turn_after(whole, answer, before)


def turn_after(question: str | Question, answer: Answer, before: Turn) -> Turn:
    """Return the turn that *question* and its *answer* make after *before*."""
    asked, found = read_question(question), shown(answer)
    is_talk = isinstance(answer, SmallTalk)
    keeps = is_talk or not asked.text or (before.question and asked.points_back)
    return Turn(
        question=before.question if keeps else asked.text,
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


def answer_about(answerer: Answerer, question: str | Question, passage: int) -> Answer:
    """Return the answer to *question* asked about the passage with this number.

    The passage is shown where it answers, unless the question names something else that does.
    """
    asked = read_question(question)
    answer = answerer.answer(asked)
    within = answerer.answer_within(passage, asked)
    asks_anew = isinstance(answer, SmallTalk | Listed | Unmentioned) or _is_header(answer)
    if not within or asks_anew or (is_answered(answer) and not asked.points_back):
        return answer
    return within


def _is_header(answer: Answer) -> bool:
    return any(one.passage.number == 0 for one in shown(answer))


def _completed(asked: Question, before: str) -> Question:
    """Return the question before, asked of the country that this one names instead."""
    if before and asked.goes_on and countries_named(asked.words):
        rest = " ".join(word.written for word in without_places(read_question(before).words))
        return read_question(f"{rest} {asked.text}")
    return asked
