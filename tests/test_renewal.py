"""Articles that change while the bot runs."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from botapi import BotApi
from running import (
    BEGINS,
    TOKEN,
    BotProcess,
    Watched,
    asking,
    is_answered,
    serving,
    telegram_settings,
    wait_for,
)

from bot import words

# Two passages that mention Egypt, so that there is a page to turn.
TEXT = "{0}\n\nThe {0} came to Egypt by ship.\n\nA {0} in Egypt costs nine euros.\n\nIt is good."
READ, AS_BEFORE = "Read anew", "Answering as before"


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("shelf") / "thing.txt"
    path.write_text(TEXT.format("Lamp"))
    return path


@pytest.fixture(scope="module")
def bot_of_one(path: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    own = tmp_path_factory.mktemp("own")
    with BotApi(token=TOKEN) as api, serving(api, own, ARTICLE_PATH=str(path)) as watched:
        yield watched


@pytest.fixture(scope="module")
def bot_of_several(path: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    own = tmp_path_factory.mktemp("own")
    with BotApi(token=TOKEN) as api, serving(api, own, ARTICLE_PATH=str(path.parent)) as watched:
        yield watched


def read_anew(watched: Watched, said: str = READ) -> str:
    """Have the articles read anew, and return the log of that."""
    watched.process.send_signal(signal.SIGHUP)
    return watched.logged(said, 1, timeout=15)


def change(watched: Watched, path: Path, thing: str) -> None:
    """Change the article, have it read and wait until it is."""
    watched.logged()
    path.write_text(TEXT.format(thing))
    assert f"{READ}: “{thing}”" in read_anew(watched)


def test_a_changed_article_is_read_and_older_buttons_say_so(
    bot_of_one: Watched, path: Path
) -> None:
    ada = bot_of_one.api.person()
    change(bot_of_one, path, "Lamp")
    page, listed = ada.ask("egypt"), ada.ask("/countries")
    # Without being told.
    path.write_text(TEXT.format("Clock"))
    assert f"{READ}: “Clock”" in bot_of_one.logged(READ, 1, timeout=15)
    answered = ada.wait_for_answer(ada.tap(page, "More (1)"))
    assert answered.answer == {"callback_query_id": answered.id, "text": words.OLD_BUTTON}

    assert "“Clock”" in ada.ask("/start").text
    assert "Clock in Egypt costs" in ada.ask("what does it cost in egypt").text
    ada.tap(listed, "🇪🇬 Egypt")
    assert "Clock" in ada.wait_for_reply().text
    description = bot_of_one.api.calls_of("setMyDescription")[-1].parameters["description"]
    assert "“Clock”" in description


def test_a_hangup_has_it_read_and_what_has_not_changed_goes_on(
    bot_of_one: Watched, path: Path
) -> None:
    ada = bot_of_one.api.person()
    change(bot_of_one, path, "Chair")
    page = ada.ask("egypt")
    assert READ in read_anew(bot_of_one)
    ada.tap(page, "More (1)")

    assert "Chair" in ada.chat.wait_for_edit(page).text


def test_a_broken_article_leaves_the_old_one_answering(bot_of_one: Watched, path: Path) -> None:
    ada = bot_of_one.api.person()
    change(bot_of_one, path, "Table")
    for breakage in (lambda: path.write_bytes(b"\0"), path.unlink):
        breakage()
        logged = read_anew(bot_of_one, AS_BEFORE)
        assert "ERROR" in logged
        assert "thing.txt" in logged
        assert "Traceback" not in logged
        assert "Table" in ada.ask("egypt").text
    change(bot_of_one, path, "Bench")
    assert "Bench" in ada.ask("egypt").text


def test_no_question_is_lost_while_articles_are_read(bot_of_one: Watched, path: Path) -> None:
    people = [bot_of_one.api.person() for _ in range(30)]
    for i, person in enumerate(people):
        if i % 6 == 0:
            path.write_text(TEXT.format(f"Thing{i}"))
            bot_of_one.process.send_signal(signal.SIGHUP)
        person.send("egypt")

    assert all("Egypt" in one.wait_for_reply().text for one in people)
    bot_of_one.api.wait_for_quiet()
    assert [len(one.chat.bot_messages) for one in people] == [1] * len(people)


def test_what_changes_while_the_bot_starts_is_read_anew_and_a_hangup_ends_nothing(
    bot: BotProcess, api: BotApi
) -> None:
    pipe, changed = bot.folder / "thing.txt", bot.folder / "changed.txt"
    os.mkfifo(pipe)
    changed.write_text(TEXT.format("Clock"))
    process = bot.start("--article", str(pipe), settings=telegram_settings(api))
    with pipe.open("w") as file:
        process.send_signal(signal.SIGHUP)
        file.write(TEXT.format("Lamp"))
        changed.replace(pipe)
    wait_for(lambda: f"{READ}: “Clock”" in bot.logged(process))

    assert "Clock" in api.person().ask("egypt").text


def test_a_hangup_while_telegram_is_away_has_the_article_read_then(
    bot: BotProcess, api: BotApi
) -> None:
    api.go_down()
    process = bot.start(settings=telegram_settings(api))
    wait_for(lambda: BEGINS in bot.logged(process))
    process.send_signal(signal.SIGHUP)
    api.come_back()
    wait_for(lambda: READ in bot.logged(process))

    assert is_answered(asking(api))
    assert bot.stop(process)[1].count(READ) == 1


def test_of_a_folder_only_the_buttons_of_what_changed_say_so(
    bot_of_several: Watched, path: Path
) -> None:
    api, ada = bot_of_several.api, bot_of_several.api.person()
    change(bot_of_several, path, "Shelf")
    first, last = path.with_name("a.txt"), path.with_name("z.txt")
    last.write_text(TEXT.format("Zither"))
    assert "“Shelf”, “Zither”" in read_anew(bot_of_several)
    shelf, zither = (ada.ask(f"egypt, in the {one} article") for one in ("shelf", "zither"))
    first.write_text(TEXT.format("Apple"))
    path.write_text(TEXT.format("Shelf") + " Or not.")
    assert "“Apple”, “Shelf”, “Zither”" in read_anew(bot_of_several)

    assert api.wait_for_answer(ada.tap(shelf, "More (1)")).text == words.OLD_BUTTON
    ada.tap(zither, "More (1)")
    assert "Zither in Egypt costs" in ada.chat.wait_for_edit(zither).text
    first.unlink()
    assert "“Shelf”, “Zither”" in read_anew(bot_of_several)
    ada.tap(zither, words.BACK)
    assert "Zither came to Egypt" in ada.chat.wait_for_edit(zither).text
    last.unlink()
    read_anew(bot_of_several)
    assert api.wait_for_answer(ada.tap(zither, "More (1)")).text == words.OLD_BUTTON


def test_files_come_go_and_break_in_a_folder(bot_of_several: Watched, path: Path) -> None:
    ada = bot_of_several.api.person()
    change(bot_of_several, path, "Stool")
    other = path.with_name("other.md")
    other.write_text("# Tea\n\nIt came first.")
    assert "“Tea”, “Stool”" in read_anew(bot_of_several)
    path.write_bytes(b"\0")
    logged = read_anew(bot_of_several)

    assert "thing.txt is not plain text" in logged
    assert "“Tea”, “Stool”" in logged
    assert ada.ask("/articles").buttons == ["Tea", "Stool"]
    os.remove(path)
    assert "“Tea”" in read_anew(bot_of_several)
    assert "Stool" not in ada.ask("egypt").text
