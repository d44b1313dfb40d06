"""Time a whole process that answers one question to 640 passages, beside plain rank-bm25's."""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from random import Random
from shutil import rmtree

import pytest
from pytest_benchmark.fixture import BenchmarkFixture
from running import environment

from bot.article import Article

PASSAGES = 640
QUESTION = "how many megawatts does the wind farm have"
PEER = """
import sys
from rank_bm25 import BM25Okapi
passages = open(sys.argv[1], encoding="utf-8").read().split("\\n\\n")
index = BM25Okapi([passage.lower().split() for passage in passages])
scores = index.get_scores(sys.argv[2].split())
print(passages[scores.argmax()])
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, article: Article) -> Path:
    """Return a folder with a long article, made of the sentences of another one."""
    made = tmp_path_factory.mktemp("starting")
    told = [one for passage in article.passages for one in passage.sentences if len(one) > 40]
    texts = (" ".join(Random(number).sample(told, 3)) for number in range(PASSAGES))
    (made / "article.txt").write_text("\n\n".join(["A long article", *texts]), "utf-8")
    return made


def run(arguments: Sequence[str], folder: Path, meaning: str = "off") -> None:
    settings = {"XDG_CACHE_HOME": str(folder / "cache"), "MEANING": meaning}
    subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env=environment(settings),
        stdout=subprocess.DEVNULL,
        check=True,
    )


def ask(folder: Path, meaning: str = "off") -> None:
    run(["-m", "bot", "ask", "--article", "article.txt", QUESTION], folder, meaning)


@pytest.mark.benchmark(group="a start")
def test_plain_rank_bm25(benchmark: BenchmarkFixture, folder: Path) -> None:
    benchmark.pedantic(lambda: run(["-c", PEER, "article.txt", QUESTION], folder), rounds=5)


@pytest.mark.benchmark(group="a start")
def test_the_first_time(benchmark: BenchmarkFixture, folder: Path) -> None:
    def forget() -> None:
        rmtree(folder / "cache", ignore_errors=True)

    benchmark.pedantic(lambda: ask(folder), setup=forget, rounds=5)


@pytest.mark.benchmark(group="a start")
@pytest.mark.parametrize("meaning", ["off", "on"])
def test_later(benchmark: BenchmarkFixture, folder: Path, meaning: str) -> None:
    ask(folder, meaning)

    benchmark.pedantic(lambda: ask(folder, meaning), rounds=5)
