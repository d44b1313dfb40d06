"""Every sentence that the bot says to a person, and nothing else; no markup."""

import datetime
import re
from collections.abc import Mapping, Sequence

COMMANDS = {
    "start": "What I am, and three questions to try",
    "help": "How to ask",
    "about": "Where the answers come from",
    "countries": "The countries that are mentioned",
    "projects": "The projects and things that are named",
    "article": "The whole article",
}

GROUP_COMMANDS = {"ask": "Ask a question", **COMMANDS}
# What works beside these where there are several articles.
ARTICLES_COMMAND = {"articles": "The articles I've read, to ask one alone"}
CHAT_MORE = "/more"
CHAT_COMMANDS = {**GROUP_COMMANDS, CHAT_MORE[1:]: "What else was found", "quit": "The end"}

# What the article does with the entries of a list, and what one and several of them are called.
LISTS = {
    "countries": ("mentions", "country", "countries"),
    "projects": ("names", "project or thing", "projects and things"),
    "organisations": ("names", "organisation", "organisations"),
    "photos": ("has", "photo", "photos"),
    "quotations": ("quotes", "phrase", "phrases"),
    "dates": ("gives", "date", "dates"),
    "figures": ("gives", "figure", "figures"),
    "emails": ("gives", "e-mail address", "e-mail addresses"),
    "phones": ("gives", "phone number", "phone numbers"),
    "articles": ("", "article", "articles"),
}
# Places that are written with their article.
WITH_ARTICLE = ("United ", "European Union", "Netherlands", "Philippines", "Middle East", "Bahamas")

SMALL_TALK = {
    "identity": "I'm a bot. I answer questions about what I've read; /about says what that is.",
    "abilities": (
        "Ask me anything about the article in your own words, and I'll show you the passage that "
        "answers. /start has questions to try, /article the whole text."
    ),
    "wellbeing": "All good here, thanks! What would you like to know about the article?",
    "thanks": "You're welcome! Ask on whenever you like.",
    "goodbye": "Goodbye! I'll be here if you have another question.",
    "greeting": "Hello! What would you like to know about the article?",
    "apology": "No harm done. What would you like to know?",
    "praise": "Thank you! Anything else you'd like to know?",
    "complaint": "Sorry about that. Other words may help, or read it all with /article.",
    "dismissal": "All right. I'm here when you have a question.",
    "laugh": "😄 Ask me about the article whenever you like.",
    "agreement": "Good. What else would you like to know about the article?",
    "enough": "That was all I found on this. Ask something else.",
    "wordless": "🙂 I understand words best. Ask me something about the article.",
}

_WAYS = (
    "I look for what your question says and means, and show you the passage that fits best, word "
    "for word. I make nothing up, and I keep none of your questions."
)
# So many titles are told at once, in the room of a profile's description fewer.
_TITLES, _TITLES_DESCRIBED = 10, 3
NARROWED = "Until /articles I answer from this one alone:"
EXAMPLE = "Tell me about {}"
CORRECTED = "Showing results for {}."
GUESS = "I don't see a clear answer in the article. The closest I found:"
LIKELY_GUESS = "I'm not sure that the article answers this. It may be here:"
REFUSAL = (
    "The article doesn't answer that, as far as I can see. "
    "Try other words, or /start for what it does talk about."
)
HINT = "I couldn't answer those. Other words may help; this is what the article is about:"
REPHRASE = "Other words may help; /projects and /countries list what the article is about."
ASK_WHAT = "Put your question behind it, such as: /ask what is this about?"
INLINE_NOTHING = "I see no answer. Open the bot"
SHORT_DESCRIPTION = "Answers questions with passages of what it has read."
ONLY_TEXT = "I can only read text. Ask me in words."
FAILED = "Something went wrong on my side, sorry. Please ask again in a moment."
TOO_MANY = "That's a lot at once. I'll read on in a minute; please ask the rest again then."
OLD_BUTTON = "The article has changed since then. Please ask again."
BACK = "Back"
MORE = "More ({})"
SHARE = "Share"
WEB_ADDRESS = "The page is at {} – Ctrl-C ends it."
NO_PORT = "ports are numbers from 0 to 65535"
WEB_TAKEN = "Port {} can't be listened on: {}. Choose another with --port."
WEB_ARTICLE = "Here it is, beside our chat."
WEB_GONE = "This page was left alone for too long. Reload it, please."
CHAT_PROMPT = "You: "
CHAT_HINT = "/help says how, Ctrl-D ends."
CHAT_ENDS = ("quit", "exit", "/quit", "/exit", "q", ":q", "bye")
UNUSABLE = "Something can't be read or written: {}."
HIDDEN = "Empty in the environment, which hides what .env says: {}. Unset it."
SEVERAL_ARTICLES = "The questions are of one article. There are several: name one with --article."

READING = "Reading the article…"
BY_WORDS_ALONE = "Questions are answered by their words alone."


def foreign(language: str) -> str:
    """Return what is said to a question in another language than the article's, if known."""
    named = f"{language}, " if language else ""
    return f"I don't see an answer. Please ask in {named}the language of what I've read."


def help_text(commands: Mapping[str, str] = COMMANDS) -> str:
    """Return what /help says where *commands* work."""
    return (
        "Ask in your own words: a whole question or just a name. Typing errors are fine.\n\n"
        "I show the passage that answers and mark the sentence that matters most. If there's "
        f"no answer, I tell you so.\n\n{command_list(commands)}"
    )


