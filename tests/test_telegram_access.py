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


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BotApi]:
    """A Bot API that a bot for a few users and chats serves."""
    allowed = {"ALLOWED_USERS": f"{USERS[0]}, {USERS[1]}", "ALLOWED_CHATS": f"{GROUP},{PRIVATE}"}
    with BotApi(token=TOKEN) as api:
        api.channel(chat_id=CHANNEL).post("egypt")
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


def is_answered(person: Person, chat: Chat) -> bool:
    """Return whether a person gets an answer rather than the line that says no."""
    person.send("/ask indonesia", chat=chat)
    return "Jakarta" in chat.wait_for_reply().text


@pytest.mark.parametrize("number", [*USERS, PRIVATE])
def test_who_is_named_is_answered_everywhere(served: BotApi, number: int) -> None:
    person = served.persons.get(number) or served.person(number)

    assert all(
        is_answered(person, chat) for chat in (person.chat, served.group(), served.supergroup())
    )
    assert person.wait_for_answer(person.inline_query("indonesia")).results


@pytest.mark.parametrize("kind", ["private", "group", "supergroup"])
def test_a_stranger_is_told_once(served: BotApi, ada: Person, eve: Person, kind: str) -> None:
    chat = eve.chat if kind == "private" else getattr(served, kind)()
    asked = eve.send("/start", chat=chat)
    eve.send("@test_bot indonesia", chat=chat)
    eve.edit(asked, "/help", chat=chat)
    eve.send_sticker(chat=chat)
    told = chat.wait_for_reply()
    served.wait_for_quiet()

    ids = (eve.id, None if kind == "private" else chat.id)
    assert (told.text, told.reply_to, told.buttons) == (words.not_allowed(*ids), asked.id, [])
    assert str(eve.id) in told.text
    assert str(chat.id) in told.text
    assert chat.bot_messages == [told]
    assert kind == "private" or is_answered(ada, chat)


def test_a_strangers_tap_gets_a_notice(served: BotApi, ada: Person, eve: Person) -> None:
    group = served.supergroup()
    ada.send("@test_bot egypt", chat=group)
    page = group.wait_for_reply()
    notices = [eve.wait_for_answer(eve.tap(page, "More (1)")).text for _ in range(2)]
    served.wait_for_quiet()

    assert notices == [words.not_allowed(eve.id, group.id)] * 2
    assert page.edits == 0
    ada.tap(page, "More (1)")
    assert "From the mountains of Indonesia" in group.wait_for_edit(page).text


@pytest.mark.parametrize("query", ["egypt wind farm", "", "qwertyuiop"])
def test_what_is_offered_inline_is_for_no_stranger(ada: Person, eve: Person, query: str) -> None:
    known, strange = (one.wait_for_answer(one.inline_query(query)) for one in (ada, eve))

    assert known.answer is not None
    assert strange.answer is not None
    assert bool(known.results) == (query != "qwertyuiop")
    assert strange.results == []
    assert known.answer["is_personal"] is strange.answer["is_personal"] is True
    assert "button" not in strange.answer


@pytest.mark.parametrize("kind", ["group", "supergroup"])
def test_strangers_among_themselves_are_ignored(served: BotApi, eve: Person, kind: str) -> None:
    group = getattr(served, kind)()
    for text in ("indonesia", "/weather", "/help@other_bot", "hi @everyone"):
        eve.send(text, chat=group)
    eve.send(new_chat_members=[eve.user], chat=group)
    eve.send(left_chat_member=eve.user, chat=group)
    # Raw, as the bot doesn't ask for this kind and might get it all the same.
    served.push_raw({"my_chat_member": eve.membership("kicked", "member")})
    served.wait_for_quiet()

    silent = (group, eve.chat, served.chats[CHANNEL])
    assert not [message for chat in silent for message in chat.bot_messages]


def test_in_a_chat_that_is_named_everybody_is_answered(served: BotApi, eve: Person) -> None:
    group = served.supergroup(chat_id=GROUP)
    eve.send("@test_bot egypt", chat=group)
    page = group.wait_for_reply()
    eve.tap(page, "More (1)")

    assert "From the mountains of Indonesia" in group.wait_for_edit(page).text
    assert not is_answered(eve, eve.chat)


def test_an_admin_in_its_name_is_told_the_id_of_the_group_alone(
    served: BotApi, eve: Person
) -> None:
    group = served.supergroup()
    anonymous = {"id": 1087968824, "is_bot": True, "first_name": "Group"}
    eve.send("@test_bot egypt", chat=group, sender_chat=group.data, **{"from": anonymous})

    assert group.wait_for_reply().text == words.not_allowed(None, group.id)


@pytest.mark.parametrize("is_old_told_first", [True, False])
def test_a_group_that_grows_keeps_its_place(
    bot: BotProcess, api: BotApi, is_old_told_first: bool
) -> None:
    eve, old, grown = api.person(), api.group(), api.supergroup()
    process = bot.start(settings=telegram_settings(api, ALLOWED_CHATS=str(old.id)))
    assert is_answered(eve, old)
    assert not is_answered(eve, api.supergroup())
    tell = [
        lambda: eve.send(chat=old, migrate_to_chat_id=grown.id),
        lambda: eve.send(chat=grown, migrate_from_chat_id=old.id),
    ]
    for one in tell if is_old_told_first else reversed(tell):
        one()

    assert is_answered(eve, grown)
    assert bot.logged(process).count(f"{old.id} is now {grown.id}: put that into ALLOWED") == 1
