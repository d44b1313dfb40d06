"""Bots as processes of their own, this one and its peer, by polling and by a webhook."""

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from botapi import BotApi
from hooked import free_port, webhook_settings
from running import environment, telegram_settings

from load.crowd import waiting_times

Mode = Callable[[BotApi], dict[str, str]]

_PEER = Path(__file__).parents[1] / "benchmarks" / "echo_bot.py"
PROGRAMS = {"echo": [sys.executable, str(_PEER)], "ours": [sys.executable, "-m", "bot"]}


def polling(api: BotApi) -> dict[str, str]:
    """Return the settings of a bot that polls."""
    return telegram_settings(api)


def webhook(api: BotApi) -> dict[str, str]:
    """Return the settings of a bot that serves a webhook."""
    return webhook_settings(api, free_port())


MODES: tuple[Mode, ...] = (polling, webhook)


class ServedBot:
    """One of the programs, served by a local Bot API; it can be ended and started again."""

    def __init__(
        self, api: BotApi, folder: Path, settings: Mapping[str, str], program: str = "ours"
    ) -> None:
        self.api = api
        self.is_echo = program == "echo"
        self.process: subprocess.Popen[bytes] | None = None
        self._program = program
        self._folder = folder
        self._settings = settings

    def start(self) -> None:
        """Start it and return once it's ready for its first update."""
        before = self.api.last_call
        # A pipe that nobody reads would hold up a bot with much to log.
        with (self._folder / "bot.log").open("ab") as log:
            self.process = subprocess.Popen(
                PROGRAMS[self._program],
                cwd=self._folder,
                env=environment(self._settings),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        # What a bot calls last before its first update.
        method = "setWebhook" if "WEBHOOK_URL" in self._settings else "getUpdates"
        self.api.wait_for_call(method, timeout=20, after=before, answered=False)

    def warm_up(self) -> None:
        """Start it and return once it has answered a few questions."""
        self.start()
        waiting_times(self.api.person(), 5)

    @property
    def peak_memory(self) -> float:
        """The most memory that it had so far, in MB."""
        return int(self._told("status").partition("VmHWM:")[2].split()[0]) / 1024

    @property
    def processor_time(self) -> float:
        """The seconds that it has used of the processor so far."""
        return sum(map(int, self._told("stat").split()[13:15])) / os.sysconf("SC_CLK_TCK")

    def _told(self, name: str) -> str:
        pid = self.process.pid if self.process else 0
        return Path(f"/proc/{pid}/{name}").read_text(encoding="ascii")

    def stop(self) -> int:
        """Send it SIGTERM and return its exit code."""
        if not self.process:
            return 0
        self.process.terminate()
        return self.process.wait(timeout=120)

    def kill(self) -> None:
        """Send it SIGKILL, whether it runs or not."""
        if self.process:
            self.process.kill()
            self.process.wait()
