"""The webhook: Telegram calls the bot, and nobody else gets anything out of it."""

import copy
import itertools
import json
import re
import signal
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any

import pytest
from botapi import BotApi, Person
from hooked import (
    PATH,
    SECRET,
    SECRET_HEADER,
    Hooked,
    answer_to,
    free_port,
    question,
    webhook_settings,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from running import TOKEN, BotProcess, check_no_trouble, telegram_settings

from bot import words

MEBIBYTE = 2**20
HEAD = f"POST {PATH} HTTP/1.1\r\nHost: x\r\n".encode()
RIGHT = f"{SECRET_HEADER}: {SECRET}\r\n".encode()
WRONG = f"{SECRET_HEADER}: {SECRET[:-1]}\r\n".encode()


@pytest.fixture(scope="module")
def hooked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hooked]:
    """A bot that the module's tests share; whatever they do, it logs no trouble and no secret."""
    with BotApi(token=TOKEN) as api:
        bot = BotProcess(tmp_path_factory.mktemp("hooked"))
        running = Hooked(bot, api, QUESTIONS_PER_MINUTE="10000", LOG_LEVEL="DEBUG")
        api.wait_for_call("setMyShortDescription")
        yield running
        code = running.stop()
    assert code == 0
    check_no_trouble(running.logged)
    assert "Answering as @test_bot" in running.logged
    assert SECRET not in running.logged


@pytest.fixture
def api(hooked: Hooked) -> BotApi:
    return hooked.api


@pytest.fixture
def ada(api: BotApi) -> Person:
    return api.person()


def is_left_alone(hooked: Hooked, person: Person) -> bool:
    """Return whether the bot, once it has answered somebody else, has said nothing to *person*."""
    other = hooked.api.person()
    assert hooked.call(question(other)) == 200
    assert "Jakarta" in other.wait_for_reply().text
    return not person.chat.bot_messages


def test_a_conversation_by_webhook(hooked: Hooked, ada: Person) -> None:
    announced = hooked.announced.parameters
    assert announced["url"] == f"http://127.0.0.1:{hooked.port}{PATH}"
    assert announced["secret_token"] == SECRET
    assert announced["allowed_updates"] == [
        "message",
        "edited_message",
        "callback_query",
        "inline_query",
    ]
    assert "drop_pending_updates" not in announced

    asked = ada.send("egypt")
    page = ada.wait_for_reply()
    assert page.reply_to == asked.id
    assert "500 MW" in page.text

    ada.tap(page, "More (1)")
    assert "From the mountains of Indonesia" in ada.wait_for_edit(page).text

    ada.edit(asked, "indonesia")
    assert "Jakarta" in ada.wait_for_edit(page).text

    assert ada.wait_for_answer(ada.inline_query("egypt wind farm")).results

    hooked.api.wait_for_quiet()
    assert not hooked.api.calls_of("getUpdates")


# The secret.


def test_each_start_makes_a_secret_of_its_own(bot: BotProcess) -> None:
    with BotApi(token=TOKEN) as api:
        both = [Hooked(bot, api, WEBHOOK_SECRET="") for _ in range(2)]
        made = [str(one.announced.parameters["secret_token"]) for one in both]
        for one in both:
            one.stop()

    assert len(set(made)) == 2
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{32,256}", secret) for secret in made)
    assert not any(secret in one.logged for secret in made for one in both)


@pytest.mark.parametrize(
    "secret", [None, "", SECRET[:-1], f"{SECRET}x", SECRET.lower(), f"{SECRET},{SECRET}", "é"]
)
def test_a_call_without_the_secret_is_refused(
    hooked: Hooked, ada: Person, secret: str | None
) -> None:
    assert hooked.call(question(ada), secret=secret) == 403
    assert hooked.call(b"nonsense", secret=secret) == 403
    assert is_left_alone(hooked, ada)


@pytest.mark.parametrize("secret", [b"", WRONG, RIGHT + RIGHT])
@pytest.mark.parametrize(
    "body",
    [
        b"Content-Length: 10\r\n\r\n",
        b"Content-Length: 10\r\n\r\n{",
        b"Content-Length: %d\r\n\r\n" % (5 * MEBIBYTE),
        b"Content-Length: %d\r\n\r\n" % (5 * MEBIBYTE) + b" " * MEBIBYTE,
        b"Transfer-Encoding: chunked\r\n\r\n",
        b"Transfer-Encoding: chunked\r\n\r\n80000\r\n" + b" " * 0x80000,
    ],
)
def test_a_body_without_the_secret_is_not_waited_for(
    hooked: Hooked, secret: bytes, body: bytes
) -> None:
    assert b" 403 " in answer_to(hooked.port, HEAD + secret + body)


