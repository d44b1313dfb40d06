"""Limits: a chat that asks too much is told so once, and keeps nobody else waiting."""

import re
from collections.abc import Iterator

import pytest
from botapi import BotApi, Person
from hypothesis import given
from hypothesis import strategies as st
from running import TOKEN, BotProcess, serving, telegram_settings

from bot import words
from bot.telegram.admission import CHATS, SECONDS, WAITING, Limits, Verdict

ADA, BOB = 1, 2
QUESTIONS = 5
SHORT = {Verdict.ANSWER: "a", Verdict.ONE_LINE: "l", Verdict.SILENCE: "s"}


class Asking:
    """Chats that ask, and a clock that stands still until it is moved."""

    def __init__(self, questions: int = QUESTIONS) -> None:
        self.now = 1000.0
        self.limits = Limits(questions, lambda: self.now)

    def heard(self, chat: int, times: int = 1, waiting: int = 0) -> str:
        """Return what questions of a chat get, a letter each: Answer, Line, Silence."""
        return "".join(SHORT[self.limits.count(chat, waiting)] for _ in range(times))


@given(st.lists(st.tuples(st.sampled_from([ADA, BOB]), st.floats(0, 40)), max_size=100))
def test_one_line_follows_all_answers_then_silence(asked: list[tuple[int, float]]) -> None:
    asking, said = Asking(), {ADA: "", BOB: ""}
    for chat, pause in asked:
        asking.now += pause
        said[chat] += asking.heard(chat)
        assert asking.limits.is_silent(chat) == (said[chat][-1] in "ls")

    assert all(re.fullmatch(r"(a{5}ls*|a{1,5})*", one) for one in said.values())


def test_after_a_minute_all_begins_anew_whatever_came_in_silence() -> None:
    asking = Asking()
    for seconds, heard in ((0, "aaaaalss"), (SECONDS - 1, "sssssssss"), (1, "aaaaalss")):
        asking.now += seconds
        assert asking.heard(ADA, len(heard)) == heard


def test_a_slow_asker_is_never_turned_away() -> None:
    asking = Asking()
    for _ in range(200):
        assert asking.heard(ADA) == "a"
        asking.now += SECONDS / QUESTIONS


@pytest.mark.parametrize(("questions", "most"), [(1, WAITING), (WAITING + 7, WAITING + 7)])
def test_a_minutes_questions_may_wait_or_a_few(questions: int, most: int) -> None:
    asking = Asking(questions)

    assert asking.heard(ADA, waiting=most - 1) == "a"
    assert asking.heard(BOB, 2, waiting=most) == "ls"
    assert [asking.limits.is_full(waiting) for waiting in (most - 1, most)] == [False, True]
    assert Asking(0).heard(ADA, 2) == "ls"


def test_however_many_chats_ask_few_are_remembered() -> None:
    asking = Asking()
    asking.heard(ADA, 8)
    for chat in range(2, CHATS + 1):
        asking.heard(chat)
    assert asking.limits.is_silent(ADA)
    # The least recently heard of is now the second.
    asking.heard(CHATS + 1)

    assert asking.heard(2, QUESTIONS) == "a" * QUESTIONS
    assert asking.limits.is_silent(ADA)


# The bot's process.


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BotApi]:
    """A Bot API that a bot of a few questions a minute serves."""
    folder, few = tmp_path_factory.mktemp("limits"), str(QUESTIONS)
    with BotApi(token=TOKEN) as api, serving(api, folder, QUESTIONS_PER_MINUTE=few) as watched:
        yield api
    assert watched.log.count("\n") == 1


def test_a_flood_gets_its_answers_in_order_and_one_line(served: BotApi, ada: Person) -> None:
    bob = served.person(first_name="Bob")
    sent = [ada.send("indonesia") for _ in range(8 * QUESTIONS)]
    assert "500 MW" in bob.ask("egypt").text
    served.wait_for_quiet()
    replies = ada.chat.bot_messages
    assert [reply.reply_to for reply in replies] == [one.id for one in sent[: QUESTIONS + 1]]
    assert all("Jakarta" in reply.text for reply in replies[:-1])
    assert replies[-1].text == words.TOO_MANY


