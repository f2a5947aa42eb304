"""The lattice: probabilities equal those of all paths counted one by one; pruning keeps the best path."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import pytest

from alignment.graph import Graph, ordered, prune
from alignment.lattice import SHAPES, Band, Edges
from alignment.similarity import Bests, Scale, cosines, scale_of
from alignment.spans import DenseSpans

N, M = 3, 3
SMALL = [(1, 1), (1, 2), (2, 1), (1, 0), (0, 1)]


def all_edges() -> Edges:
    rows = [(i, j, a, b) for i in range(N + 1) for j in range(M + 1) for a, b in SMALL if i + a <= N and j + b <= M]
    return ordered(np.array(rows, np.int64))


def all_paths(edges: Edges) -> Iterator[list[int]]:
    """Every path that has deletions before insertions in a run of gaps."""
    rows = edges.rows()

    def walk(i: int, j: int, path: list[int]) -> Iterator[list[int]]:
        if (i, j) == (N, M):
            yield path
        for number, (x, y, a, b) in enumerate(rows):
            after_insertion = bool(path) and rows[path[-1]][2] == 0
            if (x, y) == (i, j) and not (b == 0 and after_insertion):
                yield from walk(i + a, j + b, [*path, number])

    yield from walk(0, 0, [])


@pytest.fixture(scope="module")
def scored() -> tuple[Edges, np.ndarray, float]:
    edges = all_edges()
    return edges, np.random.default_rng(5).normal(0, 1.5, len(edges)), 0.7


def path_score(edges: Edges, path: list[int], score: np.ndarray, extend: float) -> float:
    total = float(score[path].sum())
    rows = edges.rows()
    for before, after in pairwise(path):
        same_gap = rows[before][2:] == rows[after][2:] and 0 in rows[after][2:]
        total += extend if same_gap else 0.0
    return total


def test_probabilities_equal_those_of_all_paths(scored: tuple[Edges, np.ndarray, float]) -> None:
    edges, score, extend = scored
    paths = list(all_paths(edges))
    weights = [math.exp(path_score(edges, path, score, extend)) for path in paths]
    own = np.zeros(len(edges))
    for path, weight in zip(paths, weights, strict=True):
        own[path] += weight / sum(weights)
    posterior = Graph.of(edges, N, M).posterior(score, extend)
    assert posterior.total == pytest.approx(math.log(sum(weights)))
    assert posterior.own == pytest.approx(own)
    deletions = (edges.b == 0) & (edges.i == 1)
    assert posterior.probability[deletions] == pytest.approx(own[deletions].sum())


def test_the_best_path_has_the_greatest_sum(scored: tuple[Edges, np.ndarray, float]) -> None:
    edges, value, _ = scored
    best = Graph.of(edges, N, M).best_path(value)
    assert value[best].sum() == pytest.approx(max(value[path].sum() for path in all_paths(edges)))


def test_pruning_keeps_the_best_path_and_drops_the_hopeless() -> None:
    rng = np.random.default_rng(3)
    band = Band.whole(6, 7)
    score = rng.normal(0, 2, (band.cells, len(SHAPES))).astype(np.float32)
    gaps = np.full(6, -1.0), np.full(7, -1.0)
    wide = prune(band, score, *gaps, margin=1e6, capacity=100_000)
    narrow = prune(band, score, *gaps, margin=1.0, capacity=100_000)
    one = prune(band, score, *gaps, margin=1e6, capacity=20)
    assert len(one) <= len(narrow) < len(wide)
    assert set(narrow.rows()) <= set(wide.rows())
    for edges in (narrow, one):
        path = edges.taken(Graph.of(edges, 6, 7).best_path(np.zeros(len(edges))))
        assert sum(path.a) == 6
        assert sum(path.b) == 7


def test_a_band_follows_its_path_and_knows_its_border() -> None:
    path = [(0, 0), (1, 1), (1, 30), (10, 39), (40, 39)]
    band = Band.around(np.array(path), 40, 39, np.full(41, 4))
    assert (band.rows, band.columns) == (40, 39)
    for i, j in [*path, (1, 15), (5, 34), (30, 39)]:
        assert band.low[i] <= j < band.high[i]
    assert (np.diff(band.low) >= 0).all()
    assert (np.diff(band.high) >= 0).all()
    assert band.near_border(np.array([20]), np.array([36]), 3)[0]
    assert not band.near_border(np.array([20]), np.array([39]), 3)[0]
    assert not band.contains((1, 1, 20, 30))
    assert band.including([(1, 1, 20, 30)]).contains((1, 1, 20, 30))


def _pairs(band: Band) -> list[tuple[int, int]]:
    return [(i, j) for i in range(band.rows) for j in range(band.low[i], min(band.high[i], band.columns))]


def test_the_best_of_rows_and_columns_are_found_with_ties() -> None:
    alike = np.array([[0.9, 0.2, 0.9], [0.1, 0.5, 0.3]], np.float32)
    bests = Bests.of(Band.whole(2, 3), np.pad(alike, ((0, 1), (0, 1))).ravel())
    assert bests.rows.round(4).tolist() == [[0.9, 0.2, 2, 2.0], [0.5, 0.3, 1, 0.9]]
    assert bests.columns[:, 0].round(4).tolist() == [0.9, 0.5, 0.9]
    assert bests.mutual.round(4).tolist() == [0.9, 0.9, 0.5]
    assert bests.widths.tolist() == [3, 3]


@pytest.mark.parametrize(("rows", "columns"), [(3, 2500), (2500, 3), (1030, 1100)])
def test_cosines_of_very_unequal_sides_equal_one_product(rows: int, columns: int) -> None:
    rng = np.random.default_rng(1)
    source, target = (rng.normal(size=(size, 1, 4)).astype(np.float16) for size in (rows, columns))
    found = cosines(DenseSpans(source), DenseSpans(target), Band.whole(rows, columns), singles=True)
    product = source[:, 0].astype(np.float32) @ target[:, 0].astype(np.float32).T
    assert np.abs(found.reshape(rows + 1, columns + 1)[:rows, :columns] - product).max() < 1e-4


def test_cosines_in_a_band_equal_products_one_by_one() -> None:
    rng = np.random.default_rng(0)
    source, target = (rng.normal(size=(size, 8, 16)).astype(np.float32) for size in (70, 80))
    band = Band.around(np.array([(0, 0), (70, 80)]), 70, 80, np.full(71, 9))
    found = cosines(DenseSpans(source), DenseSpans(target), band)
    row, column = (np.array(places) for places in zip(*_pairs(band), strict=True))
    cells = band.offset[row] + column - band.low[row]
    for place, (a, b) in enumerate(SHAPES):
        one_by_one = np.einsum("nd,nd->n", source[row, a - 1], target[column, b - 1])
        assert np.abs(found[cells, place] - one_by_one).max() < 1e-4


def test_the_scale_puts_strangers_at_zero_and_translations_at_one() -> None:
    alike = np.full((20, 20), 0.2, np.float32) + 0.5 * np.eye(20, dtype=np.float32)
    band = Band.whole(20, 20)
    singles = np.pad(alike, ((0, 1), (0, 1))).ravel()
    scale = scale_of(Bests.of(band, singles))
    assert scale.standardised(np.array([0.2, 0.7], np.float32)) == pytest.approx([0.0, 1.0], abs=0.06)
    assert scale_of(Bests.of(Band.whole(0, 0), np.zeros(1, np.float32))) == Scale(0.22, 0.74)
