"""Example questions, made from the names that an article itself has."""

import re
from collections import Counter

from bot.article import Article, Passage
from bot.text import STOP_WORDS, tokens
from bot.words import example

# A button's data holds the whole question beside its kind, in 64 bytes.
MAX_BYTES = 58
MIN_LETTERS = 4

_CAPITALISED = r"[A-ZÀ-Þ][\w’'-]*"
_NAME = re.compile(
    rf"(?:the )?{_CAPITALISED}(?: (?:(?:of|and|for|the) )?{_CAPITALISED})+"
    r"|\b[A-Z][a-z]+[A-Z]\w+|\b[A-Z]{3,}\b"
)
_CREDIT = re.compile(r"\([^()]*\)\s*$")
_SENTENCE_START = re.compile(r"(?:^|[.!?:;–—-][\"”’)]*\s*)$")


def example_questions(article: Article) -> list[str]:
    """Return questions that *article* should answer, the most telling first."""
    names = [name for passage in _by_telling(article) if (name := _longest_name(passage))]
    questions = [example(name) for name in [*names, *_frequent_words(article)]]
    return [q for q in dict.fromkeys(questions) if len(q.encode()) <= MAX_BYTES]


def _by_telling(article: Article) -> list[Passage]:
    return sorted(article.passages, key=lambda passage: passage.is_caption)


def _longest_name(passage: Passage) -> str:
    text = _CREDIT.sub("", passage.text) if passage.is_caption else passage.text
    names = [match[0] for match in _NAME.finditer(text) if _is_whole(text, match)]
    fitting = [name for name in names if len(example(name).encode()) <= MAX_BYTES]
    return max(fitting, key=len, default="")


def _is_whole(text: str, match: re.Match[str]) -> bool:
    """Return whether the name neither opens a sentence, owns what follows, nor is in a list."""
    before, after = text[: match.start()], text[match.end() :]
    listed = before.endswith(", ") or re.match(r", [A-ZÀ-Þ]", after)
    return not listed and not match[0].endswith(("'s", "’s")) and not _SENTENCE_START.search(before)


def _frequent_words(article: Article) -> list[str]:
    words = (word for passage in article.passages for word in tokens(passage.text))
    counts = Counter(word for word in words if word not in STOP_WORDS and len(word) >= MIN_LETTERS)
    return [word for word, _ in counts.most_common(9)]
