"""What is asked of the article itself: its title, author, date, subject, sections, photos."""

from collections import defaultdict
from collections.abc import Sequence

from bot.answering.answers import Passages, Refusal
from bot.answering.lists import MAX_PASSAGES_OF_ALL, whole
from bot.article import Article, Passage
from bot.language.text import stems, terms
from bot.question import Question
from bot.question.aspects import LAST, Aspect


class About:
    """Answers what is asked of an article itself."""

    def __init__(self, article: Article) -> None:
        self._article = article
        self._captions = [passage for passage in article.passages if passage.is_caption]
        self._title = frozenset(terms(article.title))
        # What stands under each heading, and under the title, by their terms.
        self._sections: dict[frozenset[str], list[Passage]] = defaultdict(list)
        self._sections[self._title] += article.passages
        headings = {one: frozenset(terms(one)) for p in article.passages for one in p.headings}
        for passage in article.passages:
            for said in {headings[one] for one in passage.headings} - {self._title}:
                self._sections[said].append(passage)

    def answer(self, asked: Question, names_places: bool) -> Passages | Refusal | None:
        """Return the answer to a question about the article itself, None to another."""
        aspect = Aspect.TITLE if self._quotes_headline(asked) else asked.aspect
        if aspect is Aspect.TITLE and not self._article.has_headline:
            return Refusal()
        if aspect is Aspect.TITLE or (self._can_tell(aspect) and not names_places):
            return self._told(aspect)
        found = _placed(self._article.passages, asked.passage)
        if not found and asked.photo:
            photo = _placed(self._captions, asked.photo)
            # For a photo that isn't there stand those that are.
            return _whole([photo] if photo else self._captions)
        return _whole([found] if found else self._section(asked))

    def _section(self, asked: Question) -> Sequence[Passage]:
        """Return what stands under the heading, or the title, that a question says in full."""
        content = frozenset(stems(asked.content))
        return self._sections.get(content, ()) if content else ()

    def _quotes_headline(self, asked: Question) -> bool:
        """Return whether at least half of what is asked beyond the headline stands in it."""
        beyond = asked.beyond_headline
        return beyond is not None and 2 * len(beyond & self._title) >= len(beyond)

    def _can_tell(self, aspect: Aspect | None) -> bool:
        article = self._article
        told = {
            Aspect.SUBJECT: True,
            Aspect.DATE: article.date is not None,
            Aspect.AUTHOR: bool(article.author),
            Aspect.OUTLET: bool(article.outlet),
        }
        return aspect is not None and told.get(aspect, False)

    def _told(self, aspect: Aspect | None) -> Passages:
        article = self._article
        named = {Aspect.AUTHOR: article.author, Aspect.OUTLET: article.outlet}
        name = named.get(aspect, "") if aspect else ""
        found = [whole(article.header, [name])] if article.has_headline or name else []
        if aspect is Aspect.SUBJECT:
            found.append(whole(article.passages[0]))
        return Passages(tuple(found))


def _whole(passages: Sequence[Passage]) -> Passages | None:
    found = tuple(whole(passage) for passage in passages[:MAX_PASSAGES_OF_ALL])
    return Passages(found) if found else None


def _placed(passages: Sequence[Passage], number: int | None) -> Passage | None:
    """Return the passage with this number from 1, or LAST, None where there is none."""
    place = len(passages) if number == LAST else number or 0
    return passages[place - 1] if 1 <= place <= len(passages) else None
