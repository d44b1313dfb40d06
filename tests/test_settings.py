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
    read_article_source,
    read_telegram_settings,
)

TOKEN = "123456789:AAbb-CC_dd"
URL = "https://bot.example.org/telegram"
# Every setting: values with what they mean, a word of the refusal, values that are refused.
TAKEN = {
    "TELEGRAM_BOT_TOKEN": {f" {TOKEN} ": TOKEN},
    "LOG_LEVEL": {"": logging.INFO, "debug": logging.DEBUG, "ERROR": logging.ERROR},
    "TELEGRAM_API_BASE_URL": {
        "": "https://api.telegram.org",
        "http://127.0.0.1:8081": "http://127.0.0.1:8081",
        "https://bots.example.org/api/": "https://bots.example.org/api",
    },
    "TELEGRAM_TEST_ENVIRONMENT": {"": False, "true": True, "1": True, "No": False},
    "ALLOWED_USERS": {
        "": frozenset(),
        "7": {7},
        "7,-1001234567890": {7, -1001234567890},
        " 7 , 8,\n10 ,,11, ": {7, 8, 10, 11},
    },
    "ALLOWED_CHATS": {"": frozenset(), "-7, 8": {-7, 8}},
    "QUESTIONS_PER_MINUTE": {"": 20, "1": 1, " 60 ": 60, "10000": 10_000},
    "WEBHOOK_URL": {URL: URL},
    "WEBHOOK_SECRET": {secret: secret for secret in ("Az09_-" * 3, "Az09_-" * 42, "x" * 256)},
    "WEBHOOK_LISTEN": {"": "127.0.0.1", "::1": "::1"},
    "WEBHOOK_PORT": {"": 8080, "443": 443, "65535": 65_535},
    "WEBHOOK_CERTIFICATE": {"": None, __file__: Path(__file__)},
}
REFUSED = {
    "TELEGRAM_BOT_TOKEN": ["", "hello", "123:", ":abc", "12 3:abc", "123:ab/cd", "123:é"],
    "LOG_LEVEL": ["loud", "10"],
    "TELEGRAM_API_BASE_URL": [
        *("localhost:8081", "ftp://x", "http://", "http://x:99999", "http://x/bot", "http://x/{y}"),
    ],
    "TELEGRAM_TEST_ENVIRONMENT": ["maybe"],
    "ALLOWED_USERS": [
        *("@ada", "7, x", "1.5", "--7", "7-8", "+7", "٣", "0x7", "9" * 19, ",", "; ,"),
    ],
    "ALLOWED_CHATS": ["@ada", "-7 8", "- 7", "7;8", "7\n8", "1 000 000", "7, 8 9"],
    "QUESTIONS_PER_MINUTE": ["0", "-1", "10001", "many", "1.5", "1e3", "٣", "9" * 5000],
    "WEBHOOK_URL": [
        *("bot.example.org", "ftp://bot.example.org/", "https://", "https://b.org:0/x"),
        *("https://b.org:x/", "https://b.org/x?y=z", "https://b.org/#x", "https://b.org/a b"),
        *("https://b.org/é", "https://b.org/\x01", "https://[bot/"),
    ],
    "WEBHOOK_SECRET": [
        *("guessed", "x" * 257, *(f"{bad:x^20}" for bad in ("a b", "é", "a.b", "a\nb", "=", "٣"))),
    ],
    "WEBHOOK_PORT": ["0", "65536", "-1", "http", "80.0"],
    "WEBHOOK_CERTIFICATE": ["nowhere.pem", ".", "x" * 5000, "~nobody-here/key.pem"],
    # With no certificate beside it.
    "WEBHOOK_KEY": ["nowhere.pem", __file__],
}


def telegram(**environ: str) -> TelegramSettings:
    return read_telegram_settings({"TELEGRAM_BOT_TOKEN": TOKEN} | environ)


def webhook(**environ: str) -> WebhookSettings:
    read = telegram(**{"WEBHOOK_URL": URL} | environ).webhook
    assert read is not None
    return read


