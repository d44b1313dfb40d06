"""Drawing: answers and articles as objects that the page makes its elements of."""

from dataclasses import asdict
from typing import TypeAlias

from bot import words
from bot.answering import Answer, Answerer
from bot.answering.answers import Listed, shown
from bot.answering.blocks import answer_blocks, beginning
from bot.answering.conversation import rest
from bot.article import Article
from bot.question.listings import Listing
from bot.topics import Topic
from bot.topics.known import COUNTRY, PLACES

Drawn: TypeAlias = dict[str, object]


def drawn_answer(answer: Answer | None, article: Article) -> list[Drawn]:
    """Return what is shown of an answer at first, and what after each tap on More."""
    steps: list[Drawn] = []
    while answer:
        here, answer = beginning(answer), rest(answer)
        found = () if isinstance(here, Listed) else shown(here)
        blocks = answer_blocks(here, article)
        drawn = [asdict(block) | {"kind": type(block).__name__.lower()} for block in blocks]
        steps.append({"blocks": drawn, "passages": [one.passage.number for one in found]})
    return steps


def drawn_article(answerer: Answerer) -> Drawn:
    """Return the article or articles, with the countries and projects that are underlined there."""
    return {
        "title": answerer.article.title,
        "articles": [
            {
                "number": one.header.number,
                "title": one.title,
                "about": [words.day(one.date) if one.date else "", one.author, one.outlet],
                "passages": list(map(asdict, one.passages)),
            }
            for one in answerer.article.articles
        ],
        "topics": [
            asdict(topic) | {"listing": listing, "written": _ways_to_write(topic)}
            for listing in (Listing.COUNTRIES, Listing.PROJECTS)
            for topic in answerer.lists.every(listing).topics
        ],
    }


def _ways_to_write(topic: Topic) -> list[str]:
    """Return its name, and of a country its people and its capital."""
    known = (one for one in PLACES if one.name == topic.name and one.kind in COUNTRY)
    return [topic.name, *(" ".join(one.said) for one in known if topic.flag)]
