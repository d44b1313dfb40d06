"""The webhook: Telegram calls the bot, and nobody else gets anything out of it."""

import copy
import itertools
import json
import re
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
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
from running import START, TOKEN, BotProcess, check_no_trouble, telegram_settings, to, wait_for

from bot import words

MEBIBYTE = 2**20
RIGHT = f"{SECRET_HEADER}: {SECRET}\r\n".encode()


@pytest.fixture(scope="module")
def hooked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hooked]:
    """A bot that the module's tests share; whatever they do, it logs no trouble and no secret."""
    with BotApi(token=TOKEN) as api:
        bot = BotProcess(tmp_path_factory.mktemp("hooked"))
        running = Hooked(bot, api, QUESTIONS_PER_MINUTE="10000", LOG_LEVEL="DEBUG")
        api.wait_for_call("setMyShortDescription", timeout=START)
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


@pytest.fixture
def other_api() -> Iterator[BotApi]:
    """A Bot API for a bot of the test's own."""
    with BotApi(token=TOKEN) as running:
        yield running


def test_a_conversation_by_webhook(hooked: Hooked, ada: Person) -> None:
    announced = hooked.announced.parameters
    assert announced["url"] == f"http://127.0.0.1:{hooked.port}{PATH}"
    assert announced["secret_token"] == SECRET
    kinds = {"message", "edited_message", "guest_message", "callback_query", "inline_query"}
    assert set(announced["allowed_updates"]) == kinds | {"my_chat_member"}
    assert "drop_pending_updates" not in announced

    asked = ada.send("egypt")
    page = ada.wait_for_reply()
    assert page.reply_to == asked.id
    assert "500 MW" in page.text

    ada.tap(page, "More (1)")
    assert "From the mountains of Indonesia" in ada.wait_for_edit(page).text
    hooked.api.wait_for_quiet()
    assert not hooked.api.calls_of("getUpdates")


# Who and what is refused.


def sent(
    method: str = "POST",
    path: str = PATH,
    headers: bytes = RIGHT,
    body: bytes = b"Content-Length: 2\r\n\r\n{}",
) -> bytes:
    """Return a request as it goes over the wire, right in all that isn't said otherwise."""
    return f"{method} {path} HTTP/1.1\r\nHost: x\r\n".encode() + headers + body


def secret(value: str) -> bytes:
    return f"{SECRET_HEADER}: {value}\r\n".encode()


def length(said: object, *parts: bytes) -> bytes:
    return f"Content-Length: {said}\r\n\r\n".encode() + b"".join(parts)


CHUNKED = b"Transfer-Encoding: chunked\r\n\r\n"
HALF = b"80000\r\n%b\r\n" % (b" " * 0x80000)
WRONG = [b"", RIGHT + RIGHT, *map(secret, ("", SECRET[:-1], f"{SECRET}x", SECRET.lower(), "é"))]
# None of these bodies is there as a whole.
UNSENT = [length(10), length(10, b"{"), length(5 * MEBIBYTE), length(5 * MEBIBYTE, b" " * MEBIBYTE)]
UNSENT += [CHUNKED, CHUNKED + HALF]
METHODS = ["GET", "PUT", "DELETE", "PATCH", "OPTIONS", "BREW"]
PATHS = f"/ {PATH}/ /{PATH} {PATH}x /telegra%6d /x/..{PATH} * /favicon.ico".split()
PATHS += ["/%2e%2e/etc/passwd", f"http://127.0.0.1{PATH}"]
REFUSED: dict[str, list[bytes]] = {
    "403": [sent(headers=one) for one in WRONG]
    + [sent(headers=one, body=body) for one in (b"", secret(SECRET[:-1])) for body in UNSENT],
    "404": [sent(method, path) for path in PATHS for method in ("GET", "POST")]
    + [sent(path="/", body=UNSENT[1])],
    "405": [sent(method) for method in METHODS] + [sent(path="/healthz", body=UNSENT[1])],
    # No HTTP: the connection may also end without a word.
    "4..|": [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
        b"POST\r\n\r\n",
        b"POST %s\r\n\r\n" % PATH.encode(),
        b"POST %s HTTP/9.9\r\n\r\n" % PATH.encode(),
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        *(sent(body=length(said)) for said in (-1, "1e3", MEBIBYTE + 1)),
        sent(body=b"Content-Length: 2\r\n" + length(3, b"{}")),
        sent(body=b"Content-Length: 2\r\n" + CHUNKED),
        sent(body=b"Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"),
        *(sent(body=CHUNKED + body) for body in (b"zz\r\n", b"-1\r\n", HALF * 3)),
        sent(body=b"no header at all\r\n\r\n"),
        sent(body=b"X: " + b"x" * 70_000 + b"\r\n\r\n"),
        sent(body=b"X: x\r\n" * 20_000 + b"\r\n"),
    ],
}


