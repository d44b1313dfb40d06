"""Bots as processes of their own, this one and its peer, by polling and by a webhook."""

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from botapi import BotApi
from hooked import free_port, webhook_settings
from running import environment, telegram_settings

from load.crowd import waiting_times

_PEER = Path(__file__).parents[1] / "benchmarks" / "echo_bot.py"


class Program(NamedTuple):
    """A bot that can be started: what it's called and its command."""

    name: str
    command: tuple[str, ...]


ECHO = Program("echo", (sys.executable, str(_PEER)))
OURS = Program("ours", (sys.executable, "-m", "bot"))


Mode = Callable[[BotApi], dict[str, str]]


def polling(api: BotApi) -> dict[str, str]:
    """Return the settings of a bot that polls."""
    return telegram_settings(api)


def webhook(api: BotApi) -> dict[str, str]:
    """Return the settings of a bot that serves a webhook."""
    return webhook_settings(api, free_port())


MODES: tuple[Mode, ...] = (polling, webhook)


class ServedBot:
    """A bot that a local Bot API serves; it can be ended and started again."""

    def __init__(
        self, api: BotApi, program: Program, folder: Path, settings: Mapping[str, str]
    ) -> None:
        self.api = api
        self.program = program
        self._folder = folder
        self._settings = settings
        self._process: subprocess.Popen[bytes] | None = None

    def _launch(self) -> None:
        # A pipe that nobody reads would hold up a bot with much to log.
        with (self._folder / "bot.log").open("ab") as log:
            self._process = subprocess.Popen(
                self.program.command,
                cwd=self._folder,
                env=environment(self._settings),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )

    def start(self) -> None:
        """Start it and return once it's ready for its first update."""
        before = self.api.last_call
        self._launch()
        # What a bot calls last before its first update.
        method = "setWebhook" if "WEBHOOK_URL" in self._settings else "getUpdates"
        self.api.wait_for_call(method, timeout=20, after=before, answered=False)

    @property
    def process(self) -> "subprocess.Popen[bytes]":
        """The process, which runs or has ended."""
        if self._process is None:
            raise RuntimeError("The bot was not started")
        return self._process

    @property
    def peak_memory(self) -> float:
        """The most memory that it had so far, in MB."""
        status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii")
        return int(status.partition("VmHWM:")[2].split()[0]) / 1024

    @property
    def processor_time(self) -> float:
        """The seconds that it has used of the processor so far."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text(encoding="ascii").split()
        return (int(fields[13]) + int(fields[14])) / os.sysconf("SC_CLK_TCK")

    def warm_up(self) -> None:
        """Start it and return once it has answered a few questions."""
        self.start()
        waiting_times(self.api.person(), 5)

    def stop(self) -> int:
        """Send it SIGTERM and return its exit code."""
        self.process.terminate()
        return self.process.wait(timeout=120)

    def kill(self) -> None:
        """Send it SIGKILL, whether it runs or not."""
        if self._process:
            self._process.kill()
            self._process.wait()
