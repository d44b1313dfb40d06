"""Answering: a question in; passages, a refusal or small talk out."""

from dataclasses import dataclass
from itertools import islice

from bot.about import Aspect, asked_aspect
from bot.article import Article, Passage
from bot.examples import example_questions
from bot.retriever import Hit, Retriever
from bot.smalltalk import SmallTalk, small_talk

MAX_PASSAGES = 3
EXAMPLES = 3
ANSWERED = 0.5
GUESSED = 0.25
# A further passage is shown when its confidence comes this near to the best one's.
ALSO_ANSWERS = 0.75


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
    """

    found: tuple[Found, ...]


@dataclass(frozen=True)
class Refusal:
    """The article doesn't answer.

    Attributes:
        guess: The closest passage, None when it has nothing in common with the question.
    """

    guess: Found | None


Answer = Passages | Refusal | SmallTalk


class Answerer:
    """Answers questions about one article.

    Attributes:
        article: The article.
        examples: Up to three questions that it answers.
    """

    def __init__(self, article: Article) -> None:
        self.article = article
        self._retriever = Retriever([passage.text for passage in article.passages])
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
        return self._decide([self._found(hit) for hit in hits])

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

    def _decide(self, found: list[Found]) -> Answer:
        if not found or found[0].confidence < GUESSED:
            return Refusal(None)
        best = found[0]
        if best.confidence < ANSWERED:
            return Refusal(best)
        return Passages(tuple(f for f in found if f.confidence >= ALSO_ANSWERS * best.confidence))

    def _answered_examples(self) -> tuple[str, ...]:
        questions = example_questions(self.article)
        answered = (q for q in questions if isinstance(self.answer(q), Passages))
        return tuple(islice(answered, EXAMPLES))
