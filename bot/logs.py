"""Logging that leaks neither secrets nor, unless asked to, what people write."""

import logging
import sys
import traceback

_LOGGER = logging.getLogger(__name__)


class RedactingFormatter(logging.Formatter):
    """A formatter that blots out secrets, in messages and in tracebacks alike.

    Unless it is outspoken, tracebacks don't show what exceptions say, which somebody may have
    written, but only where and as what they were raised.
    """

    def __init__(self, secrets: list[str], is_outspoken: bool) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")
        self._secrets = secrets
        self._is_outspoken = is_outspoken

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as text with every secret replaced by stars."""
        kind, _, trace = record.exc_info or (None, None, None)
        if kind and not self._is_outspoken:
            frames = "".join(traceback.format_tb(trace))
            record.exc_text = f"Traceback (most recent call last):\n{frames}{kind.__qualname__}"
        text = super().format(record)
        for secret in self._secrets:
            text = text.replace(secret, "***")
        return text


def configure_logging(level: int, secrets: list[str]) -> None:
    """Send log records from *level* up to standard error, without the *secrets*."""
    handler = logging.StreamHandler()
    handler.setFormatter(RedactingFormatter(secrets, level <= logging.DEBUG))
    logging.basicConfig(level=level, handlers=[handler])
    logging.captureWarnings(True)
    # Python itself would print what ends the program with all that it says.
    sys.excepthook = lambda *error: _LOGGER.critical("The program ends", exc_info=error)
    # It writes a line for whatever else than a call of Telegram's comes in.
    logging.getLogger("tornado.general").setLevel(max(level, logging.ERROR))
