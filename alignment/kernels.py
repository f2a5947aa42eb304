"""The inner loops of the search, compiled: arrays in, arrays out. Import this module late: it imports numba.

All walk nodes in the order (i, j), so that a bead's start always comes before its end. Between two beads, deletions
stand before insertions: the order of a run of gaps says nothing, and one order keeps every alignment from being counted
many times.
"""

# mypy: disable-error-code="no-untyped-call, misc"

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, TypeVar

import numba
import numpy as np
from numpy.typing import NDArray

F = TypeVar("F", bound=Callable[..., Any])
Array = NDArray[Any]

MATCH, DELETION, INSERTION = 0, 1, 2
_NEVER = -1e30


def compiled(function: F) -> F:
    """Compile, and keep the result on disk where there is a place for it."""
    try:
        result: F = numba.njit(cache=True, nogil=True)(function)
    except RuntimeError:  # nowhere to write: compiled anew in each process
        result = numba.njit(nogil=True)(function)
    return result


@compiled
def centre(
    low: Array, high: Array, offset: Array, product: Array, left: Array, left_far: Array, right: Array, right_far: Array
) -> None:
    """Turn products of vectors into cosines of what they are from a common centre, in place (cells,).

    `left` and `right` hold each vector's product with the centre less half the centre's square, (n,) and (m,).
    """
    m = right.shape[0]
    for i in range(left.shape[0]):
        for j in range(low[i], min(high[i], m)):
            node = offset[i] + j - low[i]
            product[node] = (product[node] - left[i] - right[j]) / (left_far[i] * right_far[j])


@compiled
def bests(low: Array, high: Array, offset: Array, value: Array, n: int, m: int) -> tuple[Array, Array, Array]:
    """Best value of each row and column, the best below it, how often the best stands there, and the row's sum.

    Shapes (n, 4) and (m, 4); then the values that are the best of their row and of their column.
    """
    rows, columns = np.zeros((n, 4)), np.zeros((m, 4))
    rows[:, :2], columns[:, :2] = -np.inf, -np.inf
    for i in range(n):
        for j in range(low[i], min(high[i], m)):
            v = np.float64(value[offset[i] + j - low[i]])
            rows[i, 3] += v
            for best in (rows[i], columns[j]):
                if v > best[0]:
                    best[0], best[1], best[2] = v, best[0], 1
                elif v == best[0]:
                    best[2] += 1
                elif v > best[1]:
                    best[1] = v
    mutual = np.empty(offset[n])
    count = 0
    for i in range(n):
        for j in range(low[i], min(high[i], m)):
            v = np.float64(value[offset[i] + j - low[i]])
            if v == rows[i, 0] and v == columns[j, 0]:
                mutual[count] = v
                count += 1
    return rows, columns, mutual[:count].copy()


@compiled
def cheap_scores(
    low: Array,
    high: Array,
    offset: Array,
    shapes: Array,
    alike: Array,
    bias: Array,
    slope: Array,
    square: float,
    length: float,
    left: Array,
    right: Array,
    left_room: Array,
    right_room: Array,
) -> Array:
    """bias + slope · u + square · u² - length · |log of the lengths' mismatch| per candidate (cells, shapes).

    `left` and `right` hold log lengths of all windows, (n, longest) and (m, longest).
    """
    n, m = left.shape[0], right.shape[0]
    out = np.full(alike.shape, np.float32(_NEVER))
    for i in range(n):
        for j in range(low[i], min(high[i], m)):
            node = offset[i] + j - low[i]
            for s in range(shapes.shape[0]):
                a, b = shapes[s, 0], shapes[s, 1]
                if a <= left_room[i] and b <= right_room[j]:
                    mismatch = min(abs(left[i, a - 1] - right[j, b - 1]), 2.0)
                    u = alike[node, s]
                    out[node, s] = bias[s] + slope[s] * u + square * max(u, 0.0) ** 2 - length * mismatch
    return out


