"""What is asked of the article itself: its title, author, date, subject, sections, photos."""

from collections import defaultdict
from collections.abc import Sequence

from bot.answering.answers import MAX_PASSAGES_OF_ALL, Found, Passages, Refusal
from bot.answering.lists import whole
from bot.article import Article, Passage
from bot.language.text import stems, terms
from bot.question import Question
from bot.question.aspects import LAST, Aspect, asked_passage, asked_photo, beyond_headline


class About:
    """Answers what is asked of an article itself, or of each of several."""

    def __init__(self, article: Article) -> None:
        self._articles = article.articles
        self._captions = [passage for passage in article.passages if passage.is_caption]
        self._titles = [frozenset(terms(one.title)) for one in self._articles]
        # What stands under each heading, and under the title, by their terms.
        self._sections: dict[frozenset[str], list[Passage]] = defaultdict(list)
        for one, title in zip(self._articles, self._titles, strict=True):
            self._sections[title] += one.passages
            headings = {said: frozenset(terms(said)) for p in one.passages for said in p.headings}
            for passage in one.passages:
                for said in {headings[said] for said in passage.headings} - {title}:
                    self._sections[said].append(passage)
        self._sections.pop(frozenset(), None)

    def answer(self, asked: Question, names_places: bool) -> Passages | Refusal | None:
        """Return the answer to a question about the article itself, None to another."""
        quoted = self._quoted(asked)
        aspect = Aspect.TITLE if quoted else asked.aspect
        if aspect and (aspect is Aspect.TITLE or not names_places):
            found = [told for one in quoted or self._articles for told in _told(one, aspect)]
            if found or aspect is Aspect.TITLE:
                return Passages(tuple(found[:MAX_PASSAGES_OF_ALL])) if found else Refusal()
        if place := asked_passage(asked.said):
            placed = [p for one in self._articles for p in _placed(one.passages, place)]
            if placed:
                return _whole(placed)
        if photo := asked_photo(asked.said):
            # For a photo that isn't there stand those that are.
            return _whole(_placed(self._captions, photo) or self._captions)
        return _whole(self._sections.get(frozenset(stems(asked.content)), ()))

    def _quoted(self, asked: Question) -> list[Article]:
        """Return the articles whose headline has half of what is asked beyond the headline."""
        beyond = beyond_headline(asked.tokens)
        if beyond is None:
            return []
        titled = zip(self._titles, self._articles, strict=True)
        return [one for title, one in titled if 2 * len(beyond & title) >= len(beyond)]


def _told(article: Article, aspect: Aspect) -> list[Found]:
    """Return what an article tells of itself: its header, its first passage, both or nothing."""
    year = str(article.date.year) if article.date else ""
    names = {Aspect.AUTHOR: article.author, Aspect.OUTLET: article.outlet, Aspect.DATE: year}
    name = names.get(aspect, "")
    is_told = bool(name) if aspect in names else article.has_headline
    found = [whole(article.header, [name])] if is_told else []
    return [*found, whole(article.passages[0])] if aspect is Aspect.SUBJECT else found


def _whole(passages: Sequence[Passage]) -> Passages | None:
    found = tuple(whole(passage) for passage in passages[:MAX_PASSAGES_OF_ALL])
    return Passages(found) if found else None


def _placed(passages: Sequence[Passage], number: int) -> Sequence[Passage]:
    """Return the passage with this number from 1, or LAST, none where there is none."""
    place = len(passages) if number == LAST else number
    return passages[place - 1 : place] if place > 0 else ()
