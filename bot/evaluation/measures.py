"""Measures: what a list of ranks or of confidences is worth, each as a share from 0 to 1."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from math import ceil
from statistics import fmean

Rank = int | None
"""The rank, from 1, of the first passage that answers; None where none was found."""


def success(ranks: Sequence[Rank], k: int) -> float:
    """Return success@k: the share of questions with a right passage among the first *k*.

    It is trec_eval's `success`, not its `recall`, which counts all the right passages.
    """
    return fmean(rank is not None and rank <= k for rank in ranks)


def mean_reciprocal_rank(ranks: Sequence[Rank], k: int) -> float:
    """Return MRR@k: the mean of 1 / rank, counting 0 for a rank beyond *k* (Voorhees 1999)."""
    return fmean(1 / rank if rank is not None and rank <= k else 0.0 for rank in ranks)


def area_under_curve(proper: Sequence[float], foreign: Sequence[float]) -> float:
    """Return how often a proper question's confidence is above a foreign one's, ties half.

    It is the area under the ROC curve (Hanley & McNeil 1982).
    """
    ordered = sorted(foreign)
    above = sum(bisect_left(ordered, one) + bisect_right(ordered, one) for one in proper)
    return above / 2 / (len(proper) * len(foreign))


def false_answers(
    proper: Sequence[float], foreign: Sequence[float], answered: float = 0.95
) -> float:
    """Return the share of foreign questions answered where *answered* of the proper ones are."""
    ordered = sorted(proper, reverse=True)
    threshold = ordered[ceil(answered * len(ordered)) - 1]
    return fmean(one >= threshold for one in foreign)
