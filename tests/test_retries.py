import itertools

from bot.telegram.transport.retries import PATIENCE, waits


def test_tries_come_soon_then_seldom_and_end_after_an_hour_however_long_each_takes() -> None:
    minutes = itertools.count(0, 60)
    found = list(waits(lambda: next(minutes)))

    assert len(found) == PATIENCE / 60 - 1
    assert 0.25 <= found[0] <= 0.5 <= found[1] <= 1 <= found[2] <= 2
    assert all(5 <= wait <= 10 for wait in found[5:])
