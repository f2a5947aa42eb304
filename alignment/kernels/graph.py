"""Paths through the graph of the beads that are left: the probability of each, and the path with the greatest sum."""

# mypy: disable-error-code="no-untyped-call, misc"

from __future__ import annotations

import math

import numpy as np

from alignment.kernels.compiled import NEVER, Array, compiled

MATCH, DELETION, INSERTION = 0, 1, 2


@compiled
def _added(x: float, y: float) -> float:
    """log(exp(x) + exp(y))."""
    if x < y:
        x, y = y, x
    return x + math.log1p(math.exp(y - x)) if y > NEVER and x - y < 40.0 else x


@compiled
def marginals(
    first: Array, end: Array, kind: Array, score: Array, extend: float, nodes: int
) -> tuple[Array, Array, float]:
    """Probability of each edge, probability that it goes on with a run of gaps, and the log of the sum over all paths.

    Edges are ordered by start node; those of node v are first[v] … first[v + 1] - 1. A gap that follows a gap of its
    own kind scores `extend` more.
    """
    forward = np.full((nodes, 3), NEVER)
    backward = np.full((nodes, 3), NEVER)
    forward[0, 0] = 0.0
    backward[nodes - 1, :] = 0.0
    for v in range(nodes - 1):
        match, deletion, insertion = forward[v, 0], forward[v, 1], forward[v, 2]
        any_state = _added(_added(match, deletion), insertion)
        for e in range(first[v], first[v + 1]):
            if kind[e] == MATCH:
                forward[end[e], 0] = _added(forward[end[e], 0], any_state + score[e])
            elif kind[e] == DELETION:
                forward[end[e], 1] = _added(forward[end[e], 1], _added(match, deletion + extend) + score[e])
            else:
                value = _added(_added(match, deletion), insertion + extend) + score[e]
                forward[end[e], 2] = _added(forward[end[e], 2], value)
    total = _added(_added(forward[nodes - 1, 0], forward[nodes - 1, 1]), forward[nodes - 1, 2])
    probability = np.zeros(score.shape[0])
    continued = np.zeros(score.shape[0])
    for v in range(nodes - 2, -1, -1):
        match, deletion, insertion = forward[v, 0], forward[v, 1], forward[v, 2]
        any_state = _added(_added(match, deletion), insertion)
        for e in range(first[v], first[v + 1]):
            if kind[e] == MATCH:
                value = score[e] + backward[end[e], 0]
                for state in range(3):
                    backward[v, state] = _added(backward[v, state], value)
                probability[e] = math.exp(min(any_state + value - total, 0.0))
            elif kind[e] == DELETION:
                value = score[e] + backward[end[e], 1]
                backward[v, 0] = _added(backward[v, 0], value)
                backward[v, 1] = _added(backward[v, 1], value + extend)
                continued[e] = math.exp(min(deletion + extend + value - total, 0.0))
                probability[e] = math.exp(min(match + value - total, 0.0)) + continued[e]
            else:
                value = score[e] + backward[end[e], 2]
                backward[v, 0] = _added(backward[v, 0], value)
                backward[v, 1] = _added(backward[v, 1], value)
                backward[v, 2] = _added(backward[v, 2], value + extend)
                continued[e] = math.exp(min(insertion + extend + value - total, 0.0))
                probability[e] = math.exp(min(_added(match, deletion) + value - total, 0.0)) + continued[e]
    return probability, continued, total


@compiled
def best_path(first: Array, end: Array, value: Array, nodes: int) -> Array:
    """Edges of the path with the greatest sum of values, in order; the earlier edge wins a tie."""
    best = np.full(nodes, NEVER)
    chosen = np.full(nodes, -1, np.int64)
    best[nodes - 1] = 0.0
    for v in range(nodes - 2, -1, -1):
        for e in range(first[v], first[v + 1]):
            if best[end[e]] > NEVER and best[end[e]] + value[e] > best[v]:
                best[v] = best[end[e]] + value[e]
                chosen[v] = e
    path = np.empty(nodes, np.int64)
    length = 0
    v = 0
    while v < nodes - 1:
        path[length] = chosen[v]
        v = end[chosen[v]]
        length += 1
    return path[:length]
