"""Cells of a band: products of vectors in, similarities and what stands out among them out."""

# mypy: disable-error-code="no-untyped-call, misc"

from __future__ import annotations

import numpy as np

from alignment.kernels.compiled import Array, compiled


@compiled
def spread(
    one_many: Array,
    many_one: Array,
    others: Array,
    longest: int,
    low: Array,
    high: Array,
    offset: Array,
    start: int,
    begin: int,
    first: int,
    out: Array,
) -> None:
    """Write products of a block of rows and a block of columns to the cells of a band that they meet in.

    Args:
        one_many: one row with windows of columns, (rows, columns · longest).
        many_one: one column with windows of rows, (columns, rows · longest).
        others: the shapes with several sentences on both sides, (shapes, rows, columns).
        start: the first row; low, high, offset: those of the band.
        begin: the first column of the block that counts; first: the first one whose products are here.
        out: (cells, shapes).
    """
    columns = many_one.shape[0]
    for r in range(one_many.shape[0]):
        i = start + r
        for j in range(max(low[i], begin), min(high[i], first + columns)):
            cell, c = offset[i] + j - low[i], j - first
            for k in range(longest):
                out[cell, k] = one_many[r, c * longest + k]
            for k in range(1, longest):
                out[cell, longest + k - 1] = many_one[c, r * longest + k]
            for k in range(others.shape[0]):
                out[cell, 2 * longest - 1 + k] = others[k, r, c]


@compiled
def spread_singles(
    product: Array, low: Array, high: Array, offset: Array, start: int, begin: int, first: int, out: Array
) -> None:
    """As `spread`, of single sentences alone: products (rows, columns) to the first column of `out`."""
    for r in range(product.shape[0]):
        i = start + r
        for j in range(max(low[i], begin), min(high[i], first + product.shape[1])):
            out[offset[i] + j - low[i], 0] = product[r, j - first]


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
        best, second, count, total = -np.inf, -np.inf, 0.0, 0.0
        for j in range(low[i], min(high[i], m)):
            v = np.float64(value[offset[i] + j - low[i]])
            total += v
            if v > best:
                best, second, count = v, best, 1.0
            elif v == best:
                count += 1
            elif v > second:
                second = v
            if v > columns[j, 0]:
                columns[j, 0], columns[j, 1], columns[j, 2] = v, columns[j, 0], 1
            elif v == columns[j, 0]:
                columns[j, 2] += 1
            elif v > columns[j, 1]:
                columns[j, 1] = v
        rows[i, 0], rows[i, 1], rows[i, 2], rows[i, 3] = best, second, count, total
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
def look(
    low: Array,
    high: Array,
    offset: Array,
    number: Array,
    alike: Array,
    columns: int,
    i: Array,
    j: Array,
    a: Array,
    b: Array,
    stranger: float,
) -> Array:
    """Similarity of the beads (i, j, a, b), `stranger` where the band or the document has no such candidate.

    `number` says which shape (a, b) is, -1 for none.
    """
    rows, longest = low.shape[0] - 1, number.shape[0] - 1
    out = np.full(i.shape[0], stranger)
    for e in range(i.shape[0]):
        x, y, k, c = i[e], j[e], i[e] + a[e], j[e] + b[e]
        shape = number[min(max(a[e], 0), longest), min(max(b[e], 0), longest)]
        if shape >= 0 and x >= 0 and y >= 0 and k <= rows and c <= columns and low[x] <= y < high[x]:
            out[e] = alike[offset[x] + y - low[x], shape]
    return out
