"""Names: the projects, things and organisations to which an article gives a name."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from bot.article import Passage
from bot.language.facts import MONTHS, WEEKDAYS
from bot.language.rarity import is_common
from bot.language.text import OPENERS, tokens
from bot.topics.countries import SENTENCE_ENDS
from bot.topics.known import COUNTRY, PLACES, word_list

Numbers: TypeAlias = dict[str, list[int]]
_LONGEST = 79
_BODIES, _BOTH = word_list("bodies"), word_list("both")
_COUNTRIES = frozenset(place.said for place in PLACES if place.kind in COUNTRY)
_TITLES, _OPENERS = word_list("titles"), OPENERS | word_list("commands")
_KINDS = word_list("things", "tails", "bodies", "works", "called")


def _any(several: Iterable[str]) -> str:
    return f"(?:{'|'.join(sorted(several, key=len, reverse=True))})"


def _capital(*lists: str) -> str:
    return _any(map(str.capitalize, word_list(*lists)))


_UPPER = "[A-ZÀ-ÖØ-ÞĀ-Ž]"
# A word with a capital: High-Speed, St. John's, King's, but no Egypt's.
_WORD = (
    rf"(?<![\w-])(?:{_capital('owners')}['’]s|(?:St|Mt|Ft)\.? {_UPPER}\w*(?:['’]s)?"
    rf"|{_UPPER}\w*(?:[.-]\w+|['’](?!s\b)\w+|–{_UPPER}\w*)*)(?!\w|['’]s\b)"
)
_MORE = rf"['’]? (?:{_WORD}|(?:19|20)\d\d\b)"
_RUN = rf"{_WORD}(?:{_MORE})*"
_DATE = _any(map(str.capitalize, (*MONTHS, *WEEKDAYS)))
_LIST = (
    rf"(?: the)? (?!{_DATE}\b){_RUN}(?: of(?: the)? {_RUN})*(?:(?:, {_WORD})* (?:and|&) {_RUN})?"
)
# The noun that tells what a name names ends it, or goes on: Ministry of Health, Labour and Welfare.
_HEAD = rf"(?!House of){_capital('things', 'bodies')}\b"
_END = (
    rf"(?:(?:{_capital('purposes')} for|{_capital('subjects')} on){_LIST}|{_HEAD}(?: of{_LIST})?)"
    rf"(?: (?:Online|International|(?:19|20)\d\d)\b)?(?!{_MORE})"
)
_FIRST = rf"(?<![\w-])(?={_UPPER})"
_THE = _any(rf"(?<=\b{the} )|(?<=\b{the} \d{{4}} )" for the in "the a an its their".split())
_LISTED = rf"(?!(?!Bill){_HEAD}(?:,| and| &)){_WORD}(?:['’]? | and | & |, (?={_WORD} (?:and|&) ))"
_CAPITALS = re.compile(rf"{_FIRST}(?P<name>(?:{_THE}(?:{_LISTED})+|(?:{_WORD}['’]? )*){_END})")
# Names with capitals in their first words alone: the Lancang bullet train, the SLOWKID trial.
_TAIL = rf"{_any(word_list('tails'))}\b"
_SMALL = r"(?!(?:and|as|at|by|for|from|in|is|of|on|or|to|was|with)\b)[a-z-]+(?<!ed)(?<!ing)"
_UNDERTAKING = _any(word_list("undertakings"))
_TAILED = re.compile(
    rf"{_FIRST}{_THE}(?P<name>{_RUN}(?: {_SMALL}){{1,3}}? {_TAIL}|{_RUN} {_UNDERTAKING}\b)"
)
# A title in quotation marks or of capitals alone, beside the noun that tells its kind.
_TITLE = rf"(?P<name>{_UPPER}[^\s\"“”]*(?: (?:[^a-z\s\"“”][^\s\"“”]*|[a-z]{{1,3}}\b))*?)[,.;]?[\"”]"
_KIND_BEFORE = re.compile(rf"\b(?P<kind>[a-z]+)[,:]? (?:the )?[\"“]{_TITLE}")
_KIND_AFTER = re.compile(rf"[\"“]{_TITLE}(?P<kind>(?: [a-z-]+){{1,2}})")
_CALLED = re.compile(
    rf"\b(?P<kind>[a-z]+)(?:,? (?=[A-Z]{{4,}}\b)| {_any(word_list('called'))} )(?P<name>{_RUN})"
)
# A 60-bed dialysis centre, a 500 MW wind farm, but no 10-year plan.
_MEASURED = re.compile(
    r"(?<![\w.,-])(?P<name>\d[\d.,]*(?:-(?!(?:year|month|week|day|hour|minute)\b)[a-z]+"
    rf"|[ -](?:[kMG]W|[a-z]*watt))[ -](?:[a-z]+(?:-[a-z]+)* ){{0,3}}?{_TAIL})(?! {_TAIL})"
)
# What only a thing's name looks like, Chang'e-6 or DeepSeek, people and ills left out.
_CODED = re.compile(
    r"(?<![\w-])(?!(?:Mc|Mac|De|Di|Du|La|Le|Fitz|Van|Von|O)[A-Z]|(?i:covid|sars)|[A-Z]{1,3}-\d\d\b)"
    r"(?P<name>[A-Z][a-z]\w*(?:['’]\w+)?-\d{1,3}[A-Z]?|[A-Z]{2,}[a-z]?-\d{1,3}[A-Z]?"
    r"|[A-Z][a-z]{2,}(?:[A-Z][a-z]*)+\d*|[a-z][A-Z][a-z]{3,}\d*)(?![\w-])"
)
_CAPITAL = re.compile(r"\b[A-Z][a-z]*(?![\w-])")
_NAME_BEHIND = re.compile(rf" {_WORD} {_WORD}")
_LINKS = frozenset("of the for on and".split())
_LETTERS = re.compile(r" ?\(([A-Z][\w-]{1,11})\)")
_SURNAMED = rf"{_UPPER}\w+ {_capital('surnames')}\b"
_SAYS = r",? (?:said|says|told|added|who|explained|recalled)\b|, \d\d\b"
_PERSON = re.compile(rf"\b{_any(_TITLES)}\.? {_SURNAMED}|\b{_SURNAMED}(?={_SAYS})")


def things_and_bodies(passages: Sequence[Passage]) -> tuple[Numbers, Numbers]:
    """Return the things and the organisations named, with the numbers of *passages* that do it."""
    heads: dict[str, str] = {}
    letters: dict[str, str] = {}
    amid: set[str] = set()
    for passage in passages:
        for start, name, head in _found(passage):
            heads.setdefault(name, head)
            amid |= set() if _is_initial(passage.text, start) else {name}
            short = _LETTERS.match(passage.text, start + len(name))
            if short and short[1][0] == name[0]:
                letters[short[1]] = name
    for name in heads.keys() - amid:
        first, _, rest = name.partition(" ")
        # Its first word may be its sentence's alone.
        if rest in heads and is_common(first.lower()):
            del heads[name]
    numbers = _numbers(passages, _owners(heads, letters))
    things = {name: several for name, several in numbers.items() if heads[name] not in _BODIES}
    bodies = {name: numbers[name] for name in numbers if heads[name] in _BODIES | _BOTH}
    return things, bodies


def _numbers(passages: Sequence[Passage], owners: Mapping[str, str]) -> Numbers:
    """Return the names that others stand for, each with the passages that have one of them."""
    forms = re.compile(rf"(?<!\w)(?={_UPPER}|\d|\w{_UPPER}){_any(map(re.escape, owners))}(?!\w)")
    numbers: Numbers = {name: [] for name in owners.values()}
    for passage in passages:
        for name in {owners[form] for form in forms.findall(passage.text)}:
            numbers[name].append(passage.number)
    return {name: several for name, several in numbers.items() if several}


def _found(passage: Passage) -> list[tuple[int, str, str]]:
    """Return the names in a passage in order, with where each begins and the noun that tells it."""
    text, found = passage.text, []
    # A photo's credit names agencies alone.
    credit = text.rfind("(") if passage.is_caption else len(text)
    taken: set[int] = set()
    for match in _matches(text):
        span = range(*match.span("name"))
        name = text[span.start : span.stop]
        head = _head(name) if match.re in (_CAPITALS, _TAILED) else ""
        is_free = taken.isdisjoint(span) and (span.start < credit or head in _BODIES)
        if is_free and _is_name(name):
            found.append((span.start, name, head))
            taken.update(span)
    return sorted(found)


def _matches(text: str) -> Iterator[re.Match[str]]:
    for pattern in (_KIND_BEFORE, _KIND_AFTER, _CALLED):
        yield from (m for m in pattern.finditer(text) if not _KINDS.isdisjoint(m["kind"].split()))
    named = _PERSON.sub(
        lambda person: re.sub(_UPPER, "x", person[0]), _CAPITAL.sub(_lower_plain, text)
    )
    for pattern in (_MEASURED, _CODED, _CAPITALS, _TAILED):
        yield from pattern.finditer(named)


def _lower_plain(word: re.Match[str]) -> str:
    """Return in lower case a word that has a capital from its sentence, or is a person's title."""
    lower, is_initial = word[0].lower(), _is_initial(word.string, word.start())
    # Saving Elm Park cost a fortune.
    is_verb = lower.endswith("ing") and _NAME_BEHIND.match(word.string, word.end())
    opens = is_initial and (lower in _OPENERS or is_verb)
    return lower if opens or lower in _TITLES or lower == "the" else word[0]


