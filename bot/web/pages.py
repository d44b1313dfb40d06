"""Pages: the talk that each page in a browser has, as objects to make its elements of."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from threading import Thread
from typing import TypeAlias

from cachetools import LRUCache

from bot import words
from bot.answering import Answer, Answerer, indexed
from bot.answering.answers import Listed, Refusal, shown
from bot.answering.blocks import answer_blocks, beginning
from bot.answering.conversation import rest
from bot.answering.explanation import Explanation
from bot.answering.talk import Reply, Talk
from bot.article import Article, article_in
from bot.errors import BotError
from bot.question.listings import Listing
from bot.topics import Topic
from bot.topics.known import COUNTRY, PLACES

Drawn: TypeAlias = dict[str, object]

# So many pages go on at once, and so many replies can be explained.
_PAGES, _EXPLAINED = 50, 2_000


class Pages:
    """The pages that are open, on the article that all begin with or on one of their own."""

    def __init__(self, answerer: Answerer, read_meaning: Callable[[Answerer], None]) -> None:
        self._answerer = answerer
        self._read_meaning = read_meaning
        self._talks: LRUCache[str, Talk] = LRUCache(_PAGES)
        self._reasons: LRUCache[str, Callable[[], Explanation]] = LRUCache(_EXPLAINED)

    def called(self, call: str, asked: Mapping[str, str]) -> Drawn:
        """Return what a page gets for a call; raise a BotError for what is known no more."""
        if call == "open":
            return self._opened(self._answerer)
        talk, why = self._talks.get(asked["page"]), self._reasons.get(asked["reply"])
        if not talk:
            raise BotError(words.WEB_GONE)
        if call == "why" and why:
            return why().as_object()
        if call == "reply":
            return self._drawn(talk.reply(asked["text"]), talk)
        reply = talk.chosen(asked["listing"], Topic(asked["name"], ()).key, asked["name"])
        if not reply:
            raise BotError(words.OLD_BUTTON)
        return self._drawn(reply, talk)

    def read(self, name: str, content: bytes) -> Drawn:
        """Return what a page about the article in a file begins with; raise a BotError at none."""
        file = Path(name)
        article = article_in(content, file.name, file.stem.replace("_", " "))
        answerer = indexed(article)
        # Meanwhile questions are answered by their words.
        Thread(target=self._read_meaning, args=[answerer], daemon=True).start()
        return self._opened(answerer)

    def _opened(self, answerer: Answerer) -> Drawn:
        key, talk = secrets.token_urlsafe(), Talk(answerer)
        self._talks[key] = talk
        reply = self._drawn(talk.introduction(), talk)
        return {"page": key, "article": _drawn_article(answerer), "reply": reply}

    def _drawn(self, reply: Reply, talk: Talk) -> Drawn:
        key, examples = secrets.token_urlsafe(8), talk.answerer.examples
        if reply.why:
            self._reasons[key] = reply.why
        return {
            "said": words.WEB_ARTICLE if reply.article else reply.said,
            "steps": _drawn_answer(reply.answer, talk.answerer.article),
            "questions": examples if isinstance(reply.answer, Refusal) else reply.questions,
            "opens": "article" if reply.article else "",
            "why": key if reply.why else "",
        }


def _drawn_answer(answer: Answer | None, article: Article) -> list[Drawn]:
    """Return what is shown of an answer at first, and what after each tap on More."""
    steps: list[Drawn] = []
    while answer:
        here, answer = beginning(answer), rest(answer)
        found = () if isinstance(here, Listed) else shown(here)
        blocks = answer_blocks(here, article)
        drawn = [asdict(block) | {"kind": type(block).__name__.lower()} for block in blocks]
        steps.append({"blocks": drawn, "passages": [one.passage.number for one in found]})
    return steps


def _drawn_article(answerer: Answerer) -> Drawn:
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