def pairs(table: dict[str, object]) -> list[object]:
    return [
        pytest.param(key, value, id=f"{key}={value[:12]!r}")
        for key, values in table.items()
        for value in values
    ]


def test_the_articles_are_those_named_or_there(article_path: Path) -> None:
    assert read_article_source({}) == article_path.parent
    for named in ("from_environment.txt", "https://a.example/b?c=d#e"):
        source = read_article_source({"ARTICLE_PATH": named})
        assert source == (named if ":" in named else Path(named))


@pytest.mark.parametrize(("key", "value"), pairs(TAKEN))
def test_a_value_is_taken_for_what_it_means(key: str, value: str) -> None:
    read = vars(telegram(**{key: value})) | vars(webhook(**{key: value}))
    name = re.sub("telegram_(bot_)?|webhook_", "", key.lower())

    assert read[name] == TAKEN[key][value]


@pytest.mark.parametrize(("key", "value"), pairs(REFUSED))
def test_a_value_that_makes_no_sense_is_refused_in_one_sentence(key: str, value: str) -> None:
    with pytest.raises(BotError) as caught:
        telegram(**{key: value})

    assert caught.value.exit_code == 2
    assert re.fullmatch(f"{key} (must|names|needs|is no)[^\n]+", str(caught.value))
    assert key != "TELEGRAM_BOT_TOKEN" or re.search("@BotFather.*-m bot chat", str(caught.value))


def test_a_webhook_needs_only_its_address_and_a_key_its_certificate() -> None:
    assert telegram().webhook is None
    assert re.fullmatch(r"[A-Za-z0-9_-]{32,256}", webhook().secret)
    assert webhook().secret != webhook().secret
    assert webhook(WEBHOOK_CERTIFICATE=__file__, WEBHOOK_KEY=__file__).key == Path(__file__)


def test_a_file_that_may_not_be_read_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.access", lambda *_: False)
    with pytest.raises(BotError, match="WEBHOOK_CERTIFICATE names no file that can be read"):
        telegram(WEBHOOK_CERTIFICATE=__file__)


def test_what_is_not_to_be_logged_is_known() -> None:
    assert telegram().secrets == ["AAbb-CC_dd"]
    assert telegram(WEBHOOK_URL=URL, WEBHOOK_SECRET="x" * 16).secrets == ["AAbb-CC_dd", "x" * 16]


DEPLOYERS_TEXT = (
    st.text()
    | st.text("0123456789-, ;")
    | st.text("htps:/[]@.x%é\x00").map(lambda rest: f"https://x{rest}")
    | st.integers().map(str)
)
OPTIONAL = sorted(REFUSED.keys() - {"TELEGRAM_BOT_TOKEN", "WEBHOOK_SECRET"})


def read_or_refused(environ: dict[str, str]) -> TelegramSettings | BotError:
    try:
        return telegram(**environ)
    except BotError as error:
        return error


@given(st.dictionaries(st.sampled_from(OPTIONAL), DEPLOYERS_TEXT, max_size=4))
def test_whatever_a_deployer_writes_is_taken_or_refused(environ: dict[str, str]) -> None:
    read = read_or_refused(environ)

    if isinstance(read, BotError):
        assert read.exit_code == 2
        assert any(key in str(read) for key in environ)
        return
    assert all(isinstance(number, int) for number in read.allowed_users | read.allowed_chats)
    assert 1 <= read.questions_per_minute <= 10_000
    assert read.webhook is None or 1 <= read.webhook.port <= 65_535


@given(
    st.sampled_from(["TELEGRAM_BOT_TOKEN", "WEBHOOK_SECRET"]), st.text(), st.sampled_from(["x", ""])
)
def test_a_secret_is_never_quoted(key: str, ending: str, port: str) -> None:
    start = "1:" if key == "TELEGRAM_BOT_TOKEN" else ""
    environ = {"WEBHOOK_URL": URL, "WEBHOOK_PORT": port, key: f"{start}S3CRET{ending}"}
    read = read_or_refused(environ)

    assert "S3CRET" not in (str(read) if isinstance(read, BotError) else repr(read))
