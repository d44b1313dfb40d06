"""What the tests share: the real article, a local Bot API and the bot's own process."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from botapi import BotApi, Person

from bot.answer import Answerer
from bot.article import Article, read_article
from bot.settings import SEEDS

TOKEN = "123456789:TEST-token_of_35_letters_and_digits"


@pytest.fixture(scope="session")
def article_path() -> Path:
    return next(SEEDS.glob("*.txt"))


@pytest.fixture(scope="session")
def article(article_path: Path) -> Article:
    return read_article(article_path)


@pytest.fixture(scope="session")
def answerer(article: Article) -> Answerer:
    return Answerer(article)


@pytest.fixture
def api() -> Iterator[BotApi]:
    with BotApi(token=TOKEN) as running:
        yield running


class BotProcess:
    """`python -m bot` as a person starts it, in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._running: list[subprocess.Popen[str]] = []

    def start(
        self, *arguments: str, settings: Mapping[str, str] | None = None
    ) -> subprocess.Popen[str]:
        """Start the bot with nothing of the tests' own settings but *settings*."""
        kept = {key: os.environ[key] for key in ("PATH", "HOME", "LANG") if key in os.environ}
        process = subprocess.Popen(
            [sys.executable, "-m", "bot", *arguments],
            cwd=self.folder,
            env=kept | dict(settings or {}),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        self._running.append(process)
        return process

    def run(
        self, *arguments: str, typed: str = "", settings: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run the bot to its end with *typed* on standard input."""
        process = self.start(*arguments, settings=settings)
        output, errors = process.communicate(typed, timeout=20)
        return subprocess.CompletedProcess(process.args, process.returncode, output, errors)

    def stop(self, process: subprocess.Popen[str]) -> tuple[int, str]:
        """Send SIGTERM and return the exit code and what was logged."""
        process.send_signal(signal.SIGTERM)
        _, errors = process.communicate(timeout=20)
        return process.returncode, errors

    def end(self) -> None:
        """Kill what still runs."""
        for process in self._running:
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


@pytest.fixture
def ada(served: BotApi) -> Person:
    """Somebody new to the bot that the module's tests share."""
    return served.person()


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
