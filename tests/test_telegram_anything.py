"""Whatever strangers send: exactly one valid reply or a deliberate silence, and no logged error."""

from botapi import BotApi, Person
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot import words
from bot.article import read_article
from bot.question.listings import Listing
from bot.settings import SEEDS
from bot.telegram.buttons import Button, Kind

ANYTHING = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)
START = st.text("abcXYZ019_-", min_size=1, max_size=64).map("/start {}".format)
FINGERPRINT = read_article(next(SEEDS.glob("*.txt"))).fingerprint
BUTTONS = st.builds(
    Button,
    st.sampled_from(Kind),
    ANYTHING
    | st.sampled_from(["0.0,1.0,2.0", "1.0,2.0.1", "5.99,-1.0", "1.0.-3", "x:y", "Africa"]),
    st.sampled_from(
        [
            FINGERPRINT,
            2 * FINGERPRINT,
            f"{FINGERPRINT}0123abcd",
            *(listing.value for listing in Listing),
        ]
    ),
    st.integers(0, 9999),
)
LINKED = ["https://evil.example", "t.me/evil", "#tag", "@all", "$USD", "a@b.com", "<b>x</b>"]
only_once = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def sent_to(served: BotApi, person: Person) -> list[str | None]:
    """Return the errors, None for a valid one, of the messages sent to a person."""
    served.wait_for_quiet()
    calls = served.calls_of("sendMessage")
    return [call.error for call in calls if int(call.parameters["chat_id"]) == person.id]


@only_once
@given(START | ANYTHING.map(lambda text: text[:4096]))
def test_every_message_gets_exactly_one_valid_reply(served: BotApi, text: str) -> None:
    person = served.person()
    person.send(text)
    is_for_another = text.startswith("/") and "@" in text
    if not is_for_another:
        person.wait_for_reply()

    assert sent_to(served, person) in ([None], [] if is_for_another else [None])


@only_once
@given(BUTTONS.map(lambda button: button.data) | ANYTHING)
def test_every_tap_is_answered_once_and_harms_nothing(served: BotApi, data: str) -> None:
    person = served.person()
    below = person.ask("hi")

    assert served.wait_for_answer(person.tap_data(below, data)).text in ("", words.OLD_BUTTON)
    assert set(sent_to(served, person)) == {None}
    assert below.text == words.SMALL_TALK["greeting"] or below.edits == 1


@only_once
@given(
    st.sampled_from(["/ask ", "/x", "/x ", "/help", ""]),
    st.text(":,;-@#$/. ", max_size=3),
    st.sampled_from(LINKED),
)
def test_nothing_typed_is_marked(served: BotApi, command: str, between: str, link: str) -> None:
    person = served.person()
    person.send(f"{command}{between}{link}")
    served.wait_for_quiet()
    marks = {mark["type"] for message in person.chat.bot_messages for mark in message.entities}
    ours = {"bot_command"} if command.startswith("/x") else {"bot_command", "bold", "italic"}

    assert marks <= ours


@only_once
@given(ANYTHING.map(lambda text: text[:256]))
def test_every_inline_query_is_answered(served: BotApi, text: str) -> None:
    person = served.person()

    assert len(person.wait_for_answer(person.inline_query(text)).results) <= 50
