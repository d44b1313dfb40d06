"""Whatever strangers send: exactly one valid reply or a deliberate silence, and no logged error."""

from collections.abc import Iterator

import pytest
from botapi import BotApi, Person
from conftest import TOKEN, BotProcess, telegram_settings
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot import words


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BotApi]:
    """A Bot API served by a bot that must not log an error while the module's tests run."""
    with BotApi(token=TOKEN) as running:
        bot = BotProcess(tmp_path_factory.mktemp("anything"))
        process = bot.start(settings=telegram_settings(running))
        running.wait_for_call("setMyShortDescription")
        yield running
        _, logged = bot.stop(process)
    assert "ERROR" not in logged
    assert "Traceback" not in logged


ANYTHING = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)
ONLY_ONCE = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def sent_to(served: BotApi, person: Person) -> list[str | None]:
    """Return the errors, None for a valid one, of the messages sent to a person."""
    served.wait_for_quiet()
    calls = served.calls_of("sendMessage")
    return [call.error for call in calls if int(call.parameters["chat_id"]) == person.id]


@ONLY_ONCE
@given(ANYTHING.map(lambda text: text[:4096]))
def test_every_message_gets_exactly_one_valid_reply(served: BotApi, text: str) -> None:
    person = served.person()
    person.send(text)
    is_for_another = text.startswith("/") and "@" in text
    if not is_for_another:
        person.wait_for_reply()

    assert sent_to(served, person) in ([None], [] if is_for_another else [None])


@ONLY_ONCE
@given(st.text("abcXYZ019_-", min_size=1, max_size=64))
def test_every_deep_link_gets_exactly_one_valid_reply(served: BotApi, payload: str) -> None:
    person = served.person()
    person.send(f"/start {payload}")
    person.wait_for_reply()

    assert sent_to(served, person) == [None]


@ONLY_ONCE
@given(ANYTHING.map(lambda text: text[:64]))
def test_every_tap_is_answered_once_and_harms_nothing(served: BotApi, data: str) -> None:
    person = served.person()
    person.send("hi")
    query = person.tap_data(person.wait_for_reply(), data)

    assert served.wait_for_answer(query).text in ("", words.OLD_BUTTON)
    assert set(sent_to(served, person)) == {None}


@ONLY_ONCE
@given(ANYTHING.map(lambda text: text[:256]))
def test_every_inline_query_is_answered(served: BotApi, text: str) -> None:
    person = served.person()

    assert len(person.wait_for_answer(person.inline_query(text)).results) <= 50
