"""What serving on Telegram needs."""

import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bot.errors import BotError
from bot.settings.values import ids, is_web_address, number, path, switch, text

PUBLIC_API = "https://api.telegram.org"
# Telegram lets a bot send as many messages to one group in a minute.
QUESTIONS_PER_MINUTE = 20

_TOKEN = re.compile(r"\d+:[\w-]+", re.ASCII)
# Telegram takes a single letter, too: anybody would guess that.
_SECRET = re.compile(r"[\w-]{16,256}", re.ASCII)
_WHAT_TO_DO = (
    "Get one from @BotFather, put TELEGRAM_BOT_TOKEN=<token> in .env, "
    "or try the bot without Telegram: python -m bot chat"
)


@dataclass(frozen=True)
class WebhookSettings:
    """What being called by Telegram needs.

    Attributes:
        url: Where Telegram reaches the bot.
        secret: What proves that a request comes from Telegram.
        listen: The address to listen on.
        port: The port to listen on.
        certificate: A certificate that Telegram is to trust, a self-signed one.
        key: The certificate's private key, where the bot itself is to speak TLS.
    """

    url: str
    secret: str = field(repr=False)
    listen: str
    port: int
    certificate: Path | None
    key: Path | None


@dataclass(frozen=True)
class TelegramSettings:
    """What serving on Telegram needs.

    Attributes:
        token: The bot's secret.
        api_base_url: Root of a Bot API server, without a slash at its end.
        test_environment: Whether the token belongs to Telegram's test servers.
        allowed_users: Ids of the users who may ask; with no chats either, everyone may.
        allowed_chats: Ids of the chats in which everyone may ask.
        questions_per_minute: As many questions of one chat are answered in a minute.
        webhook: How Telegram calls the bot; None where the bot fetches its updates.
    """

    token: str = field(repr=False)
    api_base_url: str
    test_environment: bool
    allowed_users: frozenset[int]
    allowed_chats: frozenset[int]
    questions_per_minute: int
    webhook: WebhookSettings | None

    @property
    def secrets(self) -> list[str]:
        """What must not be shown to anybody."""
        # The part behind the colon is the secret: it stays the same however a URL is quoted.
        token = self.token.partition(":")[2]
        return [token, self.webhook.secret] if self.webhook else [token]


def read_telegram_settings(environ: Mapping[str, str]) -> TelegramSettings:
    """Return the Telegram settings found in *environ*.

    Raises:
        BotError: The token is missing or malformed, or another setting can't be used.
    """
    return TelegramSettings(
        token=_token(text("TELEGRAM_BOT_TOKEN", environ)),
        api_base_url=_api_base_url(text("TELEGRAM_API_BASE_URL", environ) or PUBLIC_API),
        test_environment=switch("TELEGRAM_TEST_ENVIRONMENT", environ),
        allowed_users=ids("ALLOWED_USERS", environ),
        allowed_chats=ids("ALLOWED_CHATS", environ),
        questions_per_minute=number("QUESTIONS_PER_MINUTE", environ, QUESTIONS_PER_MINUTE, 10_000),
        webhook=_webhook(environ),
    )


def refused_token() -> BotError:
    """Return the error for a token that Telegram doesn't know."""
    return BotError(f"Telegram refused the token in TELEGRAM_BOT_TOKEN. {_WHAT_TO_DO}", 2)


def _token(token: str) -> str:
    if not token:
        raise BotError(f"TELEGRAM_BOT_TOKEN is not set. {_WHAT_TO_DO}", 2)
    if not _TOKEN.fullmatch(token):
        raise BotError(
            "TELEGRAM_BOT_TOKEN is not a token: digits, a colon, then letters and digits. "
            + _WHAT_TO_DO,
            2,
        )
    return token


def _api_base_url(url: str) -> str:
    root = url.rstrip("/")
    if not is_web_address(root) or root.endswith("/bot"):
        raise BotError(
            "TELEGRAM_API_BASE_URL must be the root of a Bot API server, "
            "such as http://127.0.0.1:8081, without /bot.",
            2,
        )
    return root


def _webhook(environ: Mapping[str, str]) -> WebhookSettings | None:
    url = text("WEBHOOK_URL", environ)
    webhook = WebhookSettings(
        url=url,
        secret=_secret(text("WEBHOOK_SECRET", environ)),
        listen=text("WEBHOOK_LISTEN", environ) or "127.0.0.1",
        port=number("WEBHOOK_PORT", environ, 8080, 65535),
        certificate=_file("WEBHOOK_CERTIFICATE", environ),
        key=_file("WEBHOOK_KEY", environ),
    )
    if webhook.key and not webhook.certificate:
        raise BotError("WEBHOOK_KEY needs its certificate: set WEBHOOK_CERTIFICATE, too.", 2)
    if url and not (is_web_address(url) and url.isascii() and url.isprintable()):
        raise BotError(
            "WEBHOOK_URL must be the address at which Telegram reaches the bot, in ASCII, "
            "such as https://bot.example.org/telegram.",
            2,
        )
    return webhook if url else None


def _secret(secret: str) -> str:
    if secret and not _SECRET.fullmatch(secret):
        raise BotError("WEBHOOK_SECRET must be 16 to 256 letters, digits, _ and -.", 2)
    return secret or secrets.token_urlsafe(32)


def _file(key: str, environ: Mapping[str, str]) -> Path | None:
    named = path(key, environ)
    # Unlike the path's own method this is quiet about a name that is too long for a file.
    if named and not (os.path.isfile(named) and os.access(named, os.R_OK)):
        raise BotError(f"{key} names no file that can be read: {named}. Check the path.", 2)
    return named
