"""Groups: the bot answers when it is meant, and is silent otherwise."""

import json

import pytest
from botapi import BotApi, Chat, Message, Person
from dialogues import MEGAWATTS, OPENING

from bot import words

ROBOT = {"id": 4711, "is_bot": True, "first_name": "Robot"}
ANONYMOUS = {"id": 1087968824, "is_bot": True, "first_name": "Group"}


@pytest.fixture(params=["group", "supergroup"])
def group(served: BotApi, request: pytest.FixtureRequest) -> Chat:
    return served.group() if request.param == "group" else served.supergroup()


def reply(person: Person, group: Chat, text: str, to: Message | None = None) -> Message:
    """Return what the bot says in a group to a message, which may be in reply to another."""
    sent = person.send(text, chat=group, reply_to=to)
    answer = group.wait_for_reply()
    assert answer.reply_to == sent.id
    return answer


def test_a_mention_anywhere_and_ask_are_answered(ada: Person, group: Chat) -> None:
    for one in ("@test_bot {}", "{} @TEST_BOT", "so @test_bot, {}", "/ask {}", "/ASK@Test_Bot {}"):
        assert "500 MW" in reply(ada, group, one.format("egypt")).text


def test_a_command_is_the_bots_own_or_names_it(ada: Person, group: Chat) -> None:
    assert "/ask" in reply(ada, group, "/help").text
    for text in ("/weather@Test_Bot", "hello /ask @test_bot"):
        assert reply(ada, group, text).text
    assert reply(ada, group, "/weather@test_bot").text.startswith("I don't know /weather.")


@pytest.mark.parametrize("call", ["@test_bot", "@test_bot ?", "@test_bot @test_bot", "/ask"])
def test_a_call_answers_what_it_replies_to(
    served: BotApi, ada: Person, group: Chat, call: str
) -> None:
    asked = served.person(first_name="Bob").send(MEGAWATTS, chat=group)

    assert reply(ada, group, call).text == words.ASK_WHAT
    assert "500 MW" in reply(ada, group, call, asked).text


def test_a_reply_to_an_answer_asks_about_it_or_for_more(ada: Person, group: Chat) -> None:
    first = reply(ada, group, "@test_bot egypt")
    second = reply(ada, group, "tell me more", first)

    assert second.text.startswith(OPENING)
    assert reply(ada, group, "more", second).text == words.SMALL_TALK["enough"]
    assert "500 MW" in reply(ada, group, "how big is it?", first).text


def test_what_is_not_meant_for_the_bot_is_ignored(served: BotApi, ada: Person, group: Chat) -> None:
    hello = ada.send("hello all", chat=group)
    served.person(first_name="Bob").send(MEGAWATTS, chat=group, reply_to=hello)
    for text in (MEGAWATTS, "test_bot x", "@test_bottom hello", "write to egypt@test_bot"):
        ada.send(text, chat=group)
    for text in ("/weather", "/weather @test_bot", "/askew", "please /ask egypt"):
        ada.send(text, chat=group)
    for text in ("/help@other_bot", "/weather@other_bot", "/ask@other_bot @test_bot"):
        ada.send(text, chat=group)
    ada.send("/ask@other_bot egypt")
    ada.send_photo(chat=group)
    ada.send_sticker(chat=group)
    ada.send(f"@test_bot {MEGAWATTS}", chat=group, is_automatic_forward=True)
    ada.send(f"@test_bot {MEGAWATTS}", chat=group, via_bot=served.user)
    ada.send("/ask egypt", chat=group, **{"from": ROBOT})
    served.wait_for_quiet()

    assert not group.bot_messages
    assert not ada.chat.bot_messages


def test_an_answer_follows_a_group_that_moved(served: BotApi, ada: Person) -> None:
    left, grown = served.group(), served.supergroup()
    moved = {"migrate_to_chat_id": grown.id}
    refusal = {"ok": False, "error_code": 400, "description": "upgraded", "parameters": moved}
    served.fail_next("sendMessage", 400, body=json.dumps(refusal), chat_id=left.id)
    ada.send("@test_bot egypt", chat=left)

    assert "500 MW" in grown.wait_for_reply().text


def test_a_topic_is_kept_in_answers_and_behind_buttons(served: BotApi, ada: Person) -> None:
    forum = served.supergroup(is_forum=True)
    topic = forum.topic("Energy")
    ada.send("@test_bot which countries are mentioned?", chat=forum, topic=topic)
    listed = forum.wait_for_reply()
    ada.tap(listed, "🇪🇬 Egypt")

    assert listed.topic == forum.wait_for_reply().topic == topic


def test_edits_and_admins_in_its_name_are_answered(ada: Person, group: Chat) -> None:
    sent = ada.send("@test_bot indonesia", chat=group)
    answer = group.wait_for_reply()
    ada.edit(sent, "@test_bot egypt", chat=group)
    assert "500 MW" in group.wait_for_edit(answer).text

    ada.send("@test_bot egypt", chat=group, sender_chat=group.data, **{"from": ANONYMOUS})
    assert "500 MW" in group.wait_for_reply().text


def test_one_persons_follow_up_does_not_lean_on_anothers(ada: Person, group: Chat) -> None:
    reply(ada, group, "@test_bot egypt wind farm")

    assert "500 MW" not in reply(ada, group, "@test_bot how big is it?").text
