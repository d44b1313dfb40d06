import logging
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import BotError
from bot.settings import (
    TelegramSettings,
    WebhookSettings,
    read_settings,
    read_telegram_settings,
)

TOKEN = "123456789:AAbb-CC_dd"
URL = "https://bot.example.org/telegram"


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
    monkeypatch.setattr("bot.settings.SEEDS", tmp_path)
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


def telegram(**environ: str) -> TelegramSettings:
    return read_telegram_settings({"TELEGRAM_BOT_TOKEN": TOKEN} | environ)


def webhook(**environ: str) -> WebhookSettings:
    read = telegram(**{"WEBHOOK_URL": URL} | environ).webhook
    assert read is not None
    return read


def refusal(**environ: str) -> str:
    with pytest.raises(BotError) as caught:
        webhook(**environ)
    assert caught.value.exit_code == 2
    assert "\n" not in str(caught.value)
    return str(caught.value)


# Who may ask, and how much.


def test_by_default_everybody_may_ask_twenty_questions_a_minute_and_updates_are_fetched() -> None:
    read = telegram()

    assert (read.allowed_users, read.allowed_chats) == (frozenset(), frozenset())
    assert read.questions_per_minute == 20
    assert read.webhook is None


@pytest.mark.parametrize("key", ["ALLOWED_USERS", "ALLOWED_CHATS"])
@pytest.mark.parametrize(
    ("value", "ids"),
    [
        ("", set()),
        ("7", {7}),
        ("7,-1001234567890", {7, -1001234567890}),
        (" 7 , 8;9\n10 ,,11, ", {7, 8, 9, 10, 11}),
    ],
)
def test_ids_are_parted_by_commas_or_blanks(key: str, value: str, ids: set[int]) -> None:
    read = telegram(**{key: value})

    assert (read.allowed_users if key == "ALLOWED_USERS" else read.allowed_chats) == ids


@pytest.mark.parametrize(
    "value", ["@ada", "7, x", "1.5", "--7", "7-8", "+7", "٣", "0x7", "9" * 19, ",", "; ,"]
)
def test_what_is_no_id_is_refused(value: str) -> None:
    assert "ALLOWED_USERS must be ids" in refusal(ALLOWED_USERS=value)


@pytest.mark.parametrize(("value", "questions"), [("1", 1), (" 60 ", 60), ("10000", 10_000)])
def test_the_questions_of_a_minute_are_set(value: str, questions: int) -> None:
    assert telegram(QUESTIONS_PER_MINUTE=value).questions_per_minute == questions


@pytest.mark.parametrize("value", ["0", "-1", "10001", "many", "1.5", "1e3", "٣", "9" * 5000])
def test_a_number_that_makes_no_sense_is_refused(value: str) -> None:
    assert refusal(QUESTIONS_PER_MINUTE=value) == (
        "QUESTIONS_PER_MINUTE must be a whole number from 1 to 10000."
    )


# The webhook.


def test_a_webhook_needs_only_its_address() -> None:
    read = webhook()

    assert (read.url, read.listen, read.port) == (URL, "127.0.0.1", 8080)
    assert (read.certificate, read.key) == (None, None)
    assert re.fullmatch(r"[A-Za-z0-9_-]{32,256}", read.secret)
    assert read.secret != webhook().secret


def test_every_setting_of_the_webhook_is_taken(tmp_path: Path) -> None:
    for name in ("certificate.pem", "key.pem"):
        (tmp_path / name).touch()
    read = webhook(
        WEBHOOK_SECRET=" s3cret-of-a-webhook ",
        WEBHOOK_LISTEN="::1",
        WEBHOOK_PORT="443",
        WEBHOOK_CERTIFICATE=str(tmp_path / "certificate.pem"),
        WEBHOOK_KEY=str(tmp_path / "key.pem"),
    )

    assert read == WebhookSettings(
        URL, "s3cret-of-a-webhook", "::1", 443, tmp_path / "certificate.pem", tmp_path / "key.pem"
    )


@pytest.mark.parametrize(
    "url",
    [
        "bot.example.org",
        "ftp://bot.example.org/",
        "https://",
        "https://bot.example.org:0/x",
        "https://bot.example.org:x/",
        "https://bot.example.org/x?y=z",
        "https://bot.example.org/#x",
        "https://bot.example.org/a b",
        "https://bot.example.org/é",
        "https://bot.example.org/\x01",
        "https://[bot/",
    ],
)
def test_an_address_that_telegram_could_not_call_is_refused(url: str) -> None:
    assert "WEBHOOK_URL must be the address" in refusal(WEBHOOK_URL=url)


