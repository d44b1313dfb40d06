"""The stand-in for the Bot API is as strict as Telegram."""

import asyncio
import html
import json
import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
import pytest
from botapi import ApiError, BotApi, Person
from botapi.formatting import fixed_text
from botapi.html import parse_html
from hypothesis import given, settings
from hypothesis import strategies as st
from telegram import Message as TelegramMessage
from telegram import Update
from telegram.error import BadRequest, NetworkError, RetryAfter
from telegram.ext import Application, ApplicationBuilder, CommandHandler, MessageHandler, filters

JSON = dict[str, Any]
TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"


@pytest.fixture
def api() -> Iterator[BotApi]:
    with BotApi() as running:
        yield running


@pytest.fixture
def ada(api: BotApi) -> Person:
    return api.person(first_name="Ada")


@pytest.fixture(scope="module")
def http() -> Iterator[httpx.Client]:
    with httpx.Client(timeout=10) as client:
        yield client


class Caller:
    """Calls methods by plain HTTP."""

    def __init__(self, api: BotApi, http: httpx.Client) -> None:
        self.api = api
        self.http = http
        self.root = f"{api.base_url}/bot{api.token}"

    def body(self, method: str, **parameters: Any) -> JSON:
        answer = self.http.post(f"{self.root}/{method}", json=parameters)
        body: JSON = answer.json()
        assert body["ok"] == (answer.status_code == 200)
        assert body.get("error_code", 200) == answer.status_code
        return body

    def __call__(self, method: str, **parameters: Any) -> Any:
        body = self.body(method, **parameters)
        assert body["ok"], body
        return body["result"]

    def refusal(self, method: str, **parameters: Any) -> str:
        description: str = self.body(method, **parameters)["description"]
        return description


@pytest.fixture
def call(api: BotApi, http: httpx.Client) -> Caller:
    return Caller(api, http)


def refused(markup: str) -> str:
    with pytest.raises(ApiError) as refusal:
        parse_html(markup)
    return refusal.value.description.removeprefix("Bad Request: can't parse entities: ")


# Who is let in, and how parameters are read.


def test_a_wrong_token_is_unauthorized(api: BotApi, http: httpx.Client) -> None:
    answer = http.get(f"{api.base_url}/bot123456:WRONG/getMe")
    assert answer.status_code == 401
    assert answer.json() == {"ok": False, "error_code": 401, "description": "Unauthorized"}


@pytest.mark.parametrize("path", ["/", "/botnonsense/getMe", "/bot", "/file/x"])
def test_a_path_without_a_token_is_not_found(api: BotApi, http: httpx.Client, path: str) -> None:
    answer = http.get(api.base_url + path)
    assert (answer.status_code, answer.json()["description"]) == (404, "Not Found")


def test_an_unknown_method_is_not_found(call: Caller) -> None:
    assert call.refusal("sendNothing") == "Not Found"


def test_parameters_come_by_query_form_multipart_or_json(
    api: BotApi, ada: Person, call: Caller, http: httpx.Client
) -> None:
    url = f"{call.root}/sendmessage"
    wanted = {"chat_id": str(ada.id), "text": "ä & b"}
    answers = [
        http.get(url, params=wanted),
        http.post(url, data=wanted),
        http.post(url, data=wanted, files={"extra": ("a.txt", b"x")}),
        http.post(url, json=wanted),
    ]
    assert [answer.json()["result"]["text"] for answer in answers] == ["ä & b"] * 4
    assert [one.method for one in api.calls] == ["sendMessage"] * 4


def test_the_path_of_the_test_environment_is_served(api: BotApi, http: httpx.Client) -> None:
    answer = http.get(f"{api.base_url}/bot{api.token}/test/getMe").json()
    assert answer["result"]["username"] == "test_bot"
    assert api.calls[0].is_test


@pytest.mark.parametrize(
    ("parameters", "refusal"),
    [
        ({"reply_markup": "{"}, "can't parse reply markup JSON object"),
        ({"reply_markup": []}, "object expected as reply markup"),
        ({"reply_markup": {"nonsense": 1}}, "object expected as reply markup"),
        ({"message_thread_id": "x"}, 'parameter "message_thread_id" must be of type Integer'),
        ({"protect_content": "maybe"}, 'parameter "protect_content" must be of type Boolean'),
        ({"text": ["x"]}, 'parameter "text" must be of type String'),
        ({"link_preview_options": {"is_disabled": "yes"}}, 'field "is_disabled" must be of type'),
        ({"link_preview_options": {"url": "not-a-url"}}, "WEBPAGE_URL_INVALID"),
        ({"reply_parameters": {"quote": "x"}}, 'can\'t find field "message_id"'),
    ],
)
def test_a_parameter_of_the_wrong_type_is_refused(
    ada: Person, call: Caller, parameters: JSON, refusal: str
) -> None:
    values = {"chat_id": ada.id, "text": "x"} | parameters
    assert refusal in call.refusal("sendMessage", **values)


# Texts.


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("", "Bad Request: message text is empty"),
        (" \n ", "Bad Request: text must be non-empty"),
        ("\u200b\u2060", "Bad Request: text must be non-empty"),
        ("<b> </b>", "Bad Request: text must be non-empty"),
        ("x" * 4097, "Bad Request: message is too long"),
        ("😀" * 2049, "Bad Request: message is too long"),
        ("&amp;" * 4097, "Bad Request: message is too long"),
    ],
)
def test_a_text_that_is_empty_or_too_long_is_refused(
    ada: Person, call: Caller, text: str, refusal: str
) -> None:
    answer = call.refusal("sendMessage", chat_id=ada.id, text=text, parse_mode="HTML")
    assert answer == refusal
    assert ada.messages == []


