"""What the tests share: the real article, a local Bot API and the bot's own process."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from botapi import BotApi, Person

from bot.answer import Answerer
from bot.article import Article, read_article
from bot.bm25 import score_terms
from bot.settings import SEEDS

TOKEN = "123456789:TEST-token_of_35_letters_and_digits"
SECRET = TOKEN.partition(":")[2]
QUESTION = "indonesia"


@pytest.fixture(scope="session")
def article_path() -> Path:
    return next(SEEDS.glob("*.txt"))


@pytest.fixture(scope="session")
def article(article_path: Path) -> Article:
    return read_article(article_path)


@pytest.fixture(scope="session")
def answerer(article: Article) -> Answerer:
    return Answerer(article, score_terms)


@pytest.fixture
def api() -> Iterator[BotApi]:
    with BotApi(token=TOKEN) as running:
        yield running


def environment(settings: Mapping[str, str]) -> dict[str, str]:
    """Return *settings* and what a program needs to run, with nothing of the tests' own."""
    names = ("PATH", "HOME", "LANG", "PYTHONPATH")
    return {name: os.environ[name] for name in names if name in os.environ} | dict(settings)


class BotProcess:
    """`python -m bot` as a person starts it, in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._logs: dict[subprocess.Popen[str], Path] = {}

    def start(
        self, *arguments: str, settings: Mapping[str, str] | None = None
    ) -> subprocess.Popen[str]:
        """Start the bot with nothing of the tests' own settings but *settings*."""
        path = self.folder / f"{len(self._logs)}.log"
        # A file, not a pipe: it can be read meanwhile, and never fills up.
        with path.open("w", encoding="utf-8") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "bot", *arguments],
                cwd=self.folder,
                env=environment(settings or {}),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                encoding="utf-8",
            )
        self._logs[process] = path
        return process

    def logged(self, process: subprocess.Popen[str]) -> str:
        """Return what was written to standard error so far."""
        return self._logs[process].read_text(encoding="utf-8")

    def run(
        self, *arguments: str, typed: str = "", settings: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run the bot to its end with *typed* on standard input."""
        process = self.start(*arguments, settings=settings)
        output, _ = process.communicate(typed, timeout=20)
        code, errors = process.returncode, self.logged(process)
        return subprocess.CompletedProcess(process.args, code, output, errors)

    def stop(self, process: subprocess.Popen[str]) -> tuple[int, str]:
        """Send SIGTERM and return the exit code and what was logged."""
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=20)
        return process.returncode, self.logged(process)

    def end(self) -> None:
        """Kill what still runs."""
        for process in self._logs:
            if process.poll() is None:
                process.kill()
                process.communicate()


@pytest.fixture
def bot(tmp_path: Path) -> Iterator[BotProcess]:
    process = BotProcess(tmp_path)
    yield process
    process.end()


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BotApi]:
    """A Bot API that a running bot serves; the tests of a module share it."""
    with BotApi(token=TOKEN) as running:
        process = BotProcess(tmp_path_factory.mktemp("served"))
        process.start(settings=telegram_settings(running))
        running.wait_for_call("setMyCommands")
        yield running
        process.end()


class Watched:
    """A bot that the tests of a module share, and what it logs."""

    def __init__(self, api: BotApi, bot: BotProcess, process: subprocess.Popen[str]) -> None:
        self.api = api
        self.process = process
        self._logged = lambda: bot.logged(process)
        self._seen = 0

    def logged(self, text: str = "", times: int = 0, timeout: float = 3.0) -> str:
        """Return what was logged since the last look, once it says *text* so often."""
        until = time.monotonic() + timeout
        while self._logged()[self._seen :].count(text) < times and time.monotonic() < until:
            time.sleep(0.01)
        found = self._logged()[self._seen :]
        self._seen += len(found)
        return found


@pytest.fixture(scope="module")
def watched_process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    with BotApi(token=TOKEN) as api:
        bot = BotProcess(tmp_path_factory.mktemp("watched"))
        process = bot.start(settings=telegram_settings(api))
        api.wait_for_call("setMyShortDescription")
        yield Watched(api, bot, process)
        code, logged = bot.stop(process)

    assert code == 0
    assert SECRET not in logged


@pytest.fixture
def watched(watched_process: Watched) -> Iterator[Watched]:
    """A running bot that must live through the test without a traceback nobody looked for."""
    watched_process.logged()
    yield watched_process
    assert watched_process.process.poll() is None
    assert "Traceback" not in watched_process.logged()


@pytest.fixture
def ada(served: BotApi) -> Person:
    """Somebody new to the bot that the module's tests share."""
    return served.person()


def asking(api: BotApi) -> Person:
    """Return a new person who has asked the QUESTION."""
    person = api.person()
    person.send(QUESTION)
    return person


def is_answered(person: Person, timeout: float = 5.0) -> bool:
    """Return whether the next reply to a person answers the QUESTION."""
    return "Jakarta" in person.wait_for_reply(timeout).text


def telegram_settings(api: BotApi, **others: str) -> dict[str, str]:
    """Return what the bot needs in its environment to be served by *api*."""
    return {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_BASE_URL": api.base_url} | others


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A self-signed certificate for 127.0.0.1, and its private key."""
    folder = tmp_path_factory.mktemp("certificate")
    named = ("-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1")
    kind = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")
    files = ("-out", "certificate.pem", "-keyout", "key.pem")
    subprocess.run(
        ["openssl", "req", "-x509", *kind, *named, *files],  # noqa: S607 - where it is, PATH says
        cwd=folder,
        check=True,
        capture_output=True,
    )
    return folder / "certificate.pem", folder / "key.pem"


@pytest.fixture(scope="session")
def encrypted_key(certificate: tuple[Path, Path]) -> Path:
    """The key of the certificate, with a passphrase."""
    key = certificate[1]
    options = ("-aes128", "-passout", "pass:secret", "-out", "encrypted.pem")
    subprocess.run(
        ["openssl", "ec", "-in", key, *options],  # noqa: S607 - as above
        cwd=key.parent,
        check=True,
        capture_output=True,
    )
    return key.parent / "encrypted.pem"


@pytest.fixture
def write_article(tmp_path: Path) -> Callable[[str], Path]:
    def write(text: str) -> Path:
        path = tmp_path / "some_article.txt"
        path.write_text(text, encoding="utf-8")
        return path

    return write
