"""Names: the projects, things and organisations that an article names."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.article.article import Passage
from bot.topics.credits import CREDIT, credited
from bot.topics.heads import BODIES, BOTH, TAILS, THINGS, WORKS
from bot.topics.runs import Run, runs

_QUOTED = re.compile(r"[\"“]([^\"“”]{3,90})[\"”]")
_KIND_AFTER = re.compile(r" (?:[a-z-]+ )?([a-z]+)")
_CALLED = re.compile(r"\b(?:called|named|titled|entitled|christened)[\s,:]+(?:the )?$")
_KIND_BEFORE = re.compile(r"(\w+),? $")
_KINDS = THINGS | TAILS | WORKS | BODIES
_UNITS = (
    r"MW|GW|kW|megawatts?|gigawatts?|kilowatts?|MWh|km|kilomet(?:er|re)s?|miles?|met(?:er|re)s?|"
    r"feet|foot|acres?|hectares?|tons?|tonnes?|litres?|liters?|gallons?|barrels?|beds?|seats?|"
    r"units?|stor(?:e?y|eys|ies)|bit|qubits?|million|billion|capacity"
)
_TAIL = "|".join(sorted(TAILS))
_MEASURED = re.compile(
    rf"[$€£]?\d[\d,.]*[ -](?:{_UNITS})[ -](?:[a-z]+(?:-[a-z]+)* ){{0,3}}?"
    rf"(?:{_TAIL})\b(?! (?:{_TAIL})\b)"
)
_CODED = re.compile(
    r"(?<![\w-])(?:[A-Z][a-z]\w*(?:['’]\w+)?-\d+[A-Z]?|[A-Z]{2,}[a-z]?-\d+[A-Z]?"
    r"|[A-Z][a-z]{2,}(?:[A-Z][a-z]*)+\d*|[a-z][A-Z][a-z]{3,}\d*)(?![\w-])"
)
_PEOPLE_OR_ILLS = re.compile(
    r"(?:Mc|Mac|De|Di|Du|La|Le|Fitz|Van|Von|O)[A-Z]|COVID|SARS|[A-Z]{1,3}-\d{2}$"
)
_LONGEST_SMALL_WORD = 3  # of the words that titles leave in lower case
_LINKED = (" of ", " the ", " for ", " on ", " and ")
_SHORT = re.compile(r"\s?\(([A-Z][\w-]{1,11})\)")


@dataclass(frozen=True)
class Named:
    """Something that the article gives a name.

    Attributes:
        name: Its longest name, as first written.
        short_forms: What else the article calls it, such as the letters in brackets.
        passages: The numbers of the passages that name it, in order.
    """

    name: str
    short_forms: tuple[str, ...]
    passages: tuple[int, ...]


def named_things(passages: Sequence[Passage]) -> list[Named]:
    """Return the projects and things that have a name, in the order of their first mention."""
    return _merged(passages, [list(_things(_body(p))) for p in passages])


def organisations(passages: Sequence[Passage]) -> list[Named]:
    """Return the organisations and companies that are named, credits of photos among them."""
    found = [[*_bodies(_body(p)), *_credited(p)] for p in passages]
    return _merged(passages, found)


def _body(passage: Passage) -> str:
    return CREDIT.sub("", passage.text) if passage.is_caption else passage.text


def _credited(passage: Passage) -> Iterator[str]:
    if passage.is_caption:
        yield from credited(passage.text)


def _things(text: str) -> Iterator[str]:
    found = [*_quoted(text), *_coded(text)]
    found += [(m.start(), m[0]) for m in _MEASURED.finditer(text)]
    found += [
        (run.start, run.text)
        for run in runs(text)
        if _is_thing(run) and not any(start <= run.start < start + len(n) for start, n in found)
    ]
    yield from (name for _, name in sorted(found))


def _bodies(text: str) -> Iterator[str]:
    yield from (run.text for run in runs(text) if _is_body(run))


def _is_thing(run: Run) -> bool:
    return not run.is_body


def _is_body(run: Run) -> bool:
    return run.is_body or run.head in BOTH


def _quoted(text: str) -> Iterator[tuple[int, str]]:
    """Yield titles in quotation marks, not what somebody says or so-called things."""
    for quote in _QUOTED.finditer(text):
        title = quote[1].rstrip(",.;")
        if _has_title_case(title) and _is_told(text, quote):
            yield quote.start(1), title


def _is_told(text: str, quote: re.Match[str]) -> bool:
    """Return whether the words beside a quotation say that it is called so, or what it is."""
    before = text[max(0, quote.start() - 30) : quote.start()]
    after, kind = _KIND_AFTER.match(text, quote.end()), _KIND_BEFORE.search(before)
    kinds = {*(after[0].split() if after else ()), kind[1].lower() if kind else ""}
    return _CALLED.search(before) is not None or not _KINDS.isdisjoint(kinds)


def _has_title_case(title: str) -> bool:
    long = [
        word for word in re.findall(r"[^\W\d_][\w'’-]*", title) if len(word) > _LONGEST_SMALL_WORD
    ]
    return bool(long) and title[0].isupper() and all(word[0].isupper() for word in long)


def _coded(text: str) -> Iterator[tuple[int, str]]:
    """Yield words that only a thing's name looks like: Chang'e-6, DeepSeek."""
    for match in _CODED.finditer(text):
        if not _PEOPLE_OR_ILLS.match(match[0]):
            yield match.start(), match[0]


def _merged(passages: Sequence[Passage], found: Sequence[Iterable[str]]) -> list[Named]:
    """Return each name once, with its short forms and every passage that holds one of them."""
    texts = {passage.number: passage.text for passage in passages}
    names = list(dict.fromkeys(name for names in found for name in names))
    letters = {name: _letters(name, texts.values()) for name in names}
    likely = _by_what_they_end_in(names, letters)
    short: dict[str, list[str]] = defaultdict(list)
    for name in names:
        short[_longest(name, likely, letters)].append(name)
    return [
        _named(
            owner,
            [one for one in [*shorter, letters[owner]] if one not in ("", owner)],
            names,
            texts,
        )
        for owner, shorter in short.items()
        if owner in shorter
    ]


def _named(
    name: str, short_forms: Sequence[str], names: Sequence[str], texts: Mapping[int, str]
) -> Named:
    forms = [name, *short_forms]
    longer = [other for other in names if other not in forms and _holds(other, name)]
    holders = tuple(number for number, text in texts.items() if _is_named(text, forms, longer))
    return Named(name, tuple(dict.fromkeys(short_forms)), holders)


def _by_what_they_end_in(
    names: Iterable[str], letters: Mapping[str, str]
) -> Mapping[str, Sequence[str]]:
    """Return the names by the last word, the letters and the word before a year of each."""
    found: dict[str, list[str]] = defaultdict(list)
    for name in names:
        *_, before, last = ["", *name.split()]
        for key in {last, letters[name], before if last.isdecimal() else last} - {""}:
            found[key].append(name)
    return found


def _longest(name: str, likely: Mapping[str, Sequence[str]], letters: Mapping[str, str]) -> str:
    """Return the name that *name* is short for: the longest that ends in it, often itself."""
    candidates = likely.get(name.rsplit(maxsplit=1)[-1], ())
    return max([name, *(n for n in candidates if _is_short_for(name, n, letters[n]))], key=len)


def _is_short_for(name: str, longer: str, letters: str) -> bool:
    before, _, rest = longer.rpartition(name)
    ends = rest == "" and before.endswith(" ") and not before.endswith(_LINKED)
    return (
        ends or letters == name or re.fullmatch(rf"{re.escape(name)} \d{{4}}", longer) is not None
    )


def _letters(name: str, texts: Iterable[str]) -> str:
    """Return the letters that stand in brackets after a name, empty where there are none."""
    for text in texts:
        after = _SHORT.match(text, text.find(name) + len(name)) if name in text else None
        if after and after[1][0] == name[0] and _are_in_order(after[1], name):
            return after[1]
    return ""


def _are_in_order(letters: str, name: str) -> bool:
    rest = iter(name.lower())
    return all(letter in rest for letter in letters.lower() if letter.isalpha())


def _holds(longer: str, name: str) -> bool:
    if name not in longer:
        return False
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", longer) is not None


def _is_named(text: str, forms: Sequence[str], longer: Sequence[str]) -> bool:
    """Return whether *text* has one of *forms* outside of a longer name."""
    if not any(form in text for form in forms):
        return False
    for other in longer:
        text = text.replace(other, "")
    return any(_holds(text, form) for form in forms)
