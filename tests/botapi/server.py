"""The HTTP side of the stand-in."""

from __future__ import annotations

import asyncio
import json
import logging
import re
import time
from collections.abc import Coroutine
from typing import Any
from urllib.parse import unquote

from tornado.http1connection import HTTP1Connection
from tornado.httpserver import HTTPServer
from tornado.httputil import HTTPHeaders, HTTPServerRequest, ResponseStartLine
from tornado.netutil import bind_sockets

from . import methods_bot, methods_messages, methods_queries, methods_updates
from .errors import ApiError, not_found
from .faults import Fault, pick_fault
from .messages import Call
from .parameters import Parameters, read_request
from .webhook import WebhookSender
from .world import World

LOG = logging.getLogger(__name__)
# A bot that takes the stand-in for its proxy names the host, too.
_PATH = re.compile(r"(?:http://[^/]+)?/bot([^/]+)/(test/)?([^/]*)")
_TOKEN = re.compile(r"[0-9]+:[A-Za-z0-9_-]+")
_MODULES = (methods_bot, methods_messages, methods_queries, methods_updates)
METHODS = {
    name.lower(): (name, method) for module in _MODULES for name, method in module.METHODS.items()
}
METHODS["getupdates"] = ("getUpdates", methods_updates.get_updates)
_REASONS = {200: "OK", 400: "Bad Request", 403: "Forbidden", 404: "Not Found"}


class Server:
    """Answers the calls, all on one loop."""

    def __init__(self, world: World, retry_after: float) -> None:
        self.world = world
        self.webhook = WebhookSender(world, self._execute_reply, retry_after)
        self.port = 0
        self._http = HTTPServer(self._receive, idle_connection_timeout=600)
        self._tasks: set[asyncio.Task[None]] = set()

    def listen(self, port: int = 0) -> None:
        """Opens a port of 127.0.0.1, by default one that is free."""
        sockets = bind_sockets(port, "127.0.0.1", backlog=1024)
        self.port = sockets[0].getsockname()[1]
        self._http.add_sockets(sockets)

    async def close(self) -> None:
        """Closes the port and every connection."""
        self._http.stop()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.webhook.close()
        await self._http.close_all_connections()

    def _receive(self, request: HTTPServerRequest) -> None:
        try:
            name, is_test = self._route(request.path)
            parameters = read_request(request)
        except ApiError as error:
            _respond(request, error.status, error.body())
            return
        method, function = METHODS.get(name, (name, None))
        with self.world.changed:
            call = Call(
                len(self.world.calls), method, parameters.values, time.monotonic(), is_test=is_test
            )
            self.world.calls.append(call)
            self.world.changed.notify_all()
            fault = pick_fault(self.world.faults, name, parameters) if self.world.faults else None
        if function is methods_updates.get_updates and not (fault and fault.refuses):
            poll = self._start(self._poll(request, call, parameters, fault))
            if isinstance(request.connection, HTTP1Connection):
                request.connection.set_close_callback(lambda: _give_up(poll))
            return
        takes_effect = fault is None or not fault.refuses or fault.takes_effect
        error_or_none = None
        if takes_effect and function is not methods_updates.get_updates:
            error_or_none = self._execute(call, function, parameters)
        delay = self.world.latency + (fault.delay if fault else 0.0)
        if delay:
            self._start(self._later(request, call, error_or_none, fault, delay))
        else:
            self._finish(request, call, error_or_none, fault)

    def _start(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    def _route(self, path: str) -> tuple[str, bool]:
        match = _PATH.fullmatch(unquote(path))
        if match is None or not _TOKEN.fullmatch(match[1]):
            raise not_found()
        if match[1] != self.world.token:
            raise ApiError(401, "Unauthorized")
        return match[3].lower(), bool(match[2])

    def _execute(self, call: Call, function: Any, parameters: Parameters) -> ApiError | None:
        with self.world.changed:
            try:
                if function is None:
                    raise not_found()
                call.result = function(self.world, parameters)
            except ApiError as error:
                return error
            except Exception as error:
                LOG.exception("A fault of the stand-in itself in %s", call)
                return ApiError(500, f"Internal Server Error: {error!r}")
            return None

    def _execute_reply(self, method: str, parameters: Parameters) -> None:
        name, function = METHODS.get(method.lower(), (method, None))
        if function is methods_updates.get_updates:
            function = None
        with self.world.changed:
            call = Call(len(self.world.calls), name, parameters.values, time.monotonic())
            self.world.calls.append(call)
        self._record(call, self._execute(call, function, parameters))

    async def _poll(
        self, request: HTTPServerRequest, call: Call, parameters: Parameters, fault: Fault | None
    ) -> None:
        error = None
        try:
            call.result = await methods_updates.get_updates(self.world, parameters)
        except ApiError as refusal:
            error = refusal
        except asyncio.CancelledError:
            self._record(call, ApiError(0, "connection closed by the bot"))
            raise
        delay = self.world.latency + (fault.delay if fault else 0.0)
        if delay:
            await asyncio.sleep(delay)
        self._finish(request, call, error, fault)

    async def _later(
        self,
        request: HTTPServerRequest,
        call: Call,
        error: ApiError | None,
        fault: Fault | None,
        delay: float,
    ) -> None:
        await asyncio.sleep(delay)
        self._finish(request, call, error, fault)

    def _finish(
        self, request: HTTPServerRequest, call: Call, error: ApiError | None, fault: Fault | None
    ) -> None:
        if fault and fault.refuses:
            self._fail(request, call, fault)
            return
        if error:
            _respond(request, error.status, error.body())
        else:
            _respond(request, 200, {"ok": True, "result": call.result})
        self._record(call, error)

    def _fail(self, request: HTTPServerRequest, call: Call, fault: Fault) -> None:
        error = fault.error()
        if fault.drop_connection:
            _drop(request)
            error = ApiError(0, "connection dropped")
        elif fault.body is not None:
            _respond_raw(request, fault.status, fault.body.encode(), "text/html")
        else:
            _respond(request, error.status, error.body())
        self._record(call, error)

    def _record(self, call: Call, error: ApiError | None) -> None:
        with self.world.changed:
            call.status = error.status if error else 200
            call.error = error.description if error else None
            call.answered = True
            if self.world.webhook:
                self.webhook.send_new()
            self.world.changed.notify_all()


def _give_up(poll: asyncio.Task[None]) -> None:
    poll.cancel()


def _respond(request: HTTPServerRequest, status: int, body: Any) -> None:
    _respond_raw(request, status, json.dumps(body).encode(), "application/json")


def _respond_raw(request: HTTPServerRequest, status: int, body: bytes, kind: str) -> None:
    connection = request.connection
    if connection is None or _stream(request) is None or _stream(request).closed():
        return
    headers = HTTPHeaders({"Content-Type": kind, "Content-Length": str(len(body))})
    start = ResponseStartLine("", status, _REASONS.get(status, "Error"))
    connection.write_headers(start, headers, body)
    connection.finish()


def _stream(request: HTTPServerRequest) -> Any:
    connection = request.connection
    return connection.stream if isinstance(connection, HTTP1Connection) else None


def _drop(request: HTTPServerRequest) -> None:
    stream = _stream(request)
    if stream is not None:
        stream.close()
