"""The page's server, called as pages and as strangers call it."""

import json
import signal
import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from browsing import served_page
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from running import BotProcess, wait_for

from bot import words


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served_page(tmp_path_factory.mktemp("web")) as address:
        yield address


@pytest.fixture(scope="module")
def client(address: str) -> Iterator[httpx.Client]:
    origin = address.rstrip("/")
    with httpx.Client(base_url=address, headers={"Origin": origin}, timeout=20) as client:
        yield client


@pytest.fixture(scope="module")
def page(client: httpx.Client) -> str:
    return client.post("call/open").json()["page"]


def test_whatever_it_serves_is_guarded(client: httpx.Client) -> None:
    for path in ("", "main.js", "page.css", "icon.svg", "nothing.js"):
        headers = client.get(path).headers

        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("method", "path", "headers"),
    [
        ("GET", "", {"Host": "evil.example", "Origin": "http://evil.example"}),
        ("GET", "", {"Host": "127.0.0.1:1", "Origin": "http://127.0.0.1:1"}),
        ("POST", "call/open", {"Host": "evil.example", "Origin": "http://evil.example"}),
        ("GET", "", {"Origin": "http://evil.example"}),
        ("POST", "call/open", {"Origin": "http://evil.example"}),
        ("POST", "call/open", {"Origin": "null"}),
        ("POST", "call/open", {"Origin": ""}),
        ("POST", "call/read?name=a.txt", {"Origin": "http://localhost"}),
    ],
)
def test_other_sites_are_refused(
    client: httpx.Client, method: str, path: str, headers: dict[str, str]
) -> None:
    assert client.request(method, path, headers=headers, content=b"{}").status_code == 403


def test_the_machine_itself_may_be_called_by_its_name(address: str) -> None:
    host = f"localhost:{urlsplit(address).port}"
    headers = {"Host": host, "Origin": f"http://{host}"}

    assert httpx.post(f"{address}call/open", headers=headers).status_code == 200


def test_nothing_but_the_page_is_served_and_what_is_no_call_is_refused(
    client: httpx.Client,
) -> None:
    form = {"Content-Type": "application/x-www-form-urlencoded"}

    for path in ("../cli.py", "%2e%2e/server.py", "call/nothing", "a/b"):
        assert client.get(path).status_code in (403, 404)
    assert client.post("call/reply", content=b"text=%FF", headers=form).status_code == 400
    assert client.post("call/read", content=b"tea").status_code == 400
    assert client.get("call/reply").status_code == 405


@pytest.mark.parametrize(
    ("call", "asked", "said"),
    [
        ("reply", {"page": "long gone"}, words.WEB_GONE),
        ("tap", {"listing": "countries", "name": "Atlantis"}, words.OLD_BUTTON),
        ("tap", {"listing": "rivers", "name": "Egypt"}, words.OLD_BUTTON),
        ("why", {"reply": "never"}, words.OLD_BUTTON),
    ],
)
def test_what_is_known_no_more_is_said(
    client: httpx.Client, page: str, call: str, asked: dict[str, str], said: str
) -> None:
    response = client.post(f"call/{call}", data={"page": page} | asked)

    assert (response.status_code, response.json()) == (422, {"said": said})


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("/help", words.help_text()),
        ("/weather now", words.unknown_command("/weather")),
        ("/ask", words.ASK_WHAT),
        ("  ", words.ASK_WHAT),
        ("¿Cuál es el tema del artículo?", words.foreign("English")),
        ("/article", words.WEB_ARTICLE),
    ],
)
def test_commands_are_those_of_the_other_faces(
    client: httpx.Client, page: str, text: str, said: str
) -> None:
    reply = client.post("call/reply", data={"page": page, "text": text}).json()

    assert (reply["said"], reply["steps"]) == (said, [])


def test_pages_have_conversations_of_their_own(client: httpx.Client) -> None:
    first, second = (client.post("call/open").json()["page"] for _ in range(2))
    client.post("call/reply", data={"page": first, "text": "what happens in Indonesia?"})
    asked = {"text": "and in Egypt?"}
    replies = [client.post("call/reply", data={"page": p} | asked).json() for p in (first, second)]
    reasons = [
        client.post("call/why", data={"page": page, "reply": reply["why"]}).json()["question"]
        for page, reply in zip((first, second), replies, strict=True)
    ]

    assert all("500 MW" in json.dumps(reply["steps"]) for reply in replies)
    assert reasons == ["and in Egypt?", "and in Egypt?"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "The article tea.txt has no text"),
        (b"\0caf\xe9", "The article tea.txt is not plain text."),
    ],
)
def test_a_file_without_an_article_is_told_in_one_line(
    client: httpx.Client, content: bytes, said: str
) -> None:
    response = client.post("call/read?name=..%2Fsecret%2Ftea.txt", content=content)

    assert response.status_code == 422
    assert response.json()["said"].startswith(said)


def test_a_file_of_more_than_five_megabytes_is_hung_up_on(client: httpx.Client) -> None:
    try:
        status = client.post("call/read?name=a.txt", content=bytes(5 * 2**20 + 1)).status_code
    except httpx.TransportError:
        status = 400

    assert status == 400


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=300))
def test_anything_typed_gets_a_reply(client: httpx.Client, page: str, text: str) -> None:
    reply = client.post("call/reply", data={"page": page, "text": text.encode("utf-8", "replace")})

    assert reply.json()["said"] or reply.json()["steps"][0]["blocks"]


def test_a_port_that_cannot_be_had_is_told_in_one_line(bot: BotProcess) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        for one, said in ((port, f"Port {port} can't be listened on: Addr"), ("70000", "Port 7")):
            ended = bot.run("web", "--no-browser", "--port", one)
            assert (ended.returncode, ended.stderr.count("\n")) == (2, 1)
            assert ended.stderr.startswith(said)


def test_the_page_opens_in_the_browser_and_ends_with_control_c(tmp_path: Path) -> None:
    """The browser is the one that BROWSER names, which writes down what it is to open."""
    opened = tmp_path / "opened"
    script = tmp_path / "browser"
    script.write_text(f'#!/bin/sh\necho "$1" > {opened}.new && mv {opened}.new {opened}\n')
    script.chmod(0o755)
    bot = BotProcess(tmp_path)
    process = bot.start("web", "--port", "0", settings={"BROWSER": str(script)})
    assert process.stdout
    address = process.stdout.readline().split()[4]
    wait_for(opened.exists)
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=20)

    assert opened.read_text().strip() == address
    assert (process.returncode, bot.logged(process)) == (0, "")
