"""Where to look in a long document: a first path, from blocks of sentences down to single ones.

Thompson & Koehn, *Vecalign* (EMNLP 2019), align averages of neighbouring vectors first and refine; so does this, with a
free gap, so that a third of one side may be missing.
"""

from __future__ import annotations

import numpy as np

from alignment.lattice import Band, Floats, Ints
from alignment.similarity import Bests, cosines, scale_of
from alignment.spans import DenseSpans, SpanVectors, Vectors

_WHOLE = 256  # blocks of one side that are searched in full
_RADIUS = 12
_CHUNK = 1024
_STRANGE = 0.3  # blocks less alike than this count as strangers
_ONE_TO_ONE = np.array([[1, 1]], np.int64)


def first_path(source: SpanVectors, target: SpanVectors) -> Ints:
    """A monotone path of nodes (nodes, 2) near which the alignment is to be looked for."""
    if max(len(source), len(target)) <= _WHOLE:
        return _best_path(singles(source), singles(target), Band.whole(len(source), len(target)))
    # Single sentences are the most of the memory: asked for twice, so that they are not held meanwhile.
    levels = [(_halved(singles(source)), _halved(singles(target)))]
    while max(len(levels[-1][0]), len(levels[-1][1])) > _WHOLE:
        levels.append((_halved(levels[-1][0]), _halved(levels[-1][1])))
    rows, columns = len(levels[-1][0]), len(levels[-1][1])
    path = _best_path(*levels.pop(), Band.whole(rows, columns))
    while levels:
        path = _refined(path, *levels.pop())
    return _refined(path, singles(source), singles(target))


def _refined(path: Ints, left: Vectors, right: Vectors) -> Ints:
    """The best path near a path through blocks twice as large."""
    n, m = len(left), len(right)
    path = np.minimum(2 * path, (n, m))
    path[-1] = (n, m)
    return _best_path(left, right, Band.around(path, n, m, np.full(n + 1, _RADIUS)))


def singles(spans: SpanVectors) -> Vectors:
    """Vectors of the single sentences."""
    first = spans.block(0, min(_CHUNK, len(spans)), 1)[:, 0]
    vectors = np.empty((len(spans), first.shape[1]), np.float32)
    vectors[: len(first)] = first
    for start in range(_CHUNK, len(spans), _CHUNK):
        stop = min(start + _CHUNK, len(spans))
        vectors[start:stop] = spans.block(start, stop, 1)[:, 0]
    return vectors


def _halved(vectors: Vectors) -> Vectors:
    """Means of neighbours, two by two; the last one stays alone when they are odd."""
    halved = vectors[::2].copy()
    pairs = len(vectors) // 2
    halved[:pairs] += vectors[1::2]
    halved[:pairs] /= 2
    return halved


def _best_path(left: Vectors, right: Vectors, band: Band) -> Ints:
    """The path with the most similarity above that of strangers, gaps free."""
    from alignment.kernels import cells, paths

    alike = cosines(DenseSpans(left[:, None]), DenseSpans(right[:, None]), band, singles=True)
    centre = (left.mean(axis=0) + right.mean(axis=0)) / 2
    cells.centre(band.low, band.high, band.offset, alike[:, 0], *_towards(left, centre), *_towards(right, centre))
    score = scale_of(Bests.of(band, alike[:, 0])).standardised(alike)
    score -= np.float32(_STRANGE)
    np.maximum(score, 0, out=score)
    free_rows, free_columns = np.zeros(band.rows), np.zeros(band.columns)
    grid = (band.low, band.high, band.offset, _ONE_TO_ONE, score, free_rows, free_columns)
    steps = paths.one_path(*grid, paths.best_suffixes(*grid))
    path: Ints = np.concatenate([steps[:, :2], [[band.rows, band.columns]]])
    return path


def _towards(vectors: Vectors, centre: Vectors) -> tuple[Floats, Floats]:
    """Product of each vector with the centre less half the centre's square, and its distance from the centre."""
    square = centre @ centre
    along = vectors @ centre
    distance = np.sqrt(np.maximum(np.einsum("ij,ij->i", vectors, vectors) - 2 * along + square, 1e-12))
    return (along - square / 2).astype(np.float64), distance.astype(np.float64)
