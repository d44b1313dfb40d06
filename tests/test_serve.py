"""The process: start, a person's conversation, signals, exit codes."""

import os
import re

import pytest
from botapi import BotApi
from running import BEGINS, BotProcess, telegram_settings, wait_for


def test_settings_are_read_from_a_file_and_another_article_by_its_path(
    bot: BotProcess, api: BotApi
) -> None:
    settings = telegram_settings(api, TELEGRAM_TEST_ENVIRONMENT="true")
    lines = [f"{key}={value}" for key, value in settings.items()]
    (bot.folder / ".env").write_text("\n".join(lines), encoding="utf-8")
    (bot.folder / "tea.txt").write_text("Tea\n\nTea came to England in 1657.\n", encoding="utf-8")
    bot.start("serve", "--article", "tea.txt")
    ada = api.person()
    assert "1657" in ada.ask("when did tea come to england").text
    # Telegram's test servers are reached by a path of their own.
    assert all(call.is_test for call in api.calls)


@pytest.mark.parametrize(
    ("code", "settings", "said"),
    [
        (2, {"TELEGRAM_BOT_TOKEN": ""}, ".*@BotFather.*python -m bot chat"),
        (1, {"ARTICLE_PATH": "nowhere.txt"}, r"There is no article nowhere.txt\. Check the path\."),
        (2, {"MEANING": "perhaps"}, "MEANING must be.*"),
        (2, {"MEANING_MODEL": "/nowhere"}, "MEANING_MODEL names no folder.*"),
        *(
            (2, {"HTTP_PROXY": proxy}, ".*proxy.*")
            for proxy in (
                "socks5://me:S3CRET@127.0.0.1:9",
                "gopher://127.0.0.1:9",
                "me:S3CRET@127.0.0.1:65536",
                "http://me:S3CRET@127.0.0.1:-1",
                "http://me:S3CRET@",
            )
        ),
    ],
)
def test_what_cannot_be_used_is_said_in_one_line_before_telegram_is_reached(
    bot: BotProcess, api: BotApi, code: int, settings: dict[str, str], said: str
) -> None:
    ended = bot.run(settings=telegram_settings(api, **settings))

    assert ended.returncode == code
    assert re.fullmatch(f"{said}\n", ended.stderr)
    assert "S3CRET" not in ended.stderr
    assert not api.calls


@pytest.mark.parametrize("level", ["DEBUG", "INFO"])
def test_a_refused_token_ends_the_program_and_is_not_shown(
    bot: BotProcess, api: BotApi, level: str
) -> None:
    token = "987654321:SECRET_part_that_nobody_may_see"
    ended = bot.run(settings=telegram_settings(api, TELEGRAM_BOT_TOKEN=token, LOG_LEVEL=level))

    assert ended.returncode == 2
    assert "Telegram refused the token" in ended.stderr.splitlines()[-1]
    assert "SECRET" not in ended.stderr + ended.stdout
    assert "Traceback" not in ended.stderr


def test_sigterm_ends_the_wait_for_a_network(bot: BotProcess, api: BotApi) -> None:
    api.go_down()
    process = bot.start(settings=telegram_settings(api))
    wait_for(lambda: BEGINS in bot.logged(process))
    code, logged = bot.stop(process)

    assert code == 0
    assert "Traceback" not in logged


def test_sigterm_before_there_is_anything_to_finish_ends_well(bot: BotProcess, api: BotApi) -> None:
    article = bot.folder / "pipe.txt"
    os.mkfifo(article)
    process = bot.start("--article", str(article), settings=telegram_settings(api))
    with article.open("w"):
        assert bot.stop(process) == (0, "")


def test_a_button_works_after_a_restart_but_not_for_another_article(
    bot: BotProcess, api: BotApi
) -> None:
    tea = bot.folder / "tea.txt"
    tea.write_text("Tea\n\nTea came first.\n\nCoffee came later.", encoding="utf-8")
    ada = api.person()
    ada.send("egypt")
    process = bot.start(settings=telegram_settings(api))
    page = ada.wait_for_reply()
    bot.stop(process)
    process = bot.start(settings=telegram_settings(api))
    ada.tap(page, "More (1)")
    assert "From the mountains of Indonesia" in ada.chat.wait_for_edit(page).text

    bot.stop(process)
    bot.start(settings=telegram_settings(api, ARTICLE_PATH=str(tea)))
    assert "has changed" in ada.wait_for_answer(ada.tap(page, "Back")).text


def test_the_profile_is_set_once_with_a_menu_for_groups_and_left_alone_while_it_is_right(
    bot: BotProcess, api: BotApi
) -> None:
    process = bot.start(settings=telegram_settings(api))
    last = api.wait_for_call("setMyShortDescription")
    bot.stop(process)
    bot.start(settings=telegram_settings(api))
    api.wait_for_call("getMyShortDescription", after=last)
    ada = api.person()
    ada.ask("thanks")

    menus = api.calls_of("setMyCommands")
    private, group = ([one["command"] for one in menu.parameters["commands"]] for menu in menus)
    assert private == ["start", "help", "about", "countries", "projects", "article"]
    assert group[0] == "ask"
    assert len(api.calls_of("setMyDescription")) == 1
    assert len(api.calls_of("setMyShortDescription")) == 1


def test_a_profile_that_cannot_be_set_is_said_and_left(bot: BotProcess, api: BotApi) -> None:
    api.fail_next("setMyDescription", 400, description="Bad Request: no")
    process = bot.start(settings=telegram_settings(api))
    refused = api.wait_for_call("setMyDescription")
    ada = api.person()
    ada.ask("indonesia")
    api.wait_for_call("getUpdates", after=refused, answered=False)
    _, logged = bot.stop(process)

    assert "profile could not be set" in logged
    assert "Traceback" not in logged
