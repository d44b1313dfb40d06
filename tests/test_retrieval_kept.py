import pickle
from collections.abc import Callable
from pathlib import Path
from threading import Thread

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.retrieval import kept as kept_module
from bot.retrieval.kept import kept_vectors
from bot.retrieval.meaning import Sentenced, Vectors, read_vectors
from bot.retrieval.model import Model

PASSAGES = [
    Sentenced(["The wind farm has 500 MW.", "It stands in Egypt."]),
    Sentenced(["Beans grow in Tanzania."]),
]


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / "article-bot"


def kept(model: Model, passages: list[Sentenced] = PASSAGES) -> tuple[Vectors, int]:
    """Return the vectors, and how many passages the model read for them."""
    counts: list[int] = []
    vectors = kept_vectors(model, passages, counts.append)
    assert counts == [] or counts == [*range(1, len(passages) + 1)]
    return vectors, len(counts)


def check_same(one: Vectors, other: Vectors) -> None:
    for name in ("tokens", "means", "sentences", "passages"):
        np.testing.assert_array_equal(getattr(one, name), getattr(other, name))


def test_what_was_read_once_is_not_read_again(cache: Path, model: Model) -> None:
    first, read = kept(model)
    again, read_again = kept(model)

    assert (read, read_again) == (2, 0)
    check_same(again, first)
    assert isinstance(again.tokens, np.memmap)
    assert sorted(path.suffixes for path in cache.iterdir()) == [
        [".firsts", ".npy"],
        [".rows", ".npy"],
    ]


@pytest.mark.parametrize(
    "passages",
    [
        PASSAGES[:1],
        [*PASSAGES, PASSAGES[0]],
        [PASSAGES[0], Sentenced(PASSAGES[1].sentences, "photo")],
    ],
)
def test_other_passages_are_read_anew(cache: Path, model: Model, passages: list[Sentenced]) -> None:
    kept(model)

    vectors, read = kept(model, passages)
    assert read == len(vectors.passages) == len(passages)
    assert len([*cache.iterdir()]) == 4


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _truncated(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def _without_most(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:20])


def _text(path: Path) -> None:
    path.write_text("no vectors\n")


def _pickled(path: Path) -> None:
    path.write_bytes(pickle.dumps([1, 2, 3]))


def _archive(path: Path) -> None:
    with path.open("wb") as file:
        np.savez(file, np.zeros(3))


def _of_objects(path: Path) -> None:
    _array(path, np.array([{}, None]))


def _of_floats(path: Path) -> None:
    _array(path, np.load(path).astype(np.float32))


def _shorter(path: Path) -> None:
    _array(path, np.load(path)[:2])


def _number(path: Path) -> None:
    _array(path, np.array(1, np.int8))


def _of_ones(path: Path) -> None:
    _array(path, np.ones_like(np.load(path)).ravel())


def _with_torn_header(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b"False", b"((((("))


def _missing(path: Path) -> None:
    path.unlink()


def _array(path: Path, array: np.ndarray) -> None:
    with path.open("wb") as file:
        np.save(file, array, allow_pickle=True)


@pytest.mark.parametrize("ending", ["rows", "firsts"])
@pytest.mark.parametrize(
    "spoil",
    [
        _empty,
        _truncated,
        _without_most,
        _text,
        _pickled,
        _archive,
        _of_objects,
        _of_floats,
        _shorter,
        _number,
        _of_ones,
        _with_torn_header,
        _missing,
    ],
)
def test_a_torn_or_foreign_file_is_made_anew(
    cache: Path, model: Model, spoil: Callable[[Path], None], ending: str
) -> None:
    first, _ = kept(model)
    [path] = cache.glob(f"*.{ending}.npy")
    whole = path.read_bytes()
    spoil(path)
    again, read = kept(model)

    assert read == 2
    check_same(again, first)
    assert path.read_bytes() == whole
    assert kept(model)[1] == 0


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=20), st.integers(0, 300), st.sampled_from(["rows", "firsts"]))
def test_whatever_is_written_into_a_file_the_passages_can_be_had(
    cache: Path, model: Model, content: bytes, place: int, ending: str
) -> None:
    kept(model)
    [path] = cache.glob(f"*.{ending}.npy")
    old = path.read_bytes()
    path.write_bytes(old[:place] + content + old[place + len(content) :])

    vectors, _ = kept(model)
    assert len(vectors.tokens) > vectors.sentences[-1]
    assert (len(vectors.means), len(vectors.passages)) == (3, 2)
    path.unlink()


def test_a_folder_that_cannot_be_written_is_no_error(
    tmp_path: Path, model: Model, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))

    assert [kept(model)[1] for _ in range(2)] == [2, 2]
    assert [*tmp_path.iterdir()] == [tmp_path / "file"]


def test_a_file_that_cannot_be_replaced_is_no_error(cache: Path, model: Model) -> None:
    kept(model)
    [path] = cache.glob("*.rows.npy")
    path.unlink()
    path.mkdir()

    assert kept(model)[1] == 2
    assert not [left for left in cache.iterdir() if len(left.suffixes) > 2]


def test_several_may_read_at_once(cache: Path, model: Model) -> None:
    threads = [Thread(target=kept, args=(model,)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert kept(model)[1] == 0
    assert len([*cache.iterdir()]) == 2


def test_what_is_stopped_goes_on_from_the_part_that_was_kept(
    cache: Path, model: Model, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_module, "_PART", 2)
    passages = [Sentenced([f"Mill {place} burnt down.", "It was rebuilt."]) for place in range(7)]
    stopped: list[int] = []

    def stop(count: int) -> None:
        stopped.append(count)
        if count == 5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        kept_vectors(model, passages, stop)
    counts: list[int] = []
    vectors = kept_vectors(model, passages, counts.append)

    assert stopped == [1, 2, 2, 3, 4, 4, 5]
    assert counts == [2, 4, 5, 6, 6, 7, 7]
    check_same(vectors, read_vectors(model, passages, lambda _: None))
    assert len([*cache.iterdir()]) == 2
    assert kept(model, passages)[1] == 0