@compiled
def best_prefixes(
    low: Array, high: Array, offset: Array, shapes: Array, score: Array, deletion: Array, insertion: Array
) -> Array:
    """Best score of a path from the first node to each node: (cells, 2), by whether the last step is an insertion."""
    n = low.shape[0] - 1
    best = np.full((offset[n + 1], 2), _NEVER)
    best[0, 0] = 0.0
    for i in range(n + 1):
        for j in range(low[i], high[i]):
            node = offset[i] + j - low[i]
            here = max(best[node, 0], best[node, 1])
            if here <= _NEVER:
                continue
            for s in range(shapes.shape[0]):
                k, c = i + shapes[s, 0], j + shapes[s, 1]
                if k <= n and low[k] <= c < high[k]:
                    end = offset[k] + c - low[k]
                    best[end, 0] = max(best[end, 0], here + score[node, s])
            if i < n and low[i + 1] <= j < high[i + 1]:
                end = offset[i + 1] + j - low[i + 1]
                best[end, 0] = max(best[end, 0], best[node, 0] + deletion[i])
            if j + 1 < high[i]:
                best[node + 1, 1] = max(best[node + 1, 1], here + insertion[j])
    return best


@compiled
def best_suffixes(
    low: Array, high: Array, offset: Array, shapes: Array, score: Array, deletion: Array, insertion: Array
) -> Array:
    """Best score of a path from each node to the last one: (cells, 2), by whether the step before was an insertion."""
    n = low.shape[0] - 1
    best = np.full((offset[n + 1], 2), _NEVER)
    best[offset[n + 1] - 1, :] = 0.0
    for i in range(n, -1, -1):
        for j in range(high[i] - 1, low[i] - 1, -1):
            node = offset[i] + j - low[i]
            here = best[node, 1]
            for s in range(shapes.shape[0]):
                k, c = i + shapes[s, 0], j + shapes[s, 1]
                if k <= n and low[k] <= c < high[k]:
                    here = max(here, best[offset[k] + c - low[k], 0] + score[node, s])
            if j + 1 < high[i]:
                here = max(here, best[node + 1, 1] + insertion[j])
            best[node, 1] = here
            if i < n and low[i + 1] <= j < high[i + 1]:
                here = max(here, best[offset[i + 1] + j - low[i + 1], 0] + deletion[i])
            best[node, 0] = max(best[node, 0], here)
    return best


@compiled
def edges_within(
    low: Array,
    high: Array,
    offset: Array,
    shapes: Array,
    score: Array,
    deletion: Array,
    insertion: Array,
    prefixes: Array,
    suffixes: Array,
    least: float,
    out: Array,
) -> int:
    """Beads on a path that scores at least `least`, written to `out` (capacity, 4) as i, j, a, b; how many there are.

    Counts on when `out` is full.
    """
    n = low.shape[0] - 1
    count = 0
    capacity = out.shape[0]
    for i in range(n + 1):
        for j in range(low[i], high[i]):
            node = offset[i] + j - low[i]
            here = max(prefixes[node, 0], prefixes[node, 1])
            if here + suffixes[node, 0] < least:
                continue
            if j + 1 < high[i] and here + insertion[j] + suffixes[node + 1, 1] >= least:
                if count < capacity:
                    out[count, 0], out[count, 1], out[count, 2], out[count, 3] = i, j, 0, 1
                count += 1
            if i < n and low[i + 1] <= j < high[i + 1]:
                end = offset[i + 1] + j - low[i + 1]
                if prefixes[node, 0] + deletion[i] + suffixes[end, 0] >= least:
                    if count < capacity:
                        out[count, 0], out[count, 1], out[count, 2], out[count, 3] = i, j, 1, 0
                    count += 1
            for s in range(shapes.shape[0]):
                k, c = i + shapes[s, 0], j + shapes[s, 1]
                if k <= n and low[k] <= c < high[k]:
                    end = offset[k] + c - low[k]
                    if here + score[node, s] + suffixes[end, 0] >= least:
                        if count < capacity:
                            out[count, 0], out[count, 1] = i, j
                            out[count, 2], out[count, 3] = shapes[s, 0], shapes[s, 1]
                        count += 1
    return count


