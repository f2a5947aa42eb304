"""What sure beads say of a document: counted elsewhere only, bounded, and the same with the sides swapped."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alignment.graph import Graph, ordered
from alignment.habits import HABITS, habits
from alignment.lattice import SHAPES, Edges, Floats

MERGING = HABITS.index("habit of merging · n-m")
LEAVING_OUT = HABITS.index("habit of leaving out · n-m")
Row = tuple[int, int, int, int]


def path_of(shapes: list[tuple[int, int]]) -> list[Row]:
    """Beads of these shapes, one after the other."""
    rows, i, j = [], 0, 0
    for a, b in shapes:
        rows.append((i, j, a, b))
        i, j = i + a, j + b
    return rows


def shown(path: list[Row], asked: list[Row], sure: float = 1.0) -> Floats:
    """Habits of the edges asked for, in a document that was aligned along the path."""
    rows = np.unique(np.array([*path, *asked], np.int64), axis=0)
    edges = ordered(rows)
    place = {row: number for number, row in enumerate(edges.rows())}
    found = habits(edges, np.array([place[row] for row in path]), np.full(len(path), sure))
    return found[[place[row] for row in asked]]


def test_a_document_of_merges_makes_merging_likelier() -> None:
    plain, merged = path_of([(1, 1)] * 12), path_of([(1, 2)] * 12)
    before = shown(plain, [(0, 0, 1, 2)])[0, MERGING]
    after = shown(merged, [(0, 0, 1, 2)])[0, MERGING]
    assert before == pytest.approx(math.log(0.5 / 13), abs=1e-9)  # ten beads elsewhere, prior .5 of 3
    assert after == 0.5  # at the upper bound


def test_a_bead_does_not_count_for_itself() -> None:
    path = path_of([(1, 1)] * 4 + [(2, 1)] + [(1, 1)] * 4)
    assert shown(path, [(4, 4, 2, 1)])[0, MERGING] == pytest.approx(math.log(0.5 / 11))
    assert shown(path, [(0, 0, 2, 1)])[0, MERGING] == pytest.approx(math.log(1.5 / 9))


def test_a_gap_that_a_bead_would_take_in_does_not_count() -> None:
    path = path_of([(1, 1)] * 4 + [(1, 0)] + [(1, 1)] * 4)
    assert shown(path, [(4, 4, 2, 1)])[0, LEAVING_OUT] == pytest.approx(math.log(0.5 / 10))
    assert shown(path, [(0, 0, 2, 1)])[0, LEAVING_OUT] == pytest.approx(math.log(1.5 / 9))


def test_gaps_and_single_beads_have_no_habits() -> None:
    path = path_of([(1, 2)] * 4 + [(1, 0)])
    assert not shown(path, [(0, 0, 1, 1), (4, 8, 1, 0), (1, 1, 0, 1)]).any()


def test_unsure_beads_say_nothing() -> None:
    path = path_of([(1, 2)] * 12)
    assert shown(path, [(0, 0, 1, 2)], sure=0.5)[0, MERGING] == pytest.approx(math.log(0.5 / 3))


def test_many_beads_say_no_more_than_some_dozens() -> None:
    found = shown(path_of([(1, 1)] * 2000), [(5, 5, 1, 2)])
    assert found[0, MERGING] == -4.0
    assert found[0, LEAVING_OUT] == -4.0


@settings(deadline=None, max_examples=30)
@given(st.lists(st.sampled_from([(1, 1), (1, 2), (2, 1), (2, 2), (1, 0), (0, 1)]), min_size=1, max_size=7))
def test_habits_are_the_same_with_the_sides_swapped(shapes: list[tuple[int, int]]) -> None:
    path = path_of(shapes)
    n, m = path[-1][0] + path[-1][2], path[-1][1] + path[-1][3]
    asked = [(i, j, a, b) for i in range(n) for j in range(m) for a, b in SHAPES if i + a <= n and j + b <= m]
    asked += [(i, j, 1, 0) for i in range(n) for j in range(m + 1)] + [
        (i, j, 0, 1) for i in range(n + 1) for j in range(m)
    ]
    if not asked:
        return
    mirrored = shown([(j, i, b, a) for i, j, a, b in path], [(j, i, b, a) for i, j, a, b in asked])
    np.testing.assert_array_equal(shown(path, asked), mirrored)


def test_a_graph_of_gaps_alone_has_habits() -> None:
    edges = Edges(*(np.array(column) for column in zip(*path_of([(1, 0), (0, 1)]), strict=True)))
    assert habits(edges, np.arange(2), np.ones(2)).shape == (2, len(HABITS))
    assert Graph.of(edges, 1, 1).nodes == 3
