"""This bot and its peer, served alike, and a table of what was measured of the two."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from botapi import BotApi
from load.bots import MODES, PROGRAMS, Mode, ServedBot
from pytest_benchmark.fixture import BenchmarkFixture

Note = Callable[[str, float], None]

_ROWS = pytest.StashKey[dict[str, dict[str, float]]]()
# Some ask more in these measurements than the bot lets one chat ask by default.
QUESTIONS_PER_MINUTE = 100


@pytest.fixture(params=MODES, ids=lambda mode: mode.__name__)
def mode(request: pytest.FixtureRequest) -> Mode:
    chosen: Mode = request.param
    return chosen


@pytest.fixture(params=PROGRAMS)
def program(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def bot(api: BotApi, program: str, mode: Mode, tmp_path: Path) -> Iterator[ServedBot]:
    """Give a bot that is yet to be started."""
    settings = mode(api) | {"QUESTIONS_PER_MINUTE": str(QUESTIONS_PER_MINUTE)}
    served = ServedBot(api, tmp_path, settings, program)
    yield served
    served.kill()


@pytest.fixture
def note(
    benchmark: BenchmarkFixture, program: str, mode: Mode, request: pytest.FixtureRequest
) -> Note:
    """Keep a figure of the bot for the table and for the benchmark's own record."""
    rows = request.config.stash.setdefault(_ROWS, {})

    def keep(figure: str, value: float) -> None:
        rows.setdefault(f"{figure}, {mode.__name__}", {})[program] = value
        benchmark.extra_info[figure] = round(value, 4)

    return keep


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    rows = terminalreporter.config.stash.get(_ROWS, {})
    if not rows:
        return
    width = max(map(len, rows))
    terminalreporter.section("serving: this bot beside an echo bot")
    terminalreporter.line(f"{'':{width}}{'echo':>10}{'ours':>10}{'ours/echo':>11}")
    for figure, values in rows.items():
        terminalreporter.line(f"{figure:{width}}{_columns(values)}")


def _columns(values: dict[str, float]) -> str:
    echo, ours = values.get("echo"), values.get("ours")
    ratio = ours / echo if ours is not None and echo else None
    return f"{_number(echo):>10}{_number(ours):>10}{_number(ratio):>11}"


def _number(value: float | None) -> str:
    if value is None:
        return "-"
    return f"{value:,.0f}" if value >= 100 or value == int(value) else f"{value:.3g}"
