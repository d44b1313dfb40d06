"""What README.md, .env.example and .ci/run say is what there is."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from running import TOKEN, BotProcess

from bot import words
from bot.settings import read_article_source, read_meaning_settings, read_telegram_settings

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
SHELL_LINES = [
    line
    for block in re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
    for line in block.splitlines()
]


class Asked(Mapping[str, str]):
    """An environment that remembers which settings were asked for."""

    def __init__(self) -> None:
        self.keys_asked: set[str] = set()

    def __getitem__(self, key: str) -> str:
        self.keys_asked.add(key)
        return {"TELEGRAM_BOT_TOKEN": TOKEN}[key]

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


@pytest.fixture(scope="module")
def settings_read() -> set[str]:
    environ = Asked()
    read_article_source(environ)
    read_meaning_settings(environ)
    read_telegram_settings(environ)
    return environ.keys_asked


def test_every_setting_stands_in_the_readme(settings_read: set[str]) -> None:
    assert set(re.findall(r"^\| `([A-Z_]+)` \|", README, re.MULTILINE)) == settings_read


def test_every_setting_stands_in_the_example_file(settings_read: set[str]) -> None:
    example = (ROOT / ".env.example").read_text(encoding="utf-8")

    assert set(re.findall(r"^(?:# )?([A-Z_]+)=", example, re.MULTILINE)) == settings_read


def test_every_telegram_command_stands_in_the_readme() -> None:
    for command in words.COMMANDS:
        assert f"`/{command}`" in README


def test_every_command_of_the_program_stands_in_the_readme(bot: BotProcess) -> None:
    usage = bot.run("--help").stdout
    commands = re.findall(r"^    ([a-z]+) ", usage, re.MULTILINE)

    assert commands == ["serve", "chat", "web", "ask", "evaluate"]
    for command in commands[1:]:
        assert f"python -m bot {command}" in README


def test_every_extra_stands_in_the_readme() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    named = {one for listed in re.findall(r"'\.\[(.+?)\]'", README) for one in listed.split(",")}

    assert named == set(project["optional-dependencies"])


def test_the_pictures_are_there_and_small() -> None:
    pictures = re.findall(r"^!\[[^]]+\]\((.+)\)$", README, re.MULTILINE)

    assert len(pictures) == 2
    assert all((ROOT / picture).stat().st_size < 200_000 for picture in pictures)


def test_ci_runs_the_test_line_of_the_readme() -> None:
    [line] = [line for line in SHELL_LINES if "pytest" in line]

    assert line in (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()


def test_the_readme_shows_what_the_bot_says(bot: BotProcess) -> None:
    """The conversation, typed again: every line that the bot says stands in its output."""
    [conversation] = re.findall(r"```text\n(.*?)```", README, re.DOTALL)
    lines = [line for line in conversation.splitlines() if line]
    typed = [line.removeprefix("You: ") for line in lines if line.startswith("You: ")]
    ended = bot.run("chat", typed="\n".join(typed), settings={"MEANING": "on"})
    said = ended.stdout.splitlines()

    for line in lines:
        assert line.startswith("You: ") or line in said


def test_the_library_does_what_the_readme_says(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each line of the example with a comment behind it gives what that says."""
    [example] = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    lines = [line.partition("  # ") for line in example.splitlines()]
    monkeypatch.chdir(ROOT)
    names: dict[str, object] = {}
    exec("\n".join(code for code, _, _ in lines), names)  # noqa: S102 - our own example
    told = [(str(eval(code, names)), said) for code, _, said in lines if said]  # noqa: S307

    assert all(value.startswith(said.partition("(")[0]) for value, said in told), told
