"""The answerer: a question in; passages, a list, a refusal or small talk out."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import islice

from cachetools import LRUCache

from bot.answering.about import About
from bot.answering.answers import (
    EVEN_CHANCE,
    Answer,
    Guess,
    Passages,
    Refusal,
    answer_object,
    is_answered,
)
from bot.answering.examples import example_questions
from bot.answering.lists import Lists
from bot.answering.search import Search
from bot.answering.titles import Titles
from bot.article import Article
from bot.cache import cached
from bot.language.languages import ENGLISH, is_foreign
from bot.question import Question, read_question
from bot.question.listings import Listing
from bot.retrieval import Hit, Retriever
from bot.retrieval.languages import Multilingual
from bot.retrieval.model import Model
from bot.retrieval.vocabulary import Match
from bot.topics import Topics
from bot.topics.known import Place

EXAMPLES = 3
# What a caption is asked for by, whatever it says.
CAPTION_WORDS = "photo photograph photographed photographer picture image caption take took taken"
# What is asked again is at hand; a question is a thousand characters at most.
_KEPT_ANSWERS = 256
# One of several articles that is asked about alone takes some milliseconds to get ready.
_KEPT_NARROWED = 32


def indexed(article: Article) -> "Answerer":
    """Return what answers about *article* by its words, its index kept in the cache folder."""
    return cached(repr(article), partial(Answerer, article, by_words_alone=True))


class Answerer:
    """Answers questions about one article, or about several that are read as one."""

    def __init__(
        self,
        article: Article,
        *,
        by_words_alone: bool = False,
        narrowing: Retriever | None = None,
    ) -> None:
        """Index *article*, what it means later where it is *by_words_alone*.

        *Narrowing* is the index of several, where it is one of them.
        """
        self.article = article
        self._titles = Titles(article.articles)
        self._forget()
        self._topics = Topics(article)
        self._retriever = narrowing or Retriever(
            [passage.text for passage in article.passages],
            {one.number - 1: one.headings[-1] for one in article.passages if one.headings},
            {one.number - 1: CAPTION_WORDS for one in article.passages if one.is_caption},
            self._topics.synonyms(),
            by_words_alone=by_words_alone,
        )
        self.search = Search(article, self._retriever)
        self.language = self._retriever.language
        self._about = About(article)
        self.lists = Lists(article, self._topics, self.search)
        # Of one of several nobody asks for any.
        self.examples = () if narrowing else self._answered_examples()

    def _forget(self) -> None:
        self._answers: LRUCache[str, Answer] = LRUCache(_KEPT_ANSWERS)
        self._narrowed: LRUCache[int, Answerer] = LRUCache(_KEPT_NARROWED)

    def narrowed(self, article: Article) -> "Answerer":
        """Return what answers about one of its articles alone."""
        if len(self.article.articles) == 1:
            return self
        if not (narrowed := self._narrowed.get(article.place)):
            narrowed = self._narrowed[article.place] = Answerer(article, narrowing=self._retriever)
        return narrowed

    def chosen(self, key: str) -> "Answerer":
        """Return what answers about the article with this key in the list of all, or about all."""
        topic = self._topics.find(Listing.ARTICLES, key)
        return self.narrowed(self.article.article_of(topic.passages[0])) if topic else self

    def read_meaning(
        self, model: Model, told: Callable[[int], None] = lambda _: None, qdrant: str = ""
    ) -> None:
        """Read what the article means, from now on beside its words.

        After each passage *told* is called with how many have been read. The server at the address
        *qdrant* keeps it, if there is one.

        Raises:
            QdrantError: The server can't be reached or used.
        """
        self._retriever.read_meaning(model, told, qdrant)
        self._forget()

    def read_for_foreigners(
        self, model: Multilingual, told: Callable[[int], None] = lambda _: None
    ) -> None:
        """Read what an English article means, from now on for questions in other languages, too."""
        if self.language == ENGLISH:
            self._retriever.read_for_foreigners(model, told)
            self._forget()

    def turns_away(self, question: Question) -> bool:
        """Return whether a question is in another language than the article, and isn't read."""
        if self._retriever.is_multilingual:
            return False
        is_told = self._retriever.sharing(question) and is_answered(self.answer(question))
        return not is_told and is_foreign(question.text, self.language)

    def has_at_hand(self, text: str) -> bool:
        """Return whether the model need not read a question to answer it, whatever it leans on."""
        asked, answer = read_question(text), self._answers.get(text)
        is_whole = answer and is_answered(answer) and not (asked.points_back or asked.goes_on)
        return self._retriever.is_by_words_alone or bool(is_whole)

    def answer(self, question: str | Question) -> Answer:
        """Return what to show for *question*."""
        asked = read_question(question)
        # Meanwhile another thread may end reading what the article means, and begin anew.
        answers = self._answers
        found = answers.get(asked.text)
        if found is None:
            _, found = self.answered(asked)
            answers[asked.text] = found
        return found

    def answered(self, asked: Question) -> tuple[str, Answer]:
        """Return how the answer to a question is come by, a key of `reasons.WAYS`, and it."""
        return next((way, answer) for way, answer in self._ways(asked) if answer)

    def _ways(self, asked: Question) -> Iterator[tuple[str, Answer | None]]:
        if named := self._titles.named(asked):
            yield "named", self._of_named(*named, asked)
        places = self._topics.named(asked.words)
        yield "talk", asked.small_talk
        yield "article", self._about.answer(asked, names_places=bool(places))
        yield "list", self.lists.of_places(asked, places)
        yield "parts", self._of_parts(asked)
        yield "search", self._searched(asked, places, asked)

    def weighed(self, asked: Question, top_k: int) -> tuple[list[Match], list[Hit]]:
        """Return what a question's words stand for, and the passages found, best first."""
        return self._retriever.matches(asked), self.search.hits(asked, top_k)

    def as_json(self, question: str | Question) -> dict[str, object]:
        """Return the answer to *question* as an object for programs.

        Its keys: question, answered, confidence (0 to 1), kind (passages, closest, list, refusal
        or talk), passages (each with text, key_sentence, number, article (the title), heading,
        is_caption), list, corrections.
        """
        asked = read_question(question)
        return answer_object(asked.text, self.answer(asked), self.article)

    def _of_parts(self, asked: Question) -> Passages | None:
        """Return what answers each of several questions in one, None where not all are answered."""
        answers = [self.answer(part) for part in asked.parts]
        told = [answer.found[0] for answer in answers if isinstance(answer, Passages)]
        if not told or len(told) < len(answers):
            return None
        return Passages(tuple({one.passage.number: one for one in told}.values()))

    def searched(self, asked: Question, corrected: Question) -> Answer:
        """Return what passages answer, whatever list or part of the article is asked for.

        Only words of *corrected* are told to be read as others.
        """
        named = self._titles.named(asked)
        answerer = self.narrowed(named[0]) if named else self
        return answerer._searched(asked, answerer._topics.named(asked.words), corrected)

    def _of_named(self, article: Article, of_it: Question, asked: Question) -> Answer:
        """Return the answer of an article to what is *asked* of it by its name."""
        answerer = self.narrowed(article)
        ways = [answerer.answer(one) for one in ([] if of_it.aspect else [asked]) + [of_it]]
        return next(filter(is_answered, ways), ways[0])

    def _searched(self, asked: Question, places: Sequence[Place], corrected: Question) -> Answer:
        if everything := self.search.everything(asked):
            return everything
        answer = self.search.decided(asked, corrected)
        if isinstance(answer, Refusal):
            return answer
        number = answer.found[0].passage.number
        names_them = all(self._topics.is_about(number, place) for place in places)
        # No passage names all the people of an article.
        if names_them and self._topics.has_numbers(asked.tokens) and not asked.asks_people:
            return answer
        found = (replace(one, confidence=min(one.confidence, EVEN_CHANCE)) for one in answer.found)
        return Guess(tuple(found))

    def _answered_examples(self) -> tuple[str, ...]:
        questions = example_questions(self.article, self._topics, self.language)
        answered = (q for q in questions if isinstance(self.answer(q), Passages))
        return tuple(islice(answered, EXAMPLES))