@pytest.mark.parametrize("text", ["😀" * 2048, "<b>" + "&lt;" * 4096 + "</b>", " " * 9 + "x"])
def test_the_length_counts_utf16_units_after_parsing(ada: Person, call: Caller, text: str) -> None:
    assert call("sendMessage", chat_id=ada.id, text=text, parse_mode="HTML")


@pytest.mark.parametrize("mode", ["Markdown", "MarkdownV2"])
def test_markdown_is_refused_plainly(ada: Person, call: Caller, mode: str) -> None:
    answer = call.refusal("sendMessage", chat_id=ada.id, text="x", parse_mode=mode)
    assert "NOT_IMPLEMENTED" in answer


def test_an_unknown_parse_mode_is_refused(ada: Person, call: Caller) -> None:
    answer = call.refusal("sendMessage", chat_id=ada.id, text="x", parse_mode="rich")
    assert answer == "Bad Request: unsupported parse_mode"


@pytest.mark.parametrize(
    ("markup", "refusal"),
    [
        ("🏟 🏟&lt;<abacaba", "Unclosed start tag at byte offset 13"),
        ("🏟 🏟&lt;<abac aba>", 'Unsupported start tag "abac" at byte offset 13'),
        ("🏟 🏟&lt;<i   =aba>", 'Empty attribute name in the tag "i" at byte offset 13'),
        ("🏟 🏟&lt;<i    aba>", 'Can\'t find end tag corresponding to start tag "i"'),
        ("🏟 🏟&lt;<i    aba  =  ", 'Unclosed start tag "i" at byte offset 13'),
        ("🏟 🏟&lt;<i    aba  =  190azAz-.,", "Unexpected end of name token at byte offset 27"),
        ('🏟 🏟&lt;<i  aba="&lt;>', "Unclosed start tag at byte offset 13"),
        ("🏟 🏟&lt;</", "Unexpected end tag at byte offset 13"),
        ("🏟 🏟&lt;<b></b></", "Unexpected end tag at byte offset 20"),
        ("🏟 🏟&lt;<i>a</i   ", "Unclosed end tag at byte offset 17"),
        ("<i>a</em   >", 'Unmatched end tag at byte offset 4, expected "</i>", found "</em>"'),
        (
            "<b><i>test</b></i>",
            'Unmatched end tag at byte offset 10, expected "</i>", found "</b>"',
        ),
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
        ("2 <", "Unclosed start tag at byte offset 2"),
        ("<br/> ", 'Unsupported start tag "br/" at byte offset 0'),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ('<tg-emoji emoji-id="x">x</tg-emoji>', "Invalid custom emoji identifier specified"),
        ("&#xDFDF;", "Text contains invalid Unicode characters after decoding HTML entities,"),
    ],
)
def test_broken_html_is_refused_in_telegrams_words(markup: str, refusal: str) -> None:
    assert refused(markup).startswith(refusal)


@pytest.mark.parametrize(
    ("markup", "text", "kinds"),
    [
        ("<b>x</b><strong>y</strong>", "xy", [("bold", 0, 1), ("bold", 1, 1)]),
        ("➡️ ➡️<i>➡️ ➡️</i>", "➡️ ➡️➡️ ➡️", [("italic", 5, 5)]),
        ("🏟 🏟<em>🏟 &lt🏟</em>", "🏟 🏟🏟 <🏟", [("italic", 5, 6)]),
        ("<u>a</u><ins>b</ins>", "ab", [("underline", 0, 1), ("underline", 1, 1)]),
        ("<s>a</s><del>b</del>", "ab", [("strikethrough", 0, 1), ("strikethrough", 1, 1)]),
        ('<span class="tg-spoiler">a</span>', "a", [("spoiler", 0, 1)]),
        ("<tg-spoiler>a</tg-spoiler>", "a", [("spoiler", 0, 1)]),
        ('<tg-emoji emoji-id="5">👍</tg-emoji>', "👍", [("custom_emoji", 0, 2)]),
        ("<blockquote>a</blockquote>", "a", [("blockquote", 0, 1)]),
        ("<blockquote expandable>a</blockquote>", "a", [("expandable_blockquote", 0, 1)]),
        ("<pre>a</pre><code>b</code>", "ab", [("pre", 0, 1), ("code", 1, 1)]),
        ("<a href='javascript:alert(1)'>a</a>", "a", []),
        ("<a>example.com</a>", "example.com", [("text_link", 0, 11)]),
        ("&ge;&lt;&gt;&amp;&quot;&#33;&#x21;&#12345678;", '&ge;<>&"!!&#12345678;', []),
        ("<b></b>x", "x", []),
    ],
)
def test_html_becomes_text_and_entities_in_utf16_units(
    markup: str, text: str, kinds: list[tuple[str, int, int]]
) -> None:
    plain, entities = parse_html(markup)
    assert plain == text
    assert [(one["type"], one["offset"], one["length"]) for one in entities] == kinds


