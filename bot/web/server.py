"""Server: the page and what it calls, for this machine alone."""

import asyncio
import os
import signal
import socket
import webbrowser
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from http import HTTPStatus
from pathlib import Path

from tornado.httpserver import HTTPServer
from tornado.web import Application, HTTPError, RequestHandler, StaticFileHandler

from bot import words
from bot.answering import Answerer
from bot.errors import BotError
from bot.web.pages import Pages

_NAMES = ("127.0.0.1", "localhost")
_FILES = {"path": Path(__file__).parent / "page", "default_filename": "index.html"}
_FIELDS = ("page", "text", "listing", "name", "reply")
# Of an article that is dropped; the page knows it, too.
_MOST_BYTES = 5 * 2**20
_HEADERS = {
    # The page takes nothing from elsewhere, and makes no markup of any text.
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
        "require-trusted-types-for 'script'; trusted-types 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


def serve(
    answerer: Answerer, read_meaning: Callable[[Answerer], None], port: int, opens: bool
) -> None:
    """Serve the page until SIGINT or SIGTERM; raise a BotError where the port can't be had."""
    # A thread may still read what a dropped article means, and be waited for.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: os._exit(0))
    asyncio.run(_serve(Pages(answerer, read_meaning), port, opens))


async def _serve(pages: Pages, port: int, opens: bool) -> None:
    try:
        listening = socket.create_server((_NAMES[0], port))
    except (OSError, OverflowError) as error:
        reason = os.strerror(error.errno or 0) if isinstance(error, OSError) else words.NO_PORT
        raise BotError(words.WEB_TAKEN.format(port, reason), 2) from None
    listening.setblocking(False)
    hosts = [f"{name}:{listening.getsockname()[1]}" for name in _NAMES]
    application = Application(
        [(r"/call/(open|reply|tap|why|read)", _Call), (r"/([a-z.]*)", _File, _FILES)],
        log_function=lambda _: None,
        hosts=hosts,
        pages=pages,
        worker=ThreadPoolExecutor(1, "answers"),
    )
    HTTPServer(application, max_body_size=_MOST_BYTES).add_socket(listening)
    print(words.WEB_ADDRESS.format(f"http://{hosts[0]}/"), flush=True)
    if opens:
        await asyncio.to_thread(webbrowser.open, f"http://{hosts[0]}/")
    await asyncio.Event().wait()


class _Guarded(RequestHandler):
    """Answers pages of this machine alone: other sites can't get at it through a browser."""

    def set_default_headers(self) -> None:
        for name, value in _HEADERS.items():
            self.set_header(name, value)

    def prepare(self) -> None:
        asked = self.request
        origin = asked.headers.get("Origin")
        is_ours = origin == f"http://{asked.host}" or (not origin and asked.method == "GET")
        if asked.host not in self.settings["hosts"] or not is_ours:
            raise HTTPError(HTTPStatus.FORBIDDEN)


class _File(_Guarded, StaticFileHandler):
    """A file of the page."""


class _Call(_Guarded):
    """A call of the page: fields or a file in, JSON out."""

    async def post(self, call: str) -> None:
        pages, worker = self.settings["pages"], self.settings["worker"]
        make = partial(pages.called, call, {one: self.get_argument(one, "") for one in _FIELDS})
        if call == "read":
            # It takes long, and holds up no answer.
            worker, make = None, partial(pages.read, self.get_argument("name"), self.request.body)
        try:
            self.finish(await asyncio.get_running_loop().run_in_executor(worker, make))
        except BotError as error:
            self.set_status(HTTPStatus.UNPROCESSABLE_ENTITY)
            self.finish({"said": str(error)})
