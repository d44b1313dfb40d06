"""Answering: a question in; passages, a refusal or small talk out."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import assert_never

from bot.about import Aspect, asked_aspect
from bot.article import Article, Passage
from bot.examples import example_questions
from bot.retriever import Hit, Retriever
from bot.smalltalk import SmallTalk, small_talk

MAX_PASSAGES = 3
EXAMPLES = 3
# What a caption is asked for by, whatever it says.
CAPTION_WORDS = "photo photograph photographed photographer picture image caption take took taken"
# The confidence is a probability: four times of five an answer should be one.
ANSWERED = 0.8
# And one time of ten a guess should help.
GUESSED = 0.1
# A further passage is shown when it is at least this likely, compared with the best one. On
# squad2-dev, a dozen passages at a time, the best one is right for 92 questions of 100, one of
# those shown, 1.3 on average, for 97.
ALSO_ANSWERS = 0.3


@dataclass(frozen=True)
class Found:
    """A passage that answers, or may answer, a question.

    Attributes:
        passage: The passage, whole; number 0 is the article's header.
        key_sentence: The sentence of it that answers best.
        score: How well it matches, higher is better.
        confidence: How likely it answers, 0 to 1.
    """

    passage: Passage
    key_sentence: str
    score: float
    confidence: float


@dataclass(frozen=True)
class Passages:
    """The article answers.

    Attributes:
        found: One to three passages, best first.
        corrections: Words in them that misspelt ones of the question were taken for.
    """

    found: tuple[Found, ...]
    corrections: tuple[str, ...] = ()


@dataclass(frozen=True)
class Refusal:
    """The article doesn't answer.

    Attributes:
        guess: The closest passage, None when it has nothing in common with the question.
    """

    guess: Found | None


Answer = Passages | Refusal | SmallTalk


def shown(answer: Answer) -> tuple[Found, ...]:
    """Return the passages that *answer* shows: those that answer, or the guess."""
    match answer:
        case Passages(found=found):
            return found
        case Refusal(guess):
            return (guess,) if guess else ()
        case SmallTalk():
            return ()
        case _:
            assert_never(answer)


class Answerer:
    """Answers questions about one article.

    Attributes:
        article: The article.
        examples: Up to three questions that it answers.
    """

    def __init__(self, article: Article) -> None:
        self.article = article
        self._retriever = Retriever(
            [passage.text for passage in article.passages],
            {
                passage.number - 1: CAPTION_WORDS
                for passage in article.passages
                if passage.is_caption
            },
        )
        self.examples = self._answered_examples()

    def answer(self, question: str) -> Answer:
        """Return what to show for *question*."""
        kind = small_talk(question)
        if kind:
            return kind
        aspect = asked_aspect(question, self.article.title)
        if aspect:
            return self._about(aspect)
        hits = self._retriever.search(question, MAX_PASSAGES)
        return self._decided([self._found(hit) for hit in hits], question)

    def _about(self, aspect: Aspect) -> Answer:
        header = self.article.header
        if aspect is Aspect.DATE and self.article.date is None:
            return Refusal(None)
        passages = [header]
        if aspect is Aspect.SUBJECT:
            passages.append(self.article.passages[0])
        return Passages(tuple(Found(p, p.sentences[0], 1.0, 1.0) for p in passages))

    def _found(self, hit: Hit) -> Found:
        passage = self.article.passages[hit.index]
        return Found(passage, hit.key_sentence, hit.score, hit.confidence)

    def _decided(self, found: list[Found], question: str) -> Answer:
        if not found or found[0].confidence < GUESSED:
            return Refusal(None)
        best = found[0]
        if best.confidence < ANSWERED:
            return Refusal(best)
        least = ALSO_ANSWERS * best.confidence
        several = tuple(one for one in found if one.confidence >= least)
        corrections = self._retriever.corrections(question).values()
        return Passages(several, tuple(_as_written(corrections, several)))

    def _answered_examples(self) -> tuple[str, ...]:
        questions = example_questions(self.article)
        answered = (q for q in questions if isinstance(self.answer(q), Passages))
        return tuple(islice(answered, EXAMPLES))


def _as_written(words: Iterable[str], found: Sequence[Found]) -> Iterator[str]:
    """Return those of *words* that stand in the passages, with the capitals they have there."""
    text = " ".join(one.passage.text for one in found)
    for word in words:
        match = re.search(rf"\b{re.escape(word)}\b", text, re.IGNORECASE)
        if match:
            yield match[0]
