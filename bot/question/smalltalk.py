"""Small talk: greetings, thanks and the like, told apart from questions."""

import re
from collections.abc import Sequence
from enum import Enum


class SmallTalk(Enum):
    """What kind of small talk a message is; the first that fits counts.

    ENOUGH is said to who asks for more when there is none.
    """

    IDENTITY = "identity"
    ABILITIES = "abilities"
    WELLBEING = "wellbeing"
    THANKS = "thanks"
    GOODBYE = "goodbye"
    GREETING = "greeting"
    APOLOGY = "apology"
    COMPLAINT = "complaint"
    PRAISE = "praise"
    DISMISSAL = "dismissal"
    LAUGH = "laugh"
    AGREEMENT = "agreement"
    WORDLESS = "wordless"
    ENOUGH = "enough"


# Longer messages say more than small talk, whatever words they are made of.
_MAX_WORDS = 12
_BEING = r"(?:an? )?(?:real )?(?:human|person|man|woman|machine|bot|robot|chatbot|ai|llm|real)"
_YOU = r"(?:you|u|this bot|the bot|this)"

# Each pattern is matched against folded words with single blanks between them.
_PHRASES = {
    SmallTalk.IDENTITY: (
        rf"(?:are|r) (?:you|u|this) (?:just |really )?{_BEING}(?: (?:or|and) {_BEING})*",
        r"(?:who|what)(?: exactly)? (?:are|r) (?:you|u)(?: exactly| called)?",
        r"(?:whos|who is) this",
        r"(?:whats?|what is|tell me) (?:your|ur) name",
        r"(?:who|how) (?:made|built|created|wrote|programmed) (?:you|u|this bot)",
        r"(?:tell me|talk) about (?:yourself|you)",
        r"(?:do you have a|your) name",
        r"(?:are|r) (?:you|u) (?:chatgpt|gpt|gemini|claude|siri|alexa)",
    ),
    SmallTalk.ABILITIES: (
        rf"(?:what|how) (?:can|do|could) {_YOU} (?:do|help|work|know|offer)(?: with| about)?",
        rf"how (?:does|do) {_YOU} work",
        r"what (?:can|should|could|do) i (?:ask|do|say|write|type)(?: you| here| about)?",
        r"how (?:can|could) you help(?: me)?",
        r"(?:can|could|will) you help(?: me)?",
        r"(?:i )?(?:need )?help(?: me)?(?: out)?",
        r"(?:instructions|menu|commands|options|start)",
    ),
    SmallTalk.WELLBEING: (
        r"how (?:are|r) (?:you|u)(?: doing)?(?: today)?",
        r"how(?:s| is) (?:it going|things|life|your day)",
        r"(?:whats?|what is|wats?) up|wassup",
        r"(?:how do you|how are you) feel(?:ing)?",
    ),
    SmallTalk.THANKS: (
        r"(?:many |ok )?(?:thanks?|thankyou|thx|thnx|thanx|thnks|tnx|ty|tysm|cheers)(?: you| u)?"
        r"(?: very much| so much| a lot| a bunch| for (?:your |the )?help| again)?",
        r"(?:much )?appreciated?(?: it)?",
    ),
    SmallTalk.GOODBYE: (
        r"(?:good ?)?bye+(?: bye+)?",
        r"(?:see|c) (?:you|ya|u)(?: later| soon| around| tomorrow)?",
        r"(?:good night|gn|ciao|farewell|later|take care|cya|exit|quit|stop)",
    ),
    SmallTalk.GREETING: (
        r"(?:hi+|he+y+|hello+|helo|hallo|hiya|howdy|yo|greetings|gm|hola|sup|salut|bonjour)"
        r"(?: there| bot| again| everyone| all| friend)?",
        r"(?:good )?(?:morning|afternoon|evening|day)",
        r"(?:nice|pleased|glad) to meet (?:you|u)",
        r"(?:is )?(?:anybody|anyone|someone) (?:there|here|home)",
        r"(?:are )?(?:you|u) there|ping|test(?:ing)?",
    ),
    SmallTalk.APOLOGY: (
        r"(?:i am |im |so |very )*sorry(?: about that| for that)?",
        r"(?:my|its my) (?:mistake|bad|fault)",
        r"(?:o+ps|whoops|apologies|pardon|excuse me|wrong chat|typo)",
    ),
    SmallTalk.COMPLAINT: (
        r"(?:you are |youre |u r |this is |thats |that is |that was |so |a |very )*"
        r"(?:bad|wrong|stupid|dumb|useless|terrible|awful|rubbish|idiot|incorrect|not true"
        r"|not helpful|unhelpful|crap)(?: (?:bot|answer|job))?",
        r"(?:you|u) (?:suck|are wrong|dont understand|idiot|moron|fool)",
        r"i (?:hate|dislike) (?:you|u|this|it)|are (?:you|u) sure|i dont understand",
        r"(?:fuck|damn|shit|wtf)(?: (?:you|off|it|u))?",
    ),
    SmallTalk.PRAISE: (
        r"(?:very |so |thats |that is |that was |you are |youre |it is )*"
        r"(?:great|good|nice|excellent|amazing|awesome|brilliant|perfect|wonderful|fantastic"
        r"|cool|smart|clever|helpful|impressive|interesting|neat|wow|bravo|super|the best)"
        r"(?: (?:job|work|answer|bot|one|stuff|job there))?",
        r"(?:well done|good (?:bot|boy|girl)|(?:i )?(?:love|like) (?:it|this|you|u|this bot))",
        r"(?:congrats|congratulations)",
    ),
    SmallTalk.DISMISSAL: (
        r"(?:never ?mind|nvm|forget (?:it|about it|that)|no+|nope|nah|nothing|not really|cancel"
        r"|none|no way|skip)",
    ),
    SmallTalk.LAUGH: (
        r"(?:lo+l+|lmao|rofl|haha+h?|(?:a*ha)+h*|(?:he){2,}|xd+|hihi|jk|just kidding)",
    ),
    SmallTalk.AGREEMENT: (
        r"(?:ok(?:ay|ey|ie)?|kk?|yes+|ye+p|yeah+|yea|yup|sure|fine|alright|right|all right|got it"
        r"|i see|understood|agreed|true|exactly|correct|of course|indeed|makes sense|go ahead"
        r"|done)",
        r"(?:hm+|mm+|mhm|um+|uh+|uhm+|huh|ah+|oh+|aha|er+|well|so|and|then|really|please|pls|plz)",
    ),
}  # fmt: skip

_ANY_PHRASE = re.compile(
    "(?:(?:{})(?: |$))+".format("|".join(p for kind in _PHRASES.values() for p in kind))
)
_KINDS = {
    kind: re.compile(r"\b(?:{})(?: |$)".format("|".join(phrases)))
    for kind, phrases in _PHRASES.items()
}


def small_talk(tokens: Sequence[str]) -> SmallTalk | None:
    """Return the kind of small talk that a message is, None where it asks or says more.

    Args:
        tokens: The message's.
    """
    if not tokens:
        return SmallTalk.WORDLESS
    said = " ".join(tokens)
    if len(tokens) > _MAX_WORDS or not _ANY_PHRASE.fullmatch(said):
        return None
    return next(kind for kind, pattern in _KINDS.items() if pattern.search(said))
