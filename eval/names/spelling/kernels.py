"""The dynamic programmes of the edit model, compiled; imported only where names are compared across scripts.

Strings are given as `grams[position, length - 1]`: the number of the gram of that length that ends there (−1: unknown).
Many strings lie one behind the other, string `k` at `offsets[k]:offsets[k + 1]`, each with one position more than it
has characters, since ends of grams are counted from 0.
"""

from __future__ import annotations

import numba
import numpy as np
from numpy.typing import NDArray

Grams = NDArray[np.int32]
Weights = NDArray[np.float64]


@numba.njit(cache=True)  # type: ignore[untyped-decorator]
def piece_numbers(
    codes: NDArray[np.uint32], letters: NDArray[np.int64], tables: NDArray[np.int32], many: int, longest: int
) -> Grams:
    """The numbers of the pieces of 1 to `longest` letters that end at each place; −1 for none.

    `letters` numbers code points, its last one all others, below `many`. `tables` holds one behind the other, for each
    length, the numbers of the pieces by their letters, the last letter fastest.
    """
    numbers = np.empty((len(codes), longest), dtype=np.int32)
    last = len(letters) - 1
    for place in range(len(codes)):
        key, begin, power = 0, 0, 1
        for length in range(longest):
            if length > place:
                numbers[place, length] = -1
                continue
            key += power * letters[min(codes[place - length], last)]
            power *= many
            numbers[place, length] = tables[begin + key]
            begin += power
    return numbers


@numba.njit(cache=True)  # type: ignore[untyped-decorator]
def joint(
    query: Grams,
    grams: Grams,
    offsets: NDArray[np.int64],
    shared: NDArray[np.int32],
    chosen: NDArray[np.int64],
    weights: Weights,
    operations: NDArray[np.int32],
) -> Weights:
    """Log probability of the query together with each chosen candidate, summed over all ways to align them.

    `weights[g, h]` belongs to query gram `g` and candidate gram `h` (0: nothing). `chosen` ascends. `shared[k]` is how
    many characters candidate `k` begins with in common with the one before: those columns are not computed again.
    """
    rows = len(query)
    longest = 1
    for k in chosen:
        longest = max(longest, offsets[k + 1] - offsets[k])
    result = np.empty(len(chosen))
    table = np.zeros((longest, rows))
    table[0, 0] = 1.0
    for i in range(1, rows):
        total = 0.0
        for o in range(len(operations)):
            p, q = operations[o]
            if q == 0 and p <= i and query[i, p - 1] >= 0:
                total += table[0, i - p] * weights[query[i, p - 1], 0]
        table[0, i] = total
    last = -1
    for place, k in enumerate(chosen):
        begin = offsets[k]
        columns = offsets[k + 1] - begin
        common = columns if last >= 0 else 0
        for between in range(last + 1, k + 1):
            common = min(common, shared[between])
        last = k
        for j in range(common + 1, columns):
            for i in range(rows):
                total = 0.0
                for o in range(len(operations)):
                    p, q = operations[o]
                    if p > i or q > j:
                        continue
                    before = table[j - q, i - p]
                    if before <= 0.0:
                        continue
                    g = 0 if p == 0 else query[i, p - 1]
                    h = 0 if q == 0 else grams[begin + j, q - 1]
                    if g >= 0 and h >= 0:
                        total += before * weights[g, h]
                table[j, i] = total
        result[place] = np.log(max(table[columns - 1, rows - 1], 1e-300))
    return result


@numba.njit(cache=True)  # type: ignore[untyped-decorator]
def joint_in_context(
    query: Grams,
    grams: Grams,
    offsets: NDArray[np.int64],
    chosen: NDArray[np.int64],
    weights: Weights,
    units: NDArray[np.int32],
    operations: NDArray[np.int32],
    pairs: NDArray[np.int64],
    known: Weights,
    rest: Weights,
) -> Weights:
    """As `joint`, where what an operation costs depends on the one before it.

    `units[g, h]` numbers the operations (0: not seen in training, 1: the beginning). `pairs`, ascending, holds
    `before * len(rest) + after` of the pairs of operations that training saw, `known` the probability of each,
    `rest[before]` what is left for all others, shared as `weights` says.
    """
    rows, many = len(query), len(rest)
    result = np.empty(len(chosen))
    for place, k in enumerate(chosen):
        begin = offsets[k]
        columns = offsets[k + 1] - begin
        table = np.zeros((columns, rows, len(operations)))
        last = np.zeros((columns, rows, len(operations)), dtype=np.int32)
        for j in range(columns):
            for i in range(rows):
                for o in range(len(operations)):
                    p, q = operations[o]
                    if p > i or q > j:
                        continue
                    g = 0 if p == 0 else query[i, p - 1]
                    h = 0 if q == 0 else grams[begin + j, q - 1]
                    if g < 0 or h < 0 or weights[g, h] <= 0.0:
                        continue
                    unit = units[g, h]
                    last[j, i, o] = unit
                    total = 0.0
                    opens = i == p and j == q
                    for before in range(1 if opens else len(operations)):
                        arrived = 1.0 if opens else table[j - q, i - p, before]
                        if arrived <= 0.0:
                            continue
                        came = 1 if opens else last[j - q, i - p, before]
                        step = rest[came] * weights[g, h]
                        if unit > 0 and came > 0:
                            pair = came * many + unit
                            found = np.searchsorted(pairs, pair)
                            if found < len(pairs) and pairs[found] == pair:
                                step += known[found]
                        total += arrived * step
                    table[j, i, o] = total
        result[place] = np.log(max(table[columns - 1, rows - 1].sum(), 1e-300))
    return result


