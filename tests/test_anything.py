"""Whatever strangers send: exactly one valid reply or a deliberate silence, and no logged error."""

from botapi import BotApi, Person
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot import words
from bot.article import read_article
from bot.question.listings import Listing
from bot.settings import SEEDS
from bot.telegram.buttons import Certainty, Entry, ListPage, Page

ANYTHING = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)
ONLY_ONCE = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


LISTINGS = st.sampled_from(Listing)
ACTIONS = st.one_of(
    st.builds(
        Page,
        st.sampled_from([read_article(next(SEEDS.glob("*.txt"))).fingerprint, "00000000"]),
        st.just(0),
        st.lists(
            st.tuples(st.integers(0, 999999), st.integers(0, 9999)), min_size=1, max_size=3
        ).map(tuple),
        st.sampled_from(Certainty),
    ),
    st.builds(ListPage, LISTINGS, st.integers(0, 9999), st.sampled_from(["", "Africa", "x:y"])),
    st.builds(Entry, LISTINGS, st.sampled_from(["00000000", "0123abcd"])),
)
LINKS = (
    "url",
    "text_link",
    "mention",
    "text_mention",
    "hashtag",
    "cashtag",
    "email",
    "phone_number",
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
@given(ACTIONS)
def test_every_forged_button_is_answered_and_harms_nothing(
    served: BotApi, action: Page | ListPage | Entry
) -> None:
    person = served.person()
    person.send("hi")
    below = person.wait_for_reply()
    served.wait_for_answer(person.tap_data(below, action.pack()))

    assert set(sent_to(served, person)) == {None}
    assert below.text == words.SMALL_TALK["greeting"] or below.edits == 1


@ONLY_ONCE
@given(
    st.sampled_from(["/ask ", "/x", "/help", ""]),
    st.text(":,;-@#$/. ", max_size=3),
    st.sampled_from(
        ["https://evil.example.com", "t.me/evil", "#tag", "@everyone", "$USD", "a@b.com"]
    ),
)
def test_nothing_typed_becomes_a_link_a_mention_or_a_tag(
    served: BotApi, command: str, between: str, link: str
) -> None:
    person = served.person()
    person.send(f"{command}{between}{link}")
    served.wait_for_quiet()
    person.send("thanks")
    while person.wait_for_reply().text != words.SMALL_TALK["thanks"]:
        pass

    shown = [entity["type"] for one in person.chat.bot_messages for entity in one.entities]
    assert not set(shown) & set(LINKS)


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
