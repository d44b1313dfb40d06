"""Measure two bots behind nginx beside one, and what is lost when one of the two ends.

All share the machine's cores with nginx and the local Bot API, which matters with no latency.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from botapi import BotApi
from hooked import PATH, free_port, webhook_settings
from load.bots import ECHO, Program, ServedBot, webhook
from load.crowd import Crowd
from pytest_benchmark.fixture import BenchmarkFixture

from benchmarks import nginx
from benchmarks.conftest import Note
from benchmarks.rounds import FEWER, PERSONS, QUESTIONS, best_rate, rounds

LATENCY = 0.05
ENDS: dict[str, Callable[[ServedBot], object]] = {
    "SIGKILL": ServedBot.kill,
    "SIGTERM": ServedBot.stop,
}

pytestmark = [
    pytest.mark.parametrize("mode", [webhook], ids=["webhook"], indirect=True),
    pytest.mark.skipif(nginx.COMMAND is None, reason="needs nginx: apt-get install nginx-light"),
]


@pytest.fixture(params=[1, 2], ids=["alone", "two"])
def replicas(
    request: pytest.FixtureRequest, api: BotApi, program: Program, tmp_path: Path
) -> Iterator[list[ServedBot]]:
    """Give as many bots, started, that nginx shares the updates among."""
    public, *ports = (free_port() for _ in range(1 + request.param))
    url = f"http://127.0.0.1:{public}{PATH}"
    bots = [
        ServedBot(api, program, tmp_path, webhook_settings(api, port, WEBHOOK_URL=url))
        for port in ports
    ]
    try:
        with nginx.balanced(tmp_path, public, ports):
            for bot in bots:
                bot.warm_up()
            yield bots
    finally:
        for bot in bots:
            bot.kill()


@pytest.mark.benchmark(group="replicas")
@pytest.mark.parametrize("latency", [0.0, LATENCY])
def test_answers_a_second_behind_nginx(
    benchmark: BenchmarkFixture, replicas: list[ServedBot], note: Note, latency: float
) -> None:
    crowds = rounds(benchmark, replicas[0].api, replicas[0].program, latency)
    case = f"of {len(replicas)} behind nginx at {1000 * latency:.0f} ms"
    note(f"answers a second {case}", best_rate(crowds))
    note(f"answers out of order {case}", sum(crowd.out_of_order for crowd in crowds))


@pytest.mark.benchmark(group="replica")
@pytest.mark.parametrize("replicas", [2], ids=["two"], indirect=True)
@pytest.mark.parametrize("signal", ENDS)
def test_a_replica_that_ends_midway(
    benchmark: BenchmarkFixture, replicas: list[ServedBot], note: Note, signal: str
) -> None:
    ending = replicas[0]
    is_echo = ending.program is ECHO
    ending.api.latency = LATENCY
    crowd = Crowd(ending.api, PERSONS)

    def outlived() -> None:
        crowd.ask(FEWER if is_echo else QUESTIONS)
        crowd.wait_for(crowd.asked // 3)
        ENDS[signal](ending)
        crowd.wait_for_the_rest()

    benchmark.pedantic(outlived)
    case = f"when one of two replicas gets {signal}"
    note(f"% lost {case}", 100 * crowd.lost / crowd.asked)
    note(f"% answered twice {case}", 100 * crowd.repeated / crowd.asked)
    assert is_echo or crowd.lost == 0
