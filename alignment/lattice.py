"""The search space: bead shapes, and the band of the grid in which beads are looked for.

A node (i, j) says that i source and j target sentences are done. A bead of shape (a, b) leads from (i, j) to
(i + a, j + b). A band keeps, for each i, the nodes with low[i] <= j < high[i]; cells are numbered row by row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

LONGEST = 8
"""Most sentences of one side in a bead."""

SHAPES: tuple[tuple[int, int], ...] = (
    (1, 1),
    *((1, k) for k in range(2, LONGEST + 1)),
    *((k, 1) for k in range(2, LONGEST + 1)),
    (2, 2),
    (2, 3),
    (3, 2),
    (2, 4),
    (4, 2),
    (3, 3),
)
"""Every bead with both sides that the search knows."""

SHAPE_ARRAY: NDArray[np.int64] = np.array(SHAPES, np.int64)

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Band:
    """The nodes that take part: for each i of 0 … n low[i] <= j < high[i]; offset[i] numbers row i's first."""

    low: Ints
    high: Ints
    offset: Ints

    @classmethod
    def whole(cls, n: int, m: int) -> Band:
        """Every node: the search is exact."""
        return cls.of(np.zeros(n + 1, np.int64), np.full(n + 1, m + 1, np.int64))

    @classmethod
    def of(cls, low: Ints, high: Ints) -> Band:
        """A band from its two borders."""
        offset = np.zeros(len(low) + 1, np.int64)
        np.cumsum(high - low, out=offset[1:])
        return cls(low, high, offset)

    @classmethod
    def around(cls, path: Ints, n: int, m: int, radius: Ints) -> Band:
        """All nodes at most radius[i] columns away from a monotone path of nodes (nodes, 2)."""
        nodes = path
        rows = np.arange(n + 1)
        # Between two nodes of the path the band follows the straight line.
        upto = np.searchsorted(nodes[:, 0], rows, side="left"), np.searchsorted(nodes[:, 0], rows, side="right") - 1
        on_path = nodes[np.minimum(upto[0], len(nodes) - 1), 0] == rows
        line = np.interp(rows, nodes[:, 0], nodes[:, 1]).astype(np.int64)
        first = np.where(on_path, nodes[np.minimum(upto[0], len(nodes) - 1), 1], line)
        last = np.where(on_path, nodes[np.maximum(upto[1], 0), 1], line)
        low, high = first - radius, last + radius + 1
        low = np.minimum.accumulate(np.maximum(low, 0)[::-1])[::-1]  # radii differ; borders stay monotone
        high = np.maximum.accumulate(np.minimum(high, m + 1))
        low[0], high[n] = 0, m + 1
        return cls.of(low, high)

    def contains(self, rectangle: tuple[int, int, int, int]) -> bool:
        """Whether all nodes of the rectangle (i, j) … (k, c) take part."""
        i, j, k, c = rectangle
        return bool((self.low[i : k + 1] <= j).all() and (self.high[i : k + 1] > c).all())

    def including(self, rectangles: Sequence[tuple[int, int, int, int]]) -> Band:
        """The band with all nodes of these rectangles."""
        low, high = self.low.copy(), self.high.copy()
        for i, j, k, c in rectangles:
            low[i : k + 1] = np.minimum(low[i : k + 1], j)
            high[i : k + 1] = np.maximum(high[i : k + 1], c + 1)
        return Band.of(np.minimum.accumulate(low[::-1])[::-1], np.maximum.accumulate(high))

    @property
    def rows(self) -> int:
        """Source sentences."""
        return len(self.low) - 1

    @property
    def columns(self) -> int:
        """Target sentences."""
        return int(self.high[-1]) - 1

    @property
    def cells(self) -> int:
        """How many nodes there are."""
        return int(self.offset[-1])

    def near_border(self, i: Ints, j: Ints, margin: int) -> NDArray[np.bool_]:
        """Which of these nodes lie within `margin` of a border of the band that is not the border of the grid."""
        left = (self.low[i] > 0) & (j - self.low[i] < margin)
        right = (self.high[i] <= self.columns) & (self.high[i] - 1 - j < margin)
        return left | right


@dataclass(frozen=True, slots=True)
class Edges:
    """The beads that survive pruning, ordered by the node they start from.

    Attributes:
        i, j: the node each starts from.
        a, b: how many source and target sentences it takes; one of them is 0 for a gap.
    """

    i: Ints
    j: Ints
    a: Ints
    b: Ints

    def __len__(self) -> int:
        return len(self.i)

    def rows(self) -> list[tuple[int, int, int, int]]:
        """Each as (i, j, a, b)."""
        return list(zip(self.i.tolist(), self.j.tolist(), self.a.tolist(), self.b.tolist(), strict=True))

    def taken(self, which: Ints) -> Edges:
        """Some of them."""
        return Edges(self.i[which], self.j[which], self.a[which], self.b[which])
