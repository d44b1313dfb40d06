"""Confidence: how likely a passage answers a question, from how much of it they share."""

import math
from dataclasses import dataclass

# Fitted by tests/fitting/confidence.py on squad2-dev: questions about an article and as many about
# others, to the share of them whose best passage is the right one. Even where a passage has all
# that was asked, another is the right one for seven questions of a hundred.
_INTERCEPT, _PASSAGE, _SENTENCE, _TOPIC, _MOST = -8.36, 4.70, 7.54, 0.97, 0.93
# A passage that lacks the kind of thing asked for, such as a date, is at best a guess.
MOST_WITHOUT_KIND = 0.5


@dataclass(frozen=True)
class Coverage:
    """How much of a question a passage covers.

    Attributes:
        passage: The share of the question's words that the passage has, each counted by its
            rarity in general English, 0 to 1.
        sentence: The same for the best of its sentences.
        topic: The square root of the log likelihood ratio of the question's words in the article
            and in general English, 0 or more.
    """

    passage: float
    sentence: float
    topic: float


def confidence(covered: Coverage, has_kind: bool) -> float:
    """Return the probability that the best passage for a question answers it, 0 to 1.

    Args:
        covered: How much of the question the passage covers.
        has_kind: Whether the passage has the kind of thing asked for.
    """
    if not covered.passage:
        return 0.0
    logit = (
        _INTERCEPT
        + _PASSAGE * covered.passage
        + _SENTENCE * covered.sentence
        + _TOPIC * covered.topic
    )
    probability = _MOST / (1 + math.exp(-logit))
    return probability if has_kind else min(probability, MOST_WITHOUT_KIND)
