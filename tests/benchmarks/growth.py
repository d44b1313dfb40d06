"""What a question, a start and memory cost as a text grows, beside bm25s and tantivy.

python tests/benchmarks/growth.py squad2-dev.json growth.png [passages ...] prints a table and draws
it. The passages are sentences of that file, three by three. What they mean is made up: unit vectors
at random, in a file as the bot keeps it, since the model would read a hundred thousand for an hour.
"""

import gc
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random
from time import process_time

import bm25s
import numpy as np
import Stemmer
import tantivy
from matplotlib import pyplot

from bot.language.sentences import sentences
from bot.retrieval import Retriever
from bot.retrieval.loading import default_model
from bot.retrieval.meaning import Meaning, Vectors, beginnings

Search = Callable[[str], object]
SIZES = (12, 1_000, 20_000, 100_000)
COLUMNS = ("median ms", "p99 ms", "build s", "memory MB")
QUESTIONS, TOP_K, WIDTH = 300, 3, 384


def by_bm25s(passages: Sequence[str]) -> Search:
    stemmer, index = Stemmer.Stemmer("english"), bm25s.BM25()

    def analysed(texts: Sequence[str]) -> object:
        return bm25s.tokenize(texts, stopwords="en", stemmer=stemmer, show_progress=False)

    index.index(analysed(passages), show_progress=False)
    return lambda question: index.retrieve(analysed([question]), k=TOP_K, show_progress=False)


def by_tantivy(passages: Sequence[str]) -> Search:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("text", tokenizer_name="en_stem")
    index = tantivy.Index(builder.build())
    writer = index.writer(num_threads=1)
    for passage in passages:
        writer.add_document(tantivy.Document(text=passage))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()

    def search(question: str) -> object:
        plain = re.sub(r"[^\w ]", " ", question)
        return searcher.search(index.parse_query(plain, ["text"]), TOP_K).hits

    return search


def by_words(passages: Sequence[str]) -> Search:
    retriever = Retriever(passages, by_words_alone=True)
    return lambda question: retriever.search(question, TOP_K)


def by_meaning(passages: Sequence[str]) -> Search:
    retriever, model = Retriever(passages, by_words_alone=True), default_model()
    retriever._meaning = Meaning(model, made_up(retriever._read()))
    return lambda question: retriever.search(question, TOP_K)


def made_up(passages: Sequence[Sequence[str]]) -> Vectors:
    """Return vectors at random, in a file, as many as *passages* have tokens."""
    # A token of the model has four letters and a blank.
    lengths = [1 + len(one) // 5 for several in passages for one in several]
    drawn = np.random.default_rng(1).normal(0, 127 / WIDTH**0.5, (50_000, WIDTH)).astype(np.int8)
    path = Path(tempfile.gettempdir()) / "made-up.npy"
    shape = (sum(lengths) + len(lengths), WIDTH)
    rows = np.lib.format.open_memmap(path, "w+", np.int8, shape)
    for first in range(0, len(rows), len(drawn)):
        rows[first : first + len(drawn)] = drawn[: len(rows) - first]
    rows.flush()
    rows = np.asarray(np.lib.format.open_memmap(path, "r"))
    path.unlink()
    firsts = beginnings(list(map(len, passages)))
    return Vectors(rows[: sum(lengths)], rows[sum(lengths) :], beginnings(lengths), firsts)


PROGRAMS = {
    "bm25s": by_bm25s,
    "tantivy": by_tantivy,
    "words": by_words,
    "meaning": by_meaning,
}


def measured(program: str, size: int, path: str) -> list[float]:
    """Return a row of the table; times are of the processor, memory without the texts."""
    paragraphs = [
        p for each in json.loads(Path(path).read_text())["data"] for p in each["paragraphs"]
    ]
    every = [one for paragraph in paragraphs for one in sentences(paragraph["context"])]
    asked = [question["question"] for paragraph in paragraphs for question in paragraph["qas"]]
    passages = [" ".join(Random(number).sample(every, 3)) for number in range(size)]
    questions = Random(1).sample(asked, QUESTIONS)
    # Whatever is imported and read once.
    PROGRAMS[program](passages[:12])(questions[0])
    gc.collect()
    before, start = memory(), process_time()
    search = PROGRAMS[program](passages)
    built = process_time() - start
    gc.collect()
    # Below a megabyte it's chance.
    taken = max(memory() - before, 1.0)
    times = [timed(search, question) for question in questions]
    return [1000 * float(np.median(times)), 1000 * float(np.quantile(times, 0.99)), built, taken]


def timed(search: Search, question: str) -> float:
    start = process_time()
    search(question)
    return process_time() - start


def memory() -> float:
    """Return how much memory of its own the process has, in MB."""
    status = Path("/proc/self/status").read_text()
    return int(re.search(r"RssAnon:\s+(\d+)", status)[1]) / 1024


def draw(rows: dict[tuple[str, int], list[float]], path: str) -> None:
    figure, axes = pyplot.subplots(1, 3, figsize=(12, 3.6), layout="constrained")
    for axis, column in zip(axes, (0, 2, 3), strict=True):
        for program in PROGRAMS:
            # What making up vectors takes is no start.
            if (program, column) != ("meaning", 2):
                line = [(size, row[column]) for (one, size), row in rows.items() if one == program]
                axis.plot(*zip(*line, strict=True), marker="o", label=program)
        axis.set(xscale="log", yscale="log", xlabel="passages", title=COLUMNS[column])
    axes[2].legend()
    figure.savefig(path, dpi=120)


def main(path: str, picture: str, *sizes: str) -> None:
    rows = {}
    print(f"{'passages':>9} {'program':9}", *(f"{one:>10}" for one in COLUMNS))
    for size in map(int, sizes or SIZES):
        for program in PROGRAMS:
            command = [sys.executable, __file__, path, program, str(size)]
            # As the bot runs: threads that wait for each other would count, too.
            run = subprocess.run(
                command,
                check=True,
                capture_output=True,
                text=True,
                env=os.environ | {"OPENBLAS_NUM_THREADS": "1"},
            )
            rows[program, size] = json.loads(run.stdout)
            print(
                f"{size:9,} {program:9}",
                *(f"{one:10.2f}" for one in rows[program, size]),
                flush=True,
            )
    draw(rows, picture)


if __name__ == "__main__":
    if sys.argv[2] in PROGRAMS:
        print(measured(sys.argv[2], int(sys.argv[3]), sys.argv[1]))
    else:
        main(*sys.argv[1:])
