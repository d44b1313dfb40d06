import json
import os
import pty
import re
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest
from running import BotProcess, environment

from bot import __version__, words
from bot.article.article import Article


def test_ask_prints_the_passage_and_its_source(bot: BotProcess, article: Article) -> None:
    ended = bot.run("ask", "how", "many megawatts", "is the wind farm")

    assert ended.returncode == 0
    assert "500 MW wind farm" in ended.stdout
    assert f"Photo caption, passage 6 of 11 · {article.title}" in ended.stdout


def test_ask_prints_json_for_programs(bot: BotProcess, article: Article) -> None:
    answer = json.loads(bot.run("ask", "--json", "how many megawatts is the wind farm").stdout)

    keys = "question answered confidence kind passages list corrections"
    assert set(answer) == set(keys.split())
    assert answer["answered"] is True
    assert 0 < answer["confidence"] <= 1
    best = answer["passages"][0]
    assert set(best) == {"text", "key_sentence", "number", "article", "heading", "is_caption"}
    assert (best["number"], best["article"]) == (6, article.title)
    assert best["key_sentence"] in best["text"]


def test_ask_explains_itself_as_a_table_and_as_json(bot: BotProcess) -> None:
    asked = ("ask", "--explain", "how many megawats has the wind farm")
    drawn, told = bot.run(*asked).stdout, json.loads(bot.run(*asked, "--json").stdout)
    best = told["passages"][0]
    row = [f"{score:.2f}" for score in [*best["views"].values(), best["score"]]]

    assert told["words_said"] == ["megawats, read as megawatt", "wind", "farm"]
    assert "megawats, read as megawatt · wind · farm" in drawn
    assert re.search(r"^ +6 +" + " +".join(row), drawn, re.MULTILINE)
    assert drawn.startswith("**Photo shows a 500 MW")


@pytest.mark.parametrize(
    "arguments", ["--article {} ask coffee", "ask coffee --article {}", "ask coffee"]
)
def test_an_article_is_named_before_or_behind_the_command_or_by_its_setting(
    bot: BotProcess, arguments: str
) -> None:
    (bot.folder / "tea.txt").write_text("Tea\n\nTea came first.\n\nCoffee came later.")
    setting = {} if "{}" in arguments else {"ARTICLE_PATH": "tea.txt"}
    ended = bot.run(*arguments.format("tea.txt").split(), settings=setting)

    assert "Coffee came later." in ended.stdout


def test_chat_answers_line_by_line_where_nobody_types_whatever_the_bytes(bot: BotProcess) -> None:
    typed = b"hi\n\ncaf\xe9 \xff\xfe\nhow many megawatts is the wind farm\n/help\n"
    chat = [sys.executable, "-m", "bot", "chat"]
    ended = subprocess.run(chat, input=typed, capture_output=True, cwd=bot.folder, check=True)

    assert ended.stdout.index(b"Hello!") < ended.stdout.index(b"500 MW wind farm")
    assert ended.stderr == b""


def seen_at_terminal(bot: BotProcess, command: str, question: str, **environ: str) -> str:
    """Return what a person sees who asks one thing in a terminal, then ends with Control-D."""
    person, terminal = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "bot", *command.split()],
        cwd=bot.folder,
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
        env=os.environ | {"TERM": "xterm"} | environ,
    ) as process:
        shown = read_until(person, "You: ")
        os.write(person, f"{question}\n".encode())
        shown += read_until(person, "You: ")
        os.write(person, b"\x04")
        assert process.wait(5) == 0
    os.close(person)
    os.close(terminal)
    assert "Traceback" not in shown
    return shown


def test_chat_in_a_terminal_has_a_prompt_and_ends_with_control_d(bot: BotProcess) -> None:
    shown = seen_at_terminal(bot, "chat", "how many megawatts is the wind farm")

    assert "500 MW wind farm" in shown
    assert "\x1b[1m" in shown


def test_chat_begins_before_a_long_article_is_read_and_ends_at_once(bot: BotProcess) -> None:
    article = "\n\n".join(f"Mill {i} " + "has a wheel of elm. " * 40 for i in range(900))
    (bot.folder / "mills.txt").write_text(article)
    unread = {"XDG_CACHE_HOME": str(bot.folder)}
    shown = seen_at_terminal(bot, "chat --article mills.txt", "what has mill 377?", **unread)

    assert words.BY_WORDS_ALONE in shown
    assert "Mill 377" in shown


def read_until(person: int, text: str) -> str:
    shown, deadline = "", time.monotonic() + 10
    while text not in shown and time.monotonic() < deadline:
        if select.select([person], [], [], 0.2)[0]:
            shown += os.read(person, 4096).decode(errors="replace")
    return shown


