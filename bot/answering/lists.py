"""Lists: what an article speaks of, all of it or what has to do with some places."""

from collections.abc import Sequence

from bot.answering.answers import (
    MAX_PASSAGES_OF_ALL,
    Found,
    Listed,
    Passages,
    Unmentioned,
    is_answered,
)
from bot.answering.search import Search
from bot.article import Article, Passage
from bot.language.sentences import clauses
from bot.question import Question, read_question
from bot.question.listings import Listing, asks_partners
from bot.topics import Topic, Topics
from bot.topics.countries import without_places
from bot.topics.known import Place

# Of these the passages are shown at once.
_SHOWN = (Listing.PHOTOS, Listing.EMAILS, Listing.PHONES)


class Lists:
    """Answers with lists, and with the passages about their entries."""

    def __init__(self, article: Article, topics: Topics, search: Search) -> None:
        self._article = article
        self._topics = topics
        self._search = search

    def listed(self, listing: Listing, text: str = "") -> Passages | Listed | Unmentioned:
        """Return a list, narrowed to the places that *text* names, as `Listed.places` does."""
        asked = read_question(f"{listing.value} {text}")
        return self._listed(listing, _beyond_places(asked), self._topics.named(asked.words))

    def every(self, listing: Listing, places: Sequence[Place] = ()) -> Listed:
        """Return a list, whole or narrowed to *places*."""
        named = ", ".join(place.name for place in places)
        return self._of(listing, self._topics.listed(listing, places), named)

    def about(self, listing: Listing, key: str) -> Passages | None:
        """Return the passages about one topic of a list, best first, None where there is none."""
        topic = self._topics.find(listing, key)
        if not topic:
            return None
        is_in_order = listing is Listing.ARTICLES
        found = [] if is_in_order else self._search.best(topic.name, len(self._article.passages))
        best = [one for one in found if one.passage.number in topic.passages]
        missed = set(topic.passages) - {one.passage.number for one in best}
        rest = [whole(self._article.passage(number), [topic.name]) for number in sorted(missed)]
        return Passages(tuple([*best, *rest][:MAX_PASSAGES_OF_ALL]))

    def main(self) -> Listed | None:
        """Return the projects that the article names, else the countries, None without either."""
        lists = (self.every(one) for one in (Listing.PROJECTS, Listing.COUNTRIES))
        return next(filter(is_answered, lists), None)

    def of_places(
        self, asked: Question, places: Sequence[Place]
    ) -> Passages | Listed | Unmentioned | None:
        """Return the answer to a question for a list, or for nothing but the *places* it names."""
        rest = _beyond_places(asked) if places else asked
        if rest.listing or (places and asks_partners(rest.tokens)):
            return self._listed(rest.listing or Listing.COUNTRIES, rest, places)
        unmentioned = self._unmentioned(places)
        if unmentioned or not places or not rest.is_empty or asked.kind:
            return unmentioned
        topics = self._topics.listed(Listing.COUNTRIES, self._topics.specific(places))
        only = self.about(Listing.COUNTRIES, topics[0].key) if len(topics) == 1 else None
        return only or self.every(Listing.COUNTRIES, places)

    def _listed(
        self, listing: Listing, asked: Question, places: Sequence[Place]
    ) -> Passages | Listed | Unmentioned:
        """Return a list of what has to do with *places*, or of what is *asked* beside them."""
        unmentioned = self._unmentioned(places)
        if unmentioned and len(unmentioned.places) == len(places):
            return unmentioned
        listed = self.every(listing, places)
        if places and asked.excludes:
            every = self._topics.listed(listing)
            others = [one for one in every if one not in listed.topics]
            listed = self._of(listing, others, f"besides {listed.places}")
        elif places and listing is Listing.COUNTRIES and asks_partners(asked.tokens):
            listed = self._of(listing, self._topics.beside(places), f"with {listed.places}")
        if listing in _SHOWN and listed.found:
            return Passages(listed.found[:MAX_PASSAGES_OF_ALL])
        return listed

    def _of(self, listing: Listing, topics: Sequence[Topic], places: str) -> Listed:
        numbers = sorted({number for topic in topics for number in topic.passages})
        names = [topic.name for topic in topics]
        found = tuple(whole(self._article.passage(number), names) for number in numbers)
        return Listed(listing, tuple(topics), places, found)

    def _unmentioned(self, places: Sequence[Place]) -> Unmentioned | None:
        """Return that the article lacks some of *places*, None where it mentions them all."""
        lacking = tuple(place.written for place in self._topics.lacking(places))
        countries = self._topics.listed(Listing.COUNTRIES)
        return Unmentioned(lacking, tuple(countries)) if lacking else None


def _beyond_places(asked: Question) -> Question:
    return Question(asked.text, tuple(without_places(asked.words)))


def whole(passage: Passage, names: Sequence[str] = ()) -> Found:
    """Return a passage that answers for certain, marked where it has one of *names*."""

    def is_naming(text: str) -> bool:
        return any(name and name in text for name in names)

    sentence = next(filter(is_naming, passage.sentences), passage.sentences[0])
    return Found(passage, max(filter(is_naming, clauses(sentence)), key=len, default=sentence))
