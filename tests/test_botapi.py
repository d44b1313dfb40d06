"""The stand-in for the Bot API takes and refuses what Telegram does, in Telegram's words."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest
from botapi import ApiError, BotApi, Query
from botapi.html import parse_html
from hypothesis import given, settings
from hypothesis import strategies as st

JSON = dict[str, Any]
HTTP = httpx.Client()
ADA, BLOCKER, MUTED, GROWN, FORUM = 1, 2, 3, 4, 5
THEIRS, BOTS = 1, 2
BUTTON = {"text": "More", "callback_data": "x" * 64}
KEYBOARD = {"inline_keyboard": [[BUTTON]]}
BAD = "400 Bad Request: "
UNPARSED = f"{BAD}can't parse entities: "
NO_BUTTON = f"{BAD}can't parse inline keyboard button: "
NO_RESULT = f"{BAD}can't parse inline query result: "
TOO_OLD = f"{BAD}query is too old and response timeout expired or query ID is invalid"
BOLD = {"type": "bold", "offset": 0, "length": 4}
FOLDED = {"type": "expandable_blockquote", "offset": 0, "length": 1}
MENTION = {"type": "mention", "offset": 5, "length": 9}


def sent(**changes: Any) -> JSON:
    return {"chat_id": ADA, "text": "x", "parse_mode": "HTML"} | changes


def edit(**changes: Any) -> JSON:
    return {"chat_id": ADA, "message_id": BOTS, "text": "one"} | changes


def button(**changes: Any) -> JSON:
    """Return a message with one button, without the fields that are None."""
    fields = {name: value for name, value in (BUTTON | changes).items() if value is not None}
    return sent(reply_markup={"inline_keyboard": [[fields]]})


def chosen(**changes: Any) -> JSON:
    chats = {"query": "x", "allow_user_chats": True} | changes
    return button(callback_data=None, switch_inline_query_chosen_chat=chats)


def rows(count: int, width: int) -> JSON:
    return sent(reply_markup={"inline_keyboard": [[BUTTON] * width] * count})


def offered(count: int = 1, **changes: Any) -> JSON:
    content = {"message_text": "<b>x</b>", "parse_mode": "HTML"}
    article = {"type": "article", "title": "T", "input_message_content": content} | changes
    results = [{"id": str(number)} | article for number in range(count)]
    return {"inline_query_id": "open", "results": results}


def guested(**changes: Any) -> JSON:
    return {"guest_query_id": "guest", "result": offered(**changes)["results"][0]}


def menu(command: str, description: str = "x", count: int = 1) -> JSON:
    return {"commands": [{"command": command, "description": description}] * count}


# The parameters of a method's calls, and either the refusal or some of what is returned.
CALLS: dict[str, list[tuple[JSON, str | JSON | bool]]] = {
    "sendNothing": [({}, "404 Not Found")],
    "getMe": [
        ({}, {"username": "test_bot", "is_bot": True}),
        ({"x": 1}, f'{BAD}parameter "x" is not known here'),
    ],
    "sendMessage": [
        (sent(), {"text": "x"}),
        (sent(text=["x"]), f'{BAD}parameter "text" must be of type String'),
        (sent(reply_markup="{"), f'{BAD}parameter "reply_markup" must be of type Obj'),
        (sent(link_preview_options={"is_disabled": 1}), f'{BAD}field "is_disabled" mus'),
        (sent(text=""), f"{BAD}message text is empty"),
        (sent(text="<b>\u200b</b>\u2060"), f"{BAD}text must be non-empty"),
        (sent(text="😀" * 2048 + "&amp;"), f"{BAD}message is too long"),
        (sent(text="😀" * 2048), {}),
        (sent(text="<b>" + "&lt;" * 4096 + "</b>"), {}),
        (sent(parse_mode="MarkdownV2"), f"{BAD}unsupported parse_mode"),
        (sent(text="🏟<abc"), f"{UNPARSED}Unclosed start tag at byte offset 4"),
        (sent(text='<b x="'), f'{UNPARSED}Unclosed start tag "b" at byte offset 0'),
        (sent(text="<p>x</p>"), f'{UNPARSED}Unsupported start tag "p" at byte offset 0'),
        (sent(text="<b>x</b"), f"{UNPARSED}Unclosed end tag at byte offset 4"),
        (sent(text="<b>x"), f"{UNPARSED}Can't find end tag corresponding to start tag"),
        (sent(text="<i>x</b>"), f'{UNPARSED}Unmatched end tag at byte offset 4, expected "</i>"'),
        (sent(text="<span>x</span>"), f'{UNPARSED}Tag "span" must have class "tg-spo'),
        (sent(text="&#xDFDF;"), f"{UNPARSED}Text contains invalid Unicode characters"),
        (sent(text="&ge;&lt;&#33;&#12345678;"), {"text": "&ge;<!&#12345678;"}),
        (sent(text='<a href="javascript:x">x</a>'), {"text": "x"}),
        (sent(text="<b>😀 &lt</b> @some_bot"), {"entities": [BOLD, MENTION]}),
        (sent(text="<blockquote expandable>x</blockquote>"), {"entities": [FOLDED]}),
        ({"text": "x"}, f"{BAD}chat_id is empty"),
        (sent(chat_id="word"), f"{BAD}chat not found"),
        (sent(chat_id=BLOCKER), "403 Forbidden: bot was blocked by the user"),
        (sent(chat_id=MUTED), f"{BAD}not enough rights to send text messages to"),
        (sent(chat_id=GROWN), f"{BAD}group chat was upgraded to a supergroup chat"),
        (sent(chat_id=FORUM, message_thread_id=1), {"is_topic_message": True}),
        (sent(message_thread_id=1), f"{BAD}message thread not found"),
        (sent(reply_parameters={"message_id": 99}), f"{BAD}message to be replied not"),
        (button(), {"reply_markup": KEYBOARD}),
        (sent(reply_markup={"keyboard": []}), f"{BAD}inline keyboard expected"),
        (button(callback_data="ü" * 33), f"{BAD}BUTTON_DATA_INVALID"),
        (button(callback_data=None), f"{NO_BUTTON}Text buttons are unallowed in the"),
        (button(text=None), f'{NO_BUTTON}Can\'t find field "text"'),
        (button(text=1), f'{NO_BUTTON}field "text" must be of type String'),
        (button(url="https://t.me"), f"{NO_BUTTON}Exactly one of the optional fields"),
        (button(callback_data=None, url="x"), "inline keyboard button URL 'x' is invalid: Wrong"),
        (chosen(), {}),
        (chosen(allow_user_chats=False), f"{BAD}At least one chat type must be allowed"),
        (chosen(allow_user_chats="x"), f'{NO_BUTTON}field "allow_user_chats" must be of type B'),
        (chosen(query="é" * 257), f"{BAD}the inline query is too long"),
        (rows(12, 8), {}),
        (rows(13, 8), f"{BAD}reply markup is too long"),
    ],
    "editMessageText": [
        (edit(reply_markup=KEYBOARD), f"{BAD}message is not modified: specified new message"),
        (edit(message_id=THEIRS), f"{BAD}message can't be edited"),
        (edit(message_id=99), f"{BAD}message to edit not found"),
    ],
    "answerCallbackQuery": [
        ({"callback_query_id": "tap", "text": "x" * 201}, "MESSAGE_TOO_LONG"),
        ({"callback_query_id": "open"}, TOO_OLD),
        ({"callback_query_id": "answered"}, TOO_OLD),
        ({"callback_query_id": "expired"}, TOO_OLD),
    ],
    "answerInlineQuery": [
        ({"inline_query_id": "open"}, f'{BAD}Can\'t find field "results"'),
        (offered(51), f"{BAD}RESULTS_TOO_MUCH"),
        (offered(2, id="1"), f"{BAD}RESULT_ID_DUPLICATE"),
        (offered(id="ü" * 33), f"{BAD}RESULT_ID_INVALID"),
        (offered(title=" "), f"{BAD}ARTICLE_TITLE_EMPTY"),
        (offered(input_message_content=None), f"{NO_RESULT}Can't find field"),
        (offered(input_message_content={"message_text": ""}), "text is empty"),
        (offered() | {"button": {"text": "x", "start_parameter": "é"}}, "START_"),
        (offered(50), True),
    ],
    "answerGuestQuery": [
        ({"guest_query_id": "guest"}, f'{BAD}Can\'t find field "result"'),
        (guested(title=""), f"{BAD}ARTICLE_TITLE_EMPTY"),
        (guested() | {"guest_query_id": "open"}, TOO_OLD),
        (guested(), {"inline_message_id": "guest-guest"}),
        (guested(), TOO_OLD),
    ],
    "setMyCommands": [
        (menu("Start"), f"{BAD}BOT_COMMAND_INVALID"),
        (menu("a", ""), f"{BAD}BOT_COMMAND_DESCRIPTION_INVALID"),
        (menu("a", count=101), f"{BAD}BOT_COMMANDS_TOO_MUCH"),
    ],
    "setMyDescription": [({"description": "x" * 513}, f"{BAD}description is too long")],
    "setWebhook": [
        ({"url": "http://example.com"}, "An HTTPS URL must be provided for webhook"),
        ({"url": "https://a.com", "secret_token": "a b"}, "unallowed characters"),
    ],
}


def called(api: BotApi, method: str, token: str = "", **parameters: Any) -> Any:
    """Return the result of a call, or the status and the description of its refusal."""
    answer = HTTP.post(f"{api.base_url}/bot{token or api.token}/{method}", json=parameters)
    body = answer.json()
    return body["result"] if body["ok"] else f"{answer.status_code} {body['description']}"


@pytest.fixture
def api() -> Iterator[BotApi]:
    with BotApi() as running:
        yield running


@pytest.fixture(scope="module")
def furnished() -> Iterator[BotApi]:
    """A stand-in with the chats, messages and queries that the table of calls names."""
    with BotApi() as api:
        ada = api.person(ADA)
        api.person(BLOCKER).block()
        api.supergroup(chat_id=MUTED).bot_can_write = False
        api.supergroup(chat_id=GROWN).migrated_to = api.supergroup()
        api.supergroup(chat_id=FORUM, is_forum=True).topic()
        mine = ada.send("mine")
        called(api, "sendMessage", chat_id=ADA, text="one", reply_markup=KEYBOARD)
        api.queries = {
            "open": Query("open", "inline_query"),
            "tap": Query("tap", "callback_query"),
            "answered": Query("answered", "callback_query", answer={}),
            "expired": Query("expired", "callback_query", expired=True),
            "guest": Query("guest", "guest_message"),
        }
        api.guest_queries["guest"] = mine
        yield api


@pytest.mark.parametrize(
    ("method", "parameters", "wanted"),
    [(method, *row) for method, rows in CALLS.items() for row in rows],
)
def test_a_call_is_taken_or_refused_as_telegram_does(
    furnished: BotApi, method: str, parameters: JSON, wanted: str | JSON | bool
) -> None:
    answer = called(furnished, method, **parameters)

    if isinstance(wanted, str):
        assert wanted in answer
    else:
        assert answer is wanted or answer | wanted == answer


def test_nobody_else_is_let_in(api: BotApi) -> None:
    assert called(api, "getMe", "1:WRONG") == "401 Unauthorized"
    assert called(api, "getMe", "nonsense") == "404 Not Found"


@settings(max_examples=150, deadline=None)
@given(st.text(st.sampled_from(list('<>/&;=" abi#x1😀\n')) | st.characters(codec="utf-8")))
def test_any_markup_is_refused_or_becomes_entities_within_the_text(markup: str) -> None:
    try:
        text, entities = parse_html(markup)
    except ApiError:
        return
    size = len(text.encode("utf-16-le")) // 2

    assert all(0 <= one["offset"] < one["offset"] + one["length"] <= size for one in entities)


def test_updates_are_kept_until_they_are_confirmed(api: BotApi) -> None:
    ada = api.person()
    for text in ("one", "two", "three"):
        ada.send(text)
    _, second, third = called(api, "getUpdates")

    assert called(api, "getUpdates", offset=second["update_id"]) == [second, third]
    assert called(api, "getUpdates", limit=1) == [second]
    assert called(api, "getUpdates", offset=third["update_id"] + 1) == []


def test_a_poll_waits_and_only_one_may(api: BotApi) -> None:
    called(api, "getUpdates", allowed_updates=["inline_query"])
    with ThreadPoolExecutor() as calls:
        first = calls.submit(called, api, "getUpdates", timeout=9)
        api.wait_until(lambda: api.updates.is_polled or None, 5, "poll")
        second = calls.submit(called, api, "getUpdates", timeout=9)
        assert first.result(5).startswith("409 Conflict: terminated by other getUpdates request")
        api.person().send("not asked for")
        api.person().inline_query("x")

        assert [set(update) for update in second.result(5)] == [{"update_id", "inline_query"}]


def test_a_poll_ends_for_a_webhook_and_flood_control_for_nobody_else(api: BotApi) -> None:
    with ThreadPoolExecutor() as calls:
        poll = calls.submit(called, api, "getUpdates", timeout=9)
        api.wait_until(lambda: api.updates.is_polled or None, 5, "poll")
        called(api, "setWebhook", url="https://127.0.0.1:1/none")
        assert poll.result(5) == "409 Conflict: terminated by setWebhook request"
    assert "409 Conflict: can't use getUpdates method while" in called(api, "getUpdates")
    called(api, "deleteWebhook")
    slow, quick = api.person(), api.person()
    api.fail_next("sendMessage", retry_after=7, chat_id=slow.id)

    assert called(api, "getUpdates") == []
    assert called(api, "sendMessage", chat_id=quick.id, text="x")["text"] == "x"
    refused = called(api, "sendMessage", chat_id=slow.id, text="x")
    assert refused == "429 Too Many Requests: retry after 7"
