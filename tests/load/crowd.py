"""People who ask by the hundred, and when they were answered."""

import json
import time
from collections import defaultdict
from itertools import cycle, islice, pairwise
from pathlib import Path

from botapi import BotApi, Person
from running import wait_for

_READ = Path(__file__).parents[1] / "data" / "article-dev.json"
QUESTIONS: list[str] = [
    one["question"]
    for one in json.loads(_READ.read_text(encoding="utf-8"))["questions"]
    if one["paragraphs"]
]


def waiting_times(person: Person, count: int, pause: float = 0.0) -> list[float]:
    """Return how many seconds *person* waits for each of some answers, asking one by one."""
    times = []
    for question in islice(cycle(QUESTIONS), count):
        asked = time.monotonic()
        person.send(question)
        person.wait_for_reply(timeout=120)
        times.append(time.monotonic() - asked)
        time.sleep(pause)
    return times


class Crowd:
    """Persons who ask in turn, and when each of their questions was answered."""

    def __init__(self, api: BotApi, size: int) -> None:
        self.api = api
        self._turns = cycle([api.person() for _ in range(size)])
        self._questions = cycle(QUESTIONS)
        self._times: dict[tuple[int, int], list[float]] = {}
        self._calls_seen = len(api.calls)

    def ask(self, count: int = 1) -> None:
        """Queue as many questions, at once."""
        with self.api.changed:
            for _ in range(count):
                asked = next(self._turns).send(next(self._questions))
                self._times[asked.chat_id, asked.id] = []

    def _look(self) -> dict[tuple[int, int], list[float]]:
        """Return when each question was answered, by its chat and number."""
        for call in self.api.calls[self._calls_seen :]:
            if call.method == "sendMessage":
                if call.result is None and not call.answered:
                    break
                sent = call.result or {"chat": {"id": 0}}
                asked = sent.get("reply_to_message", {}).get("message_id", 0)
                self._times.get((sent["chat"]["id"], asked), []).append(call.time)
            self._calls_seen += 1
        return self._times

    @property
    def asked(self) -> int:
        """How many questions there were."""
        return len(self._times)

    @property
    def answered(self) -> int:
        """How many questions have an answer."""
        return sum(map(bool, self._look().values()))

    @property
    def lost(self) -> int:
        """How many questions have no answer."""
        return self.asked - self.answered

    @property
    def repeated(self) -> int:
        """How many questions have two answers or more."""
        return sum(len(times) > 1 for times in self._look().values())

    @property
    def out_of_order(self) -> int:
        """How often a chat got an answer before that to an earlier question."""
        firsts = defaultdict(list)
        for (chat, _), times in self._look().items():
            firsts[chat] += times[:1]
        return sum(later < earlier for chat in firsts.values() for earlier, later in pairwise(chat))

    @property
    def rate(self) -> float:
        """Answers a second, from the first to the last."""
        times = sorted(times[0] for times in self._look().values() if times)
        return (len(times) - 1) / (times[-1] - times[0])

    def wait_for(self, count: int, timeout: float = 120.0) -> None:
        """Return once as many questions have an answer."""
        wait_for(lambda: self.answered >= count, timeout)

    def wait_for_the_rest(self, timeout: float = 120.0, silence: float = 2.0) -> None:
        """Return once all is answered and confirmed, or once nothing more comes."""
        heard = time.monotonic(), -1

        def is_over() -> bool:
            nonlocal heard
            now, count = time.monotonic(), self.answered
            if count != heard[1] or self.api.updates.pending:
                heard = now, count
            return not self.api.updates.pending and (not self.lost or now - heard[0] > silence)

        wait_for(is_over, timeout)
