import logging
import subprocess
import sys

from bot.logs import RedactingFormatter


def logged(error: Exception, is_outspoken: bool) -> str:
    told = (type(error), error, None)
    record = logging.LogRecord("x", logging.ERROR, "", 0, "failed for %s", ("1:SECRET",), told)
    return RedactingFormatter(["SECRET"], is_outspoken).format(record)


def test_a_secret_shows_never_and_an_exceptions_words_only_where_asked_for() -> None:
    error = KeyError("somebody wrote https://api/bot1:SECRET/getMe")
    quiet, outspoken = (logged(error, is_outspoken) for is_outspoken in (False, True))

    assert "KeyError" in quiet
    assert "somebody" not in quiet
    assert "bot1:***/getMe" in outspoken
    for text in (quiet, outspoken):
        assert "SECRET" not in text
        assert "failed for 1:***" in text


def test_what_ends_the_program_is_told_without_its_words() -> None:
    crash = "raise ValueError('SECRET and what somebody wrote')"
    program = f"from bot.logs import configure_logging as c; c(20, ['SECRET']); {crash}"
    ended = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )

    assert ended.returncode == 1
    assert ended.stderr.endswith("\nValueError\n")
    assert "Traceback" in ended.stderr
    assert "SECRET" not in ended.stderr
    assert "somebody" not in ended.stderr
