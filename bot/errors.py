"""The one error that a person sees, and what installs a missing part."""

import sys


class BotError(Exception):
    """What is wrong and what to do about it, as a whole sentence for a person to read.

    Attributes:
        exit_code: What the process ends with: 1 failed, 2 used or set up wrongly.
    """

    def __init__(self, message: str, exit_code: int = 1) -> None:
        super().__init__(message)
        self.exit_code = exit_code


def brought_by(extra: str) -> str:
    """Return as a sentence which command, run in the bot's folder, brings what an extra needs."""
    return f"In the bot's folder {sys.executable} -m pip install -e '.[{extra}]' brings it."