def test_a_link_and_a_language_are_kept() -> None:
    link = parse_html('<a href="http://example.com?a=1&amp;b">x</a>')[1][0]
    assert link["url"] == "http://example.com/?a=1&b"
    code = parse_html('<pre><code class="language-python">x</code></pre>')[1]
    assert code == [{"type": "pre", "offset": 0, "length": 1, "language": "python"}]


@pytest.mark.parametrize(
    ("text", "given", "kept"),
    [
        ("abc", [("italic", 1, 1), ("italic", 0, 1)], [("italic", 0, 2)]),
        (
            "abc",
            [("italic", 0, 2), ("bold", 1, 2)],
            [("italic", 0, 1), ("bold", 1, 2), ("italic", 1, 1)],
        ),
        ("ab", [("underline", 0, 2), ("spoiler", 0, 1)], [("underline", 0, 2), ("spoiler", 0, 1)]),
        ("a", [("spoiler", 0, 1), ("pre", 0, 1)], [("pre", 0, 1)]),
        (
            "abc",
            [("pre", 1, 1), ("strikethrough", 0, 3)],
            [("strikethrough", 0, 1), ("pre", 1, 1), ("strikethrough", 2, 1)],
        ),
        (
            "@tests @tests",
            [("italic", 0, 13)],
            [("mention", 0, 6), ("italic", 0, 6), ("mention", 7, 6), ("italic", 7, 6)],
        ),
        (
            "example.com a",
            [("italic", 0, 13)],
            [("url", 0, 11), ("italic", 0, 11), ("italic", 12, 1)],
        ),
        ("example.com", [("pre", 0, 3)], [("pre", 0, 3)]),
        ("a\rb", [("bold", 0, 3)], [("bold", 0, 2)]),
        ("  a b  ", [("bold", 1, 6)], [("bold", 0, 3)]),
    ],
)
def test_entities_are_ordered_split_and_trimmed_like_telegrams(
    text: str, given: list[tuple[str, int, int]], kept: list[tuple[str, int, int]]
) -> None:
    names = ("type", "offset", "length")
    entities = fixed_text(text, [dict(zip(names, one, strict=True)) for one in given])[1]
    assert [(one["type"], one["offset"], one["length"]) for one in entities] == kept


@pytest.mark.parametrize(
    ("entity", "refusal"),
    [
        ({"type": "bold", "offset": 9, "length": 1}, "entity begins after the end of the text"),
        ({"type": "bold", "offset": 0, "length": 9}, "entity beginning at UTF-16 offset 0 ends"),
        ({"type": "bold", "offset": -1, "length": 1}, "receive an entity with incorrect offset"),
        ({"type": "loud", "offset": 0, "length": 1}, "can't parse MessageEntity: Unsupported type"),
        ({"type": "text_link", "offset": 0, "length": 1}, 'MessageEntity: Can\'t find field "url"'),
    ],
)
def test_a_wrong_entity_is_refused(ada: Person, call: Caller, entity: JSON, refusal: str) -> None:
    answer = call.refusal("sendMessage", chat_id=ada.id, text="hello", entities=[entity])
    assert refusal in answer


MARKUP = st.text(st.sampled_from(list('<>/&;=" abi#x1😀\n')) | st.characters(codec="utf-8"))


@settings(max_examples=300, deadline=None)
@given(MARKUP)
def test_any_markup_is_either_refused_or_becomes_entities_within_the_text(markup: str) -> None:
    try:
        text, entities = fixed_text(*parse_html(markup))
    except ApiError:
        return
    size = len(text.encode("utf-16-le")) // 2
    assert text == text.strip(" \n") or entities
    assert all(0 <= one["offset"] < one["offset"] + one["length"] <= size for one in entities)


@settings(max_examples=100, deadline=None)
@given(st.text(st.characters(codec="utf-8")))
def test_an_escaped_text_is_itself(text: str) -> None:
    assert parse_html(html.escape(text, quote=False)) == (text, [])


# Where a message goes.


@pytest.mark.parametrize("chat_id", [0, -1, 555, "@nobody", "word"])
def test_a_chat_that_does_not_exist_is_not_found(call: Caller, chat_id: Any) -> None:
    assert call.refusal("sendMessage", chat_id=chat_id, text="x") == "Bad Request: chat not found"


def test_a_message_needs_a_chat(call: Caller) -> None:
    assert call.refusal("sendMessage", text="x") == "Bad Request: chat_id is empty"
    assert call.refusal("sendMessage") == "Bad Request: message text is empty"


def test_a_person_who_blocked_the_bot_gets_nothing(api: BotApi, ada: Person, call: Caller) -> None:
    ada.block()
    answer = call.body("sendMessage", chat_id=ada.id, text="x")
    assert answer["description"] == "Forbidden: bot was blocked by the user"
    assert answer["error_code"] == 403
    assert api.pending[0]["my_chat_member"]["new_chat_member"]["status"] == "kicked"


def test_a_reply_needs_its_message(ada: Person, call: Caller) -> None:
    gone = {"message_id": 99}
    answer = call.refusal("sendMessage", chat_id=ada.id, text="x", reply_parameters=gone)
    assert answer == "Bad Request: message to be replied not found"
    optional = gone | {"allow_sending_without_reply": True}
    sent = call("sendMessage", chat_id=ada.id, text="x", reply_parameters=optional)
    assert "reply_to_message" not in sent