@pytest.mark.parametrize("command", [[], ["ask"], ["chat"], ["serve"]])
def test_every_command_explains_itself(bot: BotProcess, command: list[str]) -> None:
    ended = bot.run(*command, "--help")

    assert ended.returncode == 0
    assert "--article PATH" in ended.stdout


def test_the_program_is_installed_by_its_name_and_tells_its_version(bot: BotProcess) -> None:
    program = Path(sys.executable).parent / "article-bot"
    ended = subprocess.run([program, "--version"], capture_output=True, text=True, check=True)

    assert ended.stdout == bot.run("--version").stdout == f"article-bot {__version__}\n"


def test_asking_does_not_load_the_telegram_library() -> None:
    code = (
        "import sys, bot.cli; bot.cli.main(['ask', 'indonesia']); print('telegram' in sys.modules)"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert ended.stdout.splitlines()[-1] == "False"


def test_an_answer_in_a_pipe_is_as_it_stands_in_the_article(bot: BotProcess) -> None:
    text = "The ratio is 2:100:3 [bold]here[/bold]; see :tada:,  1\u00a0000 http://x.org/?a=b."
    (bot.folder / "tea.txt").write_text(f"Tea\n\n{text}\n\nThen coffee.")

    assert text in bot.run("ask", "ratio", "--article", "tea.txt").stdout


def test_asking_ends_as_grep_does(bot: BotProcess) -> None:
    assert bot.run("ask", "egypt").returncode == 0
    assert bot.run("ask", "wind farms in peru").returncode == 1
    refused = bot.run("ask", "--json", "how do i boil an egg")
    assert (refused.returncode, json.loads(refused.stdout)["kind"]) == (1, "refusal")
    for wrong in (("egypt", "--article", "nowhere.txt"), (" ",)):
        ended = bot.run("ask", *wrong)
        assert (ended.returncode, ended.stderr.count("\n")) == (2, 1)
    assert "ends with 1" in bot.run("ask", "--help").stdout


def test_a_question_in_another_language_is_told_the_articles(bot: BotProcess) -> None:
    (bot.folder / "moor.txt").write_text("Das Moor\n\nDas Moor ist alt und voller Torf.\n")
    asked = bot.run("ask", "how deep is the water here", "--article", "moor.txt")

    assert (asked.returncode, asked.stdout.strip()) == (1, words.foreign("German"))


def test_a_terminal_that_knows_no_bold_gets_stars(bot: BotProcess) -> None:
    person, terminal = pty.openpty()
    asked = [sys.executable, "-m", "bot", "ask", "what does harmonious coexistence reflect"]
    dumb = os.environ | {"TERM": "dumb", "MEANING": "off"}
    subprocess.run(asked, cwd=bot.folder, stdout=terminal, env=dumb, check=True)

    assert "**Such strides reflect" in read_until(person, "Passage")
    os.close(person)
    os.close(terminal)


@pytest.mark.parametrize("path", ["~/tea.txt", "-"])
def test_a_path_is_read_as_in_a_shell_or_refused_in_one_line(bot: BotProcess, path: str) -> None:
    (bot.folder / "tea.txt").write_text("Tea\n\nTea came first.\n\nCoffee came later.")
    ended = bot.run("ask", "coffee", f"--article={path}", settings={"HOME": str(bot.folder)})

    assert ("Coffee came later." in ended.stdout) == (path != "-")
    assert ended.stderr.count("\n") == (path == "-")


def test_an_empty_variable_that_hides_the_env_file_is_named(bot: BotProcess) -> None:
    (bot.folder / ".env").write_text("TELEGRAM_BOT_TOKEN=1:S3CRET\nMEANING=off\n")
    ended = bot.run(settings={"TELEGRAM_BOT_TOKEN": " "})

    assert ended.returncode == 2
    assert ended.stderr.startswith(words.HIDDEN.format("TELEGRAM_BOT_TOKEN"))
    assert "S3CRET" not in ended.stderr


@pytest.mark.parametrize(
    ("command", "typed", "said"),
    [
        ("chat | head -c 10", "/article\n" * 200, ""),
        ("ask egypt > /dev/full", "", words.UNUSABLE.format("No space left on device") + "\n"),
    ],
)
def test_output_that_cannot_be_written_is_told_in_a_line_at_most(
    bot: BotProcess, command: str, typed: str, said: str
) -> None:
    ended = subprocess.run(
        ["sh", "-c", f"{sys.executable} -m bot {command}"],  # noqa: S607
        input=typed,
        cwd=bot.folder,
        env=environment({}),
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
    )

    assert ended.stderr == said
