"""Access: a bot that only some may ask, and what the others are told."""

from collections.abc import Iterator

import pytest
from botapi import BotApi, Chat, Person
from running import TOKEN, BotProcess, serving_without_trouble, telegram_settings

from bot import words

USERS = (501, 502)
GROUP, CHANNEL = -1_001_000_000_777, -1_002_000_000_777
# A private chat has the id of its user.
PRIVATE = 503
POST = "egypt"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BotApi]:
    """A Bot API that a bot for a few users and chats serves."""
    allowed = {"ALLOWED_USERS": f"{USERS[0]}, {USERS[1]}", "ALLOWED_CHATS": f"{GROUP},{PRIVATE}"}
    with BotApi(token=TOKEN) as api:
        api.channel(chat_id=CHANNEL).post(POST)
        with serving_without_trouble(api, tmp_path_factory.mktemp("access"), **allowed):
            yield api


@pytest.fixture
def ada(served: BotApi) -> Person:
    """Somebody who may ask."""
    return served.persons.get(USERS[0]) or served.person(USERS[0])


@pytest.fixture
def eve(served: BotApi) -> Person:
    """Somebody new who may not."""
    return served.person(first_name="Eve")


@pytest.mark.parametrize("number", [*USERS, PRIVATE])
def test_who_is_named_is_answered_in_private_and_inline(served: BotApi, number: int) -> None:
    person = served.person(number)
    person.send("indonesia")

    assert "Jakarta" in person.wait_for_reply().text
    assert person.wait_for_answer(person.inline_query("indonesia")).results


def test_a_stranger_is_told_once_and_then_nothing(served: BotApi, eve: Person) -> None:
    asked = eve.send("/start")
    eve.send("indonesia")
    eve.edit(asked, "egypt")
    eve.send_sticker()
    told = eve.wait_for_reply()
    served.wait_for_quiet()

    assert told.text == words.NOT_ALLOWED
    assert told.reply_to == asked.id
    assert not told.buttons
    assert eve.chat.bot_messages == [told]


def test_each_stranger_is_told(served: BotApi) -> None:
    for number in (601, 602):
        stranger = served.person(number)
        stranger.send("hi")

        assert stranger.wait_for_reply().text == words.NOT_ALLOWED


def test_a_strangers_tap_is_answered_with_a_notice(
    served: BotApi, ada: Person, eve: Person
) -> None:
    group = served.supergroup()
    ada.send("@test_bot egypt", chat=group)
    page = group.wait_for_reply()
    notices = [eve.wait_for_answer(eve.tap(page, "More (1)")).text for _ in range(2)]
    served.wait_for_quiet()

    assert notices == [words.NOT_ALLOWED] * 2
    assert page.edits == 0
    ada.tap(page, "More (1)")
    assert "From the mountains of Indonesia" in group.wait_for_edit(page).text


@pytest.mark.parametrize("query", ["egypt wind farm", ""])
def test_a_stranger_is_offered_nothing_inline(eve: Person, query: str) -> None:
    answered = eve.wait_for_answer(eve.inline_query(query))

    assert answered.results == []
    assert answered.answer is not None
    assert answered.answer["is_personal"] is True
    assert "button" not in answered.answer


@pytest.mark.parametrize("query", ["egypt wind farm", "", "qwertyuiop"])
def test_what_is_offered_inline_is_kept_for_nobody_else(ada: Person, query: str) -> None:
    answered = ada.wait_for_answer(ada.inline_query(query))

    assert bool(answered.results) == (query != "qwertyuiop")
    assert answered.answer is not None
    assert answered.answer["is_personal"] is True


@pytest.fixture(params=["group", "supergroup"])
def group(served: BotApi, request: pytest.FixtureRequest) -> Chat:
    return served.group() if request.param == "group" else served.supergroup()


def test_among_others_who_is_named_is_answered(ada: Person, group: Chat) -> None:
    ada.send("@test_bot indonesia", chat=group)

    assert "Jakarta" in group.wait_for_reply().text


def test_among_others_a_stranger_is_told_once(
    served: BotApi, ada: Person, eve: Person, group: Chat
) -> None:
    asked = eve.send("@test_bot indonesia", chat=group)
    eve.send("/ask indonesia", chat=group)
    told = group.wait_for_reply()
    served.wait_for_quiet()

    assert told.text == words.NOT_ALLOWED
    assert told.reply_to == asked.id
    assert group.bot_messages == [told]
    ada.send("/ask indonesia", chat=group)
    assert "Jakarta" in group.wait_for_reply().text


@pytest.mark.parametrize("text", ["indonesia", "/weather", "/help@other_bot", "hi @everyone"])
def test_what_strangers_say_among_themselves_is_ignored(
    served: BotApi, eve: Person, group: Chat, text: str
) -> None:
    eve.send(text, chat=group)
    served.wait_for_quiet()

    assert not group.bot_messages


def test_who_joins_or_leaves_is_told_nothing(served: BotApi, eve: Person, group: Chat) -> None:
    eve.send(new_chat_members=[eve.user], chat=group)
    eve.send(left_chat_member=eve.user, chat=group)
    # Raw, as the bot doesn't ask for this kind and might get it all the same.
    served.push_raw({"my_chat_member": eve.membership("kicked", "member")})
    served.wait_for_quiet()

    assert not group.bot_messages
    assert not eve.chat.bot_messages


def test_in_a_chat_that_is_named_everybody_is_answered(served: BotApi, eve: Person) -> None:
    group = served.supergroup(chat_id=GROUP)
    eve.send("@test_bot egypt", chat=group)
    page = group.wait_for_reply()
    eve.tap(page, "More (1)")

    assert "From the mountains of Indonesia" in group.wait_for_edit(page).text
    eve.send("egypt")
    assert eve.wait_for_reply().text == words.NOT_ALLOWED


def test_a_channels_post_from_before_the_start_is_left_alone(served: BotApi) -> None:
    served.wait_for_quiet()

    assert served.chats[CHANNEL].all_messages[1].text == POST
    assert not served.chats[CHANNEL].bot_messages


@pytest.mark.parametrize("key", ["ALLOWED_USERS", "ALLOWED_CHATS"])
def test_users_or_chats_alone_keep_everybody_else_out(bot: BotProcess, key: str) -> None:
    with BotApi(token=TOKEN) as api:
        bot.start(settings=telegram_settings(api, **{key: str(USERS[0])}))
        ada, eve = api.person(USERS[0]), api.person()
        eve.send("indonesia")
        ada.send("indonesia")

        assert "Jakarta" in ada.wait_for_reply().text
        assert eve.wait_for_reply().text == words.NOT_ALLOWED


def test_an_id_that_is_none_is_said_in_one_line(bot: BotProcess, api: BotApi) -> None:
    keys = ("ALLOWED_USERS", "ALLOWED_CHATS")
    started = [bot.start(settings=telegram_settings(api, **{key: "7, @ada"})) for key in keys]
    for key, process in zip(keys, started, strict=True):
        process.communicate(timeout=20)

        assert process.returncode == 2
        assert (
            bot.logged(process)
            == f"{key} must be ids, such as 123456789, with commas between them.\n"
        )
    assert not api.calls
