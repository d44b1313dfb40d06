"""Buttons: their data, packed so that it outlives a restart, and the keyboards they form."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.constants import InlineKeyboardButtonLimit

from bot import words

_PAGE = re.compile(
    r"page:([0-9a-f]{8}):(\d{1,2}):(\d{1,6}\.\d{1,4}(?:,\d{1,6}\.\d{1,4}){0,2})", re.A
)


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


@dataclass(frozen=True)
class Page:
    """A button that shows one of the passages that answer a question.

    Attributes:
        fingerprint: The article's; another article has other passages.
        position: Which of *places* is shown, from 0.
        places: For each passage its number and the index of its key sentence.
    """

    fingerprint: str
    position: int
    places: tuple[tuple[int, int], ...]

    def pack(self) -> str:
        """Return the button's data."""
        places = ",".join(f"{number}.{sentence}" for number, sentence in self.places)
        return f"page:{self.fingerprint}:{self.position}:{places}"


def unpack(data: str) -> Question | Page | None:
    """Return the button that *data* was packed from, None when it is none of ours."""
    kind, _, text = data.partition(":")
    if kind == "ask" and text.strip():
        return Question(text)
    match = _PAGE.fullmatch(data)
    if not match:
        return None
    places = tuple(
        (int(number), int(sentence))
        for number, sentence in (place.split(".") for place in match[3].split(","))
    )
    return Page(match[1], int(match[2]), places) if int(match[2]) < len(places) else None


def question_keyboard(questions: Sequence[str]) -> InlineKeyboardMarkup:
    """Return one button a row, each asking a question."""
    return InlineKeyboardMarkup([[_button(text, Question(text))] for text in questions])


def page_keyboard(page: Page) -> InlineKeyboardMarkup | None:
    """Return the buttons to the pages before and behind *page*, None where there is no other."""
    left = len(page.places) - page.position - 1
    row = []
    if page.position:
        row.append(_button(words.BACK, _turned(page, -1)))
    if left:
        row.append(_button(words.more(left), _turned(page, 1)))
    return InlineKeyboardMarkup([row]) if row else None


def _turned(page: Page, step: int) -> Page:
    return Page(page.fingerprint, page.position + step, page.places)


def _button(label: str, action: Question | Page) -> InlineKeyboardButton:
    data = action.pack()
    if len(data.encode()) > InlineKeyboardButtonLimit.MAX_CALLBACK_DATA:
        raise ValueError(f"button data over {InlineKeyboardButtonLimit.MAX_CALLBACK_DATA} bytes")
    return InlineKeyboardButton(label, callback_data=data)
