"""The first pass: a cheap score for every bead in the band, good enough to drop those that cannot be right."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from alignment.lattice import SHAPE_ARRAY, SHAPES, Band, Floats, Ints
from alignment.side import Side
from alignment.spans import Vectors

_IMPOSSIBLE = np.float32(-1e9)
_SLOPE, _SIZE_POWER = 6.0, 0.28
_BIAS = np.array([-3.0 if max(s) == 1 else -3.2 - 0.6 * (sum(s) - 2) for s in SHAPES], np.float32)
_WEIGHT = np.array([_SLOPE * (sum(s) / 2) ** _SIZE_POWER for s in SHAPES], np.float32)
_GAP = -1.2
_LENGTH = 1.5


def sketch(source: Side, target: Side, band: Band, alike: Vectors) -> tuple[Vectors, Floats, Floats]:
    """Scores of all bead candidates (cells, shapes), of each deletion and of each insertion.

    `alike` is standardised similarity, as from `similarity.Scale`.
    """
    score = alike * _WEIGHT + _BIAS
    score -= np.float32(_LENGTH) * _length_mismatch(source, target, band)
    score[~fits(source, target, band)] = _IMPOSSIBLE
    return score, np.full(len(source), _GAP), np.full(len(target), _GAP)


def fits(source: Side, target: Side, band: Band) -> NDArray[np.bool_]:
    """Which bead candidates (cells, shapes) stay within unbroken neighbourhoods of both sides."""
    row, column = grid(band)
    left = np.append(source.room, 0)[row]
    right = np.append(target.room, 0)[column]
    return (SHAPE_ARRAY[:, 0] <= left[:, None]) & (SHAPE_ARRAY[:, 1] <= right[:, None])


def grid(band: Band) -> tuple[Ints, Ints]:
    """Row and column of each cell."""
    widths = band.high - band.low
    row = np.repeat(np.arange(len(widths)), widths)
    column = np.arange(band.cells) - np.repeat(band.offset[:-1] - band.low, widths)
    return row, column


def _length_mismatch(source: Side, target: Side, band: Band) -> Vectors:
    """How far the lengths of both sides of each candidate are from the documents' ratio: |log|, at most 2."""
    left, right = _span_lengths(source), _span_lengths(target)
    ratio = np.log(left[:, 0].sum() / max(right[:, 0].sum(), 1.0))
    row, column = grid(band)
    rows, columns = np.minimum(row, len(source) - 1), np.minimum(column, len(target) - 1)
    a, b = SHAPE_ARRAY[:, 0] - 1, SHAPE_ARRAY[:, 1] - 1
    logs_left, logs_right = np.log(left)[:, a].astype(np.float32), np.log(right)[:, b].astype(np.float32)
    mismatch = np.abs(logs_left[rows] - logs_right[columns] - np.float32(ratio))
    capped: Vectors = np.minimum(mismatch, np.float32(2.0))
    return capped


def _span_lengths(side: Side) -> Floats:
    """Characters of each window (n, longest), at least one."""
    lengths = np.array([len(text) for text in side.texts], np.float64)
    sums = np.concatenate([[0.0], np.cumsum(lengths)])
    ends = np.minimum(np.arange(len(lengths))[:, None] + np.arange(1, side.spans.longest + 1), len(lengths))
    lengths_of_spans: Floats = np.maximum(sums[ends] - sums[:-1, None], 1.0)
    return lengths_of_spans
