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
from bot.retrieval.meaning import Sentenced, Vectors, joined, read_passage
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
    assert counts == [*range(len(passages) - len(counts) + 1, len(passages) + 1)]
    check_same(vectors, joined([read_passage(model, one) for one in passages]))
    return vectors, len(counts)


def mills(*places: int) -> list[Sentenced]:
    return [Sentenced([f"Mill {place} burnt down.", "It was rebuilt."]) for place in places]


def check_same(one: Vectors, other: Vectors) -> None:
    for name in ("tokens", "means", "sentences", "passages"):
        np.testing.assert_array_equal(getattr(one, name), getattr(other, name))


def test_what_was_read_once_is_not_read_again(cache: Path, model: Model) -> None:
    (_, read), (again, read_again) = kept(model), kept(model)

    assert (read, read_again) == (2, 0)
    assert isinstance(again.tokens.base.base, np.memmap)
    assert sorted(path.suffixes for path in cache.iterdir()) == [
        [".firsts", ".npy"],
        [".keys", ".npy"],
        [".rows", ".npy"],
    ]


@pytest.mark.parametrize(
    ("passages", "read", "texts"),
    [
        (PASSAGES[:1], 0, 2),
        ([*PASSAGES, PASSAGES[0]], 0, 1),
        ([PASSAGES[0], Sentenced(PASSAGES[1].sentences, "photo")], 1, 2),
        ([Sentenced([*PASSAGES[0].sentences, *PASSAGES[1].sentences])], 1, 2),
        ([*mills(1), *PASSAGES[::-1], *mills(2)], 2, 1),
    ],
)
def test_of_another_text_only_what_is_new_is_read_and_what_it_replaces_goes(
    cache: Path, model: Model, passages: list[Sentenced], read: int, texts: int
) -> None:
    kept(model)

    assert kept(model, passages)[1] == read
    assert len([*cache.iterdir()]) == 3 * texts
    assert kept(model, passages)[1] == 0


def test_each_of_several_texts_gives_what_it_has(cache: Path, model: Model) -> None:
    for places in ([1, 2, 3], [4, 5, 6], [7, 8, 9]):
        kept(model, mills(*places))

    assert kept(model, mills(9, 4, 1, 10))[1] == 1
    assert len([*cache.iterdir()]) == 12


def test_vectors_that_were_kept_without_keys_are_not_read_again(cache: Path, model: Model) -> None:
    kept(model)
    [path] = cache.glob("*.keys.npy")
    path.unlink()

    assert kept(model)[1] == 0


def _saved(path: Path, array: np.ndarray, save: Callable[..., None] = np.save) -> None:
    with path.open("wb") as file:
        save(file, array, allow_pickle=True)


SPOILT: dict[str, Callable[[Path], object]] = {
    "empty": lambda path: path.write_bytes(b""),
    "truncated": lambda path: path.write_bytes(path.read_bytes()[:-1]),
    "text": lambda path: path.write_text("no vectors\n"),
    "pickled": lambda path: path.write_bytes(pickle.dumps([1, 2, 3])),
    "an archive": lambda path: _saved(path, np.zeros(3), np.savez),
    "of objects": lambda path: _saved(path, np.array([{}, None])),
    "of ones": lambda path: _saved(path, np.ones_like(np.load(path)).ravel()),
    "a number": lambda path: _saved(path, np.array(1, np.int8)),
}
SPOILT_VECTORS = SPOILT | {
    "without most": lambda path: path.write_bytes(path.read_bytes()[:20]),
    "of floats": lambda path: _saved(path, np.load(path).astype(np.float32)),
    "shorter": lambda path: _saved(path, np.load(path)[:2]),
    "torn header": lambda path: path.write_bytes(path.read_bytes().replace(b"False", b"(((((")),
    "missing": Path.unlink,
}


@pytest.mark.parametrize("ending", ["rows", "firsts"])
@pytest.mark.parametrize("how", SPOILT_VECTORS)
def test_a_torn_or_foreign_file_is_made_anew(
    cache: Path, model: Model, how: str, ending: str
) -> None:
    kept(model)
    [path] = cache.glob(f"*.{ending}.npy")
    whole = path.read_bytes()
    SPOILT_VECTORS[how](path)

    assert kept(model)[1] == 2
    assert path.read_bytes() == whole
    assert kept(model)[1] == 0


@pytest.mark.parametrize("how", SPOILT)
def test_without_the_keys_of_its_passages_a_file_gives_another_text_none(
    cache: Path, model: Model, how: str
) -> None:
    kept(model)
    [path] = cache.glob("*.keys.npy")
    SPOILT[how](path)

    assert kept(model, [*PASSAGES, *mills(1)])[1] == 3


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=20), st.integers(0, 300), st.sampled_from(["rows", "firsts", "keys"]))
def test_whatever_is_written_into_a_file_the_passages_can_be_had(
    cache: Path, model: Model, content: bytes, place: int, ending: str
) -> None:
    kept_vectors(model, PASSAGES)
    [path] = cache.glob(f"*.{ending}.npy")
    old = path.read_bytes()
    path.write_bytes(old[:place] + content + old[place + len(content) :])

    for passages in (PASSAGES, [PASSAGES[1], *mills(1)]):
        vectors = kept_vectors(model, passages)
        assert len(vectors.tokens) > vectors.sentences[-1]
        assert (len(vectors.means), len(vectors.passages)) == (3, 2)
    for path in cache.iterdir():
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
    assert len([*cache.iterdir()]) == 3


def test_what_is_stopped_goes_on_from_the_part_that_was_kept(
    cache: Path, model: Model, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_module, "_PART", 2)
    passages, stopped = mills(*range(7)), []

    def stop(count: int) -> None:
        stopped.append(count)
        if count == 5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        kept_vectors(model, passages, stop)

    assert stopped == [1, 2, 3, 4, 5]
    assert kept(model, passages)[1] == 3
    assert len([*cache.iterdir()]) == 3
    assert kept(model, passages)[1] == 0
