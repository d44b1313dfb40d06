"""A run: every question of a set put to the retriever, or to the bot as a person would."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from random import Random
from statistics import fmean, median
from time import perf_counter

from bot.answering.answerer import Answerer
from bot.answering.answers import Answer, Found, Listed, is_answered, shown
from bot.evaluation.measures import (
    Rank,
    area_under_curve,
    false_answers,
    mean_reciprocal_rank,
    success,
)
from bot.evaluation.questions import Question, QuestionSet
from bot.question.smalltalk import SmallTalk
from bot.retrieval.retriever import Hit, Retriever

DEPTH = 10
SOCIAL = "social"


@dataclass(frozen=True)
class Retrieved:
    """What the retriever found for a question.

    Attributes:
        question: The question.
        rank: The rank of the first passage that answers.
        key_sentence: Whether that passage's key sentence holds the answer, None where the
            passage wasn't found or no answer is known.
        confidence: That of the first hit, 0 where there is none.
        seconds: How long the search took.
    """

    question: Question
    rank: Rank
    key_sentence: bool | None
    confidence: float
    seconds: float


@dataclass(frozen=True)
class Shown:
    """What the bot showed for a question.

    Attributes:
        question: The question.
        rank: The rank of the first shown passage that answers, a guess among them.
        answered: Whether a passage was shown as an answer.
        replied: Whether it got a right passage, or a refusal or small talk as it should.
    """

    question: Question
    rank: Rank
    answered: bool
    replied: bool


def retrieve(
    retriever: Retriever, paragraphs: Sequence[int], question: Question, asked: str
) -> Retrieved:
    """Put *question*, worded as *asked*, to *retriever*, whose passages stand in *paragraphs*."""
    start = perf_counter()
    hits = retriever.search(asked, DEPTH)
    seconds = perf_counter() - start
    right = [hit for hit in hits if paragraphs[hit.index] in question.paragraphs]
    return Retrieved(
        question,
        hits.index(right[0]) + 1 if right else None,
        _holds_answer(right, question),
        hits[0].confidence if hits else 0.0,
        seconds,
    )


def _holds_answer(right: Sequence[Hit], question: Question) -> bool | None:
    if not right or not question.answers:
        return None
    return any(answer in right[0].key_sentence for answer in question.answers)


def show(answerer: Answerer, question: Question) -> Shown:
    """Ask *answerer* as a person would."""
    answer = answerer.answer(question.text)
    answered = is_answered(answer)
    found = shown(answer)
    ranks = (rank for rank, one in enumerate(found, start=1) if _is_right(one, question))
    rank = next(ranks, None)
    if question.kind == SOCIAL:
        replied = isinstance(answer, SmallTalk)
    else:
        replied = _is_complete(answer, question) if question.paragraphs else not answered
    return Shown(question, rank, answered, replied)


def _is_complete(answer: Answer, question: Question) -> bool:
    """Return whether a right passage is shown, and with it all that must be."""
    found = shown(answer)
    topics = answer.topics if isinstance(answer, Listed) else ()
    told = "\n".join([*(one.passage.text for one in found), *(topic.name for topic in topics)])
    is_right = any(_is_right(one, question) for one in found)
    return is_right and all(one in told for one in question.must_include)


def _is_right(found: Found, question: Question) -> bool:
    in_place = found.passage.paragraph in question.paragraphs
    return in_place and any(answer in found.passage.text for answer in question.answers or ("",))


def retrieval_figures(
    proper: Sequence[Retrieved], foreign: Sequence[Retrieved]
) -> dict[str, float]:
    """Return each measure of a run by its name; those of refusal only where it has *foreign*."""
    ranks = [one.rank for one in proper]
    key_sentences = [one.key_sentence for one in proper if one.key_sentence is not None]
    figures = {
        "success@1": success(ranks, 1),
        "success@3": success(ranks, 3),
        f"MRR@{DEPTH}": mean_reciprocal_rank(ranks, DEPTH),
    }
    if key_sentences:
        figures["key sentence"] = fmean(key_sentences)
    if foreign:
        confidences = [one.confidence for one in proper], [one.confidence for one in foreign]
        figures["AUC"] = area_under_curve(*confidences)
        figures["false answers"] = false_answers(*confidences)
    figures["ms"] = 1000 * median(one.seconds for one in proper)
    return figures


def run_sets(
    sets: Sequence[QuestionSet], change: Callable[[str], str], random: Random
) -> tuple[list[Retrieved], list[Retrieved]]:
    """Put every question to a retriever over its article's passages.

    Args:
        sets: The question sets.
        change: What is done to a question's text before it is asked.
        random: Draws the foreign questions.

    Returns:
        What was found for the questions that a passage answers, and for foreign ones: those the
        article doesn't answer and, where there are other articles, as many drawn from theirs.
    """
    proper: list[Retrieved] = []
    foreign: list[Retrieved] = []
    for one in sets:
        search = partial(retrieve, Retriever(one.passages), one.paragraphs)
        passages = frozenset(one.paragraphs)
        answered = [question for question in one.questions if question.paragraphs & passages]
        others = [q for other in sets if other is not one for q in other.questions]
        strange = [q for q in one.questions if not q.paragraphs and q.kind != SOCIAL]
        strange += random.sample(others, min(len(answered), len(others)))
        proper += [search(question, change(question.text)) for question in answered]
        foreign += [search(question, change(question.text)) for question in strange]
    return proper, foreign
