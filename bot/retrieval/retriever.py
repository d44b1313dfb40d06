"""The retriever: a question in, the best-matching passages out."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest

from bot.language.facts import Facts, Kind
from bot.language.sentences import sentences
from bot.question import Question, read_question
from bot.retrieval.confidence import confidence
from bot.retrieval.words import WordQuery, Words

# What the key sentence gains by a number or a date that is asked for.
KEY_KIND = 1.0
KEY_KINDS = (Kind.NUMBER, Kind.MEASURE, Kind.DATE)
# How fast a passage's chance falls with its distance from the best score.
SHARPNESS = 1.83


@dataclass(frozen=True)
class Hit:
    """A passage that matches a question.

    Attributes:
        index: Its place among the passages, from 0.
        score: How well it matches, higher is better, 0 when nothing does.
        confidence: How likely it answers, 0 to 1.
        key_sentence: The sentence of it that answers best.
    """

    index: int
    score: float
    confidence: float
    key_sentence: str


class Retriever:
    """Finds the passages that match a question."""

    def __init__(
        self,
        passages: Sequence[str],
        known_by: Mapping[int, str] | None = None,
        synonyms: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        """Index *passages*.

        Args:
            passages: Their texts.
            known_by: For the index of a passage words that are asked for it beyond its own.
            synonyms: For words that the passages may lack the words that they have for them.

        Raises:
            ValueError: There is no passage.
        """
        if not passages:
            raise ValueError("a retriever needs at least one passage")
        self._passages = passages
        self._sentences = [sentences(text) or [text] for text in passages]
        self._words = Words(self._sentences, known_by or {}, synonyms or {})

    def search(self, question: str | Question, top_k: int = 3) -> list[Hit]:
        """Return the *top_k* passages that match *question* best, best first.

        There are fewer where fewer match, and none where no word of the question is known.
        """
        asked = read_question(question)
        query = self._words.query(asked)
        if not any(match.stems or match.related for match in query.matches):
            return []
        by_words = self._words.by_words(query)
        scores = (by_words + self._words.by_letters(query)).tolist()
        ranked = nlargest(top_k, range(len(scores)), scores.__getitem__)
        best = scores[ranked[0]]
        sure = self._confidence(ranked[0], asked, query)
        return [
            Hit(
                index,
                scores[index],
                sure * _chance(scores[index], best) if by_words[index] else 0.0,
                self._key_sentence(index, asked, query),
            )
            for index in ranked
            if scores[index] > 0
        ]

    def within(self, index: int, question: str | Question) -> Hit:
        """Return how one passage answers a *question* that is asked about it.

        Its confidence is 1 where it has the number or the date asked for: whatever else the
        question says, it says of the passage.
        """
        asked = read_question(question)
        query = self._words.query(asked)
        has_kind = asked.kind in KEY_KINDS and self._has_kind(index, asked)
        sure = 1.0 if has_kind else self._confidence(index, asked, query)
        score = float(self._words.by_words(query)[index])
        return Hit(index, score, sure, self._key_sentence(index, asked, query))

    def corrections(self, question: Question) -> list[str]:
        """Return the article's words that misspelt ones of *question* are taken for."""
        matches = self._words.query(question).matches
        return [match.correction for match in matches if match.correction]

    def _confidence(self, index: int, asked: Question, query: WordQuery) -> float:
        has_kind = not asked.kind or self._has_kind(index, asked)
        return confidence(self._words.coverage(index, query), has_kind)

    def _has_kind(self, index: int, asked: Question) -> bool:
        return asked.kind is not None and Facts(self._passages[index]).answer(
            asked.kind, asked.text
        )

    def _key_sentence(self, index: int, asked: Question, query: WordQuery) -> str:
        candidates = self._sentences[index]
        scores: list[float] = self._words.key_scores(index, query).tolist()
        if asked.kind in KEY_KINDS:
            for place, one in enumerate(candidates):
                scores[place] += KEY_KIND * Facts(one).answer(asked.kind, asked.text)
        return candidates[scores.index(max(scores))]


def _chance(score: float, best: float) -> float:
    """Return how likely a passage answers against the best: a softmax over the scores."""
    return math.exp(SHARPNESS * (score - best) / math.sqrt(best))
