"""An article by its address, at a server on 127.0.0.1."""

import datetime
import os
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from running import BotProcess

from bot.article import Article, Shelf, fetching
from bot.errors import BotError

PAGE = (Path(__file__).parent / "data" / "formats" / "article.html").read_bytes()


class Site(ThreadingHTTPServer):
    """A site whose paths say how it answers."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answering)
        self.asked: list[str] = []
        self.is_up = True

    def handle_error(self, *_: object) -> None:
        """Let those go who hang up."""

    def address(self, path: str) -> str:
        return f"http://127.0.0.1:{self.server_port}/{path}"


class Answering(BaseHTTPRequestHandler):
    server: Site

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        status = {"/gone": 404, "/moved": 302, "/round": 302}.get(self.path, 200)
        self.send_response(status if self.server.is_up else 503)
        if status == 302:
            self.send_header("Location", "/round" if self.path == "/round" else "/page")
        if self.path == "/latin":
            self.send_header("Content-Type", "text/html; charset=iso-8859-1")
        self.end_headers()
        if self.path == "/latin":
            page = "<html><body><p>Ein Café im Süden.</p><p>Es öffnet früh.</p></body></html>"
            self.wfile.write(page.encode("latin-1"))
            return
        if self.path in ("/slow", "/large"):
            for _ in range(40):
                self.wfile.write(b"x" * 100_000 if self.path == "/large" else b"x")
                time.sleep(0.05 * (self.path == "/slow"))
        self.wfile.write(b"" if self.path == "/empty" else PAGE)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    with Site() as site:
        threading.Thread(target=site.serve_forever, args=(0.01,), daemon=True).start()
        yield site
        site.shutdown()


def read(address: str) -> Article:
    return Shelf(address, pytest.fail).read()


def test_a_page_is_fetched_once_and_kept(site: Site, article: Article) -> None:
    address = site.address("moved")
    pages = [read(address), read(address)]
    site.is_up = False
    pages.append(read(address))

    assert site.asked == ["/moved", "/page"]
    for page in pages:
        assert (page.title, page.date) == (article.title, article.date)
        assert [one.text for one in page.passages] == [one.text for one in article.passages]
        assert f"{address} on {datetime.date.today().day}" in page.origin


def test_a_page_is_in_the_encoding_that_the_site_says(site: Site) -> None:
    found = read(site.address("latin")).passages

    assert [one.text for one in found] == ["Ein Café im Süden.", "Es öffnet früh."]


def test_the_day_that_is_told_is_that_of_the_fetching(site: Site, tmp_path: Path) -> None:
    read(site.address("page"))
    [kept] = (tmp_path / "cache").rglob("*.page")
    os.utime(kept, (1_000_000_000, 1_000_000_000))

    assert "9 September 2001" in read(site.address("page")).origin


def test_what_is_read_again_is_fetched_anew(site: Site) -> None:
    shelf = Shelf(site.address("page"), pytest.fail)
    before = shelf.stamp(), shelf.read()
    shelf.read()

    assert site.asked == ["/page", "/page"]
    site.is_up = False
    with pytest.raises(BotError, match="503"):
        shelf.read()
    assert (shelf.stamp(), read(site.address("page"))) == before


def test_a_folder_that_cannot_be_written_does_no_harm(
    site: Site, tmp_path: Path, article: Article
) -> None:
    (tmp_path / "cache").touch()

    assert read(site.address("page")).title == article.title


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("gone", "404 Not Found"),
        ("round", "redirects"),
        ("slow", "it takes more than 1 second"),
        ("large", "it has more than 1 MB"),
        ("empty", "has no text"),
        ("//[", "."),
    ],
)
def test_what_cannot_be_fetched_is_told_in_one_line_and_not_kept(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str, said: str
) -> None:
    monkeypatch.setattr(fetching, "_MOST_SECONDS", 1.0)
    monkeypatch.setattr(fetching, "_MOST_BYTES", 1_000_000)
    address = site.address(path) if path[0] != "/" else f"http:{path}"
    started = time.monotonic()
    with pytest.raises(BotError) as caught:
        read(address)

    assert said in str(caught.value)
    assert address in str(caught.value)
    assert not any((tmp_path / "cache").rglob("*.page"))
    assert "\n" not in str(caught.value)
    assert time.monotonic() - started < 10


@pytest.mark.parametrize(
    "proxy", ["socks5://ann:pa55@h:1", "http://ann:pa55#@h:33", "ftp://ann:pa55@h:3"]
)
def test_a_proxy_that_cannot_be_used_is_told_without_its_password(
    site: Site, monkeypatch: pytest.MonkeyPatch, proxy: str
) -> None:
    monkeypatch.setenv("HTTP_PROXY", proxy)
    with pytest.raises(BotError) as caught:
        read(site.address("page"))

    assert str(caught.value).startswith("The proxy in HTTPS_PROXY or its like can't be used")
    assert "pa55" not in str(caught.value)


def test_a_proxy_that_does_not_answer_may_be_what_is_wrong(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    with pytest.raises(BotError, match="Check the address and the proxy"):
        read(site.address("page"))


@pytest.mark.parametrize("by", ["option", "setting"])
def test_an_article_is_asked_by_its_address(
    bot: BotProcess, site: Site, article: Article, by: str
) -> None:
    address = site.address("page")
    named = ("--article", address) if by == "option" else ()
    ended = bot.run("chat", *named, typed="/about\n", settings={"ARTICLE_PATH": address})

    assert f"“{article.title}”, 3 March 2025, 11 passages" in ended.stdout
    assert f"I fetched it from {address} on " in ended.stdout
    assert ended.stderr == ""


def test_an_address_nobody_answers_at_ends_in_one_line(bot: BotProcess, site: Site) -> None:
    address = site.address("page")
    site.server_close()
    ended = bot.run("ask", "egypt", "--article", address)

    assert ended.returncode == 2
    assert ended.stderr.startswith(f"The article {address} can't be fetched: ")
    assert ended.stderr.count("\n") == 1
