"""Limits: a chat that asks too much is told so once, and keeps nobody else waiting."""

import re
from collections.abc import Iterator

import pytest
from botapi import BotApi, Chat, Person
from hypothesis import given
from hypothesis import strategies as st
from running import TOKEN, BotProcess, serving, telegram_settings

from bot import words
from bot.telegram.admission import CHATS, SECONDS, WAITING, Limits, Verdict

ADA, BOB = 1, 2
QUESTIONS = 5


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def limits(clock: Clock) -> Limits:
    return Limits(QUESTIONS, clock)


def verdicts(limits: Limits, chat: int, times: int, waiting: int = 0) -> list[Verdict]:
    return [limits.count(chat, waiting) for _ in range(times)]


ANSWERS = [Verdict.ANSWER] * QUESTIONS
TURNED_AWAY = [*ANSWERS, Verdict.ONE_LINE, Verdict.SILENCE, Verdict.SILENCE]


def test_so_many_are_answered_then_one_line_then_silence(limits: Limits) -> None:
    assert verdicts(limits, ADA, 8) == TURNED_AWAY


def test_each_chat_is_counted_by_itself(limits: Limits) -> None:
    verdicts(limits, ADA, 8)

    assert verdicts(limits, BOB, 8) == TURNED_AWAY


def test_after_a_minute_all_begins_anew(limits: Limits, clock: Clock) -> None:
    verdicts(limits, ADA, 8)
    clock.now += SECONDS - 1
    assert verdicts(limits, ADA, 1) == [Verdict.SILENCE]

    clock.now += 1
    assert verdicts(limits, ADA, 8) == TURNED_AWAY


def test_what_comes_in_silence_does_not_lengthen_it(limits: Limits, clock: Clock) -> None:
    for _ in range(SECONDS):
        verdicts(limits, ADA, 10)
        clock.now += 1

    assert verdicts(limits, ADA, 1) == [Verdict.ANSWER]


def test_a_slow_asker_is_never_turned_away(limits: Limits, clock: Clock) -> None:
    for _ in range(200):
        assert verdicts(limits, ADA, 1) == [Verdict.ANSWER]
        clock.now += SECONDS / QUESTIONS


def test_a_chat_is_silent_only_once_it_was_told(limits: Limits, clock: Clock) -> None:
    verdicts(limits, ADA, QUESTIONS)
    assert not limits.is_silent(ADA)

    verdicts(limits, ADA, 1)
    assert limits.is_silent(ADA)
    assert not limits.is_silent(BOB)

    clock.now += SECONDS
    assert not limits.is_silent(ADA)


@pytest.mark.parametrize(("questions", "most"), [(1, WAITING), (WAITING + 7, WAITING + 7)])
def test_a_minutes_questions_may_wait_and_some_where_those_are_few(
    clock: Clock, questions: int, most: int
) -> None:
    limits = Limits(questions, clock)

    assert verdicts(limits, ADA, 1, waiting=most - 1) == [Verdict.ANSWER]
    assert verdicts(limits, BOB, 2, waiting=most) == [Verdict.ONE_LINE, Verdict.SILENCE]
    assert [limits.is_full(waiting) for waiting in (most - 1, most)] == [False, True]


def test_without_any_question_the_first_gets_the_line(clock: Clock) -> None:
    assert verdicts(Limits(0, clock), ADA, 2) == [Verdict.ONE_LINE, Verdict.SILENCE]


def test_however_many_chats_ask_few_are_remembered(limits: Limits) -> None:
    verdicts(limits, ADA, 8)
    for chat in range(2, CHATS + 1):
        verdicts(limits, chat, 1)
    assert limits.is_silent(ADA)
    # The least recently heard of is now the second.
    verdicts(limits, CHATS + 1, 1)
    verdicts(limits, 2, QUESTIONS)

    assert limits.is_silent(ADA)
    assert not limits.is_silent(2)


SHORT = {Verdict.ANSWER: "a", Verdict.ONE_LINE: "l", Verdict.SILENCE: "s"}


@given(st.lists(st.tuples(st.sampled_from([ADA, BOB]), st.floats(0, 40)), max_size=100))
def test_whoever_asks_when_hears_no_line_before_and_nothing_after_all_answers(
    asked: list[tuple[int, float]],
) -> None:
    clock = Clock()
    limits = Limits(QUESTIONS, clock)
    heard = {ADA: "", BOB: ""}
    for chat, pause in asked:
        clock.now += pause
        heard[chat] += SHORT[limits.count(chat, 0)]

    assert all(re.fullmatch(r"(a{5}ls*|a{1,5})*", one) for one in heard.values())