def test_a_quote_is_found_in_the_message_or_refused(ada: Person, call: Caller) -> None:
    asked = ada.send("😀 what is this?")
    reply = {"message_id": asked.id, "quote": "what"}
    sent = call("sendMessage", chat_id=ada.id, text="x", reply_parameters=reply)
    assert sent["reply_to_message"]["text"] == "😀 what is this?"
    assert sent["quote"] == {"text": "what", "position": 3, "is_manual": True}
    reply["quote"] = "who"
    answer = call.refusal("sendMessage", chat_id=ada.id, text="x", reply_parameters=reply)
    assert answer == "Bad Request: QUOTE_TEXT_INVALID"


def test_a_topic_is_there_or_not_found(api: BotApi, ada: Person, call: Caller) -> None:
    forum = api.supergroup(is_forum=True)
    topic = forum.topic("Questions")
    sent = call("sendMessage", chat_id=forum.id, text="x", message_thread_id=topic)
    assert (sent["message_thread_id"], sent["is_topic_message"]) == (topic, True)
    for chat_id, thread in ((forum.id, topic + 50), (ada.id, 1)):
        answer = call.refusal("sendMessage", chat_id=chat_id, text="x", message_thread_id=thread)
        assert answer == "Bad Request: message thread not found"


# Keyboards.


@pytest.mark.parametrize(
    ("button", "refusal"),
    [
        ({"callback_data": "x"}, "can't parse inline keyboard button: Can't find field \"text\""),
        ({"text": "", "callback_data": "x"}, "must be non-empty"),
        ({"text": 1, "callback_data": "x"}, 'Field "text" must be of type String'),
        ({"text": "x"}, "Text buttons are unallowed in the inline keyboard"),
        ({"text": "x", "callback_data": ""}, "Text buttons are unallowed in the inline keyboard"),
        ({"text": "x", "callback_data": "y", "url": "https://t.me"}, "Exactly one"),
        ({"text": "x", "callback_data": "ü" * 33}, "Bad Request: BUTTON_DATA_INVALID"),
        ({"text": "x", "url": "not-a-url"}, "URL 'not-a-url' is invalid: Wrong HTTP URL"),
        ({"text": "x", "url": "ftp://a.com"}, "is invalid: Unsupported URL protocol"),
        ({"text": "x", "url": "http://localhost"}, "is invalid: Wrong HTTP URL"),
        ({"text": "x", "web_app": {"url": "http://a.com"}}, "Only HTTPS links are allowed"),
        ({"text": "x", "pay": True}, "BUTTON_TYPE_INVALID"),
    ],
)
def test_a_button_that_telegram_would_not_show_is_refused(
    ada: Person, call: Caller, button: JSON, refusal: str
) -> None:
    markup = {"inline_keyboard": [[button]]}
    answer = call.refusal("sendMessage", chat_id=ada.id, text="x", reply_markup=markup)
    assert refusal in answer


@pytest.mark.parametrize(("rows", "width", "fits"), [(13, 8, False), (1, 9, False), (12, 8, True)])
def test_a_keyboard_has_at_most_100_buttons_and_8_in_a_row(
    ada: Person, call: Caller, rows: int, width: int, fits: bool
) -> None:
    markup = {"inline_keyboard": [[{"text": "x", "callback_data": "x" * 64}] * width] * rows}
    body = call.body("sendMessage", chat_id=ada.id, text="x", reply_markup=markup)
    assert body.get("description") == (None if fits else "Bad Request: reply markup is too long")


# Editing and deleting.


def test_an_edit_that_changes_nothing_is_refused(ada: Person, call: Caller) -> None:
    markup = {"inline_keyboard": [[{"text": "x", "callback_data": "y"}]]}
    sent = call("sendMessage", chat_id=ada.id, text="one", reply_markup=markup)
    place = {"chat_id": ada.id, "message_id": sent["message_id"]}
    same = {"text": "<b></b>one", "parse_mode": "HTML", "reply_markup": markup}
    answer = call.refusal("editMessageText", **place, **same)
    assert answer.startswith("Bad Request: message is not modified: specified new message content")
    call("editMessageText", **place, text="<b>one</b>", parse_mode="HTML", reply_markup=markup)
    assert ada.messages[0].marked("bold") == ["one"]
    call("editMessageReplyMarkup", **place)
    assert ada.messages[0].buttons == []
    assert "not modified" in call.refusal("editMessageReplyMarkup", **place)


def test_only_the_bots_own_messages_can_be_edited(ada: Person, call: Caller) -> None:
    theirs = ada.send("mine")
    answer = call.refusal("editMessageText", chat_id=ada.id, message_id=theirs.id, text="x")
    assert answer == "Bad Request: message can't be edited"
    answer = call.refusal("editMessageText", chat_id=ada.id, message_id=99, text="x")
    assert answer == "Bad Request: message to edit not found"
    answer = call.refusal("editMessageText", text="x")
    assert answer == "Bad Request: message identifier is not specified"


def test_a_deleted_message_is_gone(ada: Person, call: Caller) -> None:
    sent = call("sendMessage", chat_id=ada.id, text="x")
    place = {"chat_id": ada.id, "message_id": sent["message_id"]}
    assert call("deleteMessage", **place) is True
    assert ada.messages == []
    assert call.refusal("deleteMessage", **place) == "Bad Request: message to delete not found"
    assert call.refusal("editMessageText", **place, text="y").endswith("to edit not found")


# Queries.


