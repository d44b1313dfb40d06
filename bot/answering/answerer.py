"""The answerer: a question in; passages, a list, a refusal or small talk out."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

from bot.answering.answers import (
    EVEN_CHANCE,
    Answer,
    Found,
    Guess,
    Listed,
    Passages,
    Refusal,
    Unmentioned,
    answer_object,
    is_answered,
)
from bot.answering.examples import example_questions
from bot.article import Article, Passage
from bot.language.text import terms, words
from bot.question import Question, read_question
from bot.question.aspects import LAST, Aspect
from bot.question.listings import Listing
from bot.retrieval import Hit, Retriever
from bot.topics import Topic, Topics
from bot.topics.countries import without_places
from bot.topics.known import Place

EXAMPLES = 3
# What a caption is asked for by, whatever it says.
CAPTION_WORDS = "photo photograph photographed photographer picture image caption take took taken"
# The confidence is a probability: four times of five an answer should be one.
ANSWERED = 0.8
# Asked about one passage, what it can't say would be asked of another.
ANSWERED_WITHIN = 0.4
# And one time of ten a guess should help.
GUESSED = 0.1
# A further passage is shown when it is at least this likely, compared with the best one. On
# squad2-dev, a dozen passages at a time, the best one is right for 92 questions of 100, one of
# those shown, 1.3 on average, for 97.
ALSO_ANSWERS = 0.3
# Who asks for everything gets so many passages at most.
MAX_PASSAGES_OF_ALL = 8


class Answerer:
    """Answers questions about one article.

    Attributes:
        article: The article.
        examples: Up to three questions that it answers.
    """

    def __init__(self, article: Article) -> None:
        """Index *article*."""
        self.article = article
        self._topics = Topics(article)
        captions = [passage for passage in article.passages if passage.is_caption]
        self._retriever = Retriever(
            [passage.text for passage in article.passages],
            {caption.number - 1: CAPTION_WORDS for caption in captions},
            self._topics.synonyms(),
        )
        self.examples = self._answered_examples()

    def answer(self, question: str | Question) -> Answer:
        """Return what to show for *question*."""
        asked = read_question(question)
        places = self._topics.named(asked.words)
        return (
            asked.small_talk
            or self._of_article(asked, places)
            or self._of_places(asked, places)
            or self._of_parts(asked)
            or self._searched(asked, places)
        )

    def as_json(self, question: str | Question) -> dict[str, object]:
        """Return the answer to *question* as an object for programs.

        Its keys: question, answered, confidence (0 to 1), kind (passages, closest, list, refusal
        or talk), passages (each with text, key_sentence, number, heading, is_caption), list,
        corrections.
        """
        asked = read_question(question)
        return answer_object(asked.text, self.answer(asked))

    def listed(self, listing: Listing, text: str = "") -> Answer:
        """Return a list of what the article speaks of.

        Args:
            listing: What the list is of.
            text: What narrows it to the countries and regions that it names.
        """
        return self._listed(listing, self._topics.named(words(text)))

    def about(self, listing: Listing, key: str) -> Passages | None:
        """Return the passages about one topic of a list, best first, None where there is none."""
        topic = self._topics.find(listing, key)
        if not topic:
            return None
        hits = self._retriever.search(topic.name, len(self.article.passages))
        best = [self._found(hit) for hit in hits if hit.index + 1 in topic.passages]
        missed = set(topic.passages) - {one.passage.number for one in best}
        rest = [_whole(self.article.passage(number), [topic]) for number in sorted(missed)]
        return Passages(tuple([*best, *rest][:MAX_PASSAGES_OF_ALL]))

    def main_topics(self) -> Answer | None:
        """Return the projects that the article names, else the countries, None without either."""
        lists = (self.listed(listing) for listing in (Listing.PROJECTS, Listing.COUNTRIES))
        return next((one for one in lists if is_answered(one)), None)

    def answer_within(self, number: int, question: str | Question) -> Passages | None:
        """Return the passage with this *number* where it answers a question about itself.

        It does where it has the kind of thing asked for, or covers the rest of the question.
        """
        if not 1 <= number <= len(self.article.passages):
            return None
        hit = self._retriever.within(number - 1, question)
        return Passages((self._found(hit),)) if hit.confidence >= ANSWERED_WITHIN else None

    def _listed(self, listing: Listing, places: Sequence[Place]) -> Answer:
        unmentioned = self._unmentioned(places)
        if unmentioned and len(unmentioned.places) == len(places):
            return unmentioned
        named = ", ".join(place.name for place in places)
        listed = self._list(listing, self._topics.listed(listing, places), named)
        if listing is Listing.PHOTOS and listed.found:
            return Passages(listed.found[:MAX_PASSAGES_OF_ALL])
        return listed

    def _list(self, listing: Listing, topics: Sequence[Topic], places: str) -> Listed:
        numbers = sorted({number for topic in topics for number in topic.passages})
        found = tuple(_whole(self.article.passage(number), topics) for number in numbers)
        return Listed(listing, tuple(topics), places, found)

    def _others(self, listing: Listing, places: Sequence[Place]) -> Listed:
        """Return the list without what has to do with *places*."""
        left_out = self._topics.listed(listing, places)
        topics = [topic for topic in self._topics.listed(listing) if topic not in left_out]
        return self._list(listing, topics, "")

    def _unmentioned(self, places: Sequence[Place]) -> Unmentioned | None:
        """Return that the article lacks some of *places*, None where it mentions them all."""
        lacking = self._topics.lacking(places)
        countries = self._topics.listed(Listing.COUNTRIES)
        named = tuple(place.name for place in lacking)
        return Unmentioned(named, tuple(countries)) if lacking else None

    def _of_article(self, asked: Question, places: Sequence[Place]) -> Answer | None:
        """Return the answer to a question about the article itself or one of its passages."""
        aspect = Aspect.TITLE if self._quotes_headline(asked) else asked.aspect
        if aspect is Aspect.TITLE and not self.article.has_headline:
            return Refusal()
        if aspect is Aspect.TITLE or (self._can_tell(aspect) and not places):
            return self._about_article(aspect)
        captions = [passage for passage in self.article.passages if passage.is_caption]
        passage = _placed(self.article.passages, asked.passage) or _placed(captions, asked.photo)
        return Passages((_whole(passage, ()),)) if passage else None

    def _quotes_headline(self, asked: Question) -> bool:
        """Return whether at least half of what is asked beyond the headline stands in it."""
        beyond = asked.beyond_headline
        if beyond is None:
            return False
        return 2 * len(beyond & set(terms(self.article.title))) >= len(beyond)

    def _can_tell(self, aspect: Aspect | None) -> bool:
        return aspect is Aspect.SUBJECT or (aspect is Aspect.DATE and self.article.date is not None)

    def _about_article(self, aspect: Aspect | None) -> Answer:
        passages = [self.article.header] if self.article.has_headline else []
        if aspect is Aspect.SUBJECT:
            passages.append(self.article.passages[0])
        return Passages(tuple(_whole(passage, ()) for passage in passages))

    def _of_places(self, asked: Question, places: Sequence[Place]) -> Answer | None:
        """Return the answer to a question for a list, or for nothing but countries."""
        rest = Question(asked.text, tuple(without_places(asked.words))) if places else asked
        if rest.listing and asked.excludes:
            return self._others(rest.listing, places)
        if rest.listing:
            return self._listed(rest.listing, places)
        unmentioned = self._unmentioned(places)
        if unmentioned or not places or not rest.is_empty:
            return unmentioned
        topics = self._topics.listed(Listing.COUNTRIES, self._topics.specific(places))
        only = self.about(Listing.COUNTRIES, topics[0].key) if len(topics) == 1 else None
        return only or self._listed(Listing.COUNTRIES, places)

    def _of_parts(self, asked: Question) -> Passages | None:
        """Return what answers each of several questions in one, None where not all are answered."""
        answers = [self.answer(part) for part in asked.parts]
        told = [answer.found[0] for answer in answers if isinstance(answer, Passages)]
        if not told or len(told) < len(answers):
            return None
        return Passages(tuple({one.passage.number: one for one in told}.values()))

    def _searched(self, asked: Question, places: Sequence[Place]) -> Answer:
        everything = self._everything(asked)
        if everything:
            return Passages(everything)
        answer = self._decided([self._found(hit) for hit in self._retriever.search(asked)], asked)
        if isinstance(answer, Refusal) or self._is_about(answer.found[0], places):
            return answer
        return Guess(tuple(_doubted(one) for one in answer.found))

    def _everything(self, asked: Question) -> tuple[Found, ...]:
        """Return the best passages with a word of a question for everything on something."""
        if not asked.wants_everything:
            return ()
        sharing = self._retriever.sharing(asked)
        hits = self._retriever.search(asked, len(self.article.passages))
        return tuple(self._found(hit) for hit in hits if hit.index in sharing)[:MAX_PASSAGES_OF_ALL]

    def _is_about(self, found: Found, places: Iterable[Place]) -> bool:
        return all(self._topics.is_about(found.passage.number, place) for place in places)

    def _found(self, hit: Hit) -> Found:
        passage = self.article.passages[hit.index]
        return Found(passage, hit.key_sentence, hit.confidence)

    def _decided(self, found: list[Found], asked: Question) -> Passages | Guess | Refusal:
        if not found or found[0].confidence < GUESSED:
            return Refusal()
        best = found[0].confidence
        several = tuple(one for one in found if one.confidence >= ALSO_ANSWERS * best)
        if best < ANSWERED:
            return Guess(several)
        corrections = self._retriever.corrections(asked)
        return Passages(several, tuple(_as_written(corrections, several)))

    def _answered_examples(self) -> tuple[str, ...]:
        questions = example_questions(self.article, self._topics)
        answered = (q for q in questions if isinstance(self.answer(q), Passages))
        return tuple(islice(answered, EXAMPLES))


def _as_written(words: Iterable[str], found: Sequence[Found]) -> Iterator[str]:
    """Return those of *words* that stand in the passages, with the capitals they have there."""
    text = " ".join(one.passage.text for one in found)
    for word in words:
        match = re.search(rf"\b{re.escape(word)}\b", text, re.IGNORECASE)
        if match:
            yield match[0]


def _placed(passages: Sequence[Passage], number: int | None) -> Passage | None:
    """Return the passage with this number from 1, or LAST, None where there is none."""
    place = len(passages) if number == LAST else number or 0
    return passages[place - 1] if 1 <= place <= len(passages) else None


def _doubted(found: Found) -> Found:
    """Return a passage that is at best a guess, whatever of the question it covers."""
    return replace(found, confidence=min(found.confidence, EVEN_CHANCE))


def _whole(passage: Passage, topics: Sequence[Topic]) -> Found:
    """Return a passage that answers for certain, marked where it names one of *topics*."""
    naming = (one for one in passage.sentences if any(topic.name in one for topic in topics))
    return Found(passage, next(naming, passage.sentences[0]))
