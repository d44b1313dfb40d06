"""Captions: what describes a photo, told by its credit."""

import re

_MAX_CHARACTERS = 600
_PHOTO = r"(?:(?:file|handout) )?(?:photo|photograph|image|picture)"
_AGENCY = r"(?:getty(?: images)?|reuters|xinhua|shutterstock|alamy)"
# In brackets alone these may stand for anything, as (EPA) and (PA) do.
_SHORT = r"(?:ap|afp|epa|pa|dpa|nasa)"
_CREDIT = rf"{_PHOTO}(?: credits?)?(?:\s?[:/]| (?:by|courtesy)) ?\S.*|(?:image |photo )?credits?:.*"
_CREDIT_LINE = re.compile(_CREDIT, re.I)
_IN_BRACKETS = re.compile(
    rf"{_CREDIT}|{_AGENCY}(?: {_PHOTO})?(?:\s?[/,].*)?|{_SHORT}(?: {_PHOTO}(?:/.*)?|\s?/.*)"
    rf"|courtesy\b.*|{_PHOTO}",
    re.I,
)
_BRACKETS = re.compile(r"[(\[]([^()\[\]]+)[)\]][.\s]*\Z")
_LAST = re.compile(rf"[.!?] (?:{_PHOTO}(?: credits?)?(?:\s?:|/| by )|credits?:)[^.!?]+\.?\Z", re.I)
_PERSON = re.compile(r"[^\W\d_a-z]\S*(?: \S+)* [^\W\d_a-z]\S*")
_FIGURE = re.compile(
    rf"(?:{_PHOTO}|caption|fig(?:ure|\.)? ?\d+)\s?[:.]\s|image (?:source|caption)[,:]\s", re.I
)


def is_caption(text: str) -> bool:
    """Return whether a line has a photo's credit, at its end or alone, or says that it is one."""
    if len(text) > _MAX_CHARACTERS:
        return False
    brackets = _BRACKETS.search(text)
    is_credited = _FIGURE.match(text) or _LAST.search(text) or is_credit(text)
    return bool(is_credited) or (brackets is not None and _is_credit_in_brackets(brackets[1]))


def is_credit(text: str) -> bool:
    """Return whether a line says nothing but who took a photo."""
    return _CREDIT_LINE.fullmatch(text) is not None


def _is_credit_in_brackets(text: str) -> bool:
    # An agency and a person, such as People's Daily/Ann Lee.
    _, slash, last = text.rpartition("/")
    is_person = bool(slash) and _PERSON.fullmatch(last.strip()) is not None
    return is_person or _IN_BRACKETS.fullmatch(text) is not None