# What isn't an update.


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH", "OPTIONS", "BREW"])
def test_only_posts_are_calls(hooked: Hooked, ada: Person, method: str) -> None:
    before = hooked.logged

    assert hooked.call(question(ada), method=method) == 405
    assert hooked.call(question(ada), method=method, secret=None) in (403, 405)
    assert hooked.logged == before


@pytest.mark.parametrize(
    "path",
    [
        "/",
        f"{PATH}/",
        f"/{PATH}",
        f"{PATH}x",
        "/telegra%6d",
        f"/x/..{PATH}",
        "/%2e%2e/etc/passwd",
        "*",
        "/favicon.ico",
        f"http://127.0.0.1{PATH}",
    ],
)
def test_nothing_else_is_found(hooked: Hooked, ada: Person, path: str) -> None:
    before = hooked.logged

    assert hooked.call(question(ada), path=path) == 404
    assert hooked.call(method="GET", path=path) == 404
    assert hooked.logged == before
    assert is_left_alone(hooked, ada)


def test_a_query_behind_the_path_changes_nothing(hooked: Hooked, ada: Person) -> None:
    assert hooked.call(question(ada), path=f"{PATH}?x=y") == 200
    assert "Jakarta" in ada.wait_for_reply().text


@pytest.mark.parametrize("path", ["/", "/healthz"])
def test_what_is_sent_elsewhere_is_not_waited_for(hooked: Hooked, path: str) -> None:
    head = b"POST %s HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{" % path.encode()

    assert answer_to(hooked.port, head)[9:12] in (b"404", b"405")


@pytest.mark.parametrize(
    "body",
    [
        b"Content-Length: %d\r\n\r\n" % (MEBIBYTE + 1),
        b"Transfer-Encoding: chunked\r\n\r\n" + b"80000\r\n%b\r\n" % (b" " * 0x80000) * 3,
    ],
)
def test_a_body_over_a_mebibyte_is_refused(hooked: Hooked, body: bytes) -> None:
    assert re.match(rb"HTTP/1.1 4\d\d ", answer_to(hooked.port, HEAD + RIGHT + body))


def test_a_body_of_just_a_mebibyte_is_an_update_as_any_other(hooked: Hooked, ada: Person) -> None:
    update = json.dumps(question(ada)).encode()

    assert hooked.call(update.ljust(MEBIBYTE)) == 200
    assert "Jakarta" in ada.wait_for_reply().text


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"update_id=1",
        b"\xff\xfe\xfd",
        b'{"update_id": 1, "message": "\xff"}',
        b"[" * 100_000,
        b'{"update_id":' * 5_000 + b"1" + b"}" * 5_000,
        b'{"update_id": %s}' % (b"9" * 5_000),
        [],
        [{"update_id": 1}],
        None,
        1,
        "update",
        {},
        {"message": {}},
        {"update_id": None},
        {"update_id": "1"},
        {"update_id": 1.0},
        {"update_id": True},
        {"update_id": [1]},
    ],
    ids=lambda body: repr(body)[:20],
)
def test_what_is_no_update_is_refused(hooked: Hooked, body: object) -> None:
    assert 400 <= hooked.call(body) < 500


@pytest.mark.parametrize(
    "sent",
    [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
        b"POST\r\n\r\n",
        b"POST %s\r\n\r\n" % PATH.encode(),
        b"POST %s HTTP/9.9\r\n\r\n" % PATH.encode(),
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        HEAD + RIGHT + b"Content-Length: -1\r\n\r\n",
        HEAD + RIGHT + b"Content-Length: 1e3\r\n\r\n",
        HEAD + RIGHT + b"Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
        HEAD + RIGHT + b"Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}",
        HEAD + RIGHT + b"Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        HEAD + RIGHT + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n",
        HEAD + RIGHT + b"Transfer-Encoding: chunked\r\n\r\n-1\r\n",
        HEAD + RIGHT + b"no header at all\r\n\r\n",
        HEAD + RIGHT + b"X: " + b"x" * 70_000 + b"\r\n\r\n",
        HEAD + RIGHT + b"X: x\r\n" * 20_000 + b"\r\n",
    ],
    ids=lambda sent: repr(sent.removeprefix(HEAD + RIGHT))[:40],
)
def test_what_is_no_http_is_refused_without_a_line(hooked: Hooked, sent: bytes) -> None:
    before = hooked.logged

    assert answer_to(hooked.port, sent)[:10] in (b"HTTP/1.1 4", b"")
    assert hooked.logged == before


