"""How alike spans are: cosines of all bead candidates in a band, put on a scale that is the same for every document."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from alignment.lattice import LONGEST, SHAPES, Band, Floats, Ints
from alignment.spans import DenseSpans, SpanVectors, Vectors

_ROWS = 32  # of the band whose products are computed together
_BLOCKS_KEPT = 48

# What an ordinary news document has, and how many sentences' worth of it a document's own figures have to outweigh.
_USUAL_BACKGROUND, _USUAL_MATCH, _PRIOR_ROWS = 0.22, 0.74, 2.0
_LEAST_SPREAD = 0.1


@dataclass(frozen=True, slots=True)
class Scale:
    """A document's own yardstick: the cosine of strangers and that of translations.

    Encoders, languages, genres and translators differ in both; what tells a match is where a cosine lies between them.
    """

    background: float
    match: float

    def standardised(self, cosines: Vectors) -> Vectors:
        """0 for strangers, 1 for translations."""
        scaled: Vectors = (cosines - np.float32(self.background)) / np.float32(self.match - self.background)
        return scaled


def cosines(source: SpanVectors, target: SpanVectors, band: Band, shapes: int = len(SHAPES)) -> Vectors:
    """Cosine of each bead candidate (cells, shapes), 0 where it runs over the end.

    Computed as products of blocks of rows with the columns that the band gives them: four times the arithmetic of a
    product per cell and a tenth of the time.
    """
    n, m = band.rows, band.columns
    out = np.zeros((band.cells, shapes), np.float32)
    sizes = max(max(shape) for shape in SHAPES[:shapes])
    left, right = _Blocks(source, sizes), _Blocks(target, sizes)
    for start in range(0, n, _ROWS):
        stop = min(start + _ROWS, n)
        first = int(band.low[start:stop].min())
        last = min(int(band.high[start:stop].max()), m)
        if last <= first:
            continue
        rows, columns = left.between(start, stop), right.between(first, last)
        low, high = band.low[start:stop], np.minimum(band.high[start:stop], m)
        widths = np.maximum(high - low, 0)
        row = np.repeat(np.arange(stop - start), widths)
        within = np.arange(int(widths.sum())) - np.repeat(np.cumsum(widths) - widths, widths)
        column = np.repeat(low - first, widths) + within
        cell = np.repeat(band.offset[start:stop], widths) + within
        out[cell] = _products(rows, columns, row, column, shapes)
    return out


def _products(rows: Vectors, columns: Vectors, row: Ints, column: Ints, shapes: int) -> Vectors:
    """Cosines of the first `shapes` bead shapes at pairs of a row and a column (pairs, shapes).

    The shapes with one sentence on a side are two products for all their sizes.
    """
    out = np.empty((len(row), shapes), np.float32)
    done = 0
    if shapes == len(SHAPES):
        width = columns.shape[2]
        one_many = rows[:, 0] @ columns.reshape(-1, width).T
        many_one = columns[:, 0] @ rows.reshape(-1, width).T
        out[:, :LONGEST] = one_many.reshape(-1, LONGEST)[row * len(columns) + column]
        done = 2 * LONGEST - 1
        out[:, LONGEST:done] = many_one.reshape(-1, LONGEST)[column * len(rows) + row, 1:]
    for index, (a, b) in enumerate(SHAPES[done:shapes], start=done):
        out[:, index] = (rows[:, a - 1] @ columns[:, b - 1].T)[row, column]
    return out


def scale_of(singles: Vectors, band: Band) -> Scale:
    """The yardstick of a document from the cosines of its single sentences (cells,).

    Strangers are the pairs of a row without its two best; translations the upper part of the best of rows and columns.
    """
    cells, row, column = band.inner_cells()
    if not len(cells):
        return Scale(_USUAL_BACKGROUND, _USUAL_MATCH)
    value = singles[cells].astype(np.float64)
    starts = np.flatnonzero(np.diff(row, prepend=-1))
    best_of_rows = np.maximum.reduceat(value, starts)
    best_of_columns = np.full(band.columns, -1.0)
    np.maximum.at(best_of_columns, column, value)
    background, rows = _background(value, starts)
    weight = rows / (rows + _PRIOR_ROWS)
    match = float(np.quantile(np.concatenate([best_of_rows, best_of_columns[best_of_columns > -1.0]]), 0.6))
    background = weight * background + (1 - weight) * _USUAL_BACKGROUND
    match = weight * match + (1 - weight) * _USUAL_MATCH
    return Scale(background, max(match, background + _LEAST_SPREAD))


def _background(value: Floats, starts: Ints) -> tuple[float, int]:
    """Mean value of the rows that have more than two, without the two best of each, and how many rows those are."""
    widths = np.diff(np.append(starts, len(value)))
    best = np.maximum.reduceat(value, starts)
    rest = np.where(value == np.repeat(best, widths), -1.0, value)
    second = np.maximum.reduceat(rest, starts)
    wide = widths > 2
    kept = (np.add.reduceat(value, starts) - best - np.maximum(second, 0.0))[wide]
    count = int((widths[wide] - 2).sum())
    return (float(kept.sum()) / count if count else 0.0), int(wide.sum())


class _Blocks:
    """Blocks of span vectors, each computed once while the band passes over it."""

    def __init__(self, spans: SpanVectors, sizes: int) -> None:
        self._spans = spans
        self._sizes = sizes
        self._kept: OrderedDict[int, NDArray[np.float32]] = OrderedDict()

    def between(self, start: int, stop: int) -> Vectors:
        """Vectors of the spans that begin at `start` … `stop` - 1."""
        if isinstance(self._spans, DenseSpans) and self._spans.vectors.dtype == np.float32:  # a view costs nothing
            return self._spans.block(start, stop, self._sizes)
        first, last = start // _ROWS, (stop - 1) // _ROWS
        vectors = np.concatenate([self._block(index) for index in range(first, last + 1)])
        return vectors[start - first * _ROWS : stop - first * _ROWS]

    def _block(self, index: int) -> Vectors:
        if index not in self._kept:
            stop = min((index + 1) * _ROWS, len(self._spans))
            self._kept[index] = self._spans.block(index * _ROWS, stop, self._sizes)
            if len(self._kept) > _BLOCKS_KEPT:
                self._kept.popitem(last=False)
        self._kept.move_to_end(index)
        return self._kept[index]
