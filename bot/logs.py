"""Logging that can't leak the token."""

import logging


class RedactingFormatter(logging.Formatter):
    """A formatter that blots out secrets, in messages and in tracebacks alike."""

    def __init__(self, secrets: list[str]) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")
        self._secrets = secrets

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as text with every secret replaced by stars."""
        text = super().format(record)
        for secret in self._secrets:
            text = text.replace(secret, "***")
        return text


def configure_logging(level: int, token: str) -> None:
    """Send log records from *level* up to standard error, without the token."""
    handler = logging.StreamHandler()
    # The part behind the colon is the secret: it stays the same however a URL is quoted.
    handler.setFormatter(RedactingFormatter([token.partition(":")[2]]))
    logging.basicConfig(level=level, handlers=[handler])
    logging.captureWarnings(True)
    # httpx writes a line with the URL, and so the token, for every request at INFO.
    logging.getLogger("httpx").setLevel(max(level, logging.WARNING))
