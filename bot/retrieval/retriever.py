"""The retriever: a question in, the best-matching passages out."""

import math
import re
from collections.abc import Callable, Mapping, Sequence
from itertools import chain

import numpy as np

from bot.language.facts import Kind, tells_reason
from bot.language.languages import ENGLISH, language_of
from bot.language.sentences import bounds, clauses, cut
from bot.question import Question, read_question
from bot.retrieval.confidence import (
    Candidate,
    confidence_by_meaning,
    confidence_by_words,
    covers,
    foreign_confidence,
    signals,
)
from bot.retrieval.hit import Hit
from bot.retrieval.kept import kept_vectors, name_of
from bot.retrieval.languages import Multilingual
from bot.retrieval.loading import default_model, give_back_memory
from bot.retrieval.meaning import Meaning, Sentenced
from bot.retrieval.model import PACKAGED, Model
from bot.retrieval.qdrant import QdrantMeaning
from bot.retrieval.ranking import VIEWS, Among, Asked, by_meaning, by_words
from bot.retrieval.vocabulary import Match
from bot.retrieval.words import Words

# What the key sentence gains by a number or a date that is asked for, and by its MaxSim.
KEY_KIND, KEY_MAXSIM = 1.0, 20.0
KEY_KINDS = (Kind.NUMBER, Kind.MEASURE, Kind.AGE, Kind.DATE)
# What clauses gain by what is asked for, beside the share of the question that they cover: of long
# sentences with an answer .784 then have it marked on squad2-dev, .762 without; of those that
# answer why .68 instead of .61.
MARK_KIND, MARK_REASON = 0.3, 1.5
# So many passages at least, from all over the text, tell which language it is in.
_TELLING = 16
# How fast a passage's chance falls with its distance from the best score, by words alone.
SHARPNESS = 1.83


