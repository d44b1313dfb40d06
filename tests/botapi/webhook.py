"""The delivery of updates to a webhook."""

from __future__ import annotations

import asyncio
import json
import time
from collections import deque
from collections.abc import Callable
from itertools import takewhile

from .connections import Answer, Connections
from .errors import JSON
from .parameters import Parameters
from .world import World

Execute = Callable[[str, Parameters], object]


class WebhookSender:
    """Posts updates until each is taken with a 2xx; those of one chat one after another."""

    def __init__(self, world: World, execute: Execute, retry_after: float) -> None:
        self.world = world
        self.execute = execute
        self.retry_after = retry_after
        self._lined_up = 0
        self._lines: dict[object, deque[JSON]] = {}
        self._free: deque[object] = deque()
        self._tasks: set[asyncio.Task[None]] = set()
        self._connections = Connections()

    def send_new(self) -> None:
        """Starts to deliver what can be delivered now. Runs on the loop, with the lock held."""
        webhook = self.world.webhook
        if not webhook:
            return
        self._line_up()
        while self._free and len(self._lines) - len(self._free) < webhook["max_connections"]:
            origin = self._free.popleft()
            task = asyncio.get_running_loop().create_task(self._deliver(webhook, origin))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    def _line_up(self) -> None:
        """Puts updates that came since the last time in the line of their chat."""
        pending = self.world.updates.pending
        new = list(takewhile(lambda number: number > self._lined_up, reversed(pending)))
        for number in reversed(new):
            origin = _origin(pending[number])
            if origin not in self._lines:
                self._lines[origin] = deque()
                self._free.append(origin)
            self._lines[origin].append(pending[number])
            self._lined_up = number

    async def _deliver(self, webhook: JSON, origin: object) -> None:
        line = self._lines[origin]
        response = await self._taken(webhook, line[0])
        with self.world.changed:
            if line[0]["update_id"] not in self.world.updates.pending:
                line.popleft()
            if line:
                self._free.append(origin)
            else:
                del self._lines[origin]
            self.send_new()
        if response is not None:
            self._run_reply(response)

    async def _taken(self, webhook: JSON, update: JSON) -> Answer | None:
        """Returns the answer of the webhook that took an update; None if it need not any more."""
        number = update["update_id"]
        # A new or deleted webhook takes the place of the one this delivery began for.
        while self.world.webhook is webhook and number in self.world.updates.pending:
            problem, response = await self._post(webhook, update)
            with self.world.changed:
                if response is not None:
                    self.world.updates.forget([number])
                else:
                    webhook["last_error_date"] = int(time.time())
                    webhook["last_error_message"] = problem
                self.world.changed.notify_all()
            if response is not None:
                return response
            await asyncio.sleep(self.retry_after)
        return None

    async def _post(self, webhook: JSON, update: JSON) -> tuple[str, Answer | None]:
        headers = {"Content-Type": "application/json"}
        if webhook["secret_token"]:
            headers["X-Telegram-Bot-Api-Secret-Token"] = webhook["secret_token"]
        try:
            answer = await self._connections.post(
                webhook["url"], headers, json.dumps(update).encode(), webhook["trusted"]
            )
        except OSError as error:
            return f"Connection failed: {error}", None
        if 200 <= answer.status < 300:
            return "", answer
        return f"Wrong response from the webhook: {answer.status} {answer.reason}", None

    def _run_reply(self, response: Answer) -> None:
        try:
            reply = json.loads(response.body or b"null")
        except ValueError:
            return
        if isinstance(reply, dict) and isinstance(reply.get("method"), str):
            self.execute(reply.pop("method"), Parameters(reply))

    async def close(self) -> None:
        """Ends all deliveries."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._connections.close()


def _origin(update: JSON) -> object:
    content = next(value for name, value in update.items() if name != "update_id")
    for owner in (content, content.get("message") or {}):
        if "chat" in owner:
            return owner["chat"]["id"]
    return (content.get("from") or content.get("user") or update)["id"]