def test_a_callback_query_is_answered_once(ada: Person, call: Caller) -> None:
    markup = {"inline_keyboard": [[{"text": "More", "callback_data": "more:1"}]]}
    call("sendMessage", chat_id=ada.id, text="x", reply_markup=markup)
    query = ada.tap(ada.wait_for_reply(), "More")
    update = call("getUpdates")[0]["callback_query"]
    assert (update["data"], update["message"]["text"]) == ("more:1", "x")
    assert call.refusal("answerCallbackQuery", callback_query_id=query.id, text="x" * 201)
    call("answerCallbackQuery", callback_query_id=query.id, text="Here")
    assert ada.wait_for_answer(query).text == "Here"
    assert call.refusal("answerCallbackQuery", callback_query_id=query.id) == TOO_OLD
    assert call.refusal("answerCallbackQuery", callback_query_id="1") == TOO_OLD


def test_a_query_that_is_too_old_is_refused(ada: Person, call: Caller) -> None:
    query = ada.inline_query("x")
    query.expired = True
    answer = call.refusal("answerInlineQuery", inline_query_id=query.id, results=[])
    assert answer == TOO_OLD


def test_a_button_that_is_not_there_cannot_be_tapped(ada: Person, call: Caller) -> None:
    call("sendMessage", chat_id=ada.id, text="x")
    with pytest.raises(LookupError, match="0 buttons 'More'"):
        ada.tap(ada.wait_for_reply(), "More")


def article(**changes: Any) -> JSON:
    plain = {"type": "article", "id": "1", "title": "T"}
    content = {"message_text": "<b>x</b>", "parse_mode": "HTML"}
    return plain | {"input_message_content": content} | changes


@pytest.mark.parametrize(
    ("results", "refusal"),
    [
        ([article(id=str(number)) for number in range(51)], "RESULTS_TOO_MUCH"),
        ([article(), article()], "RESULT_ID_DUPLICATE"),
        ([article(id="ü" * 33)], "RESULT_ID_INVALID"),
        ([article(title=None)], "can't parse inline query result: Can't find field \"title\""),
        ([article(title=" ")], "ARTICLE_TITLE_EMPTY"),
        ([article(input_message_content=None)], 'find field "input_message_content"'),
        ([article(input_message_content={"message_text": ""})], "message text is empty"),
        ([article(input_message_content={"message_text": "x" * 4097})], "message is too long"),
        ([article(type="poem")], "unsupported type of the result"),
        ([article(reply_markup={"inline_keyboard": [[{"text": "x"}]]})], "Text buttons are"),
        ("nonsense", "can't parse inline query results JSON object"),
    ],
)
def test_wrong_inline_results_are_refused(
    ada: Person, call: Caller, results: Any, refusal: str
) -> None:
    query = ada.inline_query("x")
    answer = call.refusal("answerInlineQuery", inline_query_id=query.id, results=results)
    assert refusal in answer


def test_inline_results_reach_the_person(ada: Person, call: Caller) -> None:
    query = ada.inline_query("x")
    call("answerInlineQuery", inline_query_id=query.id, results=[article()], cache_time=0)
    content = ada.wait_for_answer(query).results[0]["input_message_content"]
    assert (content["message_text"], content["entities"][0]["type"]) == ("x", "bold")


# The bot's profile.


@pytest.mark.parametrize(
    ("commands", "refusal"),
    [
        ([{"command": "Start", "description": "x"}], "Bad Request: BOT_COMMAND_INVALID"),
        ([{"command": "a" * 33, "description": "x"}], "Bad Request: BOT_COMMAND_INVALID"),
        ([{"command": "a", "description": ""}], "Bad Request: BOT_COMMAND_DESCRIPTION_INVALID"),
        ([{"command": "a", "description": "x"}] * 101, "Bad Request: BOT_COMMANDS_TOO_MUCH"),
        (["start"], "Bad Request: expected an Array of BotCommand"),
    ],
)
def test_wrong_commands_are_refused(call: Caller, commands: Any, refusal: str) -> None:
    assert call.refusal("setMyCommands", commands=commands) == refusal


def test_commands_are_kept_by_scope_and_language(call: Caller) -> None:
    menu = [{"command": "start", "description": "Begin"}]
    private = {"scope": {"type": "all_private_chats"}, "language_code": "de"}
    call("setMyCommands", commands=menu, **private)
    assert call("getMyCommands", **private) == menu
    assert call("getMyCommands") == []
    call("deleteMyCommands", **private)
    assert call("getMyCommands", **private) == []


@pytest.mark.parametrize(
    ("title", "name", "limit"),
    [("Description", "description", 512), ("ShortDescription", "short_description", 120)],
)
def test_a_description_has_its_limit_and_language(
    call: Caller, title: str, name: str, limit: int
) -> None:
    assert "too long" in call.refusal(f"setMy{title}", **{name: "x" * (limit + 1)})
    call(f"setMy{title}", **{name: "x" * limit})
    call(f"setMy{title}", **{name: "kurz", "language_code": "de"})
    assert call(f"getMy{title}", language_code="de") == {name: "kurz"}
    assert call(f"getMy{title}", language_code="fr") == {name: "x" * limit}


def test_an_unknown_chat_action_is_refused(ada: Person, call: Caller) -> None:
    answer = call.refusal("sendChatAction", chat_id=ada.id, action="thinking")
    assert answer == "Bad Request: wrong parameter action in request"
    call("sendChatAction", chat_id=ada.id, action="typing")
    assert ada.chat.actions == ["typing"]


