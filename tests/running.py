"""The bot's own process, what it is served by, and what the tests of it have in common."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from botapi import BotApi, Call, Person

TOKEN = "123456789:TEST-token_of_35_letters_and_digits"
TOKEN_SECRET = TOKEN.partition(":")[2]
QUESTION = "indonesia"
# What the log says as requests begin to fail, and as they don't any more.
BEGINS, ENDS = "A request to Telegram failed", "No request to Telegram fails any more"
# Seconds within which a bot has started and answered, on a machine with much else to do.
START = 20.0
# Seconds between two looks: each may hold up the stand-in, which runs in this process.
_LOOK = 0.02


def environment(settings: Mapping[str, str]) -> dict[str, str]:
    """Return *settings* and what a program needs to run, with nothing of the tests' own.

    Without other settings questions are answered by their words alone, which is as fast as ever.
    """
    names = ("PATH", "HOME", "LANG", "PYTHONPATH", "XDG_CACHE_HOME")
    return (
        {name: os.environ[name] for name in names if name in os.environ}
        | {"MEANING": "off"}
        | dict(settings)
    )


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


class Watched:
    """A bot that the tests of a module share, and what it logs."""

    def __init__(self, api: BotApi, bot: BotProcess, process: subprocess.Popen[str]) -> None:
        self.api = api
        self.process = process
        self._bot = bot
        self._seen = 0

    @property
    def log(self) -> str:
        """All that was logged so far."""
        return self._bot.logged(self.process)

    @property
    def unseen(self) -> str:
        """What was logged since the last look, without a look."""
        return self.log[self._seen :]

    def logged(self, text: str = "", times: int = 0, timeout: float = 3.0) -> str:
        """Return what was logged since the last look, once it says *text* so often."""
        until = time.monotonic() + timeout
        while self.unseen.count(text) < times and time.monotonic() < until:
            time.sleep(0.01)
        found = self.unseen
        self._seen += len(found)
        return found


def check_no_trouble(log: str) -> None:
    """Check that a bot logged no error, and not its token."""
    assert "ERROR" not in log
    assert "Traceback" not in log
    assert TOKEN_SECRET not in log


@contextmanager
def serving(api: BotApi, folder: Path, **settings: str) -> Iterator[Watched]:
    """Have a bot serve *api* in the context; it must end well, and its log not tell the token."""
    bot = BotProcess(folder)
    try:
        process = bot.start(settings=telegram_settings(api, **settings))
        # The last call of the start.
        api.wait_for_call("setMyShortDescription", timeout=START)
        watched = Watched(api, bot, process)
        yield watched
        code, _ = bot.stop(process)
    finally:
        bot.end()
    assert code == 0
    assert TOKEN_SECRET not in watched.log


@contextmanager
def serving_without_trouble(api: BotApi, folder: Path, **settings: str) -> Iterator[Watched]:
    """Have a bot serve *api* in the context, and log no error whatever is done to it there."""
    with serving(api, folder, **settings) as watched:
        yield watched
    check_no_trouble(watched.log)


def asking(api: BotApi) -> Person:
    """Return a new person who has asked the QUESTION."""
    person = api.person()
    person.send(QUESTION)
    return person


def is_answered(person: Person, timeout: float = START) -> bool:
    """Return whether the next reply to a person answers the QUESTION."""
    return "Jakarta" in person.wait_for_reply(timeout).text


def to(person: Person) -> Callable[[Call], bool]:
    """Return what tells of a call whether it sends something to a person."""
    return lambda call: str(call.parameters.get("chat_id")) == str(person.id)


def telegram_settings(api: BotApi, **others: str) -> dict[str, str]:
    """Return what the bot needs in its environment to be served by *api*."""
    return {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_BASE_URL": api.base_url} | others


def wait_for(happens: Callable[[], bool], timeout: float = START) -> None:
    """Return once something has happened; raise a TimeoutError where it doesn't in time."""
    until = time.monotonic() + timeout
    while not happens():
        if time.monotonic() > until:
            raise TimeoutError(f"It took more than {timeout} s")
        time.sleep(_LOOK)
