"""Webhook: being called with updates, each call answered only when its update is handled."""

import asyncio
import hmac
import json
import logging
import ssl
from contextlib import suppress
from functools import partial
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from cachetools import TTLCache
from telegram import Bot
from telegram.constants import WebhookLimit
from telegram.error import BadRequest
from tornado.httpserver import HTTPServer
from tornado.iostream import IOStream
from tornado.web import Application, RequestHandler, stream_request_body

from bot.errors import BotError
from bot.settings import WebhookSettings
from bot.telegram.transport.incoming import KINDS, Incoming, is_update
from bot.telegram.transport.retries import answered

_LOGGER = logging.getLogger(__name__)
# So many at once who have shown no secret. Telegram opens a hundred connections at the most, and a
# process may often have no more than 1,024 files.
_STRANGERS = 400
# Seconds after which a call is answered though its update is still in hand: a quiet bot is called
# over one connection, and nothing else would come by it; after 50 s Telegram calls again.
_LONGEST_CALL = 5.0


class Webhook:
    """Is called with updates for as long as it runs."""

    def __init__(self, bot: Bot, incoming: Incoming, settings: WebhookSettings) -> None:
        self.path = urlsplit(settings.url).path or "/"
        self.secret = settings.secret
        self.take = incoming.take
        self.calls: set[RequestHandler] = set()
        self.is_ending = False
        # Which refusals were told within a minute.
        self._told: TTLCache[HTTPStatus, None] = TTLCache(2, 60)
        self._settings = settings
        self._announce = partial(
            bot.set_webhook,
            settings.url,
            certificate=settings.certificate,
            secret_token=settings.secret,
            allowed_updates=KINDS,
            max_connections=WebhookLimit.MAX_CONNECTIONS_LIMIT,
        )
        self.server = _Server(
            Application(
                default_handler_class=_Call,
                default_handler_args={"webhook": self},
                log_function=lambda _: None,
            ),
            max_body_size=2**20,  # Telegram's updates are a few thousand bytes
            body_timeout=10,
            idle_connection_timeout=75,
            ssl_options=_tls(settings),
        )

    async def run(self) -> None:
        """Listen until cancelled; raise a BotError where the port or Telegram refuses."""
        self._listen()
        try:
            await answered(self._announce)
            await asyncio.Event().wait()
        except BadRequest as error:
            # What can't be resolved now may be in a while: whoever restarts the bot may go on.
            code = 1 if "resolve" in error.message else 2
            raise BotError(f"Telegram refused WEBHOOK_URL: {error}", code) from None
        finally:
            self.is_ending = True
            self.server.stop()

    def tell(self, status: HTTPStatus, path: str) -> None:
        """Log that a call was refused, for whoever set another address or secret."""
        if status in (HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND) and status not in self._told:
            self._told[status] = None
            _LOGGER.warning("A call of %.200a was refused: %s %s", path, status, status.phrase)

    async def end(self) -> None:
        """Let the last answers leave, then close every connection."""
        with suppress(TimeoutError):
            async with asyncio.timeout(1):
                while self.calls:
                    await asyncio.sleep(0.01)
        await self.server.close_all_connections()

    def _listen(self) -> None:
        settings = self._settings
        try:
            self.server.listen(settings.port, settings.listen)
        except (OSError, UnicodeError) as error:
            reason = error.strerror if isinstance(error, OSError) else "it is no address"
            raise BotError(
                f"WEBHOOK_LISTEN {settings.listen} with WEBHOOK_PORT {settings.port} can't be "
                f"listened on: {reason}. Choose others.",
                2,
            ) from None


class _Server(HTTPServer):
    """Hangs up on the oldest stranger for one too many: without files left nobody could call."""

    def initialize(self, *given: Any, **named: Any) -> None:
        super().initialize(*given, **named)
        self.strangers: dict[IOStream, None] = {}

    def handle_stream(self, stream: IOStream, address: tuple[Any, ...]) -> None:
        if len(self.strangers) >= _STRANGERS:
            oldest = next(iter(self.strangers))
            del self.strangers[oldest]
            oldest.close()
        self.strangers[stream] = None
        super().handle_stream(stream, address)

    def on_close(self, server_conn: Any) -> None:
        self.strangers.pop(server_conn.stream, None)
        super().on_close(server_conn)


@stream_request_body
class _Call(RequestHandler):
    """A call of Telegram's, or what a load balancer or a stranger asks: no body of it is read."""

    def initialize(self, webhook: Webhook) -> None:
        self._webhook = webhook
        self._body = bytearray()

    def prepare(self) -> None:
        self._webhook.calls.add(self)
        if status := self._status_before_body():
            self._webhook.tell(status, self.request.path)
            self._end(status)
        else:
            connection: Any = self.request.connection
            self._webhook.server.strangers.pop(connection.stream, None)

    def data_received(self, chunk: bytes) -> None:
        self._body += chunk

    async def post(self) -> None:
        update = None
        with suppress(ValueError, RecursionError):
            update = json.loads(self._body)
        if not is_update(update):
            self._end(HTTPStatus.BAD_REQUEST)
            return
        task = self._webhook.take(update)
        if task:
            # Not awaited itself: a call that breaks off or takes too long doesn't end the handling.
            await asyncio.wait({task}, timeout=_LONGEST_CALL)
        if task and task.cancelled():
            self._end(HTTPStatus.SERVICE_UNAVAILABLE)

    def on_finish(self) -> None:
        self._webhook.calls.discard(self)

    on_connection_close = on_finish

    def _status_before_body(self) -> HTTPStatus | None:
        """Return what there is to say before the body is read, None where it must be."""
        asked, webhook = self.request, self._webhook
        if asked.path == webhook.path:
            secret = asked.headers.get("X-Telegram-Bot-Api-Secret-Token", "")
            if not hmac.compare_digest(secret.encode(), webhook.secret.encode()):
                return HTTPStatus.FORBIDDEN
            return HTTPStatus.SERVICE_UNAVAILABLE if webhook.is_ending else None
        if asked.path == "/healthz":
            is_read = asked.method in ("GET", "HEAD")
            return HTTPStatus.OK if is_read else HTTPStatus.METHOD_NOT_ALLOWED
        return HTTPStatus.NOT_FOUND

    def _end(self, status: HTTPStatus) -> None:
        self.set_status(status)
        self.finish("ok" if status == HTTPStatus.OK else None)


def _tls(settings: WebhookSettings) -> ssl.SSLContext | None:
    if not settings.key or not settings.certificate:
        return None
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    try:
        # Without a passphrase given, one would be asked for at the terminal.
        context.load_cert_chain(settings.certificate, settings.key, password="")
    except OSError as error:
        raise BotError(
            f"WEBHOOK_CERTIFICATE and WEBHOOK_KEY can't be used: {error.strerror}. "
            "They must be PEM files that belong together, the key without a passphrase.",
            2,
        ) from None
    return context
