from collections import Counter
from itertools import chain

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rank_bm25 import BM25Plus

from bot.language.text import tokens
from bot.retrieval.letters import Letters

WORDS = st.lists(st.sampled_from("wind farm a egypt eg 日本語 солнце 2025".split()), max_size=6)
SENTENCES = st.lists(WORDS, min_size=1, max_size=8)


def letter_groups(words: list[str]) -> list[str]:
    """Return every four neighbouring letters of the running words, blanks among them."""
    running = f" {' '.join(words)} "
    return [running[start : start + 4] for start in range(len(running) - 3)]


def scores(
    sentences: list[list[str]], words: list[str], *stretches: tuple[int, int]
) -> list[float]:
    firsts, ends = np.array(stretches or [(0, len(sentences))]).T
    every = list(dict.fromkeys(chain.from_iterable(sentences)))
    letters = Letters([list(map(every.index, one)) for one in sentences], every, 0.5, 0.75)
    return letters.scores(words, firsts, ends).tolist()


@given(SENTENCES.filter(any), WORDS)
def test_scores_are_those_of_rank_bm25_over_groups_of_four(
    sentences: list[list[str]], words: list[str]
) -> None:
    groups = [letter_groups(one) for one in sentences]
    peer = BM25Plus(groups, k1=0.5, b=0.75, delta=0)
    asked = dict.fromkeys(letter_groups(words)) if any(groups) else ()

    expected = peer.get_scores(asked) if asked else np.zeros(len(sentences))
    assert scores(sentences, words) == pytest.approx(expected.tolist(), abs=1e-9)


@given(SENTENCES, WORDS)
def test_some_sentences_score_as_among_all(sentences: list[list[str]], words: list[str]) -> None:
    whole, half = scores(sentences, words), len(sentences) // 2
    several = scores(sentences, words, (0, half), (half, len(sentences)))

    assert several == pytest.approx(whole)


@given(st.text(), st.text())
def test_any_text_is_read(text: str, question: str) -> None:
    [score] = scores([tokens(text)], tokens(question))

    shared = Counter(letter_groups(tokens(text))) & Counter(letter_groups(tokens(question)))
    assert (score > 0) == bool(shared)


def test_in_many_sentences_a_sample_tells_how_rare_a_group_is() -> None:
    sentences = [["wind", "farm"] if place % 100 else ["egypt"] for place in range(12_000)]
    common, rare = (max(scores(sentences, [word])) for word in ("wind", "egypt"))

    assert rare > 4 * common > 0


def test_letters_beyond_the_two_hundred_and_fifty_fourth_are_told_apart() -> None:
    words = ["".join(map(chr, range(first, first + 6))) for first in range(0x4E00, 0x5200, 6)]
    found = scores([[word] for word in words], [words[100]])

    assert np.argmax(found) == 100
    assert np.count_nonzero(found) < len(words) / 10
