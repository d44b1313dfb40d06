"""Buttons: what each does, as data that outlives a restart, and the keyboards they form."""

import re
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import NamedTuple, TypeAlias

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, SwitchInlineQueryChosenChat
from telegram.constants import InlineKeyboardButtonLimit, InlineQueryLimit

from bot import words

# Of a passage: its article's fingerprint, its number in that, the index of what is marked of it.
Place: TypeAlias = tuple[str, int, int]
_LONGEST_LABEL = 60
# What a button does; the last three differ in how sure the bot is that a passage answers.
Kind = StrEnum("Kind", ["ASK", "ENTRY", "SHARE", "LIST", "ARTICLE", "PAGE", "MAYBE", "GUESS"])
# Older messages have an entry's data without a position.
_DATA = re.compile(rf"({'|'.join(Kind)}):(?:(\w+):(?:(\d{{1,4}}):)?)?(.*)", re.ASCII | re.DOTALL)


class Button(NamedTuple):
    """What a button does, and with what."""

    kind: Kind
    text: str  # the question, the entry's key, what narrows the list, the places of the passages
    of: str = ""  # what the list is of, the fingerprints of the articles with the passages
    position: int = 0  # the page, from 0

    @property
    def data(self) -> str:
        """All this as one text, for Telegram to keep."""
        of = f"{self.of}:{self.position}:" if self.of else ""
        return f"{self.kind}:{of}{self.text}"

    @property
    def fits(self) -> bool:
        """Whether Telegram takes so much data."""
        if self.kind is Kind.SHARE:
            return 0 < len(self.text.encode("utf-16-le")) <= 2 * InlineQueryLimit.MAX_QUERY_LENGTH
        return len(self.data.encode()) <= InlineKeyboardButtonLimit.MAX_CALLBACK_DATA

    @property
    def places(self) -> list[Place]:
        """Where the passages are, as `first_page` wrote."""
        articles = re.findall(".{8}", self.of)
        # Those of the first article don't name it.
        every = ([*place.split("."), "0"][:3] for place in self.text.split(","))
        return [(articles[int(of)], int(number), int(mark)) for number, mark, of in every]


def read_button(data: str) -> Button:
    """Return the button with this data, one that asks nothing where it is none of ours."""
    match = _DATA.fullmatch(data)
    if not match:
        return Button(Kind.ASK, "")
    return Button(Kind(match[1]), match[4], match[2] or "", int(match[3] or 0))


def first_page(kind: Kind, places: Sequence[Place]) -> Button:
    """Return the first of the passages at *places*, as many as the data has room for."""
    articles = list(dict.fromkeys(article for article, _, _ in places))
    ends = ["", *(f".{index}" for index in range(1, len(articles)))]
    text = ",".join(f"{number}.{mark}{ends[articles.index(of)]}" for of, number, mark in places)
    page = Button(kind, text, "".join(articles))
    return page if page.fits else first_page(kind, places[:-1])


def turning(page: Button, left: int, step: int = 1) -> list[tuple[str, Button]]:
    """Return the buttons to the page before and, with so many *left* to show, to the next."""
    ways = [(words.BACK, -1)] if page.position else []
    ways += [(words.MORE.format(left), step)] if left > 0 else []
    return [(label, page._replace(position=page.position + way)) for label, way in ways]


def next_page(keyboard: InlineKeyboardMarkup | None) -> Button:
    """Return the button to the next page, one that asks nothing where a keyboard has none."""
    ahead = (str(one.callback_data) for one in _buttons(keyboard) if one.text != words.BACK)
    return read_button(next(ahead, ""))


def shared(keyboard: InlineKeyboardMarkup | None) -> str:
    """Return the question that a keyboard shares, empty where it shares none."""
    chosen = (button.switch_inline_query_chosen_chat for button in _buttons(keyboard))
    return next((one.query or "" for one in chosen if one), "")


def turns_only(keyboard: InlineKeyboardMarkup | None) -> InlineKeyboardMarkup | None:
    """Return a keyboard's buttons to other pages, None where it has none."""
    pairs = ((one, read_button(str(one.callback_data))) for one in _buttons(keyboard))
    kept = [one for one, button in pairs if button.kind not in (Kind.ASK, Kind.ENTRY)]
    return InlineKeyboardMarkup([kept]) if kept else None


def _buttons(keyboard: InlineKeyboardMarkup | None) -> list[InlineKeyboardButton]:
    return [button for row in keyboard.inline_keyboard for button in row] if keyboard else []


def keyboard(rows: Iterable[Sequence[tuple[str, Button]]]) -> InlineKeyboardMarkup | None:
    """Return a keyboard without the buttons whose data doesn't fit, None where none is left."""
    drawn = [[_drawn(label, button) for label, button in row if button.fits] for row in rows]
    return InlineKeyboardMarkup([row for row in drawn if row]) if any(drawn) else None


def _drawn(label: str, button: Button) -> InlineKeyboardButton:
    if button.kind is Kind.SHARE:
        chosen = SwitchInlineQueryChosenChat(button.text, True, False, True, True)
        return InlineKeyboardButton(label, switch_inline_query_chosen_chat=chosen)
    short = label if len(label) <= _LONGEST_LABEL else f"{label[: _LONGEST_LABEL - 1]}…"
    return InlineKeyboardButton(short, callback_data=button.data)
