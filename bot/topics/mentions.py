"""Mentions: which countries a text speaks of, and in which passages."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from bot.topics.countries import WORD, Form, Kind, atlas, flag
from bot.topics.heads import OPENERS
from bot.topics.surroundings import Spot, Surroundings

# Countries whose names people bear: without a sign of the place they are taken for a person once
# the text has such a name in full.
_GIVEN_NAMES = frozenset("Chad England Georgia Holland India Ireland Israel Jordan Kenya".split())
_ALSO_WORDS = frozenset(["Turkey", "Guinea"])
_CREDIT = re.compile(r"\s*\([^()]*/[^()]*\)[.\s]*\Z")
_LONGEST_LETTERS = 4  # DPRK
_SHORTEST_TITLE = 4  # words
_TITLE_CASE_SHARE = 0.7  # of the words with capitals, from which on a capital tells nothing


@dataclass(frozen=True)
class Country:
    """A country that the article mentions.

    Attributes:
        code: Its ISO code of two letters.
        name: Its common name.
        passages: The indices of the passages that mention it, in order.
    """

    code: str
    name: str
    passages: tuple[int, ...]

    @property
    def flag(self) -> str:
        """Its flag as an emoji."""
        return flag(self.code)


class _Mention(NamedTuple):
    """A form found in a passage.

    Attributes:
        passage: The index of the passage.
        form: The form.
        stands_alone: Whether it is no part of a longer name, such as a person's.
        is_within: Whether the text says that something is in it.
        is_listed: Whether it stands beside another country.
        is_initial: Whether it opens a sentence, where a capital tells nothing.
    """

    passage: int
    form: Form
    stands_alone: bool
    is_within: bool
    is_listed: bool
    is_initial: bool


def mentioned_countries(texts: Sequence[str]) -> list[Country]:
    """Return the countries that *texts* mention, in the order of their first mention."""
    mentions = [m for i, text in enumerate(texts) for m in _mentions(text, i)]
    by_form: dict[Form, list[_Mention]] = {}
    for mention in mentions:
        by_form.setdefault(mention.form, []).append(mention)
    found: dict[str, list[int]] = {}
    for form, same in by_form.items():
        code = _likeliest(form, mentions)
        if _is_meant(code, same, mentions, texts):
            places = (i for i, m in enumerate(mentions) if m.form == form and m.stands_alone)
            found.setdefault(code, []).extend(places)
    return [
        Country(code, atlas().names[code], tuple(sorted({mentions[i].passage for i in places})))
        for code, places in sorted(found.items(), key=lambda item: min(item[1]))
    ]


def _likeliest(form: Form, mentions: Sequence[_Mention]) -> str:
    """Return the country that a shared name means: one named otherwise, else the largest."""
    named = {m.form.codes[0] for m in mentions if len(m.form.codes) == 1 and m.stands_alone}
    return next((code for code in form.codes if code in named), form.codes[0])


def _is_meant(
    code: str, same: Sequence[_Mention], mentions: Sequence[_Mention], texts: Sequence[str]
) -> bool:
    alone = [m for m in same if m.stands_alone]
    form = same[0].form
    others = [m for m in mentions if m.form.codes == (code,) and m.form != form and m.stands_alone]
    if not alone or others or form.kind is not Kind.NAME:
        return bool(alone) and not _is_common_word(same, texts)
    if _is_elsewhere(code, mentions, texts) and not any(m.is_listed for m in alone):
        return False
    if form.words[0] in _GIVEN_NAMES and len(alone) < len(same):
        return any(m.is_within or m.is_listed for m in alone)
    return not _is_common_word(same, texts)


def _is_common_word(same: Sequence[_Mention], texts: Sequence[str]) -> bool:
    """Return whether a form only opens sentences and is a word in lower case too: Turkey."""
    if not all(m.is_initial for m in same):
        return False
    name = " ".join(same[0].form.words)
    word = re.compile(rf"\b{re.escape(name.lower())}s?\b")
    return any(word.search(text) for text in texts) or (
        name in _ALSO_WORDS and not any(m.is_listed for m in same)
    )


def _is_elsewhere(code: str, mentions: Sequence[_Mention], texts: Sequence[str]) -> bool:
    """Return whether a name shared with a part of another country means that: Georgia."""
    owner, parts = atlas().namesakes.get(code, ("", frozenset()))
    return any(m.form.codes == (owner,) for m in mentions) or any(
        part in text for part in parts for text in texts
    )


def _mentions(text: str, passage: int) -> Iterator[_Mention]:
    text = _CREDIT.sub("", text)
    words = list(WORD.finditer(text))
    gaps = _gaps(text, words)
    written = [_from_capitals(word[0]) for word in words]
    spots = list(_spots(written, gaps))
    is_title = not text.endswith((".", "!", "?")) and _is_title([word[0] for word in words])
    around = Surroundings(written, gaps, spots, is_title)
    for spot in spots:
        if spot.form.codes:
            yield _Mention(
                passage,
                spot.form,
                around.stands_alone(spot),
                around.is_within(spot),
                around.is_listed(spot),
                around.is_initial(spot.start),
            )


def _from_capitals(word: str) -> str:
    """Return CHINA as China; a short word in capitals may stand for itself, as UAE does."""
    return word.capitalize() if word.isupper() and len(word) > _LONGEST_LETTERS else word


def _gaps(text: str, words: Sequence[re.Match[str]]) -> list[str]:
    """Return what stands before each word and after the last."""
    ends = [0, *(word.end() for word in words)]
    starts = [*(word.start() for word in words), len(text)]
    return [text[end:start] for end, start in zip(ends, starts, strict=True)]


def _is_title(words: Sequence[str]) -> bool:
    long = [word for word in words if word.lower() not in OPENERS]
    return len(long) >= _SHORTEST_TITLE and sum(
        w[0].isupper() for w in long
    ) > _TITLE_CASE_SHARE * len(long)


def _spots(words: Sequence[str], gaps: Sequence[str]) -> Iterator[Spot]:
    forms = atlas().forms
    start = 0
    while start < len(words):
        end = start + 1
        for written, form in forms.get(words[start], ()):
            last = start + len(written)
            if tuple(words[start:last]) == written and _is_tight(gaps[start + 1 : last]):
                end = last
                yield Spot(form, start, end)
                break
        start = end


def _is_tight(gaps: Sequence[str]) -> bool:
    return all(gap in {" ", "-", "–", ".", ". ", "'", "’"} for gap in gaps)
