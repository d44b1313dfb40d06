"""The fixtures that tests share: the real article, a local Bot API and the bot's own process."""

import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

# As `python -m bot` does, before numpy is imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import pytest
from botapi import BotApi, Person
from browsing import CHROMIUM, NO_CHROMIUM
from hypothesis import settings
from running import TOKEN, BotProcess, Watched, serving, serving_without_trouble

from bot.answering.answerer import Answerer
from bot.article import Article, read_article
from bot.retrieval.loading import default_model
from bot.retrieval.model import Model
from bot.settings import SEEDS

# Timings are not asserted, and the machine may have much else to do.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if not CHROMIUM:
        terminalreporter.write_line(NO_CHROMIUM)


@pytest.fixture(scope="session", autouse=True)
def _cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep what articles mean in a folder of this run, where each is read once."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(folder / "cache"))
        yield


@pytest.fixture(scope="session")
def model() -> Model:
    """The packaged sentence model."""
    found = default_model()
    assert found
    return found


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


@pytest.fixture
def bot(tmp_path: Path) -> Iterator[BotProcess]:
    process = BotProcess(tmp_path)
    yield process
    process.end()


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BotApi]:
    """A Bot API that a running bot serves; the tests of a module share it, and make no trouble."""
    folder = tmp_path_factory.mktemp("served")
    with BotApi(token=TOKEN) as api, serving_without_trouble(api, folder):
        yield api


@pytest.fixture(scope="module")
def watched_process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    folder = tmp_path_factory.mktemp("watched")
    with BotApi(token=TOKEN) as api, serving(api, folder) as process:
        yield process


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


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A self-signed certificate for 127.0.0.1, and its private key."""
    folder = tmp_path_factory.mktemp("certificate")
    named = "-subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1"
    kind = "-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes"
    _openssl(folder, f"req -x509 {kind} {named} -out certificate.pem -keyout key.pem")
    return folder / "certificate.pem", folder / "key.pem"


@pytest.fixture(scope="session")
def encrypted_key(certificate: tuple[Path, Path]) -> Path:
    """The key of the certificate, with a passphrase."""
    folder = certificate[1].parent
    _openssl(folder, "ec -in key.pem -aes128 -passout pass:secret -out encrypted.pem")
    return folder / "encrypted.pem"


def _openssl(folder: Path, options: str) -> None:
    command = ["openssl", *options.split()]  # where it is, PATH says
    subprocess.run(command, cwd=folder, check=True, capture_output=True)


@pytest.fixture
def write_article(tmp_path: Path) -> Callable[[str], Path]:
    def write(text: str) -> Path:
        path = tmp_path / "some_article.txt"
        path.write_text(text, encoding="utf-8")
        return path

    return write


@pytest.fixture
def read(write_article: Callable[[str], Path]) -> Callable[[str], Article]:
    return lambda text: read_article(write_article(text))
