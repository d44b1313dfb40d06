"""What every command needs: the article and how much is logged."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.errors import BotError
from bot.settings.values import path, text

SEEDS = Path(__file__).resolve().parents[2] / "seeds"

_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")


@dataclass(frozen=True)
class Settings:
    """What every command needs.

    Attributes:
        article_path: The article to answer about.
        log_level: A level of the logging module.
    """

    article_path: Path
    log_level: int


def read_settings(environ: Mapping[str, str], article: Path | None = None) -> Settings:
    """Return the settings found in *environ*; *article*, where given, wins over ARTICLE_PATH.

    Raises:
        BotError: A setting has a value that can't be used, or the article isn't given and
            the folder of articles doesn't hold exactly one.
    """
    named = article or path("ARTICLE_PATH", environ) or _only_article(SEEDS)
    return Settings(named, _log_level(text("LOG_LEVEL", environ) or "INFO"))


def _log_level(name: str) -> int:
    if name.upper() not in _LEVELS:
        raise BotError(f"LOG_LEVEL must be one of {', '.join(_LEVELS)}.", 2)
    return logging.getLevelNamesMapping()[name.upper()]


def _only_article(folder: Path) -> Path:
    articles = sorted(folder.glob("*.txt"))
    if len(articles) == 1:
        return articles[0]
    if not articles:
        raise BotError(f"No article: put a .txt file in {folder} or name one with --article.", 2)
    names = ", ".join(one.name for one in articles)
    raise BotError(f"{folder} holds {names}. Say which one with --article or ARTICLE_PATH.", 2)
