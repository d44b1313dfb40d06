"""A process's start, rivals and end, whatever the network and Telegram do meanwhile."""

import subprocess

import httpx
from botapi import BotApi
from running import (
    BEGINS,
    ENDS,
    QUESTION,
    TOKEN,
    TOKEN_SECRET,
    BotProcess,
    asking,
    is_answered,
    telegram_settings,
    wait_for,
)

CONFLICT = "Another process uses this token"


def log_of_a_good_end(bot: BotProcess, process: subprocess.Popen[str]) -> str:
    """Stop a process, check that it ends well, and return what it logged."""
    assert process.poll() is None
    code, logged = bot.stop(process)
    assert code == 0
    assert "Traceback" not in logged
    assert TOKEN_SECRET not in logged
    return logged


def test_a_network_that_fails_in_every_way_at_start_is_waited_for(
    bot: BotProcess, api: BotApi
) -> None:
    api.fail_next("getMe", drop_connection=True)
    api.fail_next("getMe", 502)
    api.fail_next("getMe", 200, body="<html>Sign in to this network</html>")
    process = bot.start(settings=telegram_settings(api))
    ada = asking(api)
    assert is_answered(ada)

    logged = log_of_a_good_end(bot, process)
    assert [logged.count(one) for one in (BEGINS, ENDS)] == [1, 1]
    assert len(ada.chat.bot_messages) == 1


def test_a_refusal_at_start_ends_the_program_in_one_line(bot: BotProcess, api: BotApi) -> None:
    api.fail_next("getMe", 403, description="Forbidden: not you")
    ended = bot.run(settings=telegram_settings(api))

    assert ended.returncode == 1
    assert "Telegram refused the bot" in ended.stderr
    assert ended.stderr.count("\n") == 1


def test_a_good_token_that_is_refused_in_passing_loses_nothing(
    bot: BotProcess, api: BotApi
) -> None:
    process = bot.start(settings=telegram_settings(api))
    api.wait_for_call("getUpdates", answered=False)
    for method in ("getUpdates", "sendMessage"):
        api.fail_next(method, 401, description="Unauthorized", times=4)
    ada = asking(api)
    assert is_answered(ada)
    wait_for(lambda: ENDS in bot.logged(process))

    logged = log_of_a_good_end(bot, process)
    assert logged.count(BEGINS) == logged.count(ENDS)
    assert "ERROR" not in logged
    assert len(ada.chat.bot_messages) == 1


def test_a_message_that_was_answered_is_not_again_by_a_process_that_never_saw_it(
    bot: BotProcess, api: BotApi
) -> None:
    first, ada = bot.start(settings=telegram_settings(api)), api.person()
    sent = ada.send(QUESTION)
    assert is_answered(ada)
    bot.stop(first)
    second = bot.start(settings=telegram_settings(api))
    ada.edit(sent, QUESTION)
    api.wait_for_quiet()
    assert is_answered(asking(api))
    log_of_a_good_end(bot, second)

    assert len(ada.chat.bot_messages) == 1


def test_two_processes_with_one_token_say_so_and_lose_nothing(bot: BotProcess, api: BotApi) -> None:
    first, second = (bot.start(settings=telegram_settings(api)) for _ in range(2))
    asked = [asking(api) for _ in range(4)]
    wait_for(lambda: all(CONFLICT in bot.logged(one) for one in (first, second)))
    logged = [log_of_a_good_end(bot, first)]
    asked.append(asking(api))

    assert all(is_answered(person) for person in asked)
    logged.append(log_of_a_good_end(bot, second))
    assert [one.count(CONFLICT) for one in logged] == [1, 1]


def test_a_webhook_set_meanwhile_is_said_and_outlived(bot: BotProcess, api: BotApi) -> None:
    process = bot.start(settings=telegram_settings(api))
    api.wait_for_call("getUpdates", answered=False)
    methods = f"{api.base_url}/bot{TOKEN}"
    httpx.post(f"{methods}/setWebhook", json={"url": "http://127.0.0.1:1/"}).raise_for_status()
    ada = asking(api)
    wait_for(lambda: CONFLICT in bot.logged(process))
    httpx.post(f"{methods}/deleteWebhook").raise_for_status()

    assert is_answered(ada)
    assert log_of_a_good_end(bot, process).count(CONFLICT) == 1
