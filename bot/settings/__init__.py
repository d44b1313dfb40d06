"""Settings: read once from a mapping, checked, and passed on."""

from bot.settings.general import SEEDS, Settings, read_settings
from bot.settings.telegram import (
    TelegramSettings,
    WebhookSettings,
    read_telegram_settings,
    refused_token,
)

__all__ = [
    "SEEDS",
    "Settings",
    "TelegramSettings",
    "WebhookSettings",
    "read_settings",
    "read_telegram_settings",
    "refused_token",
]
