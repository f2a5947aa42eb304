"""The first pass: a cheap score for every bead in the band, good enough to drop those that cannot be right."""

from __future__ import annotations

import numpy as np

from alignment.evidence import Field
from alignment.lattice import SHAPE_ARRAY, SHAPES, Floats
from alignment.side import Side
from alignment.spans import Vectors

# From a CRF with these few features on the training sets of the model (tests/benchmarks/train_alignment.py); the model
# has the last word on whatever is within the margin of the best path.
_BIASES = {(1, 1): 2.7, (1, 2): 2.2, (1, 3): 1.6, (1, 4): 1.5, (2, 2): -0.2, (2, 3): -2.5, (2, 4): -3.0, (3, 3): -1.5}
_SLOPES = {(1, 1): 1.7, (1, 2): 3.7, (1, 3): 5.6, (1, 4): 5.6, (2, 2): 6.7, (2, 3): 9.4, (2, 4): 9.4, (3, 3): 8.7}
_BIAS_LONG, _BIAS_STEP, _SLOPE_LONG = 2.6, -1.5, 8.2  # 1-5 and more
_SQUARE = 5.0
_LENGTH = 4.3
_GAP, _GAP_BEST = 0.9, -2.0


def _of_shapes(table: dict[tuple[int, int], float], longer: float, step: float) -> Floats:
    values = []
    for a, b in SHAPES:
        low, high = min(a, b), max(a, b)
        values.append(table.get((low, high), longer + step * (high - 4)))
    return np.array(values)


_BIAS = _of_shapes(_BIASES, _BIAS_LONG, _BIAS_STEP)
_SLOPE = _of_shapes(_SLOPES, _SLOPE_LONG, 0.0)


def sketch(source: Side, target: Side, field: Field) -> tuple[Vectors, Floats, Floats]:
    """Scores of all bead candidates (cells, shapes), of each deletion and of each insertion."""
    from alignment.kernels import paths

    band = field.band
    left, right = _log_lengths(source), _log_lengths(target)
    right += _log_total(source) - _log_total(target)
    score: Vectors = paths.cheap_scores(
        band.low,
        band.high,
        band.offset,
        SHAPE_ARRAY,
        field.alike,
        _BIAS,
        _SLOPE,
        _SQUARE,
        _LENGTH,
        left,
        right,
        source.room,
        target.room,
    )
    return score, _GAP + _GAP_BEST * field.by_row[:, 0], _GAP + _GAP_BEST * field.by_column[:, 0]


def _log_total(side: Side) -> float:
    return float(np.log(max(sum(map(len, side.texts)), 1)))


def _log_lengths(side: Side) -> Floats:
    """Logarithm of the characters of each window (n, longest)."""
    sums = np.concatenate([[0], np.cumsum([len(text) for text in side.texts])])
    n = len(side)
    ends = np.minimum(np.arange(n)[:, None] + np.arange(1, side.spans.longest + 1), n)
    logs: Floats = np.log(np.maximum(sums[ends] - sums[:-1, None], 1.0))
    return logs