@pytest.mark.parametrize(
    ("status", "request_sent"),
    [
        pytest.param(status, one, id=f"{status} {number}")
        for status, requests in REFUSED.items()
        for number, one in enumerate(requests)
    ],
)
def test_what_is_no_call_is_refused_at_once_and_without_more_than_a_line(
    hooked: Hooked, status: str, request_sent: bytes
) -> None:
    before = hooked.logged

    assert re.fullmatch(status, answer_to(hooked.port, request_sent)[9:12].decode())
    told = hooked.logged.removeprefix(before)
    assert not told or re.fullmatch(rf".* A call of '.*' was refused: {status} .*\n", told)


def test_a_wrong_address_or_secret_is_told_once_a_minute(
    bot: BotProcess, other_api: BotApi
) -> None:
    hooked = Hooked(bot, other_api)
    for _ in range(3):
        assert hooked.call(secret=SECRET[1:]) == 403
        assert hooked.call(path="/tele%0Agram") == 404
        assert hooked.call(method="PUT") == 405

    [wrong, nowhere] = [line for line in hooked.logged.splitlines() if "refused" in line]
    assert wrong.endswith(f"A call of '{PATH}' was refused: 403 Forbidden")
    assert nowhere.endswith("A call of '/tele%0Agram' was refused: 404 Not Found")


NO_UPDATES = [
    *(b"", b"{", b"update_id=1", b"\xff\xfe\xfd", b'{"update_id": 1, "message": "\xff"}'),
    *(b"[" * 100_000, b'{"update_id":' * 5_000 + b"1" + b"}" * 5_000),
    b'{"update_id": %s}' % (b"9" * 5_000),
    *([], [{"update_id": 1}], None, 1, "update", {}, {"message": {}}),
    *({"update_id": number} for number in (None, "1", 1.0, True, [1])),
]


@pytest.mark.parametrize("body", NO_UPDATES, ids=lambda body: repr(body)[:20])
def test_what_is_no_update_is_refused(hooked: Hooked, body: object) -> None:
    assert hooked.call(body) == 400


def test_a_question_that_is_refused_is_not_answered(hooked: Hooked, ada: Person) -> None:
    other = hooked.api.person()

    assert hooked.call(question(ada), secret=None) == 403
    assert hooked.call(question(ada), path=f"{PATH}x") == 404
    assert hooked.call(question(ada), method="PUT") == 405
    assert hooked.call(question(other), path=f"{PATH}?x=y") == 200
    assert "Jakarta" in other.wait_for_reply().text
    assert not ada.chat.bot_messages


def test_a_body_of_just_a_mebibyte_is_an_update_as_any_other(hooked: Hooked, ada: Person) -> None:
    assert hooked.call(json.dumps(question(ada)).encode().ljust(MEBIBYTE)) == 200
    assert "Jakarta" in ada.wait_for_reply().text


@pytest.mark.parametrize(
    ("method", "path"), [("GET", "/healthz"), ("GET", "/healthz?from=nginx"), ("HEAD", "/healthz")]
)
def test_its_health_is_told_to_everybody(hooked: Hooked, method: str, path: str) -> None:
    assert hooked.call(method=method, path=path, secret=None) == 200


def test_idle_connections_keep_no_call_out_and_hold_no_more_than_a_part_of_the_files(
    hooked: Hooked, ada: Person
) -> None:
    with ExitStack() as stack, hooked.connection() as kept:
        assert kept.call(question(ada)) == 200
        address = ("127.0.0.1", hooked.port)
        idle = [
            stack.enter_context(socket.create_connection(address, timeout=5)) for _ in range(510)
        ]
        # Half a call, and one that was refused, are no better.
        idle[-1].sendall(sent(body=length(10))[:40])
        idle[-2].sendall(sent(path="/"))
        began = time.monotonic()
        assert kept.call(question(ada)) == hooked.call(question(ada)) == 200

        assert time.monotonic() - began < 2
        assert idle[0].recv(1) == b""
        assert len(list(Path(f"/proc/{hooked.process.pid}/fd").iterdir())) < 500
    wait_for(lambda: len(ada.chat.bot_messages) == 3)


# Once, and only when it is handled.


def test_an_update_sent_several_times_is_answered_once_and_each_call_only_then(
    hooked: Hooked, ada: Person
) -> None:
    hooked.api.fail_next("sendMessage", 200, delay=0.3, chat_id=ada.id)
    update = question(ada)
    began = time.monotonic()
    with ThreadPoolExecutor() as calls:
        statuses = list(calls.map(hooked.call, [update] * 5))

    assert statuses == [200] * 5
    assert time.monotonic() - began > 0.25
    assert hooked.call(update) == 200
    assert hooked.call(question(ada, "thanks")) == 200
    assert len(ada.chat.bot_messages) == 2