@compiled
def one_path(
    low: Array,
    high: Array,
    offset: Array,
    shapes: Array,
    score: Array,
    deletion: Array,
    insertion: Array,
    suffixes: Array,
) -> Array:
    """A best path as rows (i, j, a, b); of equal steps a bead with both sides wins, the smaller one first."""
    n = low.shape[0] - 1
    m = high[n] - 1
    out = np.empty((n + m, 4), np.int64)
    i, j, state, length = 0, 0, 0, 0
    while i < n or j < m:
        node = offset[i] + j - low[i]
        best, a, b = _NEVER, 0, 0
        for s in range(shapes.shape[0]):
            k, c = i + shapes[s, 0], j + shapes[s, 1]
            if k <= n and low[k] <= c < high[k]:
                value = score[node, s] + suffixes[offset[k] + c - low[k], 0]
                if value > best:
                    best, a, b = value, shapes[s, 0], shapes[s, 1]
        if state == 0 and i < n and low[i + 1] <= j < high[i + 1]:
            value = deletion[i] + suffixes[offset[i + 1] + j - low[i + 1], 0]
            if value > best:
                best, a, b = value, 1, 0
        if j + 1 < high[i]:
            value = insertion[j] + suffixes[node + 1, 1]
            if value > best:
                best, a, b = value, 0, 1
        out[length, 0], out[length, 1], out[length, 2], out[length, 3] = i, j, a, b
        length += 1
        state = 1 if a == 0 else 0
        i, j = i + a, j + b
    return out[:length]


@compiled
def _mixed(value: Any) -> Any:
    """Spread a value over 64 bits (the finaliser of splitmix64)."""
    value = (value + np.uint64(0x9E3779B97F4A7C15)) * np.uint64(0xBF58476D1CE4E5B9)
    value = (value ^ (value >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return value ^ (value >> np.uint64(31))


@compiled
def run_hashes(
    inside: Array, opens: Array, code: Array, sentence: Array, least: int, most: int, squeeze: bool
) -> tuple[Array, Array]:
    """Hash and sentence of each run of letters that has at least `least` codes above 0, from the first `most` of them.

    With `squeeze` a code that repeats the one before it does not count: a doubled letter is one sound.
    """
    size = inside.shape[0]
    value = np.empty(size // (least + 1) + 1, np.uint64)
    place = np.empty(size // (least + 1) + 1, np.int64)
    runs = 0
    k = 0
    while k < size:
        if not inside[k]:
            k += 1
            continue
        counted = opens[k]
        own = sentence[k]
        length, before = 0, 0
        mixed = np.uint64(0)
        while k < size and inside[k]:
            if code[k] > 0 and not (squeeze and code[k] == before):
                before = code[k]
                if length < most:
                    mixed += _mixed(np.uint64(code[k]) + np.uint64(0x10000) * np.uint64(length))
                length += 1
            k += 1
        if counted and length >= least:
            value[runs], place[runs] = mixed, own
            runs += 1
    return value[:runs], place[:runs]


@compiled
def shared_weight(
    weight: Array,
    left_first: Array,
    left: Array,
    right_first: Array,
    right: Array,
    i: Array,
    k: Array,
    j: Array,
    c: Array,
) -> Array:
    """For each pair of spans i … k - 1 and j … c - 1: weight of the items both have, and of those that one lacks."""
    out = np.zeros((i.shape[0], 2))
    count = np.zeros(weight.shape[0], np.int64)
    for e in range(i.shape[0]):
        common, apart = 0.0, 0.0
        for x in range(left_first[i[e]], left_first[k[e]]):
            count[left[x]] += 1
        for x in range(right_first[j[e]], right_first[c[e]]):
            item = right[x]
            if count[item] > 0:
                count[item] -= 1
                common += weight[item]
            else:
                apart += weight[item]
        for x in range(left_first[i[e]], left_first[k[e]]):
            item = left[x]
            apart += weight[item] * count[item]
            count[item] = 0
        out[e, 0], out[e, 1] = common, apart
    return out


@compiled
def _added(x: float, y: float) -> float:
    """log(exp(x) + exp(y))."""
    if x < y:
        x, y = y, x
    return x + math.log1p(math.exp(y - x)) if y > _NEVER and x - y < 40.0 else x


@compiled
def marginals(
    first: Array, end: Array, kind: Array, score: Array, extend: float, nodes: int
) -> tuple[Array, Array, float]:
    """Probability of each edge, probability that it goes on with a run of gaps, and the log of the sum over all paths.

    Edges are ordered by start node; those of node v are first[v] … first[v + 1] - 1. A gap that follows a gap of its
    own kind scores `extend` more.
    """
    forward = np.full((nodes, 3), _NEVER)
    backward = np.full((nodes, 3), _NEVER)
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
    best = np.full(nodes, _NEVER)
    chosen = np.full(nodes, -1, np.int64)
    best[nodes - 1] = 0.0
    for v in range(nodes - 2, -1, -1):
        for e in range(first[v], first[v + 1]):
            if best[end[e]] > _NEVER and best[end[e]] + value[e] > best[v]:
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