@pytest.mark.parametrize("secret", ["Az09_-" * 3, "Az09_-" * 42, "x" * 256])
def test_a_secret_is_taken_as_it_is(secret: str) -> None:
    assert webhook(WEBHOOK_SECRET=secret).secret == secret


@pytest.mark.parametrize(
    "secret",
    ["guessed", "x" * 257, *(f"{bad:x^20}" for bad in ("a b", "é", "a.b", "a\nb", "=", "٣"))],
)
def test_a_secret_to_guess_or_that_telegram_would_not_take_is_refused(secret: str) -> None:
    assert refusal(WEBHOOK_SECRET=secret) == (
        "WEBHOOK_SECRET must be 16 to 256 letters, digits, _ and -."
    )


@pytest.mark.parametrize("port", ["0", "65536", "-1", "http", "80.0"])
def test_a_port_that_is_none_is_refused(port: str) -> None:
    assert "WEBHOOK_PORT must be a whole number from 1 to 65535." in refusal(WEBHOOK_PORT=port)


@pytest.mark.parametrize("named", ["nowhere.pem", ".", "x" * 5000, "~nobody-here/key.pem"])
@pytest.mark.parametrize("key", ["WEBHOOK_CERTIFICATE", "WEBHOOK_KEY"])
def test_a_file_that_is_none_is_refused(key: str, named: str) -> None:
    assert refusal(**{key: named}).startswith(f"{key} names ")


def test_a_file_that_may_not_be_read_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "key.pem").touch()
    monkeypatch.setattr("os.access", lambda *_: False)

    assert "WEBHOOK_CERTIFICATE names no file that" in refusal(
        WEBHOOK_CERTIFICATE=str(tmp_path / "key.pem")
    )


def test_a_key_needs_its_certificate(tmp_path: Path) -> None:
    (tmp_path / "key.pem").touch()

    assert refusal(WEBHOOK_KEY=str(tmp_path / "key.pem")) == (
        "WEBHOOK_KEY needs its certificate: set WEBHOOK_CERTIFICATE, too."
    )


def test_what_is_wrong_is_said_even_where_it_is_not_used() -> None:
    with pytest.raises(BotError, match="WEBHOOK_PORT"):
        telegram(WEBHOOK_PORT="x")


OPTIONAL = [
    "ALLOWED_USERS",
    "ALLOWED_CHATS",
    "QUESTIONS_PER_MINUTE",
    "WEBHOOK_URL",
    "WEBHOOK_LISTEN",
    "WEBHOOK_PORT",
    "WEBHOOK_CERTIFICATE",
    "WEBHOOK_KEY",
]
DEPLOYERS_TEXT = (
    st.text()
    | st.text("0123456789-, ;")
    | st.text("htps:/[]@.x%é\x00").map(lambda rest: f"https://x{rest}")
    | st.integers().map(str)
)


def read_or_refused(environ: dict[str, str]) -> TelegramSettings | BotError:
    try:
        return telegram(**environ)
    except BotError as error:
        return error


@given(st.dictionaries(st.sampled_from(OPTIONAL), DEPLOYERS_TEXT, max_size=4))
def test_whatever_a_deployer_writes_is_taken_or_refused_in_one_sentence(
    environ: dict[str, str],
) -> None:
    read = read_or_refused(environ)

    if isinstance(read, BotError):
        assert read.exit_code == 2
        assert any(key in str(read) for key in environ)
    else:
        assert all(isinstance(number, int) for number in read.allowed_users | read.allowed_chats)
        assert 1 <= read.questions_per_minute <= 10_000
        assert read.webhook is None or 1 <= read.webhook.port <= 65_535


@given(st.text(), st.sampled_from(["x", "9"]))
def test_the_webhooks_secret_is_never_quoted(ending: str, port: str) -> None:
    try:
        said = repr(telegram(WEBHOOK_URL=URL, WEBHOOK_SECRET=f"S3CRET{ending}", WEBHOOK_PORT=port))
    except BotError as error:
        said = str(error)

    assert "S3CRET" not in said


def test_what_is_not_to_be_logged_is_known() -> None:
    assert telegram().secrets == ["AAbb-CC_dd"]
    assert telegram(WEBHOOK_URL=URL, WEBHOOK_SECRET="x" * 16).secrets == ["AAbb-CC_dd", "x" * 16]
