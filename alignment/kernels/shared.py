"""Items of two sides: which both have, in how many sentences they stand, and the weight that two spans share."""

# mypy: disable-error-code="no-untyped-call, misc"

from __future__ import annotations

import numpy as np

from alignment.kernels.compiled import Array, compiled


@compiled
def common_numbers(left: Array, right: Array) -> tuple[Array, Array, int]:
    """Number the hashes that both sides have, in the order of the left side; -1 for those of one side alone."""
    bits = 4
    while (1 << bits) < 2 * left.shape[0]:
        bits += 1
    last = (1 << bits) - 1
    mask = np.uint64(last)
    slots = np.full(1 << bits, -1, np.int64)  # where each distinct hash of the left side stands first
    places = np.empty(left.shape[0], np.int64)
    for k in range(left.shape[0]):
        slot = np.int64(left[k] & mask)  # the hashes are mixed well already
        while slots[slot] >= 0 and left[slots[slot]] != left[k]:
            slot = (slot + 1) & last
        if slots[slot] < 0:
            slots[slot] = k
        places[k] = slots[slot]
    own, other = np.full(left.shape[0], -1, np.int64), np.full(right.shape[0], -1, np.int64)
    for k in range(right.shape[0]):
        slot = np.int64(right[k] & mask)
        while slots[slot] >= 0 and left[slots[slot]] != right[k]:
            slot = (slot + 1) & last
        other[k] = slots[slot]
        if other[k] >= 0:
            own[other[k]] = 0
    count = 0
    for k in range(left.shape[0]):
        if places[k] == k and own[k] == 0:
            own[k] = count
            count += 1
        elif own[places[k]] >= 0:
            own[k] = own[places[k]]
    for k in range(right.shape[0]):
        if other[k] >= 0:
            other[k] = own[other[k]]
    return own, other, count


@compiled
def sentences_with(first: Array, items: Array, count: int) -> Array:
    """In how many sentences each of `count` items stands."""
    seen, last = np.zeros(count, np.int64), np.full(count, -1, np.int64)
    for sentence in range(first.shape[0] - 1):
        for k in range(first[sentence], first[sentence + 1]):
            if last[items[k]] != sentence:
                last[items[k]] = sentence
                seen[items[k]] += 1
    return seen


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
