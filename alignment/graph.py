"""Beads as edges of a graph: scores of all in a band to the few that matter, their probabilities, and the best path."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from alignment.lattice import SHAPE_ARRAY, Band, Edges, Floats, Ints
from alignment.spans import Vectors


@dataclass(frozen=True, slots=True)
class Posterior:
    """What the whole lattice says about each edge.

    Attributes:
        probability: that the edge is on the path; for a gap, that the sentence has no partner at all.
        own: for a gap, that it is on the path at this very node; the same as `probability` for a match.
        continued: for a gap, that it goes on with a run of gaps.
        total: log of the sum of exp(score) over all paths.
    """

    probability: Floats
    own: Floats
    continued: Floats
    total: float


@dataclass(frozen=True, slots=True)
class Graph:
    """Edges with their nodes numbered, as the kernels want them."""

    edges: Edges
    first: Ints
    end: Ints
    kind: NDArray[np.int64]
    nodes: int

    @classmethod
    def of(cls, edges: Edges, n: int, m: int) -> Graph:
        """Number the nodes of the edges; the first is (0, 0), the last (n, m)."""
        width = m + 1
        start = edges.i * width + edges.j
        stop = (edges.i + edges.a) * width + edges.j + edges.b
        nodes = np.unique(np.concatenate([start, stop, [0, n * width + m]]))
        first = np.searchsorted(start, np.append(nodes, nodes[-1] + 1))
        kind = np.where(edges.b == 0, 1, np.where(edges.a == 0, 2, 0)).astype(np.int64)
        return cls(edges, first.astype(np.int64), np.searchsorted(nodes, stop).astype(np.int64), kind, len(nodes))

    def posterior(self, score: Floats, extend: float) -> Posterior:
        """Forward–backward; a gap that goes on with a run scores `extend` more."""
        from alignment.kernels import graph

        own, continued, total = graph.marginals(self.first, self.end, self.kind, score, extend, self.nodes)
        probability = own.copy()
        for kind, index in ((1, self.edges.i), (2, self.edges.j)):
            gaps = self.kind == kind
            probability[gaps] = np.bincount(index[gaps], own[gaps])[index[gaps]] if gaps.any() else 0.0
        return Posterior(np.minimum(probability, 1.0), own, continued, total)

    def best_path(self, value: Floats) -> Ints:
        """Numbers of the edges whose values have the greatest sum along a path."""
        from alignment.kernels import graph

        path: Ints = graph.best_path(self.first, self.end, value, self.nodes)
        return path


def prune(band: Band, score: Vectors, deletion: Floats, insertion: Floats, *, margin: float, capacity: int) -> Edges:
    """The beads on any path that is at most `margin` worse than the best one.

    Where more than `capacity` are (a thousand equal lines), the margin is lowered until they fit; the best path stays.
    """
    from alignment.kernels import paths

    grid = (band.low, band.high, band.offset, SHAPE_ARRAY, score, deletion, insertion)
    prefixes, suffixes = paths.best_prefixes(*grid), paths.best_suffixes(*grid)
    best = float(suffixes[0, 0])
    slack = 1e-6 * (1.0 + abs(best))  # the two passes add up in another order
    out = np.empty((capacity, 4), np.int64)
    for allowed in (margin, margin / 3, margin / 9, 0.0):
        least = best - allowed - slack
        count = paths.edges_within(*grid, prefixes, suffixes, least, out)
        if count <= capacity:
            return ordered(out[:count])
    return ordered(paths.one_path(*grid, suffixes))


def ordered(edges: NDArray[np.int64]) -> Edges:
    """Edges from rows (i, j, a, b), in the order of their start nodes."""
    rows = edges[np.lexsort((edges[:, 3], edges[:, 2], edges[:, 1], edges[:, 0]))]
    return Edges(*(np.ascontiguousarray(rows[:, column]) for column in range(4)))
