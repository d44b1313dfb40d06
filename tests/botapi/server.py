"""The HTTP side of the stand-in."""

import asyncio
import json
import re
import time
from http.client import responses
from typing import Any
from urllib.parse import unquote

from tornado.httpserver import HTTPServer
from tornado.httputil import HTTPHeaders, HTTPServerRequest, ResponseStartLine
from tornado.netutil import bind_sockets

from .faults import ApiError, Fault
from .messages import Call
from .methods import METHODS
from .parameters import check, read_request
from .webhook import Deliveries
from .world import World

# A bot that takes the stand-in for its proxy names the host, too.
_PATH = re.compile(r"(?:http://[^/]+)?/bot([0-9]+:[A-Za-z0-9_-]+)/(test/)?([^/]*)")


class Server:
    """Answers the calls, all on one loop."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.deliveries = Deliveries(world)
        self.port = 0
        self._tasks: set[asyncio.Task[None]] = set()

    def listen(self, port: int = 0) -> None:
        """Opens a port of 127.0.0.1, by default one that is free."""
        self._http = HTTPServer(self._receive, idle_connection_timeout=600)
        sockets = bind_sockets(port, "127.0.0.1", backlog=1024)
        self.port = sockets[0].getsockname()[1]
        self._http.add_sockets(sockets)

    async def close(self) -> None:
        """Closes the port and every connection."""
        self._http.stop()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.deliveries.close()
        await self._http.close_all_connections()

    def _receive(self, request: HTTPServerRequest) -> None:
        try:
            name, is_test = self._route(request.path)
        except ApiError as error:
            _respond(request, error.status, json.dumps(error.body))
            return
        values = read_request(request)
        with self.world.changed:
            call = Call(len(self.world.calls), name, values, time.monotonic(), is_test)
            self.world.calls.append(call)
            self.world.changed.notify_all()
        task = asyncio.get_running_loop().create_task(self._answer(request, call))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        if call.method == "getUpdates":
            connection: Any = request.connection
            connection.set_close_callback(task.cancel)

    def _route(self, path: str) -> tuple[str, bool]:
        match = _PATH.fullmatch(unquote(path))
        if match is None:
            raise ApiError(404, "Not Found")
        if match[1] != self.world.token:
            raise ApiError(401, "Unauthorized")
        return match[3], bool(match[2])

    async def _answer(self, request: HTTPServerRequest, call: Call) -> None:
        with self.world.changed:
            fault = self.world.pick_fault(call.method, call.parameters)
        refused = fault.error() if fault and fault.refuses else None
        try:
            if fault is None or not fault.refuses or fault.takes_effect:
                await self._carry_out(call)
        except ApiError as error:
            refused = refused or error
        except Exception as error:
            refused = ApiError(500, f"The stand-in itself failed: {error!r}")
        except asyncio.CancelledError:
            self._record(call, ApiError(0, "connection closed by the bot"))
            raise
        if delay := self.world.latency + (fault.delay if fault else 0.0):
            await asyncio.sleep(delay)
        _show(request, call, refused, fault)
        self._record(call, refused)

    async def _carry_out(self, call: Call) -> None:
        if call.method not in METHODS:
            raise ApiError(404, "Not Found")
        function, names = METHODS[call.method]
        check(call.parameters, names.split())
        with self.world.changed:
            result = function(self.world, call.parameters)
            self.world.changed.notify_all()
        call.result = await result if asyncio.iscoroutine(result) else result

    def _record(self, call: Call, error: ApiError | None) -> None:
        with self.world.changed:
            call.status = error.status if error else 200
            call.error = str(error) if error else None
            call.answered = True
            self.world.changed.notify_all()


def _show(
    request: HTTPServerRequest, call: Call, refused: ApiError | None, fault: Fault | None
) -> None:
    """Answers as the call went, or as a fault wants it."""
    connection: Any = request.connection
    if fault and fault.drop_connection:
        connection.stream.close()
    elif fault and fault.body is not None:
        _respond(request, fault.status, fault.body, "text/html")
    elif refused:
        _respond(request, refused.status, json.dumps(refused.body))
    else:
        _respond(request, 200, json.dumps({"ok": True, "result": call.result}))


def _respond(
    request: HTTPServerRequest, status: int, body: str, kind: str = "application/json"
) -> None:
    connection: Any = request.connection
    if connection.stream.closed():
        return
    data = body.encode()
    headers = HTTPHeaders({"Content-Type": kind, "Content-Length": str(len(data))})
    start = ResponseStartLine("", status, responses.get(status, "Error"))
    connection.write_headers(start, headers, data)
    connection.finish()
