"""Titles: which of several articles a question names."""

from collections.abc import Iterable, Sequence, Set
from itertools import takewhile

from bot.article import Article
from bot.language.text import Word, stem, stems, terms
from bot.question import Question, read_question

# So many words of a title at least name an article by themselves, wherever they stand.
_LEAST_WORDS = 2
# So many words at most stand between two that name one.
_BETWEEN = 3
_KINDS = frozenset("article articles chapter essay piece report story text".split())
_LEADING = frozenset("about called headed named on titled".split())
_BEFORE_NAMES = frozenset("the a an".split())


class Titles:
    """The titles of articles."""

    def __init__(self, articles: Iterable[Article]) -> None:
        self._titles = [(frozenset(terms(one.title)), one) for one in articles]

    def named(self, asked: Question) -> tuple[Article, Question] | None:
        """Return the one article that is named, and what is asked with "it" instead of its name.

        It is named by its whole title, or by words of it beside "article", as "the tea article"
        and "the article about tea" are; of several titles by the one with most of those words.
        """
        if len(self._titles) == 1:
            return None
        said = frozenset(stems(asked.tokens))
        counts = {
            place: len(title)
            for place, (title, _) in enumerate(self._titles)
            if len(title) >= _LEAST_WORDS and title <= said
        } or self._named_beside(asked.tokens)
        best = [place for place, count in counts.items() if count == max(counts.values())]
        if len(best) != 1:
            return None
        title, article = self._titles[best[0]]
        return article, read_question(_with_it(asked.words, title))

    def _named_beside(self, tokens: Sequence[str]) -> dict[int, int]:
        """Return how many words of which titles stand beside the word article or the like."""
        found: dict[int, int] = {}
        for i in (i for i, token in enumerate(tokens) if token in _KINDS):
            is_led = not _LEADING.isdisjoint(tokens[i + 1 : i + 2])
            for near in (tokens[i + 2 :] if is_led else [], tokens[:i][::-1]):
                for place, (title, _) in enumerate(self._titles):
                    count = sum(1 for _ in takewhile(title.__contains__, stems(near)))
                    found |= {place: max(count, found.get(place, 0))} if count else {}
        return found


def _with_it(words: Sequence[Word], title: Set[str]) -> str:
    """Return a question with "it" where it first says words of a title."""
    places = [i for i, word in enumerate(words) if stem(word.token) in title]
    first = last = places[0]
    for place in places:
        last = place if place - last <= _BETWEEN + 1 else last
    # The last one stands before the first, too.
    tokens = [*(word.token for word in words), ""]
    first -= tokens[first - 1] in _BEFORE_NAMES
    if tokens[first - 1] in _LEADING and tokens[first - 2] in _KINDS:
        first -= 2
        first -= tokens[first - 1] in _BEFORE_NAMES
    elif tokens[last + 1] in _KINDS:
        last += 1
    told = [word.gap + word.written for word in words]
    return "".join([*told[:first], words[first].gap, "it", *told[last + 1 :]])
