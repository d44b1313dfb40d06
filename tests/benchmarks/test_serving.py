"""Time serving beside an echo bot: pytest tests/benchmarks --benchmark-only.

The goals: with no latency 0.9 times the echo bot's answers a second, with 50 ms twelve times;
a peak of memory at most 15 MB above the echo bot's.
"""

import time

import pytest
from load.bots import ECHO, ServedBot
from load.crowd import Crowd
from pytest_benchmark.fixture import BenchmarkFixture

from benchmarks.conftest import Note

PERSONS, QUESTIONS, STARTS = 200, 2_000, 7
# The echo bot answers one question after the other, which takes a while with a latency.
FEWER = 60


@pytest.mark.benchmark(group="answers")
@pytest.mark.parametrize("latency", [0.0, 0.05])
def test_answers_a_second(
    benchmark: BenchmarkFixture, bot: ServedBot, note: Note, latency: float
) -> None:
    count = FEWER if latency and bot.program is ECHO else QUESTIONS
    case = f"{1000 * latency:.0f} ms"
    bot.warm_up()
    note("peak MB at rest", bot.peak_memory)
    crowd = Crowd(bot.api, PERSONS)
    bot.api.latency = latency
    crowd.ask(count)
    busy, begun = time.process_time(), time.perf_counter()
    benchmark.pedantic(crowd.wait_for, (count,))
    share = (time.process_time() - busy) / (time.perf_counter() - begun)
    note(f"answers a second at {case}", crowd.rate)
    note(f"answers out of order at {case}", crowd.out_of_order)
    note(f"peak MB after {case}", bot.peak_memory)
    note(f"the stand-in's use of a core at {case}", share)


@pytest.mark.benchmark(group="start")
def test_a_start(benchmark: BenchmarkFixture, bot: ServedBot, note: Note) -> None:
    benchmark.pedantic(bot.start, teardown=bot.kill, rounds=STARTS)
    note("ms from the start to the first poll or the webhook", 1000 * benchmark.stats.stats.median)
