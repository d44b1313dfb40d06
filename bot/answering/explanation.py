"""Explanations: why a question was answered as it was, for whoever looks after an article."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from bot import reasons
from bot.answering.answerer import Answerer
from bot.answering.answers import KINDS, Answer, shown
from bot.answering.conversation import Turn, answer_after, joined
from bot.answering.search import ANSWERED, ANSWERED_WITHIN, GUESSED
from bot.question import Question, read_question
from bot.retrieval import Hit
from bot.retrieval.vocabulary import Match

_BEST = 5


@dataclass(frozen=True)
class Explanation:
    """Why a question was answered as it was, beside what a search finds."""

    question: str  # with the one before where both were read together
    way: str  # how the answer was come by, a key of `reasons.WAYS`
    kind: str  # the answer's, as `as_json` names it
    confidence: float  # the answer's, of a refusal the best passage's
    answered_from: float  # the confidence from which on it is told as the answer
    guessed_from: float  # and as the closest
    asked_for: str | None  # the kind of thing, None where words don't tell
    found: Mapping[int, Sequence[str]]  # of that kind, by the place of the passage
    words: Sequence[Match]  # those that tell what is asked
    passages: Sequence[Hit]  # the best five
    places: Sequence[int]  # of these, each in its article from 1

    def as_object(self) -> dict[str, object]:
        """Return it as an object for programs and pages."""
        hits = zip(self.passages, self.places, strict=True)
        numbered = [{"number": one.index + 1, "place": at} | asdict(one) for one, at in hits]
        said = {"lines": self.lines, "words_said": self.words_said, "passages": numbered}
        return asdict(self) | said

    @property
    def words_said(self) -> list[str]:
        """What each word is to the article."""
        return [reasons.asked_word(w.word, w.correction, w.stems, w.credit) for w in self.words]

    @property
    def lines(self) -> list[str]:
        """What there is to say beside the words and passages."""
        sure = reasons.how_sure(self.confidence, self.answered_from, self.guessed_from)
        best = max((one.confidence for one in self.passages), default=0.0)
        sure += reasons.DOUBTED if self.way == "search" and self.confidence < best else ""
        is_weighed = self.way in ("search", "within", "named")
        kind = [reasons.kind_found(self.asked_for, self.found)] if self.asked_for else []
        return [reasons.WAYS[self.way], *([sure] if is_weighed else []), *kind]


def explanation(answerer: Answerer, question: str | Question, before: Turn) -> Explanation:
    """Return why *question* asked after *before* is answered as it is."""
    asked = read_question(question)
    if asked.wants_more and before.question:
        return explanation(answerer, before.question, Turn())
    answer, _ = answer_after(answerer, asked, before)
    way, alone = answerer.answered(asked)
    if answer == alone:
        return explained(answerer, answer, way, asked)
    both, answer_to_both = joined(answerer, asked, before.question)
    way, read = ("search", both) if answer == answer_to_both else ("within", asked)
    return explained(answerer, answer, way, read)


def explained(answerer: Answerer, answer: Answer, way: str, asked: Question) -> Explanation:
    """Return why a question got an *answer* that was come by in a *way*."""
    words, hits = answerer.weighed(asked, _BEST)
    passages = [answerer.article.passage(hit.index + 1) for hit in hits]
    places = [answerer.article.article_of(one.number).own_number(one) for one in passages]
    told = [asked.facts_in(one.text) for one in passages]
    return Explanation(
        asked.text,
        way,
        KINDS[type(answer)],
        next((one.confidence for one in shown(answer) or hits), 0.0),
        ANSWERED_WITHIN if way == "within" else ANSWERED,
        GUESSED,
        asked.kind.value if asked.kind else None,
        {place: facts for place, facts in zip(places, told, strict=True) if facts},
        words,
        hits,
        places,
    )
