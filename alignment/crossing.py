"""Blocks out of order: a path with gaps in, the beads of paragraphs that were moved out.

A monotone path leaves a moved paragraph as a run of deletions in one place and a run of insertions in another. Each
pair of such runs is aligned by itself, on the yardstick of the whole document. Of the surely right beads, neighbours
make up a block. It is kept when it lies across the path and stands out against chance: among a hundred thousand pairs
of strangers some always look alike, so the more pairs were looked at, the more alike a block has to be.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from alignment.coarse import singles
from alignment.lattice import Band, Edges, Ints
from alignment.model import Model
from alignment.search import Found, search_band
from alignment.settings import AlignmentSettings
from alignment.side import Side
from alignment.similarity import Scale
from alignment.spans import SpanVectors, Vectors

_LEAST_BEADS = 2
_LEAST_PROBABILITY = 0.6
_LEAST_ALIKE = 0.5
_STRIKING, _STRIKING_PROBABILITY = 0.85, 0.99  # a single bead must be more than that
_NEAR = 2  # sentences between two beads of a block, at most
_STEP = 3.0  # nats: a next bead may stand in any of about twenty places
# Strangers among news, up to 300 a side, reach 2.2 times what normally distributed ones would: their tail is long.
_CHANCE = 2.5
_FEW_CELLS = 100  # among so few pairs a bead's probability says enough: unmoved news never had a false one
_LEAST_SPREAD = 0.05
_SAMPLE = 512  # sentences of each side that tell how far strangers spread
_FARTHEST = 400  # sentences
_MOST_CELLS = 1_000_000
_DOUBTFUL = 0.35  # a bead less probable than this does not hold its sentences


Run = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Crossing:
    """A bead out of order: its places among the sentences that take part, and its probability."""

    i: int
    j: int
    a: int
    b: int
    probability: float


@dataclass(frozen=True, slots=True)
class _Slice:
    """Some neighbouring sentences' spans."""

    spans: SpanVectors
    start: int
    stop: int

    @property
    def longest(self) -> int:
        return self.spans.longest

    def __len__(self) -> int:
        return self.stop - self.start

    def block(self, start: int, stop: int, sizes: int) -> Vectors:
        vectors = self.spans.block(self.start + start, self.start + stop, sizes).copy()
        for size in range(2, sizes + 1):  # what would run over the end of the slice
            vectors[max(len(self) - size + 1 - start, 0) :, size - 1] = 0
        return vectors


@dataclass(frozen=True, slots=True)
class _Strangers:
    """How alike sentences are that have nothing to do with each other, and in how many pairs chance could act.

    Attributes:
        mean, spread: of their standardised similarities.
        cells: how many pairs of sentences are looked at.
    """

    mean: float
    spread: float
    cells: int

    @classmethod
    def of(cls, source: Side, target: Side, scale: Scale, cells: int) -> _Strangers:
        """Median and upper quantile of sentences spread over both sides: the few translations hardly move them."""
        rows, columns = (
            singles(side.spans)[np.linspace(0, len(side) - 1, min(len(side), _SAMPLE)).astype(np.int64)]
            for side in (source, target)
        )
        alike = scale.standardised(rows @ columns.T)
        middle, upper = np.quantile(alike, [0.5, 0.8413])  # a standard deviation apart
        return cls(float(middle), max(float(upper - middle), _LEAST_SPREAD), cells)

    def outdone_by(self, peaks: Sequence[float]) -> bool:
        """Whether neighbouring beads so much alike are more than the best that chance gives in so many pairs.

        -log of a normal tail is about z²/2; the best of N draws reaches log N.
        """
        if self.cells <= _FEW_CELLS:
            return True
        nats = sum(((peak - self.mean) / self.spread) ** 2 / 2 for peak in peaks) - _STEP * (len(peaks) - 1)
        return bool(nats > _CHANCE * np.log(self.cells))