def test_a_slow_chat_holds_up_nobody(hooked: Hooked, ada: Person) -> None:
    hooked.api.fail_next("sendMessage", 200, delay=3.0, chat_id=ada.id)
    with ThreadPoolExecutor() as calls:
        slow = calls.submit(hooked.call, question(ada))
        ada.wait_for_reply()

        assert hooked.call(question(hooked.api.person())) == 200
        assert not slow.done()
        assert slow.result(10) == 200


def test_a_chats_calls_are_answered_in_turn(hooked: Hooked, ada: Person) -> None:
    hooked.api.fail_next("sendMessage", 502, chat_id=ada.id)
    with ThreadPoolExecutor() as calls:
        first = calls.submit(hooked.call, question(ada))
        hooked.api.wait_for_call("sendMessage", where=to(ada))
        second = calls.submit(hooked.call, question(ada, "thanks"))

        assert [first.result(5), second.result(5)] == [200, 200]
    said = [message.text for message in ada.chat.bot_messages]
    assert "Jakarta" in said[0]
    assert said[1] == words.SMALL_TALK["thanks"]


def test_a_call_that_is_broken_off_is_answered_all_the_same(hooked: Hooked, ada: Person) -> None:
    hooked.api.fail_next("sendMessage", 200, delay=0.3, chat_id=ada.id)
    update = question(ada)
    body = json.dumps(update).encode()
    with socket.create_connection(("127.0.0.1", hooked.port)) as connection:
        connection.sendall(sent(body=length(len(body), body)))
        ada.wait_for_reply()

    assert hooked.call(update) == 200
    assert len(ada.chat.bot_messages) == 1


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

        @settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
        @given(BODIES)
        def send(body: bytes) -> None:
            assert connection.call(body) in (200, 400)

        send()
        ada = sturdy.api.person(4711)
        assert connection.call(question(ada)) == 200
        assert "Jakarta" in ada.wait_for_reply().text


# Starts and ends.


def test_a_change_to_polling_and_back_loses_nothing_and_each_start_makes_a_secret(
    bot: BotProcess, other_api: BotApi
) -> None:
    ada, asked, secrets, logged = other_api.person(), [], set(), ""
    for is_called in (True, False, True):
        asked.append(ada.send("indonesia"))
        if is_called:
            hooked = Hooked(bot, other_api, WEBHOOK_SECRET="")
            assert ada.wait_for_reply().reply_to == asked[-1].id
            assert hooked.stop() == 0
            secrets.add(hooked.announced.parameters["secret_token"])
            logged += hooked.logged
        else:
            polling = bot.start(settings=telegram_settings(other_api))
            assert ada.wait_for_reply().reply_to == asked[-1].id
            assert bot.stop(polling)[0] == 0

    assert [message.reply_to for message in ada.chat.bot_messages] == [one.id for one in asked]
    assert not other_api.pending
    assert len(secrets) == 2
    assert not any(one in logged for one in secrets)


def test_a_bot_with_a_certificate_of_its_own_is_called_by_https(
    bot: BotProcess, other_api: BotApi, certificate: tuple[Path, Path]
) -> None:
    shown, key = certificate
    port = free_port()
    files = {"WEBHOOK_CERTIFICATE": str(shown), "WEBHOOK_KEY": str(key)}
    url = f"https://127.0.0.1:{port}{PATH}"
    hooked = Hooked(bot, other_api, port=port, WEBHOOK_URL=url, **files)
    ada = other_api.person()
    assert "Jakarta" in ada.ask("indonesia").text
    assert hooked.announced.parameters["certificate"]["body"] == shown.read_bytes()
    assert hooked.stop() == 0
    assert key.read_text() not in hooked.logged
    assert "Traceback" not in hooked.logged


def test_what_keeps_the_webhook_from_working_is_said_in_one_line(
    bot: BotProcess, other_api: BotApi, certificate: tuple[Path, Path], encrypted_key: Path
) -> None:
    shown, key = (str(file) for file in certificate)
    locked = {"WEBHOOK_CERTIFICATE": shown, "WEBHOOK_KEY": str(encrypted_key)}
    with socket.create_server(("127.0.0.1", 0)) as taken:
        troubles = {
            "in use. Choose others.": {"WEBHOOK_PORT": str(taken.getsockname()[1])},
            "can't be listened on: it is no address": {"WEBHOOK_LISTEN": ".."},
            "PEM files that belong": {"WEBHOOK_CERTIFICATE": key, "WEBHOOK_KEY": key},
            "without a passphrase": locked,
            "Telegram refused WEBHOOK_URL: ": {"WEBHOOK_URL": "http://bot.example.org/x"},
        }
        for said, wrong in troubles.items():
            ended = bot.run(settings=webhook_settings(other_api, free_port(), **wrong))

            assert ended.returncode == 2
            [line] = [line for line in ended.stderr.splitlines() if " INFO " not in line]
            assert said in line
            assert SECRET not in ended.stderr
