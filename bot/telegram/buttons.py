"""Buttons: their data, packed so that it outlives a restart, and the keyboards they form."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import TypeAlias, TypeVar

from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.constants import InlineKeyboardButtonLimit

from bot import words
from bot.question.listings import Listing

_T = TypeVar("_T")

ENTRIES_A_PAGE = 8
_LONGEST_LABEL = 60
_MOST_BYTES = InlineKeyboardButtonLimit.MAX_CALLBACK_DATA
_PAGE = re.compile(
    r"(page|maybe|guess):([0-9a-f]{8}):(\d):(\d{1,6}\.\d{1,4}(?:,\d{1,6}\.\d{1,4}){0,7})", re.A
)
_ENTRY = re.compile(r"entry:([a-z]+):([0-9a-f]{8})")
_LIST_PAGE = re.compile(r"list:([a-z]+):(\d{1,4}):(.*)", re.A | re.S)


@dataclass(frozen=True)
class Question:
    """A button that asks a question.

    Attributes:
        text: The question, short enough for a button's data.
    """

    text: str

    def pack(self) -> str:
        """Return the button's data."""
        return f"ask:{self.text}"


class Certainty(Enum):
    """How sure the bot is that a page answers."""

    SURE = "page"
    LIKELY = "maybe"
    GUESSED = "guess"


@dataclass(frozen=True)
class Page:
    """A button that shows one of the passages that answer a question.

    Attributes:
        fingerprint: The article's; another article has other passages.
        position: Which of *places* is shown, from 0.
        places: For each passage its number and the index of its key sentence.
        certainty: How sure the bot is that they answer.
    """

    fingerprint: str
    position: int
    places: tuple[tuple[int, int], ...]
    certainty: Certainty = Certainty.SURE

    def pack(self) -> str:
        """Return the button's data."""
        places = ",".join(f"{number}.{sentence}" for number, sentence in self.places)
        return f"{self.certainty.value}:{self.fingerprint}:{self.position}:{places}"


@dataclass(frozen=True)
class Entry:
    """A button that shows the passages about an entry of a list.

    Attributes:
        listing: What the list is of.
        key: The topic's.
    """

    listing: Listing
    key: str

    def pack(self) -> str:
        """Return the button's data."""
        return f"entry:{self.listing.value}:{self.key}"


@dataclass(frozen=True)
class ListPage:
    """A button that shows some of the entries of a list.

    Attributes:
        listing: What the list is of.
        position: Which page of it is shown, from 0.
        places: Names of what narrows the list, as one text.
    """

    listing: Listing
    position: int
    places: str

    def pack(self) -> str:
        """Return the button's data."""
        return f"list:{self.listing.value}:{self.position}:{self.places}"


Action: TypeAlias = Question | Page | Entry | ListPage


def unpack(data: str) -> Action | None:
    """Return the button that *data* was packed from, None when it is none of ours."""
    kind, _, text = data.partition(":")
    if kind == "ask" and text.strip():
        return Question(text)
    try:
        return _page(data) or _entry(data) or _list_page(data)
    except ValueError:
        return None


def first_page(
    fingerprint: str, places: Sequence[tuple[int, int]], certainty: Certainty = Certainty.SURE
) -> Page:
    """Return the first of the passages at *places*, as many as a button's data has room for."""
    page = Page(fingerprint, 0, tuple(places), certainty)
    while len(page.pack()) > _MOST_BYTES:
        page = replace(page, places=page.places[:-1])
    return page


def page_behind(keyboard: InlineKeyboardMarkup | None) -> Page | None:
    """Return the page that the More button of a message leads to, None where it has none."""
    buttons = [button for row in keyboard.inline_keyboard for button in row] if keyboard else []
    pages = [unpack(str(button.callback_data)) for button in buttons if button.text != words.BACK]
    return next((page for page in pages if isinstance(page, Page)), None)


def question_keyboard(questions: Sequence[str]) -> InlineKeyboardMarkup:
    """Return one button a row, each asking a question."""
    return InlineKeyboardMarkup([[_button(text, Question(text))] for text in questions])


def page_keyboard(page: Page) -> InlineKeyboardMarkup | None:
    """Return the buttons to the pages before and behind *page*, None where there is no other."""
    turning = _turning(page, len(page.places) - page.position - 1)
    return InlineKeyboardMarkup([turning]) if turning else None


def list_keyboard(
    page: ListPage, entries: Sequence[tuple[str, str]]
) -> InlineKeyboardMarkup | None:
    """Return a button for each entry on a page of a list, and those to the pages beside.

    There are none for a list without entries.

    Args:
        page: The page.
        entries: The label and the key of each entry of the whole list.
    """
    rows = [
        [_button(label, Entry(page.listing, key))] for label, key in on_page(entries, page.position)
    ]
    left = max(0, len(entries) - (page.position + 1) * ENTRIES_A_PAGE)
    return InlineKeyboardMarkup([*rows, _turning(page, left)]) if rows else None


def on_page(entries: Sequence[_T], position: int) -> Sequence[_T]:
    """Return those of *entries* that stand on a page."""
    start = position * ENTRIES_A_PAGE
    return entries[start : start + ENTRIES_A_PAGE]


def _page(data: str) -> Page | None:
    match = _PAGE.fullmatch(data)
    if not match:
        return None
    split = (place.split(".") for place in match[4].split(","))
    places = tuple((int(number), int(sentence)) for number, sentence in split)
    position = int(match[3])
    page = Page(match[2], position, places, Certainty(match[1]))
    return page if position < len(places) else None


def _entry(data: str) -> Entry | None:
    match = _ENTRY.fullmatch(data)
    return Entry(Listing(match[1]), match[2]) if match else None


def _list_page(data: str) -> ListPage | None:
    match = _LIST_PAGE.fullmatch(data)
    return ListPage(Listing(match[1]), int(match[2]), match[3]) if match else None


def _turning(page: Page | ListPage, left: int) -> list[InlineKeyboardButton]:
    """Return the buttons before and behind *page*, with *left* passages or entries to come."""
    steps = [(words.BACK, -1)] if page.position else []
    steps += [(words.more(left), 1)] if left else []
    turned = [(label, replace(page, position=page.position + step)) for label, step in steps]
    return [_button(label, one) for label, one in turned if _fits(one)]


def _fits(action: Action) -> bool:
    return len(action.pack().encode()) <= _MOST_BYTES


def _button(label: str, action: Action) -> InlineKeyboardButton:
    if not _fits(action):
        raise ValueError(f"button data over {_MOST_BYTES} bytes")
    short = label if len(label) <= _LONGEST_LABEL else f"{label[: _LONGEST_LABEL - 1]}…"
    return InlineKeyboardButton(short, callback_data=action.pack())
