"""Groups: the bot answers when it is meant, and is silent otherwise."""

import json

import pytest
from botapi import BotApi, Chat, Message, Person
from dialogues import MEGAWATTS, OPENING

from bot import words
from bot.article import Article

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


@pytest.mark.parametrize("call", ["@test_bot", "@test_bot?", "/ask"])
@pytest.mark.parametrize("is_elsewhere", [False, True])
def test_what_is_quoted_of_a_message_is_asked(
    served: BotApi, ada: Person, group: Chat, call: str, is_elsewhere: bool
) -> None:
    said = "Jakarta-Bandung high-speed railway in Indonesia! Or the Egypt wind farm?"
    origin = {"type": "hidden_user", "sender_user_name": "Bob", "date": 1}
    there = {"external_reply": {"origin": origin}} if is_elsewhere else {}
    bobs = None if is_elsewhere else served.person(first_name="Bob").send(said, chat=group)
    quote = {"text": "the Egypt wind farm?", "position": 52}
    sent = ada.send(call, chat=group, reply_to=bobs, quote=quote, **there)
    answer = group.wait_for_reply()

    assert answer.reply_to == sent.id
    assert "500 MW" in answer.text


def test_a_command_in_a_caption_is_obeyed(ada: Person, group: Chat) -> None:
    captions = {"/ask egypt": "500 MW", "/ASK@Test_Bot egypt": "500 MW", "/help": "/ask – "}
    for caption, said in captions.items():
        ada.send_photo(caption, chat=group)
        assert said in group.wait_for_reply().text
    ada.send_photo("/weather", chat=group)
    ada.send_photo("look: /ask egypt", chat=group)

    assert reply(ada, group, "/ask hi").text == words.SMALL_TALK["greeting"]


@pytest.mark.parametrize("thanks", ["Thanks!", "thx @test_bot", "Thank you, that really helped"])
def test_thanks_for_an_answer_are_not_taken_for_a_question(
    ada: Person, group: Chat, thanks: str
) -> None:
    for asked in ("@test_bot egypt", "@test_bot qwertyuiop", "/countries"):
        answer = reply(ada, group, asked)
        assert reply(ada, group, thanks, answer).text == words.SMALL_TALK["thanks"]


def test_a_group_is_greeted_once(
    served: BotApi, ada: Person, group: Chat, article: Article
) -> None:
    ada.change(group, "left", "member")
    ada.change(group, "member", "administrator")
    ada.change(group, "administrator", "kicked")
    grown, channel = served.supergroup(), served.channel()
    ada.send(chat=group, migrate_to_chat_id=grown.id)
    # Telegram tells of this, too.
    ada.change(grown, "left", "member")
    ada.change(channel, "left", "administrator")
    ada.change(ada.chat, "kicked", "member")
    served.wait_for_quiet()
    [greeting] = group.bot_messages

    assert article.title in greeting.text
    assert "@test_bot" in greeting.text
    assert not grown.bot_messages + channel.bot_messages + ada.chat.bot_messages


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
    topic = forum.topic()
    ada.send("@test_bot which countries are mentioned?", chat=forum, topic=topic)
    listed = forum.wait_for_reply()
    ada.tap(listed, "🇪🇬 Egypt")

    assert listed.topic == forum.wait_for_reply().topic == topic


def test_a_channels_direct_messages_are_answered_where_they_are_written(
    served: BotApi, ada: Person
) -> None:
    chat = served.supergroup()
    chat.data["is_direct_messages"] = True
    ada.send("@test_bot egypt", chat=chat, direct_messages_topic={"topic_id": 7})
    chat.wait_for_reply()
    sent = served.calls_of("sendMessage")[-1].parameters

    assert (sent["chat_id"], sent["direct_messages_topic_id"]) == (str(chat.id), 7)


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