def test_only_telegrams_reactions_are_taken(ada: Person, call: Caller) -> None:
    message = ada.send("thanks")
    place = {"chat_id": ada.id, "message_id": message.id}
    call("setMessageReaction", **place, reaction=[{"type": "emoji", "emoji": "👍"}])
    assert message.reactions[0]["emoji"] == "👍"
    answer = call.refusal("setMessageReaction", **place, reaction=[{"type": "emoji", "emoji": "x"}])
    assert answer == "Bad Request: REACTION_INVALID"


def test_chats_and_members_are_told(api: BotApi, ada: Person, call: Caller) -> None:
    group = api.supergroup("Readers")
    ada.send("hi", chat=group)
    assert call("getChat", chat_id=group.id)["title"] == "Readers"
    member = call("getChatMember", chat_id=group.id, user_id=ada.id)
    assert (member["status"], member["user"]["first_name"]) == ("member", "Ada")
    assert call("logOut") is True


# Updates.


def test_a_confirmed_update_is_forgotten(api: BotApi, ada: Person, call: Caller) -> None:
    for word in ("one", "two", "three"):
        ada.send(word)
    first, second, _ = call("getUpdates")
    assert second["update_id"] == first["update_id"] + 1
    later = call("getUpdates", offset=second["update_id"], limit=1)
    assert [update["message"]["text"] for update in later] == ["two"]
    assert len(api.pending) == 2
    last = call("getUpdates", offset=-1)
    assert [update["message"]["text"] for update in last] == ["three"]
    assert call("getUpdates", offset=last[0]["update_id"] + 1) == []


def test_an_unconfirmed_update_is_delivered_again(ada: Person, call: Caller) -> None:
    ada.send("one")
    assert call("getUpdates") == call("getUpdates", limit=100)


def in_background(call: Caller, method: str, **parameters: Any) -> "Future[JSON]":
    before = len(call.api.calls)
    executor = ThreadPoolExecutor(1)
    future = executor.submit(call.body, method, **parameters)
    executor.shutdown(wait=False)
    call.api.wait_until(lambda: len(call.api.calls) > before or None, 5, "call")
    return future


def test_a_long_poll_returns_as_soon_as_an_update_comes(ada: Person, call: Caller) -> None:
    poll = in_background(call, "getUpdates", timeout=30)
    ada.send("now")
    assert poll.result(2)["result"][0]["message"]["text"] == "now"
    assert call("getUpdates", offset=2**31, timeout=0) == []


def test_a_second_poll_ends_the_first(call: Caller) -> None:
    poll = in_background(call, "getUpdates", timeout=30)
    call("getUpdates")
    assert poll.result(2) == {
        "ok": False,
        "error_code": 409,
        "description": "Conflict: terminated by other getUpdates request;"
        " make sure that only one bot instance is running",
    }


def test_a_poll_that_the_bot_gives_up_is_no_conflict(
    api: BotApi, ada: Person, call: Caller
) -> None:
    with pytest.raises(httpx.ReadTimeout):
        httpx.get(f"{call.root}/getUpdates", params={"timeout": 30}, timeout=0.1)
    given_up = api.wait_for_call("getUpdates")
    assert (given_up.status, given_up.error) == (0, "connection closed by the bot")
    ada.send("kept")
    assert len(call("getUpdates")) == 1


def test_only_the_kinds_that_were_asked_for_are_queued(
    api: BotApi, ada: Person, call: Caller
) -> None:
    call("getUpdates", allowed_updates=["inline_query"])
    ada.send("unseen")
    ada.inline_query("seen")
    assert [set(update) for update in call("getUpdates")] == [{"update_id", "inline_query"}]
    call("getUpdates", allowed_updates=[])
    ada.send("seen")
    assert len(api.pending) == 2


def test_every_kind_of_message_is_one_that_the_library_reads(api: BotApi, ada: Person) -> None:
    forum = api.supergroup(is_forum=True)
    topic = forum.topic("News")
    sent = ada.send("/start@test_bot see @someone at https://example.com", chat=forum, topic=topic)
    kinds = [entity["type"] for entity in sent.entities]
    assert kinds == ["bot_command", "mention", "url"]
    ada.edit(sent, "changed", chat=forum)
    ada.send("hm", chat=forum, reply_to=sent)
    for name in ("sticker", "photo", "voice", "video_note", "location", "contact", "dice"):
        getattr(ada, f"send_{name}")()
    for name in ("document", "video", "audio", "animation"):
        ada.send_file(name, caption="see /this")
    ada.inline_query("x")
    ada.block()
    api.channel().post("news")
    updates = [Update.de_json(update, None) for update in api.pending]
    assert len(updates) == 17
    assert all(update.effective_user or update.channel_post for update in updates)
    texts = [update.effective_message and update.effective_message.text for update in updates]
    assert texts[1:3] == ["changed", "hm"]


# Webhooks.


class Hook:
    """A local webhook that answers as told, not at all with the status 0."""

    def __init__(self) -> None:
        self.answers: list[tuple[int, JSON]] = []
        self.taken: list[tuple[JSON, str | None]] = []
        self.connections: set[int] = set()
        hook = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                hook.connections.add(self.client_address[1])
                hook.taken.append((body, self.headers["X-Telegram-Bot-Api-Secret-Token"]))
                status, reply = hook.answers.pop(0) if hook.answers else (200, {})
                if not status:
                    self.close_connection = True
                    return
                answer = json.dumps(reply).encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *_: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/hook"
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.01,))


