"""Text analysis, one for passages and questions: sentences, tokens and terms."""

import re
import unicodedata

import Stemmer
from sentencex import segment

_STEMMER = Stemmer.Stemmer("english")
_APOSTROPHES = "'’‘ʼʹ＇`´′"
_POSSESSIVE = re.compile(rf"[{_APOSTROPHES}]s\b")
_JOINERS = re.compile(rf"(?<=\w)[{_APOSTROPHES}](?=\w)|(?<=\d)[,](?=\d{{3}})|\u00ad")
_TOKEN = re.compile(r"\d+(?:\.\d+)?|[^\W\d_]+")

# Words that say how something is asked or said, not what about: the Snowball project's English
# stop list, with contractions as they read once their apostrophe is gone.
STOP_WORDS = frozenset(
    """
    a about above after again against all also am an and any are arent as at be because been
    before being below between both but by can cannot cant could couldnt d did didnt do does
    doesnt doing dont down during each few for from further had hadnt has hasnt have havent
    having he her here hers herself him himself his how hows i if in into is isnt it its itself
    lets ll m me more most my myself no nor not of off on once only or other our ours ourselves
    out over own re s same shall she should shouldnt so some such t than that thats the their
    theirs them themselves then there theres these they this those through to too under until
    up us ve very was wasnt we were werent what whats when whens where wheres which while who
    whom whos whose why whys will with wont would wouldnt you your yours yourself yourselves
    """.split()
)


def sentences(text: str) -> list[str]:
    """Return the sentences of *text* in order, each a substring of it without outer blanks."""
    return [sentence for part in segment("en", text) if (sentence := part.strip())]


def fold(text: str) -> str:
    """Return *text* without case and accents, possessive endings and inner apostrophes."""
    plain = unicodedata.normalize("NFKD", _JOINERS.sub("", _POSSESSIVE.sub("", text)))
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold()


def tokens(text: str) -> list[str]:
    """Return the words and numbers of *text*, folded; a unit stands apart from its number."""
    return _TOKEN.findall(fold(text))


def terms(text: str) -> list[str]:
    """Return the Snowball stems of the tokens of *text* that are no stop words."""
    return [_STEMMER.stemWord(token) for token in tokens(text) if token not in STOP_WORDS]