def test_its_health_is_told_to_everybody(hooked: Hooked) -> None:
    assert hooked.call(method="GET", path="/healthz", secret=None) == 200
    assert hooked.call(method="GET", path="/healthz?from=nginx", secret=None) == 200
    assert hooked.call(method="HEAD", path="/healthz", secret=None) == 200


def test_many_idle_connections_keep_no_call_out_for_long(hooked: Hooked, ada: Person) -> None:
    with ExitStack() as idle:
        for _ in range(510):
            late = socket.create_connection(("127.0.0.1", hooked.port), timeout=5)
            idle.enter_context(late)
        with suppress(ConnectionResetError):
            assert late.recv(1) == b""
    deadline = time.monotonic() + 10
    while not ada.chat.bot_messages:
        assert time.monotonic() < deadline
        # The bot learns only by and by that the others have gone.
        with suppress(ConnectionError):
            hooked.call(question(ada))


# Once, and only when it is handled.


def test_a_call_is_answered_when_its_update_is_handled(hooked: Hooked, ada: Person) -> None:
    hooked.api.fail_next("sendMessage", 200, delay=0.3, chat_id=ada.id)
    began = time.monotonic()

    assert hooked.call(question(ada)) == 200
    assert time.monotonic() - began > 0.25
    assert len(ada.chat.bot_messages) == 1


def test_a_slow_chat_holds_up_nobody(hooked: Hooked, ada: Person) -> None:
    bob = hooked.api.person()
    hooked.api.fail_next("sendMessage", 200, delay=0.5, chat_id=ada.id)
    with ThreadPoolExecutor() as calls:
        slow = calls.submit(hooked.call, question(ada))
        ada.wait_for_reply()

        assert hooked.call(question(bob)) == 200
        assert not slow.done()
        assert slow.result(5) == 200


def test_an_update_sent_several_times_is_answered_once(hooked: Hooked, ada: Person) -> None:
    hooked.api.fail_next("sendMessage", 200, delay=0.3, chat_id=ada.id)
    update = question(ada)
    began = time.monotonic()
    with ThreadPoolExecutor() as calls:
        statuses = list(calls.map(hooked.call, [update] * 5))

    assert statuses == [200] * 5
    assert time.monotonic() - began > 0.25
    assert hooked.call(update) == 200
    assert hooked.call(question(ada, "thanks")) == 200
    said = [
        call.method for call in hooked.api.calls if call.parameters.get("chat_id") == str(ada.id)
    ]
    assert said == ["sendMessage"] * 2


def test_a_chats_calls_are_answered_in_turn(hooked: Hooked, ada: Person) -> None:
    hooked.api.fail_next("sendMessage", 502, chat_id=ada.id)
    updates = [question(ada, said) for said in ("indonesia", "thanks")]
    with ThreadPoolExecutor() as calls:
        first = calls.submit(hooked.call, updates[0])
        hooked.api.wait_for_call(
            "sendMessage", where=lambda call: call.parameters["chat_id"] == str(ada.id)
        )
        second = calls.submit(hooked.call, updates[1])

        assert [first.result(5), second.result(5)] == [200, 200]
    said = [message.text for message in ada.chat.bot_messages]
    assert "Jakarta" in said[0]
    assert said[1] == words.SMALL_TALK["thanks"]


def test_a_call_that_is_broken_off_is_answered_all_the_same(hooked: Hooked, ada: Person) -> None:
    hooked.api.fail_next("sendMessage", 200, delay=0.3, chat_id=ada.id)
    update = question(ada)
    body = json.dumps(update).encode()
    with socket.create_connection(("127.0.0.1", hooked.port)) as connection:
        connection.sendall(HEAD + RIGHT + b"Content-Length: %d\r\n\r\n" % len(body) + body)
        ada.wait_for_reply()

    assert hooked.call(update) == 200
    assert len(ada.chat.bot_messages) == 1


def test_calls_on_one_connection_are_answered_in_order(hooked: Hooked, ada: Person) -> None:
    bodies = [json.dumps(question(ada, said)).encode() for said in ("egypt", "thanks", "hi")]
    head = HEAD + RIGHT + b"Content-Length: %d\r\n\r\n"
    with socket.create_connection(("127.0.0.1", hooked.port), timeout=5) as connection:
        connection.sendall(b"".join(head % len(body) + body for body in bodies))
        replies = [ada.wait_for_reply().text for _ in bodies]

    assert "500 MW" in replies[0]
    assert replies[1:] == [words.SMALL_TALK["thanks"], words.SMALL_TALK["greeting"]]


