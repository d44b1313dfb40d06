"""Time how long one chat waits while another floods the bot.

The goal: in the middle at most twice as long as with nobody else. The flooder is to get
QUESTIONS_PER_MINUTE answers a minute and one line that says why no more.
"""

import time
from statistics import median
from threading import Thread

import pytest
from botapi import Person
from load.bots import ServedBot
from load.crowd import QUESTIONS, waiting_times
from pytest_benchmark.fixture import BenchmarkFixture
from running import wait_for

from benchmarks.conftest import Note

FLOOD, ASKED = 10_000, 30
# Seconds that the flood takes to come, the other chat's pauses, how often it asks the echo bot.
FLOODS = {"at once": (0.0, 0.0, 1), "a thousand a second": (10.0, 0.3, 5)}


def flood(flooder: Person, seconds: float) -> None:
    begun = time.monotonic()
    for number in range(FLOOD):
        flooder.send(QUESTIONS[0])
        time.sleep(max(0.0, begun + number * seconds / FLOOD - time.monotonic()))


@pytest.mark.benchmark(group="flood")
@pytest.mark.parametrize("kind", FLOODS)
def test_a_wait_beside_a_flood(
    benchmark: BenchmarkFixture, bot: ServedBot, note: Note, kind: str
) -> None:
    seconds, pause, asked_of_echo = FLOODS[kind]
    case = f"beside a flood {kind}"
    bot.warm_up()
    flooder, other = bot.api.person(), bot.api.person()
    alone = median(waiting_times(other, ASKED))
    sending = Thread(target=flood, args=(flooder, seconds))
    sending.start()
    if not seconds:
        sending.join()
    asked = asked_of_echo if bot.is_echo else ASKED
    times = benchmark.pedantic(waiting_times, (other, asked, pause))
    note(f"ms a chat waits alone, before a flood {kind}", 1000 * alone)
    note(f"ms {case}, median", 1000 * median(times))
    note(f"ms {case}, longest", 1000 * max(times))
    note(f"times as long {case}, median", median(times) / alone)
    sending.join()
    if not bot.is_echo:
        wait_for(lambda: not bot.api.updates.pending, 60)
        note(f"replies to it {case}", len(flooder.chat.replies))
    note(f"peak MB {case}", bot.peak_memory)
