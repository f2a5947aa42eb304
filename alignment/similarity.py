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
        """0 for strangers, 1 for translations; in place, since a long document has millions."""
        cosines -= np.float32(self.background)
        cosines /= np.float32(self.match - self.background)
        return cosines


def cosines(source: SpanVectors, target: SpanVectors, band: Band, *, singles: bool = False) -> Vectors:
    """Cosine of each bead candidate (cells, shapes), 0 where it runs over the end; of single sentences (cells, 1).

    Computed as products of blocks of rows with the columns that the band gives them: four times the arithmetic of a
    product per cell and a tenth of the time.
    """
    m = band.columns
    out = np.zeros((band.cells, 1 if singles else len(SHAPES)), np.float32)
    sizes = 1 if singles else LONGEST
    held = np.empty((min(m, _COLUMNS), sizes, target.block(0, 1, 1).shape[2]), np.float32)
    for begin in range(0, m, _COLUMNS):
        end = min(begin + _COLUMNS, m)
        # Both borders of a band are monotone, so the rows that see these columns stand together.
        top, bottom = np.searchsorted(band.high[:-1], begin, "right"), np.searchsorted(band.low[:-1], end, "left")
        if top >= bottom:
            continue
        columns = _fill(held, target, begin, end)
        for start in range(int(top) // _ROWS * _ROWS, int(bottom), _ROWS):
            stop = min(start + _ROWS, band.rows)
            first, last = max(int(band.low[start]), begin), min(int(band.high[stop - 1]), end)
            rows = source.block(start, stop, sizes)
            _spread_products(rows, columns[first - begin : last - begin], band, start, begin, first, out)
    return out


def _fill(out: Vectors, spans: SpanVectors, start: int, stop: int) -> Vectors:
    """Vectors of the spans that begin at `start` … `stop` - 1, written to `out`; always computed in the same blocks."""
    for at in range(start, stop, _ROWS):
        end = min(at + _ROWS, stop)
        out[at - start : end - start] = spans.block(at, end, out.shape[1])
    return out[: stop - start]


def _spread_products(
    rows: Vectors, columns: Vectors, band: Band, start: int, begin: int, first: int, out: Vectors
) -> None:
    """Cosines of the rows from `start` on and the columns from `first` on, to the band's cells in `out`.

    The shapes with one sentence on a side are two products for all their sizes.
    """
    from alignment.kernels import cells

    place = (band.low, band.high, band.offset, start, begin, first, out)
    if rows.shape[1] == 1:
        cells.spread_singles(rows[:, 0] @ columns[:, 0].T, *place)
        return
    width = columns.shape[2]
    one_many = rows[:, 0] @ columns.reshape(-1, width).T
    many_one = columns[:, 0] @ rows.reshape(-1, width).T
    several = SHAPES[2 * LONGEST - 1 :]
    others = np.empty((len(several), len(rows), len(columns)), np.float32)
    for number, (a, b) in enumerate(several):
        np.matmul(rows[:, a - 1], columns[:, b - 1].T, out=others[number])
    cells.spread(one_many, many_one, others, LONGEST, *place)


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
        from alignment.kernels import cells

        n, m = band.rows, band.columns
        found = cells.bests(band.low, band.high, band.offset, singles, n, m)
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