# Arbitrary bodies.


def genuine_updates() -> list[dict[str, Any]]:
    """Return updates of many kinds, as Telegram makes them."""
    api = BotApi(token=TOKEN)
    ada, group = api.person(), api.supergroup()
    asked = ada.send("/start egypt")
    ada.edit(asked, "egypt")
    ada.send("more", reply_to=asked)
    ada.send("@test_bot egypt", chat=group)
    ada.send("/ask@test_bot egypt", chat=group, topic=7)
    ada.send_photo("what is this?", media_group_id="1")
    ada.send_sticker()
    ada.tap_data(asked, "nonsense")
    ada.inline_query("egypt")
    return api.pending


def bent(update: dict[str, Any], bends: list[tuple[list[int], object]]) -> bytes:
    """Return an update as JSON, with other values in place of some of its parts, in any depth."""
    update = copy.deepcopy(update)
    for places, value in bends:
        bend(update, places, value)
    return json.dumps(update | {"update_id": next(NUMBERS)}).encode()


def bend(part: Any, places: list[int], value: object) -> None:
    for place in places:
        keys = list(part) if isinstance(part, dict) else range(len(part))
        key = keys[place % len(keys)]
        if place == places[-1] or not (isinstance(part[key], dict | list) and part[key]):
            part[key] = value
            break
        part = part[key]


NUMBERS = itertools.count(2**40)
SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text()
VALUES = SCALARS | st.lists(SCALARS, max_size=2) | st.dictionaries(st.text(), SCALARS, max_size=2)
PLACES = st.lists(st.integers(0, 15), min_size=1, max_size=4)
BENDS = st.lists(st.tuples(PLACES, VALUES), min_size=1, max_size=2)
# Only bent updates get as far as the handlers: two of them make these half of the bodies, one made
# them a third. Two strategies, as the same one named twice would count once.
BENT = [st.builds(bent, st.sampled_from(genuine_updates()), BENDS) for _ in range(2)]
BODIES = st.one_of(
    *BENT,
    VALUES.map(lambda value: json.dumps(value).encode()),
    st.binary(max_size=200),
    st.text().map(lambda text: text.encode()),
)


@pytest.fixture
def sturdy(bot: BotProcess) -> Iterator[Hooked]:
    """A bot that may report what it can't handle, and must leave nothing uncaught.

    Telegram doesn't send such updates, and to be sent one again wouldn't help: it counts as
    handled. But whoever sends it knows the secret, so somebody ought to look into it: a traceback
    may stand below a line of the bot's or the library's, but none below asyncio's or the server's.
    """
    with BotApi(token=TOKEN) as api:
        running = Hooked(bot, api, QUESTIONS_PER_MINUTE="10000")
        yield running
        code = running.stop()
    assert code == 0
    tracebacks = running.logged.count("Traceback")
    assert tracebacks == len(re.findall(r" ERROR (?:bot|telegram)\..*\nTraceback", running.logged))


def test_no_body_whatever_harms_the_bot(sturdy: Hooked) -> None:
    with sturdy.connection() as connection:

        @settings(max_examples=2000, deadline=None, suppress_health_check=list(HealthCheck))
        @given(BODIES)
        def send(body: bytes) -> None:
            assert connection.call(body) in (200, 400)

        send()
        ada = sturdy.api.person(4711)
        assert connection.call(question(ada)) == 200
        assert "Jakarta" in ada.wait_for_reply().text


# Starts and ends.


def test_sigterm_lets_calls_under_way_be_answered(bot: BotProcess) -> None:
    with BotApi(token=TOKEN) as api, ThreadPoolExecutor() as calls:
        hooked = Hooked(bot, api)
        *people, late = [api.person() for _ in range(4)]
        api.fail_next("sendMessage", 200, delay=2.5, times=3)
        with hooked.connection() as kept:
            assert kept.call({"update_id": 1}) == 200
            asked = [calls.submit(hooked.call, question(person)) for person in people]
            for person in people:
                person.wait_for_reply()
            hooked.process.send_signal(signal.SIGTERM)
            deadline = time.monotonic() + 10
            # A bot that is yet to get the signal answers.
            while kept.call(question(late)) != 503:
                assert time.monotonic() < deadline

            assert not any(one.done() for one in asked)
        assert [one.result(5) for one in asked] == [200] * 3
        assert hooked.wait() == 0
        assert "Traceback" not in hooked.logged


