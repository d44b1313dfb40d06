"""Time how long one chat waits while another floods the bot.

The goal: in the middle at most twice as long as with nobody else. The flooder is to get
QUESTIONS_PER_MINUTE answers a minute and one line that says why no more.
"""

import time
from collections.abc import Callable
from statistics import median
from threading import Thread
from typing import NamedTuple

import pytest
from botapi import Person
from load.bots import ECHO, ServedBot
from load.crowd import QUESTIONS, waiting_times
from pytest_benchmark.fixture import BenchmarkFixture
from running import wait_for

from benchmarks.conftest import Note

FLOOD, SECONDS, ASKED = 10_000, 10.0, 30


def at_once(flooder: Person) -> None:
    """Queue the whole flood before the bot sees any of it."""
    with flooder.world.changed:
        for _ in range(FLOOD):
            flooder.send(QUESTIONS[0])


def a_thousand_a_second(flooder: Person) -> None:
    """Send the flood little by little."""
    begun = time.monotonic()
    for number in range(FLOOD):
        flooder.send(QUESTIONS[0])
        time.sleep(max(0.0, begun + number * SECONDS / FLOOD - time.monotonic()))


class Flood(NamedTuple):
    """How the flood comes, the other chat's pauses, and how often it asks the echo bot."""

    send: Callable[[Person], None]
    pause: float
    asked_of_echo: int

    @property
    def name(self) -> str:
        return self.send.__name__.replace("_", " ")


FLOODS = (Flood(at_once, 0.0, 1), Flood(a_thousand_a_second, 0.3, 5))


@pytest.mark.benchmark(group="flood")
@pytest.mark.parametrize("flood", FLOODS, ids=lambda flood: flood.name)
def test_a_wait_beside_a_flood(
    benchmark: BenchmarkFixture, bot: ServedBot, note: Note, flood: Flood
) -> None:
    case = f"beside a flood {flood.name}"
    is_echo = bot.program is ECHO
    bot.warm_up()
    flooder, other = bot.api.person(), bot.api.person()
    alone = median(waiting_times(other, ASKED))
    sending = Thread(target=flood.send, args=(flooder,))
    sending.start()
    wait_for(lambda: bool(flooder.chat.all_messages), 5)
    asked = flood.asked_of_echo if is_echo else ASKED
    times = benchmark.pedantic(waiting_times, (other, asked, flood.pause))
    note(f"ms a chat waits alone, before a flood {flood.name}", 1000 * alone)
    note(f"ms {case}, median", 1000 * median(times))
    note(f"ms {case}, longest", 1000 * max(times))
    note(f"times as long {case}, median", median(times) / alone)
    sending.join()
    if not is_echo:
        wait_for(lambda: not bot.api.updates.pending, 60)
        note(f"replies to it {case}", len(flooder.chat.replies))
    note(f"peak MB {case}", bot.peak_memory)
