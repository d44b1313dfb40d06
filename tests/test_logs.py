import logging
import subprocess
import sys

from bot.logs import RedactingFormatter


def test_a_secret_shows_neither_in_the_message_nor_in_the_traceback() -> None:
    try:
        raise ValueError("https://api/bot1:SECRET/getMe")
    except ValueError as error:
        record = logging.LogRecord(
            "x", logging.ERROR, "", 0, "failed for %s", ("1:SECRET",), (type(error), error, None)
        )
    text = RedactingFormatter(["SECRET"], is_outspoken=True).format(record)

    assert "SECRET" not in text
    assert "failed for 1:***" in text
    assert "bot1:***/getMe" in text


def test_an_exceptions_words_show_only_where_asked_for() -> None:
    try:
        raise KeyError("what somebody wrote")
    except KeyError as error:
        record = logging.LogRecord(
            "x", logging.ERROR, "", 0, "failed", (), (type(error), error, None)
        )
    quiet = RedactingFormatter([], is_outspoken=False).format(record)
    record.exc_text = None
    outspoken = RedactingFormatter([], is_outspoken=True).format(record)

    assert "KeyError" in quiet
    assert "somebody" not in quiet
    assert "somebody" in outspoken


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
