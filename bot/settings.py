"""Settings: read once from a mapping, checked, and passed on."""

import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from bot.errors import BotError

SEEDS = Path(__file__).resolve().parent.parent / "seeds"
PUBLIC_API = "https://api.telegram.org"

_TOKEN = re.compile(r"\d+:[\w-]+", re.ASCII)
_SWITCH = {"1": True, "true": True, "yes": True, "on": True}
_SWITCH |= {"": False, "0": False, "false": False, "no": False, "off": False}
_WHAT_TO_DO = (
    "Get one from @BotFather, put TELEGRAM_BOT_TOKEN=<token> in .env, "
    "or try the bot without Telegram: python -m bot chat"
)


@dataclass(frozen=True)
class Settings:
    """What every command needs.

    Attributes:
        article_path: The article to answer about.
        log_level: A level of the logging module.
    """

    article_path: Path
    log_level: int


@dataclass(frozen=True)
class TelegramSettings:
    """What serving on Telegram needs.

    Attributes:
        token: The bot's secret.
        api_base_url: Root of a Bot API server, without a slash at its end.
        test_environment: Whether the token belongs to Telegram's test servers.
    """

    token: str = field(repr=False)
    api_base_url: str
    test_environment: bool


def read_settings(environ: Mapping[str, str], article: Path | None = None) -> Settings:
    """Return the settings found in *environ*; *article*, where given, wins over ARTICLE_PATH.

    Raises:
        BotError: A setting has a value that can't be used, or the article isn't given and
            the folder of articles doesn't hold exactly one.
    """
    named = environ.get("ARTICLE_PATH", "").strip()
    path = article or (_expanded(named) if named else _only_article(SEEDS))
    return Settings(path, _log_level(environ.get("LOG_LEVEL", "").strip() or "INFO"))


def read_telegram_settings(environ: Mapping[str, str]) -> TelegramSettings:
    """Return the Telegram settings found in *environ*.

    Raises:
        BotError: The token is missing or malformed, or another setting can't be used.
    """
    return TelegramSettings(
        token=_token(environ.get("TELEGRAM_BOT_TOKEN", "").strip()),
        api_base_url=_api_base_url(environ.get("TELEGRAM_API_BASE_URL", "").strip() or PUBLIC_API),
        test_environment=_switch("TELEGRAM_TEST_ENVIRONMENT", environ),
    )


def refused_token() -> BotError:
    """Return the error for a token that Telegram doesn't know."""
    return BotError(f"Telegram refused the token in TELEGRAM_BOT_TOKEN. {_WHAT_TO_DO}", 2)


def _expanded(path: str) -> Path:
    try:
        return Path(path).expanduser()
    except RuntimeError:
        raise BotError(f"ARTICLE_PATH names the home of nobody here: {path}.", 2) from None


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
    if not _is_root(root) or root.endswith("/bot"):
        raise BotError(
            "TELEGRAM_API_BASE_URL must be the root of a Bot API server, "
            "such as http://127.0.0.1:8081, without /bot.",
            2,
        )
    return root


def _is_root(url: str) -> bool:
    try:
        parts = urlsplit(url)
        has_port = parts.port is None or parts.port > 0
    except ValueError:
        return False
    plain = not re.search(r"[\s{}?#]", url)
    return parts.scheme in ("http", "https") and bool(parts.hostname) and has_port and plain


def _switch(key: str, environ: Mapping[str, str]) -> bool:
    value = environ.get(key, "").strip().lower()
    if value not in _SWITCH:
        raise BotError(f"{key} must be true or false.", 2)
    return _SWITCH[value]


def _log_level(name: str) -> int:
    levels = ["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"]
    if name.upper() not in levels:
        raise BotError(f"LOG_LEVEL must be one of {', '.join(levels)}.", 2)
    return logging.getLevelNamesMapping()[name.upper()]


def _only_article(folder: Path) -> Path:
    articles = sorted(folder.glob("*.txt"))
    if len(articles) == 1:
        return articles[0]
    if not articles:
        raise BotError(f"No article: put a .txt file in {folder} or name one with --article.", 2)
    names = ", ".join(path.name for path in articles)
    raise BotError(f"{folder} holds {names}. Say which one with --article or ARTICLE_PATH.", 2)
