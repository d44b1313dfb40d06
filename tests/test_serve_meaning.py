"""The sentence model beside serving, in the bot's own process."""

from pathlib import Path

import pytest
from botapi import BotApi
from running import BotProcess, asking, is_answered, telegram_settings, wait_for

# It shares no word that tells with the passage on samples from the moon.
PARAPHRASE, ANSWER = "was any rock carried home from the lunar surface", "Chang'e-6"


def test_a_paraphrase_is_answered_once_the_model_has_read_the_article(
    bot: BotProcess, api: BotApi
) -> None:
    process = bot.start(settings=telegram_settings(api, MEANING="on"))
    ada = api.person()

    def is_understood() -> bool:
        ada.send(PARAPHRASE)
        return ANSWER in ada.wait_for_reply().text

    wait_for(is_understood)
    code, log = bot.stop(process)

    assert (code, "Traceback" in log) == (0, False)


@pytest.mark.parametrize("content", [None, b"", b"no model"])
def test_without_a_usable_model_questions_are_answered_by_words_and_one_line_says_so(
    bot: BotProcess, api: BotApi, tmp_path: Path, content: bytes | None
) -> None:
    folder = tmp_path / "model"
    folder.mkdir()
    if content is not None:
        (folder / "model.onnx").write_bytes(content)
        (folder / "tokenizer.json").write_bytes(content)
    settings = telegram_settings(api, MEANING="on", MEANING_MODEL=str(folder))
    process = bot.start(settings=settings)
    person = asking(api)

    assert is_answered(person)
    wait_for(lambda: "answered by their words alone" in bot.logged(process))
    code, log = bot.stop(process)
    told = [line for line in log.splitlines() if "words alone" in line]
    assert (code, len(told), "Traceback" in log) == (0, 1, False)


def test_nobody_is_told_that_the_model_runs(bot: BotProcess, tmp_path: Path) -> None:
    """onnxruntime complains of a home that can't be written only where it would tell its makers."""
    (tmp_path / "home").touch()
    nowhere = str(tmp_path / "home")
    settings = {"MEANING": "on", "HOME": nowhere, "XDG_CACHE_HOME": nowhere}
    ended = bot.run("ask", PARAPHRASE, settings=settings)

    assert (ended.returncode, ended.stderr, ANSWER in ended.stdout) == (0, "", True)
