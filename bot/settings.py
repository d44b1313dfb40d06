"""Settings: read once from a mapping, checked, and passed on."""

import logging
import os
import re
import secrets
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

from bot.errors import BotError

SEEDS = Path(__file__).resolve().parents[1] / "seeds"

_T = TypeVar("_T")
_SWITCH = dict.fromkeys(("TRUE", "1", "YES", "ON"), True)
_SWITCH |= dict.fromkeys(("FALSE", "0", "NO", "OFF"), False)
_SERVER = "an address, such as http://127.0.0.1:6333"
_WHAT_TO_DO = (
    "Get one from @BotFather, put TELEGRAM_BOT_TOKEN=<token> in .env, "
    "or try the bot without Telegram: python -m bot chat"
)
REFUSED_TOKEN = f"Telegram refused the token in TELEGRAM_BOT_TOKEN. {_WHAT_TO_DO}"
# It isn't quoted: a password may be in it.
BAD_PROXY = (
    "The proxy in HTTPS_PROXY or its like can't be used: "
    "name an HTTP proxy, such as http://127.0.0.1:3128."
)


@dataclass(frozen=True)
class MeaningSettings:
    """Whether questions are answered by what they mean, too, and by what."""

    is_on: bool
    model: Path | None  # the folder of one that isn't ours
    qdrant: str  # the address of what keeps what passages mean, empty to keep it here


@dataclass(frozen=True)
class WebhookSettings:
    """What being called by Telegram needs."""

    url: str
    secret: str = field(repr=False)
    listen: str
    port: int
    certificate: Path | None
    key: Path | None


@dataclass(frozen=True)
class TelegramSettings:
    """What serving on Telegram needs; with nobody allowed by name everyone may ask."""

    token: str = field(repr=False)
    log_level: int
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


def read_article_source(environ: Mapping[str, str]) -> Path | str:
    """Return ARTICLE_PATH of *environ*, or else the folder seeds."""
    default: Path | str = SEEDS
    return _read(environ, "ARTICLE_PATH", article_source, default)


def article_source(value: str) -> Path | str:
    """Return the address of an article as it is, and what isn't one as a path."""
    return value if re.match(r"https?://", value, re.I) else _path(value)


def read_meaning_settings(environ: Mapping[str, str]) -> MeaningSettings:
    """Return what *environ* says of the sentence model; raise a BotError where it can't be used."""
    return MeaningSettings(
        is_on=_read(environ, "MEANING", partial(_one_of, _SWITCH), True),
        model=_read(environ, "MEANING_MODEL", _folder, None),
        qdrant=_read(environ, "QDRANT_URL", partial(_address, _SERVER), ""),
    )


def read_telegram_settings(environ: Mapping[str, str]) -> TelegramSettings:
    """Return the Telegram settings in *environ*; raise a BotError where one can't be used."""
    row = partial(_read, environ)
    settings = TelegramSettings(
        token=row("TELEGRAM_BOT_TOKEN", _token, ""),
        log_level=row("LOG_LEVEL", partial(_one_of, logging.getLevelNamesMapping()), logging.INFO),
        api_base_url=row("TELEGRAM_API_BASE_URL", _api_root, "https://api.telegram.org"),
        test_environment=row("TELEGRAM_TEST_ENVIRONMENT", partial(_one_of, _SWITCH), False),
        allowed_users=row("ALLOWED_USERS", _ids, frozenset()),
        allowed_chats=row("ALLOWED_CHATS", _ids, frozenset()),
        questions_per_minute=row("QUESTIONS_PER_MINUTE", partial(_number, 10_000), 20),
        webhook=_webhook(environ),
    )
    if not settings.token:
        raise BotError(f"TELEGRAM_BOT_TOKEN is not set. {_WHAT_TO_DO}", 2)
    return settings


def _webhook(environ: Mapping[str, str]) -> WebhookSettings | None:
    row = partial(_read, environ)
    webhook = WebhookSettings(
        url=row("WEBHOOK_URL", _webhook_address, ""),
        secret=row("WEBHOOK_SECRET", _secret, secrets.token_urlsafe()),
        listen=row("WEBHOOK_LISTEN", str, "127.0.0.1"),
        port=row("WEBHOOK_PORT", partial(_number, 65535), 8080),
        certificate=row("WEBHOOK_CERTIFICATE", _file, None),
        key=row("WEBHOOK_KEY", _file, None),
    )
    if webhook.key and not webhook.certificate:
        raise BotError("WEBHOOK_KEY needs its certificate: set WEBHOOK_CERTIFICATE, too.", 2)
    return webhook if webhook.url else None


def _read(environ: Mapping[str, str], name: str, parse: Callable[[str], _T], default: _T) -> _T:
    """Return a setting as *parse* reads it, or refuse it with the ValueError that this raises."""
    value = environ.get(name, "").strip()
    try:
        return parse(value) if value else default
    except ValueError as problem:
        raise BotError(f"{name} {problem}", 2) from None


def _token(value: str) -> str:
    if not re.fullmatch(r"\d+:[\w-]+", value, re.ASCII):
        raise ValueError(f"is not a token: digits, a colon, then letters and digits. {_WHAT_TO_DO}")
    return value


def _secret(value: str) -> str:
    if not re.fullmatch(r"[\w-]{16,256}", value, re.ASCII):
        raise ValueError("must be 16 to 256 letters, digits, _ and -.")
    return value


def _one_of(meanings: Mapping[str, _T], value: str) -> _T:
    if value.upper() not in meanings:
        raise ValueError(f"must be one of {', '.join(meanings)}.")
    return meanings[value.upper()]


def _number(highest: int, value: str) -> int:
    if not re.fullmatch("[0-9]{1,9}", value) or not 1 <= int(value) <= highest:
        raise ValueError(f"must be a whole number from 1 to {highest}.")
    return int(value)


def _ids(value: str) -> frozenset[int]:
    named = [one.strip() for one in value.split(",") if one.strip()] or [value]
    for one in named:
        if not re.fullmatch("-?[0-9]{1,18}", one):
            said = "must be ids, such as 123456789, with commas between"
            raise ValueError(f"{said}: {one!r} is none.")
    return frozenset(map(int, named))


def _path(value: str) -> Path:
    # Quiet, unlike the path's own methods, about a home of nobody and a name too long for a file.
    return Path(os.path.expanduser(value))


def _folder(value: str) -> Path:
    if not os.path.isdir(_path(value)):
        raise ValueError(f"names no folder: {value}. It needs model.onnx and tokenizer.json.")
    return _path(value)


def _file(value: str) -> Path:
    if not os.path.isfile(_path(value)) or not os.access(_path(value), os.R_OK):
        raise ValueError(f"names no file that can be read: {value}. Check the path.")
    return _path(value)


def _address(said: str, value: str, is_fit: bool = True) -> str:
    """Return *value* where it is an address and *is_fit*; else it must be what is *said*."""
    with suppress(ValueError):
        is_server = urlsplit(value).hostname and urlsplit(value).port != 0
        if is_fit and is_server and re.fullmatch(r"https?://[^\s{}?#]+", value):
            return value
    raise ValueError(f"must be {said}.")


def _api_root(value: str) -> str:
    root = value.rstrip("/")
    said = "a Bot API's root, such as http://127.0.0.1:8081, without /bot"
    return _address(said, root, is_fit=not root.endswith("/bot"))


def _webhook_address(value: str) -> str:
    example = "such as https://bot.example.org/telegram"
    said = f"the address at which Telegram reaches the bot, in ASCII, {example}"
    return _address(said, value, is_fit=value.isascii() and value.isprintable())