@pytest.fixture
def hook() -> Iterator[Hook]:
    running = Hook()
    running.thread.start()
    yield running
    running.server.shutdown()
    running.thread.join()
    running.server.server_close()


def test_a_webhook_is_tried_until_it_takes_the_update(
    api: BotApi, ada: Person, call: Caller, hook: Hook
) -> None:
    hook.answers = [(500, {}), (0, {}), (502, {})]
    call("setWebhook", url=hook.url, secret_token="s3cret")
    ada.send("hello")
    api.wait_for_quiet()
    assert [(body["message"]["text"], secret) for body, secret in hook.taken] == [
        ("hello", "s3cret")
    ] * 4
    info = call("getWebhookInfo")
    assert (info["url"], info["pending_update_count"]) == (hook.url, 0)
    assert info["last_error_message"].startswith("Wrong response from the webhook: 502")


def test_a_call_in_the_answer_of_a_webhook_is_carried_out(
    ada: Person, call: Caller, hook: Hook
) -> None:
    hook.answers = [(200, {"method": "sendMessage", "chat_id": ada.id, "text": "at once"})]
    ada.send("queued before")
    call("setWebhook", url=hook.url)
    assert ada.wait_for_reply().text == "at once"


def test_a_webhook_gets_each_chats_updates_in_order_and_no_chat_waits_for_another(
    api: BotApi, ada: Person, call: Caller, hook: Hook
) -> None:
    other = api.person()
    for number in range(20):
        ada.send(f"{number}")
    other.send("between")
    call("setWebhook", url=hook.url)
    api.wait_for_quiet()
    texts = [body["message"]["text"] for body, _ in hook.taken]
    assert texts.index("between") < 3
    assert [text for text in texts if text != "between"] == [f"{number}" for number in range(20)]


def test_a_connection_to_a_webhook_stays_open(
    api: BotApi, ada: Person, call: Caller, hook: Hook
) -> None:
    hook.answers = [(200, {}), (500, {})]
    call("setWebhook", url=hook.url)
    for text in ("one", "two", "three"):
        ada.send(text)
    api.wait_for_quiet()
    assert (len(hook.taken), len(hook.connections)) == (4, 1)


def test_a_new_webhook_gets_what_the_old_one_did_not_take(
    api: BotApi, ada: Person, call: Caller, hook: Hook
) -> None:
    call("setWebhook", url="http://127.0.0.1:1/none")
    ada.send("one")
    ada.send("two")
    api.wait_until(lambda: api.webhook.get("last_error_message"), 5, "failed delivery")
    call("setWebhook", url=hook.url)
    api.wait_for_quiet()
    assert [body["message"]["text"] for body, _ in hook.taken] == ["one", "two"]


def test_polling_conflicts_with_a_webhook(ada: Person, call: Caller) -> None:
    poll = in_background(call, "getUpdates", timeout=30)
    call("setWebhook", url="https://127.0.0.1:1/none")
    assert poll.result(2)["description"] == "Conflict: terminated by setWebhook request"
    answer = call.refusal("getUpdates")
    assert answer == (
        "Conflict: can't use getUpdates method while webhook is active;"
        " use deleteWebhook to delete the webhook first"
    )
    ada.send("waits")
    call("deleteWebhook")
    assert len(call("getUpdates")) == 1
    call("deleteWebhook", drop_pending_updates=True)
    assert call("getUpdates") == []


@pytest.mark.parametrize(
    ("parameters", "refusal"),
    [
        ({"url": "http://example.com/x"}, "An HTTPS URL must be provided for webhook"),
        ({"url": "nonsense"}, "invalid webhook URL specified"),
        ({"url": "https://a.com", "secret_token": "a b"}, "unallowed characters"),
    ],
)
def test_a_wrong_webhook_is_refused(call: Caller, parameters: JSON, refusal: str) -> None:
    assert refusal in call.refusal("setWebhook", **parameters)


def test_a_webhooks_own_certificate_is_taken_as_a_file(
    call: Caller, http: httpx.Client, certificate: tuple[Path, Path]
) -> None:
    def uploaded(content: bytes) -> int:
        url = {"url": "https://127.0.0.1:1/none"}
        files = {"certificate": ("certificate.pem", content)}
        return http.post(f"{call.root}/setWebhook", data=url, files=files).status_code

    assert uploaded(b"nonsense") == 400
    assert uploaded(certificate[0].read_bytes()) == 200
    assert call("getWebhookInfo")["has_custom_certificate"]
    call("setWebhook", url="https://127.0.0.1:1/none")
    assert not call("getWebhookInfo")["has_custom_certificate"]


# Faults.


def test_flood_control_can_be_ordered(api: BotApi, ada: Person, call: Caller) -> None:
    api.fail_next("sendMessage", retry_after=7, chat_id=ada.id)
    other = api.person()
    assert call("sendMessage", chat_id=other.id, text="x")
    body = call.body("sendMessage", chat_id=ada.id, text="x")
    assert (body["error_code"], body["parameters"]) == (429, {"retry_after": 7})
    assert body["description"] == "Too Many Requests: retry after 7"
    assert call("sendMessage", chat_id=ada.id, text="x")


