"""Ends of a bot at work: killed at any moment, or told to stop with much still to do."""

import time
from random import Random

from load.bots import ServedBot
from load.crowd import Crowd


def kill_again_and_again(bot: ServedBot, crowd: Crowd, kills: int, each: int) -> None:
    """Kill a bot at random moments while a crowd asks *each* of its lives so many questions.

    Then let it answer what is left.
    """
    moments = Random(kills)
    for _ in range(kills):
        bot.start()
        life = moments.uniform(0.0, 0.4)
        for _ in range(each):
            crowd.ask()
            time.sleep(life / each)
        bot.kill()
    bot.start()
    crowd.wait_for_the_rest()


def stop_midway(bot: ServedBot, crowd: Crowd, questions: int, after: float) -> tuple[int, float]:
    """Send SIGTERM to a bot with a deep queue, then let it answer the rest after a restart.

    Its exit code is returned, and the seconds until it had ended.
    """
    bot.start()
    crowd.ask(questions)
    crowd.wait_for(1)
    time.sleep(after)
    told = time.monotonic()
    code = bot.stop()
    took = time.monotonic() - told
    bot.start()
    crowd.wait_for_the_rest()
    return code, took
