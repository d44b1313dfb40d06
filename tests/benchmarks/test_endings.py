"""Count what is lost and what is answered twice when a bot is killed, or told to stop.

The goals: nothing lost; on SIGTERM an end within 5 s with exit code 0 and nothing twice. The echo
bot gets fewer kills and questions, as it's asked for no more than the share that it loses.
"""

import pytest
from load.bots import ServedBot
from load.crowd import Crowd
from load.endings import kill_again_and_again, stop_midway
from pytest_benchmark.fixture import BenchmarkFixture

from benchmarks.conftest import Note

PERSONS, EACH, KILLS, KILLS_OF_ECHO = 200, 20, 100, 10
QUEUED, QUEUED_OF_ECHO, AFTER = 1_500, 200, 1.0
KILL_LATENCY, STOP_LATENCY = 0.02, 0.05


@pytest.mark.benchmark(group="kills")
def test_many_kills(benchmark: BenchmarkFixture, bot: ServedBot, note: Note) -> None:
    kills = KILLS_OF_ECHO if bot.is_echo else KILLS
    bot.api.latency = KILL_LATENCY
    crowd = Crowd(bot.api, PERSONS)
    benchmark.pedantic(kill_again_and_again, (bot, crowd, kills, EACH))
    note("SIGKILLs", kills)
    note_shares(note, crowd, "by SIGKILLs")
    assert bot.is_echo or crowd.lost == 0


@pytest.mark.benchmark(group="stop")
def test_a_stop_midway(benchmark: BenchmarkFixture, bot: ServedBot, note: Note) -> None:
    queued = QUEUED_OF_ECHO if bot.is_echo else QUEUED
    bot.api.latency = STOP_LATENCY
    crowd = Crowd(bot.api, PERSONS)
    code, seconds = benchmark.pedantic(stop_midway, (bot, crowd, queued, AFTER))
    note("seconds from SIGTERM to the end", seconds)
    note("exit code after SIGTERM", code)
    note_shares(note, crowd, "by SIGTERM")


def note_shares(note: Note, crowd: Crowd, case: str) -> None:
    note(f"questions asked, {case}", crowd.asked)
    note(f"% lost {case}", 100 * crowd.lost / crowd.asked)
    note(f"% answered twice {case}", 100 * crowd.repeated / crowd.asked)
