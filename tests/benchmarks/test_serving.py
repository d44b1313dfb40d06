"""Time serving beside an echo bot: pytest tests/benchmarks --benchmark-only.

The goals: with no latency 0.9 times the echo bot's answers a second, with 50 ms twelve times;
a peak of memory at most 15 MB above the echo bot's.
"""

import time

import pytest
from load.bots import ServedBot
from pytest_benchmark.fixture import BenchmarkFixture

from benchmarks.conftest import Note
from benchmarks.rounds import best_rate, rounds

STARTS = 7


@pytest.mark.benchmark(group="answers")
@pytest.mark.parametrize("latency", [0.0, 0.05])
def test_answers_a_second(
    benchmark: BenchmarkFixture, bot: ServedBot, note: Note, latency: float
) -> None:
    case = f"{1000 * latency:.0f} ms"
    bot.warm_up()
    note("peak MB at rest", bot.peak_memory)
    begun = time.perf_counter(), time.process_time(), bot.processor_time
    crowds = rounds(benchmark, bot.api, bot.program, latency)
    took = time.perf_counter() - begun[0]
    used = bot.processor_time - begun[2]
    asked = sum(crowd.asked for crowd in crowds)
    note(f"answers a second at {case}", best_rate(crowds))
    note(f"processor ms an answer at {case}", 1000 * used / asked)
    note(f"answers out of order at {case}", sum(crowd.out_of_order for crowd in crowds))
    if not latency:
        # With a latency the echo bot gets too few questions for its peak to be compared.
        note(f"peak MB after {asked:,} questions", bot.peak_memory)
    note(f"the stand-in's use of a core at {case}", (time.process_time() - begun[1]) / took)


@pytest.mark.benchmark(group="start")
def test_a_start(benchmark: BenchmarkFixture, bot: ServedBot, note: Note) -> None:
    benchmark.pedantic(bot.start, teardown=bot.kill, rounds=STARTS)
    note("ms from the start to the first poll or the webhook", 1000 * benchmark.stats.stats.median)
