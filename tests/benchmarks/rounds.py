"""Rounds of many questions queued at once, timed from the first answer to the last."""

from botapi import BotApi
from load.bots import ECHO, Program
from load.crowd import Crowd
from pytest_benchmark.fixture import BenchmarkFixture

PERSONS, QUESTIONS, ROUNDS = 200, 2_000, 3
# The echo bot answers one question after the other, which takes a while with a latency.
FEWER = 40


def rounds(
    benchmark: BenchmarkFixture, api: BotApi, program: Program, latency: float
) -> list[Crowd]:
    """Return the crowds that asked, one in each round, and were all answered."""
    api.latency = latency
    count = FEWER if latency and program is ECHO else QUESTIONS
    crowds: list[Crowd] = []

    def asked() -> tuple[tuple[Crowd, int], dict[str, object]]:
        crowds.append(Crowd(api, PERSONS))
        crowds[-1].ask(count)
        return (crowds[-1], count), {}

    benchmark.pedantic(Crowd.wait_for, setup=asked, rounds=ROUNDS)
    return crowds


def best_rate(crowds: list[Crowd]) -> float:
    """Return the answers a second of the fastest round: all else a machine does slows it down."""
    return max(crowd.rate for crowd in crowds)