def _is_initial(text: str, start: int) -> bool:
    before = text[max(0, start - 2) : start]
    return not before or not SENTENCE_ENDS.isdisjoint(before)


def _head(name: str) -> str:
    """Return the noun that tells what it is the name of."""
    parts = re.split(r" (?:of|for|on) ", name)[0].split()
    while parts[1:] and (parts[-1].isdigit() or parts[-1] in {"Online", "International"}):
        parts.pop()
    return parts[-1].lower()


def _is_name(name: str) -> bool:
    """Return whether it is no plain noun, country or endless row of words."""
    capitals = re.match(_RUN, name)
    is_country = capitals is not None and tuple(tokens(capitals[0])) in _COUNTRIES
    is_noun = name.rstrip(" 0123456789").lower() in word_list("things", "bodies")
    return not (is_country or is_noun or len(name) > _LONGEST)


def _owners(names: Collection[str], letters: Mapping[str, str]) -> dict[str, str]:
    """Return for each name, and for its letters, the longest that it is short for."""
    owners: dict[str, str] = {}
    for name in sorted(names, key=len):
        parts = name.split(" ")
        starts = [i for i in range(len(parts)) if i == 0 or parts[i - 1] not in _LINKS]
        endings = (" ".join(parts[start:]) for start in starts)
        owners |= {ending: name for ending in endings if ending in names}
    whole = {name: owners[name] for name in names}
    return whole | {short: owners[name] for short, name in letters.items()}
