"""What kind of thing a question asks for."""

import re

from bot.language.facts import Kind

_QUESTION_WORD = re.compile(r"\b(?:what|which|who(?:m|se)?|where|when|why|how)\b", re.IGNORECASE)
_ASKS = re.compile(
    r"\b(?:"
    r"(?P<age>how old|(?:what |which )?age)"
    r"|(?P<measure>how (?:long(?! (?:ago|until|ha[sd]|have|did|does|do|will)\b)|far|tall|high|big"
    r"|large|deep|fast|wide|heavy|thick|strong|hot|cold)"
    r"|(?:what|which) (?:size|speed|distance|duration)|length|height|weight)"
    r"|(?P<money>how much (?:\w+ ){0,6}?(?:costs?|worth|paid|pay|spen[dt]|money|earn|charge)"
    r"|how expensive|price|costs?)"
    r"|(?P<number>how (?:many|much)"
    r"|(?:what|which) (?:percent\w*|number|amount|fraction|portion))"
    r"|(?P<date>when|how (?:often|long)"
    r"|(?:what|which) (?:year|date|day|month|season|century|decade|time))"
    r"|(?P<person>who(?:m|se)?|(?:what(?:['’]?s| is| was) the )?name of)"
    r")\b",
    re.IGNORECASE,
)
# Words of those questions that an answer need not have.
KIND_WORDS = frozenset(
    """
    age amount big cold date day deep far fast heavy high hot large long many month much number
    often old season strong tall thick time wide year
    """.split()
)


def asked_kind(question: str) -> Kind | None:
    """Return the kind of thing *question* asks for first, None where words don't tell."""
    asks = _ASKS.search(question)
    question_words = [match.start() for match in _QUESTION_WORD.finditer(question)]
    if not asks or not asks.lastgroup or asks.start() > min([asks.start(), *question_words]):
        return None
    kind = Kind(asks.lastgroup)
    # When the war ended, what ...? only says which time is meant.
    return None if kind is Kind.DATE and len(question_words) > 1 else kind
