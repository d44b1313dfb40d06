"""Example questions, made from the topics that an article itself has."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from bot import words
from bot.article import Article
from bot.language.languages import ENGLISH, Language
from bot.language.rarity import is_common, rarity
from bot.language.text import words as read_words
from bot.question.framing import FRAMING
from bot.question.listings import Listing
from bot.topics import Topic, Topics

# A button's data holds the whole question beside its kind, in 64 bytes.
MAX_BYTES = 58
_LEAST_LETTERS, _MOST_WORDS = 4, 9
_LETTERS = re.compile(r"[^\W\d_]+")


def example_questions(article: Article, topics: Topics, language: Language) -> Iterator[str]:
    """Yield questions that *article* should answer, the most telling first.

    The first three are about two projects and, between them, the rarest country. Those about an
    article in another *language* than English are but names and words.
    """
    projects = [_with_article(article, topic) for topic in _asked_for_first(topics)]
    rarest_first = sorted(topics.listed(Listing.COUNTRIES), key=lambda one: len(one.passages))
    countries = [words.with_article(topic.name) for topic in rarest_first]
    names = [*projects[:1], *countries[:1], *projects[1:], *countries[1:]]
    headings = [heading for passage in article.passages for heading in passage.headings]
    names += [heading for heading in headings if heading[-1].isalnum()]
    named = [name for name in names if not name[0].isdecimal()]
    form = words.EXAMPLE if language == ENGLISH else "{}"
    about_names = _short(map(form.format, named))
    yield from about_names
    # Only where these are too few, since it takes long in a large text.
    about_words = _short(map(form.format, _telling_words(article, language)))
    yield from (one for one in about_words if one not in about_names)


def _short(questions: Iterable[str]) -> list[str]:
    return [one for one in dict.fromkeys(questions) if len(one.encode()) <= MAX_BYTES]


def _asked_for_first(topics: Topics) -> list[Topic]:
    """Return the projects, those of further passages before further ones of the same."""
    seen: Counter[int] = Counter()
    ranked = []
    for topic in topics.listed(Listing.PROJECTS):
        ranked.append((seen[topic.passages[0]], topic))
        seen[topic.passages[0]] += 1
    return [topic for _, topic in sorted(ranked, key=lambda one: one[0])]


def _with_article(article: Article, topic: Topic) -> str:
    """Return the topic's name with its `the`, where the text has one before it."""
    text = " ".join(article.passage(number).text for number in topic.passages)
    return f"the {topic.name}" if f"the {topic.name}" in text else topic.name


def _telling_words(article: Article, language: Language) -> Iterable[str]:
    """Return the words that the text has often and English seldom, as in tf-idf."""
    told = [word for passage in article.passages for word in read_words(passage.text)]
    # As it stands within a sentence, else without the capital that may be its sentence's alone.
    written = {word.token: word.token if is_common(word.token) else word.written for word in told}
    written |= {word.token: word.written for word in told if word.gap == " "}
    is_name = {token: word[0].isupper() for token, word in written.items()}
    counts = Counter(word.token for word in told)
    telling = {token: count * rarity(token) for token, count in counts.items()}
    ranked = sorted(telling, key=lambda token: (is_name[token], telling[token]), reverse=True)
    little = language.stop_words | FRAMING
    long = (one for one in ranked if one.isalpha() and len(one) >= _LEAST_LETTERS)
    chosen = [written[one] for one in long if one not in little][:_MOST_WORDS]
    # With the accents that they have in the text.
    every = {one for passage in article.passages for one in _LETTERS.findall(passage.text)}
    accented = {word.written: one for one in every if not one.isascii() for word in read_words(one)}
    return [accented.get(one, one) for one in chosen]
