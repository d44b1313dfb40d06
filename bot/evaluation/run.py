"""A run: questions put to the retriever or the bot, and what the answers are worth."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace
from math import ceil, inf
from random import Random
from statistics import fmean
from string import ascii_lowercase

from bot.answering.answerer import Answerer
from bot.answering.answers import Answer, Listed, is_answered, shown
from bot.answering.conversation import Turn, answer_after
from bot.evaluation.questions import SOCIAL, Question, QuestionSet
from bot.question.smalltalk import SmallTalk

Outcome = tuple[Question, Answer]


def to_search(own: QuestionSet, sets: Sequence[QuestionSet], random: Random) -> list[Question]:
    """Return what an article answers, what it doesn't, and as much drawn from the other *sets*."""
    article, questions = own
    answered = [q for q in questions if any(map(q.is_answered_by, article.passages))]
    strange = [q for q in questions if not q.paragraphs and q.kind != SOCIAL]
    others = [q for other in sets if other is not own for q in other[1]]
    drawn = random.sample(others, min(len(answered), len(others)))
    return answered + strange + [replace(q, paragraphs=frozenset()) for q in drawn]


def with_typo(text: str, random: Random) -> str:
    """Return *text* with a letter of one word of four or more swapped, lost, added or wrong."""
    words = list(re.finditer(r"[^\W\d_]{4,}", text))
    if not words:
        return text
    word = random.choice(words)
    place = word.start() + random.randrange(len(word[0]) - 1)
    first, second, letter = text[place], text[place + 1], random.choice(ascii_lowercase)
    typos = (second + first, second, first + letter + second, letter + second)
    wrong = [typo for typo in typos if typo != first + second]
    return text[:place] + random.choice(wrong) + text[place + 2 :]


def asked(answerer: Answerer, question: Question) -> Answer:
    """Return what is shown for a question, in a chat of its own."""
    turn = answer_after(answerer, question.after, Turn())[1] if question.after else Turn()
    return answer_after(answerer, question.text, turn)[0]


def is_right(question: Question, answer: Answer) -> bool:
    """Return whether the answer is told as such, and nothing is where the article has none."""
    if question.kind == SOCIAL:
        return isinstance(answer, SmallTalk)
    if not is_answered(answer):
        return not question.paragraphs
    if not question.listed:
        return any(question.is_answered_by(one.passage) for one in shown(answer)[:1])
    topics = answer.topics if isinstance(answer, Listed) else ()
    told = [one.passage.text for one in shown(answer)] + [topic.name for topic in topics]
    return all(any(one in text for text in told) for one in question.listed)


def figures(outcomes: Sequence[Outcome], names: Iterable[str]) -> dict[str, float]:
    """Return those measures of *names* that *outcomes* tell, and how many questions they are."""
    rows = [_measured(*one) for one in outcomes]
    told = {name: [row[name] for row in rows if name in row] for name in names}
    means = {name: fmean(values) for name, values in told.items() if values}
    proper = [row["confidence"] for row in rows if "success@1" in row]
    foreign = [row["confidence"] for row in rows if "success@1" not in row]
    if proper and foreign:
        means["AUC"] = area_under_curve(proper, foreign)
        means["false answers"] = false_answers(proper, foreign)
    return {"questions": len(proper or foreign)} | means


def _measured(question: Question, answer: Answer) -> dict[str, float]:
    found = shown(answer)
    told = {"confidence": found[0].confidence if found else 0.0}
    told |= {"sure and right": is_right(question, answer), "answered": is_answered(answer)}
    if question.paragraphs:
        ranks = [n for n, one in enumerate(found, 1) if question.is_answered_by(one.passage)]
        rank = next(iter(ranks), inf)
        told |= {f"success@{k}": rank <= k for k in (1, 3)} | {"MRR@10": 1 / rank}
        if ranks and question.answers:
            key_sentence = found[ranks[0] - 1].key_sentence
            told["key sentence"] = any(one in key_sentence for one in question.answers)
    return told


def area_under_curve(proper: Sequence[float], foreign: Sequence[float]) -> float:
    """Return how often a proper confidence is above a foreign one (Hanley & McNeil 1982)."""
    ordered = sorted(foreign)
    above = sum(bisect_left(ordered, one) + bisect_right(ordered, one) for one in proper)
    return above / 2 / (len(proper) * len(foreign))


def false_answers(proper: Sequence[float], foreign: Sequence[float]) -> float:
    """Return the share of foreign questions answered where 95 of 100 proper ones are."""
    threshold = sorted(proper, reverse=True)[ceil(0.95 * len(proper)) - 1]
    return fmean(one >= threshold for one in foreign)