# The bot's process.


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BotApi]:
    """A Bot API that a bot of a few questions a minute serves."""
    folder, few = tmp_path_factory.mktemp("limits"), str(QUESTIONS)
    with BotApi(token=TOKEN) as api, serving(api, folder, QUESTIONS_PER_MINUTE=few) as watched:
        yield api
    assert watched.log.count("\n") == 1


@pytest.fixture
def group(served: BotApi) -> Chat:
    return served.supergroup()


def test_a_flood_gets_its_answers_in_order_and_one_line(served: BotApi, ada: Person) -> None:
    bob = served.person(first_name="Bob")
    sent = [ada.send("indonesia") for _ in range(8 * QUESTIONS)]
    bob.send("egypt")

    assert "500 MW" in bob.wait_for_reply().text
    served.wait_for_quiet()
    replies = ada.chat.bot_messages
    assert [reply.reply_to for reply in replies] == [one.id for one in sent[: QUESTIONS + 1]]
    assert all("Jakarta" in reply.text for reply in replies[:-1])
    assert replies[-1].text == words.TOO_MANY


def test_edits_are_counted_and_taps_are_not(served: BotApi, ada: Person) -> None:
    asked = ada.send("egypt")
    page = ada.wait_for_reply()
    for _ in range(2 * QUESTIONS):
        ada.tap(page, page.buttons[0])
        ada.wait_for_edit(page)
    for question in ("indonesia", "egypt", "indonesia", "egypt"):
        ada.edit(asked, question)
    served.wait_for_quiet()
    assert ada.chat.bot_messages == [page]

    ada.edit(asked, "indonesia")
    assert ada.wait_for_reply().text == words.TOO_MANY
    ada.tap(page, page.buttons[0])
    assert ada.wait_for_edit(page)


def test_inline_queries_are_not_counted(ada: Person) -> None:
    typed = [ada.inline_query(f"egypt {number}") for number in range(3 * QUESTIONS)]

    assert all(ada.wait_for_answer(query).results for query in typed)
    ada.send("indonesia")

    assert "Jakarta" in ada.wait_for_reply().text


def test_few_questions_a_minute_leave_taps_and_a_question_side_by_side(bot: BotProcess) -> None:
    with BotApi(token=TOKEN) as api:
        bot.start(settings=telegram_settings(api, QUESTIONS_PER_MINUTE="1"))
        ada, group = api.person(), api.supergroup()
        ada.send("@test_bot egypt", chat=group)
        page = group.wait_for_reply()
        ada.tap(page, page.buttons[0])
        ada.tap(page, page.buttons[0])
        ada.inline_query("egypt")
        ada.send("indonesia")

        assert "Jakarta" in ada.wait_for_reply().text
        api.wait_for_quiet()
        assert len(api.calls_of("answerCallbackQuery")) == 2


def test_in_a_group_only_what_is_meant_for_the_bot_is_counted(
    served: BotApi, ada: Person, group: Chat
) -> None:
    robot = {"id": 4711, "is_bot": True, "first_name": "Robot"}
    for _ in range(2 * QUESTIONS):
        ada.send("indonesia", chat=group)
        ada.send("/weather", chat=group)
        ada.send("/help@other_bot", chat=group)
        ada.send_sticker(chat=group)
        ada.send("@test_bot indonesia", chat=group, **{"from": robot})
        ada.send("@test_bot indonesia", chat=group, via_bot=served.user)
    served.wait_for_quiet()
    assert not group.bot_messages

    people = [ada, served.person(first_name="Bob")] * QUESTIONS
    for person in people:
        person.send("@test_bot indonesia", chat=group)
    served.wait_for_quiet()
    said = [message.text for message in group.bot_messages]
    assert len(said) == QUESTIONS + 1
    assert said[-1] == words.TOO_MANY
    ada.send("indonesia")
    assert "Jakarta" in ada.wait_for_reply().text


def test_a_backlog_of_ten_thousand_is_passed_over_in_seconds(bot: BotProcess) -> None:
    with BotApi(token=TOKEN) as api:
        ada, bob = api.person(), api.person(first_name="Bob")
        for _ in range(10_000):
            ada.send("indonesia")
        bob.send("egypt")
        process = bot.start(settings=telegram_settings(api, QUESTIONS_PER_MINUTE=str(QUESTIONS)))

        assert "500 MW" in bob.wait_for_reply(15).text
        api.wait_for_quiet(15)
        assert len(ada.chat.bot_messages) == QUESTIONS + 1
        code, logged = bot.stop(process)
    assert code == 0
    assert logged.count("\n") == 1