def test_a_proxys_page_can_be_ordered(api: BotApi, call: Caller, http: httpx.Client) -> None:
    api.fail_next("getMe", 502, body="<html>Bad Gateway</html>", times=2)
    answers = [http.get(f"{call.root}/getMe") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [502, 502, 200]
    assert answers[0].text == "<html>Bad Gateway</html>"


@pytest.mark.parametrize("status", [200, 201, 500])
def test_any_body_can_be_ordered(
    api: BotApi, ada: Person, call: Caller, http: httpx.Client, status: int
) -> None:
    api.fail_next("sendMessage", status, body='{"ok": true')
    answer = http.post(f"{call.root}/sendMessage", json={"chat_id": ada.id, "text": "x"})
    assert (answer.status_code, answer.text) == (status, '{"ok": true')
    assert not ada.messages


def test_the_whole_api_can_be_gone_and_back_with_what_it_knew(
    api: BotApi, ada: Person, call: Caller
) -> None:
    ada.send("x")
    waiting = in_background(call, "getUpdates", offset=2_000_000_000, timeout=50)
    api.wait_for_call("getUpdates", answered=False)
    address = api.base_url
    api.go_down()
    with pytest.raises(httpx.RemoteProtocolError):
        waiting.result(2)
    with pytest.raises(httpx.ConnectError):
        call("getMe")
    api.come_back()
    assert api.base_url == address
    ada.send("y")
    assert [update["message"]["text"] for update in call("getUpdates")] == ["y"]


def test_an_update_of_any_shape_can_be_pushed(api: BotApi, call: Caller) -> None:
    api.push_raw({"message": 5})
    api.push_raw({"unheard_of": {}, "twice": []})
    updates = call("getUpdates")
    assert [sorted(update) for update in updates] == [
        ["message", "update_id"],
        ["twice", "unheard_of", "update_id"],
    ]
    assert updates[1]["update_id"] == updates[0]["update_id"] + 1


def test_a_dropped_connection_can_be_ordered(api: BotApi, ada: Person, call: Caller) -> None:
    api.fail_next("sendMessage", drop_connection=True)
    api.fail_next("sendMessage", drop_connection=True, takes_effect=True)
    for expected in (0, 1):
        with pytest.raises(httpx.RemoteProtocolError):
            call("sendMessage", chat_id=ada.id, text="x")
        assert len(ada.messages) == expected


def test_a_slow_answer_can_be_ordered(api: BotApi, ada: Person, call: Caller) -> None:
    api.fail_next("sendMessage", 200, delay=0.2)
    slow = in_background(call, "sendMessage", chat_id=ada.id, text="slow")
    assert call("sendMessage", chat_id=ada.id, text="fast")
    assert not slow.done()
    assert slow.result(2)["result"]["text"] == "slow"


def test_waiting_in_vain_tells_the_last_calls(api: BotApi, ada: Person, call: Caller) -> None:
    call("getMe")
    with pytest.raises(TimeoutError, match="getMe: 200"):
        ada.wait_for_reply(timeout=0.05)
    with pytest.raises(TimeoutError):
        api.wait_for_call("getMe", timeout=0.05, after=api.last_call)


# With the library.


def echo_bot(api: BotApi) -> Application[Any, Any, Any, Any, Any, Any]:
    bot = ApplicationBuilder().token(api.token).base_url(f"{api.base_url}/bot").build()

    async def start(update: Update, _: Any) -> None:
        assert update.message
        await update.message.reply_html("<b>Welcome</b>, 😀 <i>reader</i>")

    async def echo(update: Update, _: Any) -> None:
        assert update.message
        await update.message.reply_text(f"You said {update.message.text}")

    bot.add_handler(CommandHandler("start", start))
    bot.add_handler(MessageHandler(filters.TEXT, echo))
    return bot


async def converse(api: BotApi, person: Person) -> list[str]:
    async with echo_bot(api) as bot:
        await bot.start()
        assert bot.updater
        await bot.updater.start_polling(poll_interval=0)
        try:
            texts = []
            for text in ("/start", "hello"):
                person.send(text)
                reply = await asyncio.to_thread(person.wait_for_reply)
                texts.append(reply.text)
            await errors_are_the_librarys_own(api, person, bot)
            return texts
        finally:
            await bot.updater.stop()
            await bot.stop()


async def errors_are_the_librarys_own(
    api: BotApi, person: Person, bot: Application[Any, Any, Any, Any, Any, Any]
) -> None:
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.bot.send_message(404, "x")
    api.fail_next("sendMessage", retry_after=3)
    with pytest.raises(RetryAfter):
        await bot.bot.send_message(person.id, "x")
    api.fail_next("sendMessage", drop_connection=True)
    with pytest.raises(NetworkError):
        await bot.bot.send_message(person.id, "x")
    assert (await bot.bot.get_chat(person.id)).first_name == "Ada"
    assert await bot.bot.get_chat_member(person.id, person.id)
    sent: TelegramMessage = await bot.bot.send_message(person.id, "one")
    assert await bot.bot.edit_message_text("two", person.id, sent.message_id)
    assert await bot.bot.set_my_commands([("start", "Begin")])


def test_a_bot_of_the_library_talks_with_a_person(
    api: BotApi, ada: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")
    assert asyncio.run(converse(api, ada)) == ["Welcome, 😀 reader", "You said hello"]
    assert ada.chat.bot_messages[0].marked("italic") == ["reader"]
    assert ada.chat.bot_messages[-1].text == "two"
    assert api.wait_for_call("getUpdates").parameters["timeout"] == 10
    assert api.pending == []
