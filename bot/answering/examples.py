"""Example questions, made from the topics that an article itself has."""

import re
from collections import Counter
from collections.abc import Iterable

from bot import words
from bot.article.article import Article
from bot.language.text import STOP_WORDS
from bot.question.listings import Listing
from bot.topics import Topic, Topics

# A button's data holds the whole question beside its kind, in 64 bytes.
MAX_BYTES = 58
_WORD = re.compile(r"[^\W\d_]{4,}")


def example_questions(article: Article, topics: Topics) -> list[str]:
    """Return questions that *article* should answer, the most telling first.

    The first three are about two projects and, between them, the rarest country.
    """
    projects = [_with_article(article, topic) for topic in _asked_for_first(topics)]
    rarest_first = sorted(topics.listed(Listing.COUNTRIES), key=lambda one: len(one.passages))
    countries = [topic.name for topic in rarest_first]
    names = [*projects[:1], *countries[:1], *projects[1:], *countries[1:]]
    named = [name for name in names if not name[0].isdecimal()]
    questions = [words.example(name) for name in [*named, *_frequent_words(article)]]
    return [q for q in dict.fromkeys(questions) if len(q.encode()) <= MAX_BYTES]


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


def _frequent_words(article: Article) -> Iterable[str]:
    """Return the words that the text has most, those with a capital first."""
    told = [word for passage in article.passages for word in _WORD.findall(passage.text)]
    counts = Counter(word for word in told if word.lower() not in STOP_WORDS)
    return sorted(counts, key=lambda word: (word[0].isupper(), counts[word]), reverse=True)[:9]