@numba.njit(cache=True)  # type: ignore[untyped-decorator]
def best_path(
    left: Grams, right: Grams, weights: Weights, operations: NDArray[np.int32]
) -> list[tuple[np.int32, np.int32]]:
    """The grams of the likeliest operations that make one pair, in order; empty where nothing makes it."""
    rows, columns = len(left), len(right)
    best = np.full((rows, columns), -np.inf)
    came = np.full((rows, columns), -1, dtype=np.int32)
    best[0, 0] = 0.0
    for i in range(rows):
        for j in range(columns):
            for o in range(len(operations)):
                p, q = operations[o]
                if p > i or q > j:
                    continue
                g = np.int32(0) if p == 0 else left[i, p - 1]
                h = np.int32(0) if q == 0 else right[j, q - 1]
                if g >= 0 and h >= 0 and weights[g, h] > 0.0:
                    score = best[i - p, j - q] + np.log(weights[g, h])
                    if score > best[i, j]:
                        best[i, j], came[i, j] = score, o
    path = [(np.int32(0), np.int32(0)) for _ in range(0)]
    i, j = rows - 1, columns - 1
    while came[i, j] >= 0:
        p, q = operations[came[i, j]]
        path.append((np.int32(0) if p == 0 else left[i, p - 1], np.int32(0) if q == 0 else right[j, q - 1]))
        i, j = i - p, j - q
    return path[::-1]


@numba.njit(cache=True)  # type: ignore[untyped-decorator]
def marginal(grams: Grams, offsets: NDArray[np.int64], weights: Weights) -> Weights:
    """Log probability of each string by itself, under the weights of its grams, summed over all segmentations."""
    result = np.empty(len(offsets) - 1)
    for k in range(len(offsets) - 1):
        columns = offsets[k + 1] - offsets[k]
        total = np.zeros(columns)
        total[0] = 1.0
        for j in range(1, columns):
            for q in range(1, min(j, grams.shape[1]) + 1):
                h = grams[offsets[k] + j, q - 1]
                if h >= 0:
                    total[j] += total[j - q] * weights[h]
        result[k] = np.log(max(total[columns - 1], 1e-300))
    return result


@numba.njit(cache=True)  # type: ignore[untyped-decorator]
def expect(
    left: Grams,
    left_offsets: NDArray[np.int64],
    right: Grams,
    right_offsets: NDArray[np.int64],
    weights: Weights,
    operations: NDArray[np.int32],
    counts: Weights,
) -> float:
    """One expectation step over pairs: adds each operation's expected count to `counts`, returns the log likelihood."""
    likelihood = 0.0
    for k in range(len(left_offsets) - 1):
        a, b = left_offsets[k], right_offsets[k]
        rows, columns = left_offsets[k + 1] - a, right_offsets[k + 1] - b
        forward, backward = np.zeros((rows, columns)), np.zeros((rows, columns))
        forward[0, 0] = 1.0
        backward[rows - 1, columns - 1] = 1.0
        for i in range(rows):
            for j in range(columns):
                for o in range(len(operations)):
                    p, q = operations[o]
                    if p <= i and q <= j:
                        g = 0 if p == 0 else left[a + i, p - 1]
                        h = 0 if q == 0 else right[b + j, q - 1]
                        if g >= 0 and h >= 0:
                            forward[i, j] += forward[i - p, j - q] * weights[g, h]
        total = forward[rows - 1, columns - 1]
        if total <= 0.0:
            continue
        likelihood += np.log(total)
        for i in range(rows - 1, -1, -1):
            for j in range(columns - 1, -1, -1):
                for o in range(len(operations)):
                    p, q = operations[o]
                    if i + p < rows and j + q < columns:
                        g = 0 if p == 0 else left[a + i + p, p - 1]
                        h = 0 if q == 0 else right[b + j + q, q - 1]
                        if g >= 0 and h >= 0:
                            step = weights[g, h] * backward[i + p, j + q]
                            backward[i, j] += step
                            counts[g, h] += forward[i, j] * step / total
    return likelihood
