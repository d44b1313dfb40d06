"""The delivery of updates to a webhook."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable

from tornado.httpclient import AsyncHTTPClient, HTTPError, HTTPRequest, HTTPResponse

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
        self._busy: dict[int, object] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._client = AsyncHTTPClient(force_instance=True, max_clients=100)

    def send_new(self) -> None:
        """Starts to deliver what can be delivered now. Runs on the loop, with the lock held."""
        webhook = self.world.webhook
        if not webhook:
            return
        waiting = set(self._busy.values())
        for number, update in self.world.updates.pending.items():
            if len(self._busy) >= webhook["max_connections"]:
                return
            origin = _origin(update)
            if number in self._busy or origin in waiting:
                continue
            waiting.add(origin)
            self._busy[number] = origin
            task = asyncio.get_running_loop().create_task(self._deliver(webhook, number, update))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _deliver(self, webhook: JSON, number: int, update: JSON) -> None:
        # A new or deleted webhook takes the place of the one this delivery began for.
        while self.world.webhook is webhook and number in self.world.updates.pending:
            problem, response = await self._post(webhook, update)
            with self.world.changed:
                if response is not None:
                    self.world.updates.forget([number])
                    self.world.changed.notify_all()
                    break
                webhook["last_error_date"] = int(time.time())
                webhook["last_error_message"] = problem
                self.world.changed.notify_all()
            await asyncio.sleep(self.retry_after)
        else:
            response = None
        with self.world.changed:
            del self._busy[number]
            self.send_new()
        if response is not None:
            self._run_reply(response)

    async def _post(self, webhook: JSON, update: JSON) -> tuple[str, HTTPResponse | None]:
        headers = {"Content-Type": "application/json"}
        if webhook["secret_token"]:
            headers["X-Telegram-Bot-Api-Secret-Token"] = webhook["secret_token"]
        request = HTTPRequest(
            webhook["url"],
            method="POST",
            headers=headers,
            body=json.dumps(update),
            request_timeout=60,
            validate_cert=False,
            ssl_options=webhook["trusted"],
        )
        try:
            response = await self._client.fetch(request, raise_error=False)
        except (OSError, HTTPError) as error:
            return f"Connection failed: {error}", None
        if 200 <= response.code < 300:
            return "", response
        return f"Wrong response from the webhook: {response.code} {response.reason}", None

    def _run_reply(self, response: HTTPResponse) -> None:
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
        self._client.close()


def _origin(update: JSON) -> object:
    content = next(value for name, value in update.items() if name != "update_id")
    for owner in (content, content.get("message") or {}):
        if "chat" in owner:
            return owner["chat"]["id"]
    return (content.get("from") or content.get("user") or update)["id"]
