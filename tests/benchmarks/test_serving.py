"""Time serving beside an echo bot.

The goals: with no latency 0.95 times the echo bot's answers a second, with 50 ms twelve times; a
peak of memory at most 30 MB above the echo bot's, and a start at most 0.4 s longer than its.
"""

import time

import pytest
from load.bots import ServedBot
from load.crowd import Crowd
from pytest_benchmark.fixture import BenchmarkFixture

from benchmarks.conftest import Note

PERSONS, QUESTIONS, ROUNDS, STARTS = 200, 2_000, 3, 7
# The echo bot answers one question after the other, which takes a while with a latency.
FEWER = 40


@pytest.mark.benchmark(group="answers")
@pytest.mark.parametrize("latency", [0.0, 0.05])
def test_answers_a_second(
    benchmark: BenchmarkFixture, bot: ServedBot, note: Note, latency: float
) -> None:
    bot.warm_up()
    bot.api.latency = latency
    count = FEWER if latency and bot.is_echo else QUESTIONS
    crowds: list[Crowd] = []

    def asked() -> tuple[tuple[Crowd, int], dict[str, object]]:
        crowds.append(Crowd(bot.api, PERSONS))
        crowds[-1].ask(count)
        return (crowds[-1], count), {}

    note("peak MB at rest", bot.peak_memory)
    begun = time.perf_counter(), time.process_time(), bot.processor_time
    benchmark.pedantic(Crowd.wait_for, setup=asked, rounds=ROUNDS)
    took, asking, used = time.perf_counter(), time.process_time(), bot.processor_time
    case = f"{1000 * latency:.0f} ms"
    # Of the fastest round: all else that a machine does slows one down.
    note(f"answers a second at {case}", max(crowd.rate for crowd in crowds))
    note(f"processor ms an answer at {case}", 1000 * (used - begun[2]) / (ROUNDS * count))
    note(f"answers out of order at {case}", sum(crowd.out_of_order for crowd in crowds))
    note(f"the stand-in's use of a core at {case}", (asking - begun[1]) / (took - begun[0]))
    if not latency:
        # With a latency the echo bot gets too few questions for its peak to be compared.
        note(f"peak MB after {ROUNDS * count:,} questions", bot.peak_memory)


@pytest.mark.benchmark(group="start")
def test_a_start(benchmark: BenchmarkFixture, bot: ServedBot, note: Note) -> None:
    benchmark.pedantic(bot.start, teardown=bot.kill, rounds=STARTS)
    note("ms from the start to the first poll or the webhook", 1000 * benchmark.stats.stats.median)
