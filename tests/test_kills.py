"""The ends of the process: no question is lost, whatever ends it and whenever."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from botapi import BotApi
from load.bots import MODES, Mode, ServedBot
from load.crowd import Crowd
from load.endings import kill_again_and_again, stop_midway

LATENCY = 0.02


@pytest.fixture(params=MODES, ids=lambda mode: mode.__name__)
def served_bot(request: pytest.FixtureRequest, api: BotApi, tmp_path: Path) -> Iterator[ServedBot]:
    api.latency = LATENCY
    mode: Mode = request.param
    served = ServedBot(api, tmp_path, mode(api))
    yield served
    served.kill()


def test_a_killed_process_loses_no_question(served_bot: ServedBot) -> None:
    crowd = Crowd(served_bot.api, 50)
    kill_again_and_again(served_bot, crowd, kills=4, each=25)

    assert crowd.lost == 0


def test_sigterm_in_the_middle_of_much_work_loses_and_repeats_nothing(
    served_bot: ServedBot,
) -> None:
    crowd = Crowd(served_bot.api, 100)
    code, _ = stop_midway(served_bot, crowd, questions=500, after=0.3)

    assert code == 0
    assert crowd.lost == 0
    assert crowd.repeated == 0