def crossings(
    source: Side, target: Side, found: Found, scale: Scale, model: Model, settings: AlignmentSettings
) -> list[Crossing]:
    """Beads of moved blocks among the gaps of a path; the surest block first, each sentence in one bead at most."""
    rows, columns = _runs(found, len(source), 0), _runs(found, len(target), 1)
    if not rows or not columns:
        return []
    strangers = _Strangers.of(source, target, scale, _length(rows) * _length(columns))
    blocks = [
        block
        for row, column in _alike_runs(source, target, rows, columns, scale)
        for block in _blocks(source, target, row, column, scale, model, settings, strangers)
        if _crosses(block, found)
    ]
    blocks.sort(key=lambda block: (-sum(bead.probability for bead in block), block[0].i, block[0].j))
    taken: list[Crossing] = []
    rows_taken: set[int] = set()
    columns_taken: set[int] = set()
    for block in blocks:
        free = [
            bead
            for bead in block
            if rows_taken.isdisjoint(range(bead.i, bead.i + bead.a))
            and columns_taken.isdisjoint(range(bead.j, bead.j + bead.b))
        ]
        if len(free) == len(block) or len(free) >= _LEAST_BEADS:
            taken += free
            rows_taken.update(i for bead in free for i in range(bead.i, bead.i + bead.a))
            columns_taken.update(j for bead in free for j in range(bead.j, bead.j + bead.b))
    return taken


def _length(runs: Sequence[Run]) -> int:
    return sum(stop - start for start, stop in runs)


def _crosses(block: Sequence[Crossing], found: Found) -> bool:
    """Whether a bead of the path lies before the block on one side and behind it on the other."""
    edges = found.edges
    held = (edges.a > 0) & (edges.b > 0) & (found.probability >= _DOUBTFUL)
    before = (edges.i < block[0].i) & (edges.j > block[-1].j)
    behind = (edges.i > block[-1].i) & (edges.j < block[0].j)
    return bool((held & (before | behind)).any())


def _runs(found: Found, size: int, side: int) -> list[Run]:
    """Runs of neighbouring sentences that the path leaves alone or holds with a doubtful bead."""
    edges = found.edges
    loose = np.zeros(size, bool)
    index, own, other = (edges.i, edges.a, edges.b) if side == 0 else (edges.j, edges.b, edges.a)
    doubtful = (other == 0) | (found.probability < _DOUBTFUL)
    for first, count in zip(index[doubtful].tolist(), own[doubtful].tolist(), strict=True):
        loose[first : first + count] = True
    steps = np.flatnonzero(np.diff(np.concatenate([[False], loose, [False]]).astype(np.int8)))
    return list(zip(steps[::2].tolist(), steps[1::2].tolist(), strict=True))


def _alike_runs(
    source: Side, target: Side, rows: Sequence[Run], columns: Sequence[Run], scale: Scale
) -> list[tuple[Run, Run]]:
    """Pairs of runs, not too far apart, that hold a pair of sentences alike enough to look closer."""
    run_of = np.repeat(np.arange(len(columns)), [stop - start for start, stop in columns])
    loose = np.concatenate([np.arange(*column) for column in columns])
    vectors = singles(target.spans)[loose]
    pairs = []
    for row in rows:
        across = row[0] * len(target) // len(source)
        first, last = np.searchsorted(loose, [across - _FARTHEST, across + _FARTHEST])
        left = source.spans.block(*row, 1)[:, 0]
        alike = scale.standardised(left @ vectors[first:last].T).max(axis=0)
        near = np.unique(run_of[first:last][alike > _LEAST_ALIKE]).tolist()
        pairs += [(row, columns[run]) for run in near if _cells(row, columns[run]) <= _MOST_CELLS]
    return pairs


def _cells(row: Run, column: Run) -> int:
    return (row[1] - row[0]) * (column[1] - column[0])


