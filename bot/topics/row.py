"""A row of words: the words of a text as names are made of them, and what stands between."""

import re
from dataclasses import dataclass

# An en dash joins only what has capitals on both sides: Padma–Jamuna Bridge.
_TOKEN = re.compile(r"[A-Z][^\W_]*(?:(?:['’.-]|–(?=[A-Z]))[^\W_]+)*|[^\W_]+(?:['’.-][^\W_]+)*")
_DETERMINERS = frozenset("the a an this that its their our his her another".split())
TITLES = frozenset(
    """Mr Mrs Ms Dr Prof Professor Sir Dame Lord Lady Captain Coach Manager Mayor Minister President
    Chancellor Senator Governor Councillor Sergeant Constable Judge Father Sister""".split()
)


@dataclass(frozen=True)
class Row:
    """The words of a text with what stands between them.

    Attributes:
        text: The text.
        found: Its words as matched.
    """

    text: str
    found: list[re.Match[str]]

    def word(self, index: int) -> str:
        """Return the word at *index*, empty outside of the text."""
        return self.found[index][0] if 0 <= index < len(self.found) else ""

    def gap(self, index: int) -> str:
        """Return what stands before the word at *index*, a full stop outside of the text."""
        if not 0 < index < len(self.found):
            return "."
        return self.text[self.found[index - 1].end() : self.found[index].start()]

    def is_capital(self, index: int) -> bool:
        """Return whether the word has a capital and is no person's title."""
        word = self.word(index)
        return word[:1].isupper() and word not in TITLES

    def is_initial(self, index: int) -> bool:
        """Return whether the word opens a sentence or a quotation."""
        return re.search(r"[.!?:“\"‘(]", self.gap(index)) is not None

    def is_determined(self, index: int) -> bool:
        """Return whether the, a or the like stands before the word, a year between them or not."""
        before = self.word(index - 1)
        if before.isdigit():
            before = self.word(index - 2)
        return before.lower() in _DETERMINERS or self.word(index) in {"The", "A", "An"}


def row_of(text: str) -> Row:
    """Return the words of *text* in a row."""
    return Row(text, list(_TOKEN.finditer(text)))
