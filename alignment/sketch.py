"""The first pass: a cheap score for every bead in the band, good enough to drop those that cannot be right."""

from __future__ import annotations

import numpy as np

from alignment.lattice import SHAPE_ARRAY, SHAPES, Band, Floats
from alignment.side import Side
from alignment.spans import Vectors

# Set by hand; the model has the last word on whatever is within the margin of the best path.
_BIAS = np.array([-3.0 if max(s) == 1 else -3.2 - 0.6 * (sum(s) - 2) for s in SHAPES])
_SLOPE = np.array([6.0 * (sum(s) / 2) ** 0.28 for s in SHAPES])
_GAP = -1.2
_LENGTH = 1.5


def sketch(source: Side, target: Side, band: Band, alike: Vectors) -> tuple[Vectors, Floats, Floats]:
    """Scores of all bead candidates (cells, shapes), of each deletion and of each insertion.

    `alike` is standardised similarity, as from `similarity.Scale`.
    """
    from alignment import kernels

    left, right = _log_lengths(source), _log_lengths(target)
    right += _log_total(source) - _log_total(target)
    score: Vectors = kernels.cheap_scores(
        band.low,
        band.high,
        band.offset,
        SHAPE_ARRAY,
        alike,
        _BIAS,
        _SLOPE,
        _LENGTH,
        left,
        right,
        source.room,
        target.room,
    )
    return score, np.full(len(source), _GAP), np.full(len(target), _GAP)


def _log_total(side: Side) -> float:
    return float(np.log(max(sum(map(len, side.texts)), 1)))


def _log_lengths(side: Side) -> Floats:
    """Logarithm of the characters of each window (n, longest)."""
    sums = np.concatenate([[0], np.cumsum([len(text) for text in side.texts])])
    n = len(side)
    ends = np.minimum(np.arange(n)[:, None] + np.arange(1, side.spans.longest + 1), n)
    logs: Floats = np.log(np.maximum(sums[ends] - sums[:-1, None], 1.0))
    return logs
