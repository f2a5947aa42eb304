"""Paths through a band by cheap scores: the best one, and every bead on one that is nearly as good.

Nodes are walked in the order (i, j), so that a bead's start always comes before its end. Between two beads, deletions
stand before insertions: the order of a run of gaps says nothing, and one order keeps every alignment from being counted
many times.
"""

# mypy: disable-error-code="no-untyped-call, misc"

from __future__ import annotations

import numpy as np

from alignment.kernels.compiled import NEVER, Array, compiled


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
    out = np.full(alike.shape, np.float32(NEVER))
    for i in range(n):
        first = offset[i] - low[i]
        for s in range(shapes.shape[0]):
            a, b = shapes[s, 0], shapes[s, 1]
            if a > left_room[i]:
                continue
            own = left[i, a - 1]
            for j in range(low[i], min(high[i], m)):
                if b <= right_room[j]:
                    u = alike[first + j, s]
                    mismatch = min(abs(own - right[j, b - 1]), 2.0)
                    out[first + j, s] = bias[s] + slope[s] * u + square * max(u, 0.0) ** 2 - length * mismatch
    return out


@compiled
def best_prefixes(
    low: Array, high: Array, offset: Array, shapes: Array, score: Array, deletion: Array, insertion: Array
) -> Array:
    """Best score of a path from the first node to each node: (cells, 2), by whether the last step is an insertion."""
    n = low.shape[0] - 1
    best = np.full((offset[n + 1], 2), NEVER)
    best[0, 0] = 0.0
    for i in range(n + 1):
        first = offset[i] - low[i]
        for j in range(low[i], high[i] - 1):
            here = max(best[first + j, 0], best[first + j, 1])
            best[first + j + 1, 1] = max(NEVER, here + insertion[j])
        if i < n:
            after = offset[i + 1] - low[i + 1]
            for j in range(max(low[i], low[i + 1]), min(high[i], high[i + 1])):
                best[after + j, 0] = max(best[after + j, 0], best[first + j, 0] + deletion[i])
        for s in range(shapes.shape[0]):
            k, b = i + shapes[s, 0], shapes[s, 1]
            if k > n:
                continue
            after = offset[k] - low[k] + b
            for j in range(max(low[i], low[k] - b), min(high[i], high[k] - b)):
                here = max(best[first + j, 0], best[first + j, 1])
                best[after + j, 0] = max(best[after + j, 0], here + score[first + j, s])
    return best


@compiled
def best_suffixes(
    low: Array, high: Array, offset: Array, shapes: Array, score: Array, deletion: Array, insertion: Array
) -> Array:
    """Best score of a path from each node to the last one: (cells, 2), by whether the step before was an insertion."""
    n = low.shape[0] - 1
    best = np.full((offset[n + 1], 2), NEVER)
    best[offset[n + 1] - 1, :] = 0.0
    for i in range(n, -1, -1):
        first = offset[i] - low[i]
        for s in range(shapes.shape[0]):
            k, b = i + shapes[s, 0], shapes[s, 1]
            if k > n:
                continue
            after = offset[k] - low[k] + b
            for j in range(max(low[i], low[k] - b), min(high[i], high[k] - b)):
                best[first + j, 1] = max(best[first + j, 1], best[after + j, 0] + score[first + j, s])
        for j in range(high[i] - 2, low[i] - 1, -1):
            best[first + j, 1] = max(best[first + j, 1], best[first + j + 1, 1] + insertion[j])
        for j in range(low[i], high[i]):
            best[first + j, 0] = max(best[first + j, 0], best[first + j, 1])
        if i < n:
            after = offset[i + 1] - low[i + 1]
            for j in range(max(low[i], low[i + 1]), min(high[i], high[i + 1])):
                best[first + j, 0] = max(best[first + j, 0], best[after + j, 0] + deletion[i])
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
        best, a, b = NEVER, 0, 0
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
