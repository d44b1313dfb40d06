import logging
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import BotError
from bot.settings import general, read_settings, read_telegram_settings

TOKEN = "123456789:AAbb-CC_dd"


def test_with_nothing_set_the_article_in_seeds_is_answered_about(article_path: Path) -> None:
    read = read_settings({})

    assert read.article_path == article_path
    assert read.log_level == logging.INFO


def test_an_option_wins_over_the_environment() -> None:
    environ = {"ARTICLE_PATH": "from_environment.txt", "LOG_LEVEL": "debug"}

    assert read_settings(environ).article_path == Path("from_environment.txt")
    assert read_settings(environ, Path("option.txt")).article_path == Path("option.txt")
    assert read_settings(environ).log_level == logging.DEBUG


def test_several_articles_ask_for_a_choice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(general, "SEEDS", tmp_path)
    with pytest.raises(BotError, match="No article"):
        read_settings({})
    for name in ("one.txt", "two.txt"):
        (tmp_path / name).touch()
    with pytest.raises(BotError, match=r"one\.txt, two\.txt.*--article"):
        read_settings({})


def test_an_unknown_log_level_is_refused() -> None:
    with pytest.raises(BotError, match="LOG_LEVEL must be one of DEBUG"):
        read_settings({"LOG_LEVEL": "loud"})


def test_the_public_api_is_the_default() -> None:
    read = read_telegram_settings({"TELEGRAM_BOT_TOKEN": f" {TOKEN} "})

    assert read.token == TOKEN
    assert read.api_base_url == "https://api.telegram.org"
    assert read.test_environment is False


@pytest.mark.parametrize(("value", "means"), [("true", True), ("1", True), ("No", False)])
def test_the_test_environment_is_a_switch(value: str, means: bool) -> None:
    environ = {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_TEST_ENVIRONMENT": value}

    assert read_telegram_settings(environ).test_environment is means


def test_a_value_that_is_no_switch_is_refused() -> None:
    environ = {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_TEST_ENVIRONMENT": "maybe"}

    with pytest.raises(BotError, match="TELEGRAM_TEST_ENVIRONMENT must be true or false"):
        read_telegram_settings(environ)


@pytest.mark.parametrize(
    ("url", "root"),
    [
        ("http://127.0.0.1:8081", "http://127.0.0.1:8081"),
        ("https://bots.example.org/api/", "https://bots.example.org/api"),
    ],
)
def test_the_root_of_another_server_is_taken(url: str, root: str) -> None:
    environ = {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_BASE_URL": url}

    assert read_telegram_settings(environ).api_base_url == root


@pytest.mark.parametrize(
    "url",
    ["localhost:8081", "ftp://x", "http://", "http://x:99999", "http://x/bot", "http://x/{y}"],
)
def test_what_is_no_root_is_refused(url: str) -> None:
    environ = {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_BASE_URL": url}

    with pytest.raises(BotError, match="without /bot"):
        read_telegram_settings(environ)


@pytest.mark.parametrize("token", ["", "hello", "123:", ":abc", "12 3:abc", "123:ab/cd", "123:é"])
def test_a_missing_or_malformed_token_says_what_to_do(token: str) -> None:
    with pytest.raises(BotError, match="@BotFather") as caught:
        read_telegram_settings({"TELEGRAM_BOT_TOKEN": token})

    assert caught.value.exit_code == 2
    assert "python -m bot chat" in str(caught.value)


@given(st.text(st.characters(exclude_categories=["Zs", "Cc"])))
def test_a_token_is_never_quoted(ending: str) -> None:
    environ = {"TELEGRAM_BOT_TOKEN": f"1:S3CRET{ending}"}
    try:
        said = repr(read_telegram_settings(environ))
    except BotError as error:
        said = str(error)

    assert "S3CRET" not in said
