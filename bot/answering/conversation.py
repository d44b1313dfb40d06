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
from bot.answering.blocks import beginning
from bot.question import Question, read_question
from bot.question.smalltalk import SmallTalk
from bot.retrieval.confidence import covers
from bot.topics.countries import countries_named, without_places


@dataclass(frozen=True)
class Turn:
    """What a further question may lean on."""

    question: str = ""  # that was asked, empty at the beginning
    passage: int | None = None  # the number of the first that was shown, if any was
    further: Passages | Guess | None = None  # the answer without what was shown of it
    refusals: int = 0  # how many questions in a row were not answered


def answer_after(answerer: Answerer, question: str | Question, before: Turn) -> tuple[Answer, Turn]:
    """Return the answer to *question* asked after *before*, and the turn that it makes.

    "And in Egypt?" asks the same as before of another country; "how big is it?" and "which one?"
    go on from the question before; "tell me more" asks for the passages found but not shown.
    """
    asked = read_question(question)
    if (before.question or before.further) and asked.wants_more:
        answer: Answer = before.further or SmallTalk.ENOUGH
        return answer, turn_after(before.question, answer, before)
    if asked.aspect and before.passage is not None:
        # Who wrote it: the article that was shown.
        answerer = answerer.narrowed(answerer.article.article_of(before.passage))
    answer = answerer.answer(asked)
    if not _leans(asked, answer, before):
        return answer, turn_after(asked, answer, before)
    leaning = _leaning(answerer, asked, answer, before)
    is_part = asked.goes_on or asked.is_empty
    leant_on = before.question if is_part and leaning is not answer else asked
    return leaning, turn_after(leant_on, leaning, before)


def _leans(asked: Question, alone: Answer, before: Turn) -> bool:
    """Return whether a question says too little without what was asked or shown before."""
    has_before = bool(before.question) or before.passage is not None
    is_pointing = asked.points_back and (asked.is_short or not is_answered(alone))
    is_part = asked.is_empty or is_pointing or asked.goes_on
    return has_before and is_part and not _asks_anew(alone)


def _leaning(answerer: Answerer, asked: Question, alone: Answer, before: Turn) -> Answer:
    """Return the surest of the answers to *asked* alone, with the one before, of its passage."""
    ways = [joined(answerer, asked, before.question)[1]] if before.question else []
    is_same = asked.asks_the_same and not before.refusals
    if asked.goes_on and is_answered(alone):
        # Together both often find what was shown already, whatever is asked now.
        ways = [
            way for way in ways if _first(way) != before.passage or (is_same and _is_of(asked, way))
        ]
    if before.passage is not None and asked.points_back:
        ways += filter(None, [answerer.search.within(before.passage, asked)])
    # By itself it finds whatever is told of that: and the other one?
    is_part = asked.is_empty or (is_same and bool(ways))
    if not is_part or all(isinstance(way, Refusal) for way in ways):
        ways.insert(0, alone)
    return max(ways, key=lambda way: (is_answered(way), _confidence(way)))


def _is_of(asked: Question, answer: Answer) -> bool:
    """Return whether an answer is told of what is *asked*, or isn't told as one."""
    told = shown(answer)[:1] if is_answered(answer) else ()
    return all(covers(one.passage.text, asked) for one in told)


def _confidence(answer: Answer) -> float:
    return next((one.confidence for one in shown(answer)), 0.0)


def _first(answer: Answer) -> int | None:
    return next((one.passage.number for one in shown(answer)), None)


def joined(answerer: Answerer, asked: Question, before: str) -> tuple[Question, Answer]:
    """Return both questions in one, the one before without its countries, and the answer to it."""
    if not countries_named(asked.words):
        both = read_question(f"{asked.text} {before}")
        return both, answerer.searched(both, corrected=asked)
    others = without_places(read_question(before).words)
    both = read_question(f"{asked.text} {' '.join(word.written for word in others)}")
    return both, answerer.answer(both)


def turn_after(question: str | Question, answer: Answer, before: Turn) -> Turn:
    """Return the turn that *question* and its *answer* make after *before*."""
    text, found = read_question(question).text, shown(answer)
    is_talk = isinstance(answer, SmallTalk)
    return Turn(
        question=before.question if is_talk or not text else text,
        passage=found[0].passage.number if found else before.passage,
        further=before.further if is_talk and answer is not SmallTalk.ENOUGH else rest(answer),
        refusals=before.refusals + 1 if isinstance(answer, Guess | Refusal) else 0,
    )


def rest(answer: Answer) -> Passages | Guess | None:
    """Return the answer without its beginning, None where nothing is left."""
    if not isinstance(answer, Passages | Guess):
        return None
    left = answer.found[len(shown(beginning(answer))) :]
    if not left:
        return None
    return Passages(left) if isinstance(answer, Passages) else Guess(left)


def answer_about(answerer: Answerer, question: str | Question, passage: int) -> Answer:
    """Return the answer to *question* asked about the passage with this number.

    The passage is shown where it answers, unless the question names something else that does.
    """
    asked = read_question(question)
    answer = answerer.answer(asked)
    if _asks_anew(answer) or (is_answered(answer) and not asked.points_back):
        return answer
    return answerer.search.within(passage, asked) or answer


def _asks_anew(answer: Answer) -> bool:
    """Return whether an answer belongs to a question that leans on nothing said before."""
    is_header = any(one.passage.is_header for one in shown(answer))
    return is_header or isinstance(answer, SmallTalk | Listed | Unmentioned)