def test_what_a_killed_bot_left_unanswered_is_answered_after_its_restart(bot: BotProcess) -> None:
    with BotApi(token=TOKEN) as api:
        hooked = Hooked(bot, api)
        ada = api.person()
        api.fail_next("sendMessage", 502, delay=3, chat_id=ada.id)
        ada.send("indonesia")
        api.wait_for_call("sendMessage", answered=False)
        hooked.stop(signal.SIGKILL)
        ada.send("thanks")
        again = Hooked(bot, api, port=hooked.port)

        assert "Jakarta" in ada.wait_for_reply().text
        assert ada.wait_for_reply().text == words.SMALL_TALK["thanks"]
        api.wait_for_quiet()
        assert len(ada.chat.bot_messages) == 2
        assert again.stop() == 0


def test_a_change_to_polling_and_back_loses_nothing(bot: BotProcess) -> None:
    with BotApi(token=TOKEN) as api:
        ada = api.person()
        asked = []
        for is_called in (True, False, True):
            asked.append(ada.send("indonesia"))
            if is_called:
                hooked = Hooked(bot, api)
                assert ada.wait_for_reply().reply_to == asked[-1].id
                assert hooked.stop() == 0
            else:
                polling = bot.start(settings=telegram_settings(api))
                assert ada.wait_for_reply().reply_to == asked[-1].id
                assert bot.stop(polling)[0] == 0

        assert [message.reply_to for message in ada.chat.bot_messages] == [one.id for one in asked]
        assert not api.pending


def test_a_bot_with_a_certificate_of_its_own_is_called_by_https(
    bot: BotProcess, certificate: tuple[Path, Path]
) -> None:
    shown, key = certificate
    port = free_port()
    files = {"WEBHOOK_CERTIFICATE": str(shown), "WEBHOOK_KEY": str(key)}
    with BotApi(token=TOKEN) as api:
        hooked = Hooked(bot, api, port=port, WEBHOOK_URL=f"https://127.0.0.1:{port}{PATH}", **files)
        ada = api.person()
        ada.send("indonesia")

        assert "Jakarta" in ada.wait_for_reply().text
        assert hooked.announced.parameters["certificate"]["body"] == shown.read_bytes()
        assert hooked.stop() == 0
    assert key.read_text() not in hooked.logged
    assert "Traceback" not in hooked.logged


def test_what_keeps_the_webhook_from_working_is_said_in_one_line(
    bot: BotProcess, certificate: tuple[Path, Path], encrypted_key: Path
) -> None:
    shown, key = (str(file) for file in certificate)
    with BotApi(token=TOKEN) as api, socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        troubles = {
            "in use. Choose others.": {"WEBHOOK_PORT": port},
            "can't be listened on: it is no address": {"WEBHOOK_LISTEN": ".."},
            "PEM files that belong": {"WEBHOOK_CERTIFICATE": key, "WEBHOOK_KEY": key},
            "without a passphrase": {
                "WEBHOOK_CERTIFICATE": shown,
                "WEBHOOK_KEY": str(encrypted_key),
            },
            "set WEBHOOK_CERTIFICATE, too": {"WEBHOOK_KEY": key},
            "Telegram refused WEBHOOK_URL: ": {"WEBHOOK_URL": "http://bot.example.org/x"},
        }
        started = [
            bot.start(settings=webhook_settings(api, free_port(), **wrong))
            for wrong in troubles.values()
        ]
        for said, process in zip(troubles, started, strict=True):
            process.communicate(timeout=20)
            errors = bot.logged(process)

            assert process.returncode == 2
            [line] = [line for line in errors.splitlines() if " INFO " not in line]
            assert said in line
            assert SECRET not in errors


def test_a_call_is_not_held_for_a_chat_that_takes_long(hooked: Hooked, ada: Person) -> None:
    hooked.api.fail_next("sendMessage", 200, delay=6, chat_id=ada.id)
    update = question(ada)

    assert hooked.call(update) == 200
    sent = hooked.api.wait_for_call(
        "sendMessage", where=lambda call: call.parameters["chat_id"] == str(ada.id), answered=False
    )
    assert not sent.answered
    assert hooked.call(update) == 200
    hooked.api.wait_until(lambda: sent.answered or None, 10, "end of the delay")
    assert len(ada.chat.bot_messages) == 1