def introduction(titles: Sequence[str], examples: int) -> str:
    """Return what /start says of articles, above so many questions to try."""
    them = "it" if len(titles) == 1 else "them"
    end = ", or try one of these:" if examples else "."
    return f"{_hello(titles)}\n\nAsk me anything about {them}{end}"


def description(titles: Sequence[str]) -> str:
    """Return what a chat with the bot shows while it is empty."""
    return f"{_subject(titles)} {', '.join(_first(titles, _TITLES_DESCRIBED))}. Tap Start to try."


def _hello(titles: Sequence[str]) -> str:
    return "\n".join([f"Hello! {_subject(titles)}", "", *_first(titles, _TITLES)])


def _subject(titles: Sequence[str]) -> str:
    what = "one article" if len(titles) == 1 else f"{len(titles)} articles"
    return f"I answer questions about {what}:"


def _first(titles: Sequence[str], many: int) -> list[str]:
    return [*titles[:many], *["…"][: len(titles) - many]]


def of_several(said: str) -> str:
    """Return what is said of the article as it is said of several."""
    plural = {"doesn't": "don't", "has": "have", "is": "are"}

    def told(match: re.Match[str]) -> str:
        return f"{match[1]}s {plural.get(match[2], match[2].removesuffix('s'))}"

    said = re.sub(r"\b([Tt]he article) (doesn't|\w+s\b)", told, said)
    return re.sub(r"\b([Tt]he article)\b(?!')", r"\1s", said).replace(". It does ", ". They do ")


def about(titles: Sequence[str], passages: int, origin: str) -> str:
    """Return what /about says."""
    what = titles[0] if len(titles) == 1 else f"{len(titles)} articles"
    read = f"I've read {what}, {counted(passages, 'passage', 'passages')} in all. {origin}".strip()
    return f"{read}\n\n{_WAYS}"


def greeting(titles: Sequence[str], name: str) -> str:
    """Return what is said to a group that the bot, with the user *name*, comes into."""
    asking = f"Mention me, @{name}, with your question, or write /ask and what you want to know."
    return f"{_hello(titles)}\n\n{asking}"


def not_allowed(user: int | None, chat: int | None) -> str:
    """Return what a stranger is told, with the ids of himself and the chat where there are any."""
    named = {"your id": user, "this chat's id": chat}
    ids = ", or ".join(f"{name}, {one}" for name, one in named.items() if one)
    said = "I'm a private bot, sorry: I only answer the people I was set up for."
    return f"{said} To be let in, give them {ids}." if ids else said


def origin(address: str, day_of_it: datetime.date) -> str:
    """Return where and when an article was fetched."""
    return f"I fetched it from {address} on {day(day_of_it)}."


def unknown_command(command: str, commands: Mapping[str, str] = COMMANDS) -> str:
    """Return the reply to a command that doesn't exist."""
    return f"I don't know {command}. I do know these:\n\n{command_list(commands)}"


def command_list(commands: Mapping[str, str] = COMMANDS) -> str:
    """Return the commands, one a line."""
    return "\n".join(f"/{name} – {description}" for name, description in commands.items())


def listed(listing: str, number: int, places: str) -> str:
    """Return what is said above a list of so many entries, narrowed to *places* or to none."""
    verb, one, several = LISTS[listing]
    if not verb:
        return f"I've read {counted(number, one, several)}:"
    if not number:
        is_told = places.startswith(("besides ", "with "))
        narrowed = f" {places}" if is_told else f" to do with {places}" if places else ""
        return f"I see no {several.replace(' and ', ' or ')}{narrowed} in the article."
    narrowed = f" ({places})" if places else ""
    return f"The article {verb} {counted(number, one, several)}{narrowed}:"


def unmentioned(places: Sequence[str], number: int) -> str:
    """Return that the article doesn't mention *places*, above the countries that it does."""
    said = f"The article doesn't mention {' or '.join(map(with_article, places))}."
    countries = counted(number, "country", "countries")
    return f"{said} It does mention {countries}:" if number else said


def with_article(place: str) -> str:
    """Return the name of a place as it stands in a sentence, such as the United Kingdom."""
    return f"the {place}" if place.startswith(WITH_ARTICLE) else place


def chat_choose(number: int) -> str:
    """Return how the terminal offers the entries of a list."""
    numbers = {1: "1", 2: "1 or 2"}.get(number, f"a number from 1 to {number}")
    return f"Type {numbers} to see its passages."


def source(number: int, passages: int, is_caption: bool, title: str) -> str:
    """Return the line that says where a passage stands."""
    said = place(number, passages, is_caption)
    return f"{said} · {title}" if number else said


def place(number: int, passages: int, is_caption: bool) -> str:
    """Return where a passage stands, such as Passage 8 of 11."""
    if number == 0:
        return "The article's headline"
    kind = "Photo caption, passage" if is_caption else "Passage"
    return f"{kind} {number} of {passages}"


def chat_more(left: int) -> str:
    """Return how the terminal offers the passages *left*."""
    return f"{CHAT_MORE} shows {counted(left, 'further passage', 'further passages')}."


def dated(title: str, date: datetime.date | None) -> str:
    """Return a title with its day, such as “Title”, 3 March 2025."""
    return f"“{title}”, {day(date)}" if date else f"“{title}”"


def day(date: datetime.date) -> str:
    """Return a date such as 3 March 2025."""
    return f"{date.day} {date:%B %Y}"


def counted(number: int, one: str, several: str) -> str:
    """Return a number with its noun, such as 1 passage or 3 passages."""
    return f"{number or 'no'} {one if number == 1 else several}"
