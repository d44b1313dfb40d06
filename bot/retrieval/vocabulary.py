"""An article's vocabulary: which of its words the words of a question stand for."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.language.languages import Language
from bot.language.rarity import frequency, is_common, rarity

# Two of eight letters may be wrong, one of four: measured on squad2-dev with one typing error a
# question; lower, names that the article lacks are bent to ones that it has.
_LEAST_SIMILARITY = 0.75
_LEAST_LETTERS = 4
# Egyptian and Egypt: a common beginning of five letters, at most three more in one of them.
_LEAST_COMMON_LETTERS = 5
_MOST_FURTHER_LETTERS = 3
_DERIVED_CREDIT = 0.7
_SYNONYM_CREDIT = 0.9
# Of a large text, so that it starts soon: how many of its words are worked out ahead, and among how
# many neighbouring words those are looked for that a question writes as one.
_MOST_OWN, _MOST_COMPOUNDS = 1_000, 10_000


@dataclass(frozen=True)
class Match:
    """What a word of a question stands for in the article."""

    word: str  # as it was asked, folded
    stems: tuple[str, ...]  # the article's, none where it lacks the word
    credit: float  # how surely: 1 for the very word, 0 where there are no stems
    rarity: float  # in general English
    # In the article and in general English, smoothed by a half; negative where it has it less.
    log_likelihood_ratio: float
    correction: str = ""  # the article's word where the asked one looks misspelt


class Vocabulary:
    """The words of an article."""

    def __init__(
        self,
        passages: Iterable[Sequence[str]],
        words: Mapping[str, int],
        synonyms: Mapping[str, Sequence[str]],
        language: Language,
    ) -> None:
        """Collect the words of an article, given the tokens of its *passages*.

        Its different *words* are given with how often they stand there, and as *synonyms* those for
        words that it may lack.
        """
        self._synonyms, self._language, stem = synonyms, language, language.stem
        self._counts: Counter[str] = Counter()
        terms = {word: stem(word) for word in words}
        for word, times in words.items():
            self._counts[terms[word]] += times
        self._size = max(self._counts.total(), 1)
        self._by_beginning: dict[str, list[str]] = defaultdict(list)
        for term in self._counts:
            if len(term) >= _LEAST_COMMON_LETTERS:
                self._by_beginning[term[:_LEAST_COMMON_LETTERS]].append(term)
        self._compounds = dict(islice(_compounds(passages, terms, language), _MOST_COMPOUNDS))
        # What the article's own words mean is asked for most and takes longest to work out.
        own = islice(words, _MOST_OWN)
        self._own = {word: self._meant(word, (terms[word],), 1.0) for word in own}
        self._by_length: dict[int, list[str]] = defaultdict(list)
        # A misspelt stop word is none of the article's, so these stand last, for want of better.
        stop_words = language.stop_words
        told = (word for word in words if word not in stop_words)
        for word in dict.fromkeys([*told, *self._compounds, *sorted(stop_words)]):
            if len(word) >= _LEAST_LETTERS:
                for length in (len(word) - 1, len(word), len(word) + 1):
                    self._by_length[length].append(word)

    def matches(self, content: Iterable[str]) -> list[Match]:
        """Return what each token of a question's *content* stands for; no misspelt stop words."""
        found = (self._own.get(word) or self._match(word) for word in content)
        return [match for match in found if match.correction not in self._language.stop_words]

    def _match(self, word: str) -> Match:
        term = self._language.stem(word)
        if term in self._counts:
            return self._meant(word, (term,), 1.0)
        if word in self._compounds:
            return self._meant(word, self._compounds[word], 1.0)
        if self._synonyms.get(word):
            meant = dict.fromkeys(self._language.stems(self._synonyms[word]))
            return self._meant(word, tuple(meant), _SYNONYM_CREDIT)
        found = None if word[0].isdigit() else self._misspelt(word) or self._derived(word, term)
        return found or self._meant(word, (), 0.0)

    def _misspelt(self, word: str) -> Match | None:
        if len(word) < _LEAST_LETTERS or is_common(word):
            return None
        near = self._by_length.get(len(word), ())
        scorer = OSA.normalized_similarity
        found = process.extractOne(word, near, scorer=scorer, score_cutoff=_LEAST_SIMILARITY)
        if not found:
            return None
        correction, similarity, _ = found
        meant = self._compounds.get(correction) or (self._language.stem(correction),)
        return self._meant(word, meant, similarity, correction)

    def _derived(self, word: str, term: str) -> Match | None:
        if len(term) < _LEAST_COMMON_LETTERS:
            return None
        likely = self._by_beginning.get(term[:_LEAST_COMMON_LETTERS], ())
        near = [one for one in likely if one.startswith(term) or term.startswith(one)]
        closest = min(near, key=lambda one: abs(len(one) - len(term)), default="")
        if not closest or abs(len(closest) - len(term)) > _MOST_FURTHER_LETTERS:
            return None
        return self._meant(word, (closest,), _DERIVED_CREDIT)

    def _meant(
        self, word: str, meant: tuple[str, ...], credit: float, correction: str = ""
    ) -> Match:
        occurrences = max((self._counts[term] for term in meant), default=0)
        ratio = credit * occurrences / self._size / frequency(word)
        likelihood = math.log(0.5 + 0.5 * ratio)
        return Match(word, meant, credit, rarity(word), likelihood, correction)


def _compounds(
    passages: Iterable[Sequence[str]], terms: Mapping[str, str], language: Language
) -> Iterable[tuple[str, tuple[str, ...]]]:
    """Return neighbouring words written as one, such as opensource for open-source."""
    for passage in passages:
        for first, second in pairwise(passage):
            if language.stop_words.isdisjoint((first, second)):
                yield first + second, (terms[first], terms[second])