class Retriever:
    """Finds the passages that match a question, by their words and by what they mean."""

    def __init__(
        self,
        passages: Sequence[str],
        headings: Mapping[int, str] | None = None,
        known_by: Mapping[int, str] | None = None,
        synonyms: Mapping[str, Sequence[str]] | None = None,
        *,
        by_words_alone: bool = False,
    ) -> None:
        """Index *passages*.

        Args:
            passages: Their texts.
            headings: What stands above a passage, by its index.
            known_by: Words that a passage is asked for by beyond its own, by its index.
            synonyms: The passages' words for words that they may lack.
            by_words_alone: What they mean is left out, or read later.

        Raises:
            ValueError: There is no passage.
        """
        if not passages:
            raise ValueError("a retriever needs at least one passage")
        self._passages = passages
        # The first of several articles may be in another language than the others.
        self.language = language_of(" ".join(passages[:: 1 + len(passages) // _TELLING]))
        self._headings, self._known_by = headings or {}, known_by or {}
        # Kept as texts of their own, sentences would take as much memory as all else.
        cuts = list(map(bounds, passages))
        self._cuts = np.array([*chain.from_iterable(cuts)], np.int32)
        self._firsts = np.cumsum([0, *map(len, cuts)])
        self._words = Words(self._read(), self._known_by, synonyms or {}, self.language)
        # The counts are no longer needed.
        give_back_memory()
        self._meaning: Meaning | QdrantMeaning | None = None
        self._foreign: Meaning | None = None
        model = None if by_words_alone else default_model()
        if model:
            self.read_meaning(model)

    def _sentences(self, index: int) -> list[str]:
        """Return the sentences of a passage, at least one, behind its heading if it has one."""
        text, cuts = self._passages[index], self._cuts[slice(*self._firsts[index : index + 2])]
        own = cut(text, cuts.tolist()) or [text]
        return [self._headings[index], *own] if self._headings.get(index) else own

    def _read(self) -> list[list[str]]:
        return list(map(self._sentences, range(len(self._passages))))

    @property
    def is_by_words_alone(self) -> bool:
        """Whether it doesn't know, or not yet, what the passages mean."""
        return not (self._meaning or self._foreign)

    @property
    def is_multilingual(self) -> bool:
        """Whether it knows what questions mean in other languages than English."""
        return self._foreign is not None

    def read_meaning(
        self, model: Model, told: Callable[[int], None] = lambda _: None, qdrant: str = ""
    ) -> None:
        """Read what the passages mean, from now on beside their words.

        After each that has to be read *told* is called with how many have been. The packaged model
        reads none but English ones: of others it tells nothing that is so.
        """
        if self.language != ENGLISH and model.name == PACKAGED:
            return
        known_by = (self._known_by.get(index, "") for index in range(len(self._passages)))
        passages = list(map(Sentenced, self._read(), known_by))
        if qdrant:
            server = QdrantMeaning(model, qdrant, f"article-bot-{name_of(model, passages)}")
            server.read(passages, self._words.postings.by_document(), told)
            self._meaning = server
        else:
            self._meaning = Meaning(model, kept_vectors(model, passages, told))

    def read_for_foreigners(
        self, model: Multilingual, told: Callable[[int], None] = lambda _: None
    ) -> None:
        """Read what the passages mean to questions in other languages than English."""
        passages = list(map(Sentenced, self._read()))
        self._foreign = Meaning(model, kept_vectors(model, passages, told))

    def search(
        self, question: str | Question, top_k: int = 3, among: range | None = None
    ) -> list[Hit]:
        """Return the *top_k* passages that match *question* best, best first.

        Of all or of those with the indices *among*. There are fewer where fewer match, and none
        where no word of the question is known.
        """
        asked = self._asked(read_question(question), among)
        ranked = np.argsort(-asked.scores, kind="stable")[:top_k]
        if not asked.scores[ranked[0]] > 0:
            return []
        sure, best = self._confidence(int(ranked[0]), asked), float(asked.scores[ranked[0]])
        return [
            self._hit(int(place), asked, sure * _chance(asked, int(place), best))
            for place in ranked
            if asked.scores[place] > 0
        ]

    def within(self, index: int, question: str | Question) -> Hit:
        """Return how one passage answers a *question* that is asked about it.

        Its confidence is 1 where it has the number or the date asked for, and all else that the
        question says.
        """
        asked = self._asked(read_question(question), index=index)
        place = int(np.searchsorted(asked.candidates, index))
        text = self._passages[index]
        has_kind = asked.question.kind in KEY_KINDS and asked.question.has_kind(text)
        is_told = has_kind and covers(text, asked.question)
        return self._hit(place, asked, 1.0 if is_told else self._confidence(place, asked))

    def sharing(self, question: str | Question) -> set[int]:
        """Return the indices of the passages that have a word of *question*."""
        scores = self._words.query(read_question(question)).scores
        return set(np.flatnonzero(scores).tolist())

    def matches(self, question: Question) -> list[Match]:
        """Return what the words that tell what *question* asks stand for in the passages."""
        return self._words.matches(question)

    def _asked(self, question: Question, some: range | None = None, index: int = 0) -> Asked:
        """Return *question* held against *some* passages or all, in any case the one at *index*."""
        query, among = self._words.query(question), Among(some or range(len(self._passages)), index)
        # Another thread may bring the meaning meanwhile.
        foreign = self._foreign if self._foreign and question.is_foreign else None
        meaning = foreign or (self._meaning if question.tokens else None)
        corrected = question if foreign else _corrected(question, query.corrections)
        asked = meaning and by_meaning(self._words, meaning, corrected, query, among)
        if not asked:
            return by_words(self._words, question, query, among)
        return asked._replace(is_foreign=bool(foreign))

    def _hit(self, place: int, asked: Asked, confidence: float) -> Hit:
        index, score = int(asked.candidates[place]), float(asked.scores[place])
        key_sentence = self._key_sentence(place, asked)
        mark = self._mark(key_sentence, asked)
        views = dict(zip(VIEWS, asked.views[:, place].tolist(), strict=False))
        return Hit(index, score, confidence, key_sentence, mark, views)

    def _confidence(self, place: int, asked: Asked) -> float:
        index = int(asked.candidates[place])
        if asked.likeness and asked.is_foreign:
            return foreign_confidence(float(asked.likeness.best_cosines[place]))
        if asked.likeness:
            strange = {one.word for one in asked.words.matches if not one.stems}
            sentences = self._sentences(index)
            likeness, own = asked.likeness, asked.shared.of_passage(place)
            closest = sentences[int(likeness.sentences[own].argmax())]
            passage = Candidate(place, " ".join(sentences), closest)
            return confidence_by_meaning(signals(asked.question, likeness, passage, strange))
        has_kind = asked.question.has_kind(self._passages[index])
        return confidence_by_words(self._words.coverage(index, asked.words), has_kind)

    def _key_sentence(self, place: int, asked: Asked) -> str:
        index = int(asked.candidates[place])
        candidates, own = self._sentences(index), asked.shared.of_passage(place)
        scores = self._words.key_scores(index, asked.words, asked.shared.letters[own])
        if asked.likeness:
            scores = scores + KEY_MAXSIM * asked.likeness.sentences[own]
        if asked.question.kind in KEY_KINDS:
            scores = scores + KEY_KIND * np.array(list(map(asked.question.has_kind, candidates)))
        # The heading is read but not shown.
        first = 1 if self._headings.get(index) else 0
        return candidates[first + int(scores[first:].argmax())]

    def _mark(self, sentence: str, asked: Asked) -> str:
        def worth(clause: str) -> float:
            has_kind = asked.question.kind is not None and asked.question.has_kind(clause)
            has_reason = asked.question.asks_reason and tells_reason(clause)
            gained = MARK_KIND * has_kind + MARK_REASON * has_reason
            return self._words.share(clause, asked.words) + gained

        return max(clauses(sentence), key=worth, default=sentence)


def _chance(asked: Asked, place: int, best: float) -> float:
    """Return how likely a passage answers against the best: a softmax over the scores."""
    behind = float(asked.scores[place]) - best
    if asked.likeness:
        return math.exp(behind)
    is_told = asked.words.scores[asked.candidates[place]] > 0
    return math.exp(SHARPNESS * behind / math.sqrt(best)) if is_told else 0.0


def _corrected(question: Question, words: Mapping[str, str]) -> Question:
    """Return *question* with its misspelt words as the article writes them."""
    if not words:
        return question
    right = re.sub(r"[^\W\d_]+", lambda one: words.get(one[0].casefold(), one[0]), question.text)
    return read_question(right)
