"""Groups: the bot answers when it is meant, and is silent otherwise."""

import json

import pytest
from botapi import BotApi, Chat, Person

from bot import words

ASKED = "how many megawatts is the wind farm"


@pytest.fixture(params=["group", "supergroup"])
def group(served: BotApi, request: pytest.FixtureRequest) -> Chat:
    return served.group() if request.param == "group" else served.supergroup()


def silent(served: BotApi, ada: Person, chat: Chat) -> bool:
    """Return whether the bot, once it has answered elsewhere, has said nothing in *chat*."""
    served.wait_for_quiet()
    ada.send("thanks")
    ada.wait_for_reply()
    return not chat.bot_messages


@pytest.mark.parametrize(
    "text", [f"@test_bot {ASKED}", f"{ASKED} @TEST_BOT?", f"so, @test_bot, {ASKED}?"]
)
def test_a_mention_anywhere_is_answered(ada: Person, group: Chat, text: str) -> None:
    sent = ada.send(text, chat=group)
    reply = group.wait_for_reply()

    assert "500 MW" in reply.text
    assert reply.reply_to == sent.id


def test_a_reply_to_the_bot_is_answered(ada: Person, group: Chat) -> None:
    ada.send("@test_bot egypt", chat=group)
    first = group.wait_for_reply()
    ada.send("how big is it?", chat=group, reply_to=first)

    assert "500 MW" in group.wait_for_reply().text


def test_more_in_reply_to_an_answer_shows_its_next_passage(ada: Person, group: Chat) -> None:
    ada.send("@test_bot egypt", chat=group)
    first = group.wait_for_reply()
    ada.send("tell me more", chat=group, reply_to=first)
    second = group.wait_for_reply()
    ada.send("more", chat=group, reply_to=second)

    assert "From the mountains of Indonesia" in second.text
    assert group.wait_for_reply().text == words.SMALL_TALK["enough"]


def test_ask_is_answered(ada: Person, group: Chat) -> None:
    for command in ("/ask", "/ask@test_bot"):
        ada.send(f"{command} {ASKED}", chat=group)

        assert "500 MW" in group.wait_for_reply().text


def test_ask_without_a_question_says_how(ada: Person, group: Chat) -> None:
    ada.send("/ask", chat=group)

    assert group.wait_for_reply().text == words.ASK_WHAT


@pytest.mark.parametrize("summons", ["@test_bot", "/ask"])
def test_the_bot_can_be_called_to_answer_somebody_elses_question(
    served: BotApi, ada: Person, group: Chat, summons: str
) -> None:
    asked = served.person(first_name="Bob").send(ASKED, chat=group)
    ada.send(summons, chat=group, reply_to=asked)

    assert "500 MW" in group.wait_for_reply().text


@pytest.mark.parametrize(
    "text",
    [
        ASKED,
        "@test_bottom hello",
        "/help@other_bot",
        "/weather",
        "/weather@other_bot",
        "/ask@other x",
    ],
)
def test_what_is_not_meant_for_the_bot_is_ignored(
    served: BotApi, ada: Person, group: Chat, text: str
) -> None:
    ada.send(text, chat=group)

    assert silent(served, ada, group)


def test_a_reply_to_somebody_else_is_ignored(served: BotApi, ada: Person, group: Chat) -> None:
    first = ada.send("hello all", chat=group)
    served.person(first_name="Bob").send(ASKED, chat=group, reply_to=first)

    assert silent(served, ada, group)


def test_pictures_and_stickers_are_ignored(served: BotApi, ada: Person, group: Chat) -> None:
    ada.send_photo(chat=group)
    ada.send_sticker(chat=group)

    assert silent(served, ada, group)


@pytest.mark.parametrize("summons", ["@test_bot", "@test_bot ?"])
def test_a_call_without_a_question_is_asked_what(ada: Person, group: Chat, summons: str) -> None:
    ada.send(summons, chat=group)

    assert group.wait_for_reply().text == words.ASK_WHAT


def test_a_group_that_became_a_supergroup_gets_its_answer_there(
    served: BotApi, ada: Person
) -> None:
    left, grown = served.group(), served.supergroup()
    moved = {"migrate_to_chat_id": grown.id}
    refusal = {"ok": False, "error_code": 400, "description": "upgraded", "parameters": moved}
    served.fail_next("sendMessage", 400, body=json.dumps(refusal), chat_id=left.id)
    ada.send(f"@test_bot {ASKED}", chat=left)

    assert "500 MW" in grown.wait_for_reply().text


def test_help_says_how_to_ask_in_a_group(ada: Person, group: Chat) -> None:
    ada.send("/help", chat=group)

    assert "/ask" in group.wait_for_reply().text


def test_an_address_of_a_letter_is_no_mention(served: BotApi, ada: Person, group: Chat) -> None:
    ada.send("write to egypt@test_bot", chat=group)

    assert silent(served, ada, group)


def test_a_channels_post_in_its_group_is_left_alone(
    served: BotApi, ada: Person, group: Chat
) -> None:
    ada.send(f"@test_bot {ASKED}", chat=group, is_automatic_forward=True)

    assert silent(served, ada, group)


def test_other_bots_are_ignored(served: BotApi, ada: Person, group: Chat) -> None:
    robot = {"id": 4711, "is_bot": True, "first_name": "Robot"}
    ada.send("/ask egypt", chat=group, **{"from": robot})

    assert silent(served, ada, group)


def test_where_the_bot_may_not_write_it_says_so_in_one_line(
    served: BotApi, ada: Person, group: Chat
) -> None:
    group.bot_can_write = False
    ada.send("/ask egypt", chat=group)

    assert silent(served, ada, group)


def test_what_the_bot_wrote_through_inline_mode_is_ignored(
    served: BotApi, ada: Person, group: Chat
) -> None:
    ada.send(f"@test_bot {ASKED}", chat=group, via_bot=served.user)

    assert silent(served, ada, group)


def test_a_topic_is_kept_in_answers_and_behind_buttons(served: BotApi, ada: Person) -> None:
    forum = served.supergroup(is_forum=True)
    topic = forum.topic("Energy")
    ada.send("@test_bot which countries are mentioned?", chat=forum, topic=topic)
    listed = forum.wait_for_reply()
    ada.tap(listed, "🇪🇬 Egypt")

    assert listed.topic == topic
    assert forum.wait_for_reply().topic == topic


def test_an_edited_mention_changes_the_answer(ada: Person, group: Chat) -> None:
    sent = ada.send("@test_bot indonesia", chat=group)
    reply = group.wait_for_reply()
    ada.edit(sent, f"@test_bot {ASKED}", chat=group)

    assert "500 MW" in group.wait_for_edit(reply).text


def test_one_persons_follow_up_does_not_lean_on_anothers(ada: Person, group: Chat) -> None:
    ada.send("@test_bot what is China doing in Indonesia?", chat=group)
    group.wait_for_reply()
    ada.send("@test_bot how big is it?", chat=group)

    assert "500 MW" not in group.wait_for_reply().text