def test_edits_are_counted_taps_and_inline_queries_are_not(served: BotApi, ada: Person) -> None:
    asked = ada.send("egypt")
    page = ada.wait_for_reply()
    for number in range(3 * QUESTIONS):
        ada.tap(page, page.buttons[0])
        ada.wait_for_edit(page)
        assert ada.wait_for_answer(ada.inline_query(f"egypt {number}")).results
    for number in range(QUESTIONS - 1):
        ada.edit(asked, f"{number} indonesia")
    served.wait_for_quiet()
    assert ada.chat.bot_messages == [page]

    ada.edit(asked, "indonesia")
    assert ada.wait_for_reply().text == words.TOO_MANY


def test_what_has_no_words_takes_no_questions_place_and_an_album_takes_one(
    served: BotApi, ada: Person
) -> None:
    place = ada.send_location()
    for _ in range(5 * QUESTIONS):
        ada.edit(place, "")
        ada.send(pinned_message={"message_id": place.id, "date": 0, "chat": ada.chat.data})
    for album in ("one", "two"):
        for _ in range(10):
            ada.send_photo(media_group_id=album)
    for number in range(QUESTIONS + 1):
        ada.send_photo(f"{number} egypt", media_group_id="asked")
    for _ in range(QUESTIONS):
        ada.send("indonesia")
    served.wait_for_quiet()
    said = [message.text for message in ada.chat.bot_messages]

    assert said[:3] == [words.ONLY_TEXT] * 3
    assert "500 MW" in said[3]
    assert ["Jakarta" in one for one in said[4:-1]] == [True] * (QUESTIONS - 1)
    assert said[-1] == words.TOO_MANY


def test_a_flood_of_what_has_no_words_gets_a_few_lines_and_a_question_its_answer(
    served: BotApi, ada: Person
) -> None:
    for _ in range(3 * WAITING):
        ada.send_sticker()
    ada.send("indonesia")
    served.wait_for_quiet()
    *lines, answer = [message.text for message in ada.chat.bot_messages]

    assert set(lines) == {words.ONLY_TEXT}
    assert len(lines) < WAITING
    assert "Jakarta" in answer


def test_taps_and_a_question_go_side_by_side(bot: BotProcess, api: BotApi) -> None:
    bot.start(settings=telegram_settings(api, QUESTIONS_PER_MINUTE="1"))
    ada, group = api.person(), api.supergroup()
    ada.send("@test_bot egypt", chat=group)
    page = group.wait_for_reply()
    for _ in range(2):
        ada.tap(page, page.buttons[0])
    ada.inline_query("egypt")
    assert "Jakarta" in ada.ask("indonesia").text
    api.wait_for_quiet()
    assert len(api.calls_of("answerCallbackQuery")) == 2


def test_in_a_group_only_what_is_meant_for_the_bot_is_counted(served: BotApi, ada: Person) -> None:
    group, bob = served.supergroup(), served.person(first_name="Bob")
    for text in ["indonesia", "/weather", "/help@other_bot"] * 2 * QUESTIONS:
        ada.send(text, chat=group)
    for person in [ada, bob] * QUESTIONS:
        person.send("@test_bot indonesia", chat=group)
    served.wait_for_quiet()
    said = [message.text for message in group.bot_messages]

    assert said.index(words.TOO_MANY) == len(said) - 1 == QUESTIONS
    assert "Jakarta" in ada.ask("indonesia").text


def test_a_backlog_of_ten_thousand_is_passed_over(bot: BotProcess, api: BotApi) -> None:
    ada, bob = api.person(), api.person(first_name="Bob")
    for _ in range(10_000):
        ada.send("indonesia")
    bob.send("egypt")
    process = bot.start(settings=telegram_settings(api, QUESTIONS_PER_MINUTE=str(QUESTIONS)))

    assert "500 MW" in bob.wait_for_reply(15).text
    api.wait_for_quiet(15)
    assert len(ada.chat.bot_messages) == QUESTIONS + 1
    code, logged = bot.stop(process)
    assert (code, logged.count("\n")) == (0, 1)
