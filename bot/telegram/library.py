"""The library's generic types, with its own defaults for what they are made of."""

from typing import Any, TypeAlias

from telegram.ext import Application, ContextTypes

# The parameters: bot, context, three kinds of stored data, jobs.
TelegramApplication: TypeAlias = Application[Any, Any, Any, Any, Any, Any]
Context: TypeAlias = ContextTypes.DEFAULT_TYPE
