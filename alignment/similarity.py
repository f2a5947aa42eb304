"""How alike spans are: cosines of all bead candidates in a band, put on a scale that is the same for every document."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from alignment.lattice import LONGEST, SHAPES, Band, Floats, Ints
from alignment.spans import SpanVectors, Vectors

_ROWS = 32  # of the band whose products are computed together
_COLUMNS = 32 * _ROWS  # whose vectors are held at a time

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
    for begin in range(0, m, _COLUMNS):
        end = min(begin + _COLUMNS, m)
        # Both borders of a band are monotone, so the rows that see these columns stand together.
        top, bottom = np.searchsorted(band.high[:n], begin, "right"), np.searchsorted(band.low[:n], end, "left")
        if top >= bottom:
            continue
        columns = _blocks(target, begin, end, sizes)
        for start in range(int(top) // _ROWS * _ROWS, int(bottom), _ROWS):
            stop = min(start + _ROWS, n)
            low, high = (np.minimum(np.maximum(border[start:stop], begin), end) for border in (band.low, band.high))
            first, last = int(low.min()), int(high.max())
            widths = np.maximum(high - low, 0)
            row = np.repeat(np.arange(stop - start), widths)
            within = np.arange(int(widths.sum())) - np.repeat(np.cumsum(widths) - widths, widths)
            cell = np.repeat(band.offset[start:stop] + low - band.low[start:stop], widths) + within
            column = np.repeat(low - first, widths) + within
            rows = _blocks(source, start, stop, sizes)
            out[cell] = _products(rows, columns[first - begin : last - begin], row, column, shapes)
    return out


def _blocks(spans: SpanVectors, start: int, stop: int, sizes: int) -> Vectors:
    """Vectors of the spans that begin at `start` … `stop` - 1, always computed in the same blocks."""
    blocks = [spans.block(at, min(at + _ROWS, stop), sizes) for at in range(start, stop, _ROWS)]
    return blocks[0] if len(blocks) == 1 else np.concatenate(blocks)


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


@dataclass(frozen=True, slots=True)
class Bests:
    """What stands out in a band of similarities.

    Attributes:
        rows, columns: best value, best below it, how often the best stands there, and (rows only) the sum; minus
            infinity where there is none. Shapes (n, 4) and (m, 4).
        widths: how many values each row has (n,).
        mutual: values that are the best of their row and of their column.
    """

    rows: Floats
    columns: Floats
    widths: Ints
    mutual: Floats

    @classmethod
    def of(cls, band: Band, singles: Vectors) -> Bests:
        """Look through the similarities of single sentences (cells,)."""
        from alignment import kernels

        n, m = band.rows, band.columns
        found = kernels.bests(band.low, band.high, band.offset, singles, n, m)
        return cls(found[0], found[1], np.maximum(np.minimum(band.high[:n], m) - band.low[:n], 0), found[2])


def scale_of(bests: Bests) -> Scale:
    """The yardstick of a document from the cosines of its single sentences.

    Strangers are the pairs of a row without its two best; translations the upper part of the best of rows and columns.
    """
    best = np.concatenate([side[side[:, 0] > -1.0, 0] for side in (bests.rows, bests.columns)])
    if not len(best):
        return Scale(_USUAL_BACKGROUND, _USUAL_MATCH)
    wide = bests.rows[bests.widths > 2]
    count = int((bests.widths[bests.widths > 2] - 2).sum())
    kept = wide[:, 3] - wide[:, 0] - np.maximum(wide[:, 1], 0.0)
    background = float(kept.sum()) / count if count else 0.0
    weight = len(wide) / (len(wide) + _PRIOR_ROWS)
    match = weight * float(np.quantile(best, 0.6)) + (1 - weight) * _USUAL_MATCH
    background = weight * background + (1 - weight) * _USUAL_BACKGROUND
    # Where nothing stands out (a thousand equal lines) everything may be a translation, and place and length decide.
    return Scale(min(background, match - _LEAST_SPREAD), match)
