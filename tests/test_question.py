import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import words
from bot.language.facts import Kind
from bot.question import read_question
from bot.question.aspects import LAST, Aspect, asked_passage
from bot.question.listings import Listing
from bot.question.question import MAX_CHARACTERS
from bot.question.smalltalk import SmallTalk

QUESTIONS = json.loads((Path(__file__).parent / "data" / "article-dev.json").read_text())

ASPECTS = {
    Aspect.TITLE: [
        "headline pls",
        "What is the title of the article?",
        "what is the article called",
        "What does the very first line of the text say?",
        "whats the tittle",
    ],
    Aspect.AUTHOR: [
        "who wrote it",
        "who is the author of this article",
        "author?",
        "written by who",
    ],
    Aspect.OUTLET: ["which paper is this from", "what newspaper published the article", "source?"],
    Aspect.DATE: [
        "when was this published?",
        "is this fresh?",
        "how old is this article",
        "is it a 2023 story",
        "when?",
        "when was it publised",
    ],
    Aspect.SUBJECT: [
        "what is this article about?",
        "whats this about",
        "summary",
        "tl;dr",
        "summarise the article in one sentence",
        "what does it say",
        "wats this article abt",
        "sumary pls",
        "gimme a summary",
        "yo mate whats it about",
        "wat is it abuot",
    ],
    None: [
        "when did the wind farm open",
        "who won the title",
        "who wrote the letter",
        "whens the deadline",
        "what is the name of the railway",
        "what happened in 2024",
        "what does the article say about Egypt",
        "why?",
        "",
    ],
}
KINDS = {
    Kind.MEASURE: ["How long is the railway?", "how thick is the ice", "What size is it?"],
    Kind.AGE: ["How old is she?", "what age is the mayor"],
    Kind.NUMBER: ["how many satellites were launched", "how much rain fell"],
    Kind.MONEY: ["ticket price to Bandung", "how much did the wind farm cost"],
    Kind.DATE: [
        "When was the photo taken?",
        "which year did it open",
        "how often does it run",
        "how long has she led it",
    ],
    Kind.PERSON: ["Who founded it?", "what's the name of the woman"],
    None: ["When the war ended, what did they do?", "What happened when it opened?", "wind farm"],
}
LISTINGS = {
    Listing.COUNTRIES: [
        "Which countries are mentioned?",
        "list all nations in the text pls",
        "how many countries r in it",
    ],
    Listing.PROJECTS: ["what projects does it describe", "name every initiative"],
    Listing.PHOTOS: ["show me the photos", "pictures?"],
    Listing.DATES: ["what dates or years appear"],
    Listing.QUOTATIONS: ["quotes"],
    Listing.FIGURES: ["all the stats pls", "which numbers are named"],
    Listing.EMAILS: ["whats the email", "email address pls"],
    Listing.PHONES: ["phone number?"],
    Listing.ARTICLES: ["what articles do you have", "list articles", "which articles are there"],
    None: ["which countries grow beans", "photo of the wind farm", "what", "how many quotes", ""],
}
SMALL_TALK = {
    SmallTalk.GREETING: ["hi", "Good morning :)", "Heyyy there!!"],
    SmallTalk.IDENTITY: ["hi, who are you?", "are you a human or a machine?", "what's your name?"],
    SmallTalk.ABILITIES: ["What can you do?", "how does this bot work"],
    SmallTalk.WELLBEING: ["how are you doing today?", "How's life?"],
    SmallTalk.THANKS: [
        "ok thanks a lot!",
        "no thx",
        "thx u r the best",
        "muchas gracias",
        "thanks, that helped me a lot",
        "thx a ton for all the help mate",
        "Thanks, that's just what I wanted",
        "it's brilliant, cheers",
    ],
    SmallTalk.GOODBYE: ["see you later"],
    SmallTalk.APOLOGY: ["sorry my mistake"],
    SmallTalk.PRAISE: ["great job", "That's very neat"],
    SmallTalk.COMPLAINT: ["that was not helpful", "It's a dumb answer"],
    SmallTalk.DISMISSAL: ["never mind"],
    SmallTalk.LAUGH: ["hahaha"],
    SmallTalk.AGREEMENT: ["ok"],
    SmallTalk.WORDLESS: ["😂", "?!", ""],
    None: [
        "Hi there, what did Zhang Feng take a picture of?",
        "thanks, and what about Egypt?",
        "that helped farmers",
        "good bean",
        "who are they",
        "is the robot human",
        "what can China do?",
        "how does FAST work",
        "that's the best wind farm",
        "thanks for the railway",
        "what is it good for",
    ],
}


@pytest.mark.parametrize(
    ("attribute", "wanted", "text"),
    [
        (attribute, wanted, text)
        for attribute, table in (
            ("aspect", ASPECTS),
            ("kind", KINDS),
            ("listing", LISTINGS),
            ("small_talk", SMALL_TALK),
        )
        for wanted, texts in table.items()
        for text in texts
    ],
)
def test_what_is_asked_is_told_from_the_words(attribute: str, wanted: object, text: str) -> None:
    assert getattr(read_question(text), attribute) is wanted


@pytest.mark.parametrize(
    ("text", "number"),
    [("passage 5", 5), ("last paragraph", LAST), ("third passage", 3), ("which passage is it", 0)],
)
def test_a_passage_is_asked_for_by_its_place(text: str, number: int) -> None:
    assert asked_passage(text) == number


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("please tell me about the Egyptian wind farm", ("egyptian", "wind", "farm")),
        ("is there any info on rail, and rail again?", ("rail", "again")),
        ("tell me something", ("tell", "something")),
        ("what is it", ()),
    ],
)
def test_framing_is_taken_away_unless_nothing_else_is_said(
    text: str, content: tuple[str, ...]
) -> None:
    assert read_question(text).content == content


def test_a_question_that_was_read_is_not_read_again() -> None:
    question = read_question("how big is it?")

    assert read_question(question) is question


def test_a_letter_is_read_up_to_a_length() -> None:
    assert len(read_question("word " * 10_000).text) == MAX_CHARACTERS


def test_no_question_about_the_article_is_taken_for_small_talk() -> None:
    for question in QUESTIONS["questions"]:
        is_talk = read_question(question["question"]).small_talk is not None
        assert is_talk is (question["kind"] == "social"), question


def test_every_kind_of_small_talk_has_its_reply() -> None:
    assert set(words.SMALL_TALK) == {kind.value for kind in SmallTalk}


@given(st.text() | st.text("so veryok", max_size=4096))
def test_any_text_is_a_question(text: str) -> None:
    question = read_question(text)

    assert question.small_talk in (*SmallTalk, None)
    assert question.listing in (*Listing, None)
    assert question.aspect in (*Aspect, None)
    assert question.kind in (*Kind, None)
    assert set(question.content) <= set(question.tokens)
    for told in (question.wants_more, question.goes_on, question.points_back, question.is_foreign):
        assert told in (True, False)
