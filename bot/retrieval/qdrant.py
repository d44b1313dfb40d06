"""Qdrant: what passages mean, kept and searched by a server, for more than one machine's memory.

A passage is a point: its words as a sparse vector, its mean as a dense one, its tokens as a
multivector. One query finds the best by words and by mean, and of these the best by MaxSim.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from itertools import count
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.errors import BotError, brought_by
from bot.retrieval.meaning import (
    STEPS,
    Likeness,
    Meaning,
    Places,
    Sentenced,
    Vectors,
    beginnings,
    joined,
    read_passage,
)
from bot.retrieval.model import Model, Reading, units

Sparse = tuple[list[int], list[float]]
"""The numbers of terms, and the weight of each."""

_INSTALL = brought_by("qdrant")
# How many passages are read before they are sent; how many are found by words and by mean, each;
# and how many of these, the best by MaxSim, are ranked as anywhere else: they are sent in full.
_PART, _LIKELY, _FOUND = 64, 100, 30


class QdrantError(BotError):
    """Qdrant can't be reached or used."""


class QdrantMeaning:
    """Holds passages against questions, as `Meaning` does."""

    def __init__(self, model: Model, location: str, name: str) -> None:
        """Take over the collection with this *name* at an address, or in `:memory:`."""
        try:
            from qdrant_client import QdrantClient, models
        except ImportError as error:
            raise QdrantError(f"Qdrant can't be used: {error}. {_INSTALL}") from error
        self.model, self._models, self._name = model, models, name
        self._client = QdrantClient(location=location, check_compatibility=False)
        self._where = f"Qdrant at {location} can't be used"

    def read(
        self, passages: Sequence[Sentenced], words: Sequence[Sparse], told: Callable[[int], None]
    ) -> None:
        """Read and send *passages* that aren't there yet, each with its *words*.

        After each part *told* is called with how many are there.

        Raises:
            QdrantError: It can't be reached or doesn't take them.
        """
        self._called(self._create)
        there = self._called(self._client.count, self._name).count
        for first in range(there - there % _PART, len(passages), _PART):
            part = slice(first, first + _PART)
            each = [read_passage(self.model, one) for one in passages[part]]
            points = list(map(self._point, count(first), each, words[part]))
            self._called(self._client.upsert, self._name, points)
            told(first + len(points))

    def likely(
        self, question: Reading, words: Mapping[int, float], among: range, one: int
    ) -> tuple[Places, Likeness]:
        """Return the likeliest passages *among* some, with a certain *one*, and their likeness."""
        models, one = self._models, one if one in among else among.start
        inside = models.Range(gte=among.start, lt=among.stop)
        condition = models.Filter(must=[models.FieldCondition(key="place", range=inside)])
        likely = partial(models.Prefetch, limit=_LIKELY, filter=condition)
        asked = models.SparseVector(indices=list(words), values=list(words.values()))
        mean = units(question.vectors.mean(axis=0)).tolist()
        told = {"with_payload": True, "with_vectors": ["tokens", "sentences"]}
        found = self._called(
            self._client.query_points,
            self._name,
            prefetch=[likely(query=asked, using="words"), likely(query=mean, using="passage")],
            query=units(question.vectors).tolist(),
            using="tokens",
            limit=_FOUND,
            **told,
        )
        points = {point.id: point for point in found.points}
        if one not in points:
            points |= {one: self._called(self._client.retrieve, self._name, [one], **told)[0]}
        places = sorted(points)
        vectors = joined([_meant(points[place]) for place in places])
        return np.array(places), Meaning(self.model, vectors).likeness(question)

    def _create(self) -> None:
        if self._client.collection_exists(self._name):
            return
        models, width = self._models, self.model.question("a").vectors.shape[1]
        vector = partial(
            models.VectorParams,
            size=width,
            distance=models.Distance.DOT,
            datatype=models.Datatype.FLOAT16,
            on_disk=True,
        )
        # What is only compared with what was found needs no index of its own.
        several = vector(
            multivector_config=models.MultiVectorConfig(
                comparator=models.MultiVectorComparator.MAX_SIM
            ),
            hnsw_config=models.HnswConfigDiff(m=0),
        )
        self._client.create_collection(
            self._name,
            vectors_config={"passage": vector(), "sentences": several, "tokens": several},
            sparse_vectors_config={"words": models.SparseVectorParams()},
        )

    def _point(self, place: int, own: Vectors, words: Sparse) -> Any:
        indices, values = words
        told = {
            "passage": units(own.means.sum(axis=0, dtype=np.float32)).tolist(),
            "sentences": (own.means / STEPS).tolist(),
            "tokens": (own.tokens / STEPS).tolist(),
            "words": self._models.SparseVector(indices=indices, values=values),
        }
        payload = {"place": place, "starts": own.sentences.tolist()}
        return self._models.PointStruct(id=place, vector=told, payload=payload)

    def _called(self, call: Callable[..., Any], *arguments: Any, **named: Any) -> Any:
        try:
            return call(*arguments, **named)
        except Exception as error:  # of HTTP, of gRPC and of its own
            [line, *_] = str(error).splitlines() or [type(error).__name__]
            raise QdrantError(f"{self._where}: {line}") from error


def _meant(point: Any) -> Vectors:
    """Return what a point means, as it was before it was sent."""
    tokens, means = _rounded(point.vector["tokens"]), _rounded(point.vector["sentences"])
    return Vectors(tokens, means, np.array(point.payload["starts"]), beginnings([len(means)]))


def _rounded(vectors: Sequence[Sequence[float]]) -> NDArray[np.int8]:
    return np.asarray(np.rint(np.array(vectors, np.float32) * STEPS), np.int8)
