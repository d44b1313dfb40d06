import os
import pickle
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from running import BotProcess

from bot.answering import Answerer, indexed
from bot.article import Article, read_article
from bot.cache import cached

QUESTIONS = [
    "which countries are mentioned",
    "who wrote it",
    "how many megawatts does the wind farm have",
    "everything on egypt",
    "what does it say about the moon",
]


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / "article-bot"


def counted(source: str, made: list[str]) -> list[str]:
    def make() -> list[str]:
        made.append(source)
        return [source]

    return cached(source, make)


def only_file(cache: Path) -> Path:
    [file] = cache.iterdir()
    return file


def test_what_was_made_once_is_not_made_again(cache: Path) -> None:
    made: list[str] = []

    assert [counted("one", made), counted("one", made), counted("other", made)] == [
        ["one"],
        ["one"],
        ["other"],
    ]
    assert made == ["one", "other"]
    assert {file.suffix for file in cache.iterdir()} == {".index"}


@pytest.mark.parametrize("length", [0, 5, -2])
def test_a_torn_file_is_made_anew(cache: Path, length: int) -> None:
    made: list[str] = []
    counted("one", made)
    only_file(cache).write_bytes(only_file(cache).read_bytes()[:length])

    assert counted("one", made) == counted("one", made) == ["one"]
    assert made == ["one", "one"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=200))
def test_foreign_bytes_are_no_index(cache: Path, content: bytes) -> None:
    counted("one", [])
    only_file(cache).write_bytes(content)

    assert counted("one", []) == ["one"]


class _Runs:
    def __init__(self, call: tuple[object, tuple[str, ...]]) -> None:
        self._call = call

    def __reduce__(self) -> tuple[object, tuple[str, ...]]:
        return self._call


@pytest.mark.parametrize("call", [os.mkdir, Path.mkdir, read_article, eval])
def test_a_file_that_a_stranger_put_there_runs_nothing(
    cache: Path, tmp_path: Path, call: object
) -> None:
    counted("one", [])
    file = only_file(cache)
    told = f"__import__('os').mkdir({str(tmp_path / 'run')!r})"
    file.write_bytes(
        pickle.dumps(_Runs((call, (told if call is eval else str(tmp_path / "run"),))))
    )
    made: list[str] = []

    assert counted("one", made) == ["one"]
    assert made == ["one"]
    assert not (tmp_path / "run").exists()


def test_a_folder_that_cannot_be_written_is_left_alone(cache: Path) -> None:
    cache.write_text("no folder")
    made: list[str] = []

    assert [counted("one", made), counted("one", made)] == [["one"], ["one"]]
    assert made == ["one", "one"]


def test_what_nobody_used_for_months_is_forgotten(cache: Path) -> None:
    counted("old", [])
    old = only_file(cache)
    page = old.with_suffix(".page")
    page.touch()
    for file in (old, page):
        os.utime(file, (0, 0))
    counted("new", [])

    assert not old.exists()
    assert page.exists()
    assert len([*cache.glob("*.index")]) == 1


@pytest.mark.usefixtures("cache")
def test_a_kept_index_answers_as_a_fresh_one(article: Article) -> None:
    fresh = Answerer(article, by_words_alone=True)
    indexed(article)
    kept = indexed(article)

    assert kept.examples == fresh.examples
    assert kept.article == article
    for question in [*fresh.examples, *QUESTIONS]:
        assert kept.as_json(question) == fresh.as_json(question)


@pytest.mark.usefixtures("cache")
@pytest.mark.parametrize(
    "text",
    [
        "La vigne\n\nLe vigneron a planté mille pieds de vigne dans la vallée au printemps.",
        "茶叶\n\n1992年，第一座茶园在福建建立。",
    ],
)
def test_an_index_of_another_language_is_kept_too(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.txt").write_text(text)
    first, kept = (indexed(read_article(tmp_path / "a.txt")) for _ in range(2))

    assert kept.language == first.language
    assert kept.as_json("vigne 茶园") == first.as_json("vigne 茶园")


def test_a_changed_article_is_read_anew(bot: BotProcess) -> None:
    file = bot.folder / "a.txt"
    told = []
    for colour in ("green", "red", "green"):
        file.write_text(f"The door\n\nThe old door of the mill is {colour}.")
        told.append(bot.run("ask", "what colour is the door", "--article", "a.txt").stdout)

    assert ["green" in one for one in told] == [True, False, True]
    assert ["red" in one for one in told] == [False, True, False]