def _blocks(
    source: Side,
    target: Side,
    row: Run,
    column: Run,
    scale: Scale,
    model: Model,
    settings: AlignmentSettings,
    strangers: _Strangers,
) -> list[list[Crossing]]:
    """The beads of two runs, as the blocks that stand out."""
    left, right = sliced(source, *row), sliced(target, *column)
    alike = scale.standardised(left.spans.block(0, len(left), 1)[:, 0] @ right.spans.block(0, len(right), 1)[:, 0].T)
    result = search_band(left, right, Band.whole(len(left), len(right)), model, settings, scale)
    shapes = result.edges.rows()
    blocks = []
    for chain in _chains(result.edges, _sure(result.edges, result, alike)):
        if len(chain) < _LEAST_BEADS and not _striking(result, chain[0], alike):
            continue
        peaks = [float(alike[i : i + a, j : j + b].max()) for i, j, a, b in (shapes[e] for e in chain)]
        if strangers.outdone_by(peaks):
            beads = [(*shapes[e], float(result.probability[e])) for e in chain]
            blocks.append([Crossing(row[0] + i, column[0] + j, a, b, p) for i, j, a, b, p in beads])
    return blocks


def _chains(edges: Edges, chosen: Ints) -> list[list[int]]:
    """Chosen beads in runs of near neighbours on both sides."""
    chains: list[list[int]] = []
    for e in chosen.tolist():
        last = chains[-1][-1] if chains else -1
        if (
            last >= 0
            and edges.i[e] - edges.i[last] - edges.a[last] <= _NEAR
            and edges.j[e] - edges.j[last] - edges.b[last] <= _NEAR
        ):
            chains[-1].append(e)
        else:
            chains.append([e])
    return chains


def _sure(edges: Edges, result: Found, alike: Vectors) -> Ints:
    """Beads with both sides that are probable and alike in absolute terms."""
    both = np.flatnonzero((edges.a > 0) & (edges.b > 0) & (result.probability >= _LEAST_PROBABILITY))
    kept = [
        e
        for e in both.tolist()
        if alike[edges.i[e] : edges.i[e] + edges.a[e], edges.j[e] : edges.j[e] + edges.b[e]].max() > _LEAST_ALIKE
    ]
    return np.array(kept, np.int64)


def _striking(result: Found, e: int, alike: Vectors) -> bool:
    """Whether a single bead is alike enough to stand for a block."""
    i, j, a, b = result.edges.rows()[e]
    return bool(result.probability[e] > _STRIKING_PROBABILITY and alike[i : i + a, j : j + b].max() > _STRIKING)


def sliced(side: Side, start: int, stop: int) -> Side:
    """Some neighbouring sentences of a side as a side of their own."""
    room = np.minimum(side.room[start:stop], np.arange(stop - start, 0, -1))
    spans = _Slice(side.spans, start, stop)
    return Side(side.index[start:stop], side.total, side.texts[start:stop], side.lang, spans, room)


def without(found: Found, moved: Sequence[Crossing]) -> Found:
    """The path without the beads whose sentences moved; what else stood in them becomes gaps."""
    rows = {i for bead in moved for i in range(bead.i, bead.i + bead.a)}
    columns = {j for bead in moved for j in range(bead.j, bead.j + bead.b)}
    edges: list[tuple[int, int, int, int]] = []
    probability: list[float] = []
    old = found.edges
    for e, p in enumerate(found.probability.tolist()):
        i, j, a, b = int(old.i[e]), int(old.j[e]), int(old.a[e]), int(old.b[e])
        if rows.isdisjoint(range(i, i + a)) and columns.isdisjoint(range(j, j + b)):
            edges.append((i, j, a, b))
            probability.append(p)
            continue
        loose = [(x, j, 1, 0) for x in range(i, i + a) if x not in rows]
        loose += [(i + a, y, 0, 1) for y in range(j, j + b) if y not in columns]
        edges += loose
        probability += [1.0 - p] * len(loose)
    columns_of_edges = np.array(edges, np.int64).reshape(-1, 4).T
    return Found(
        Edges(*(np.ascontiguousarray(column) for column in columns_of_edges)), np.array(probability), found.scale
    )
