"""Letters of a side, read one after the other: what its sentences begin and end with, and hashes of runs of letters."""

# mypy: disable-error-code="no-untyped-call, misc"

from __future__ import annotations

from typing import Any

import numpy as np

from alignment.kernels.compiled import Array, compiled


@compiled
def _mixed(value: Any) -> Any:
    """Spread a value over 64 bits (the finaliser of splitmix64)."""
    value = (value + np.uint64(0x9E3779B97F4A7C15)) * np.uint64(0xBF58476D1CE4E5B9)
    value = (value ^ (value >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return value ^ (value >> np.uint64(31))


@compiled
def run_hashes(
    codes: Array, kind: Array, sound: Array, count: int, least: int, most: int, squeeze: bool
) -> tuple[Array, Array]:
    """Hash of each run of letters with at least `least` sounds, from the first `most` of them; sentence by sentence.

    With `squeeze` a sound that repeats the one before it does not count: a doubled letter is one sound.

    Args:
        codes: code points of all sentences, each with a line feed behind it.
        kind: of each code point: 0 stands outside of runs, 1 inside, 2 inside and a run may begin with it, 3 inside
            where it stands between two of kind 2.
        sound: of each code point; 0 is none.
        count: how many sentences there are.

    Returns:
        Hashes, and where those of each sentence begin (count + 1).
    """
    size = codes.shape[0]
    value = np.empty(size // (least + 1) + 1, np.uint64)
    first = np.zeros(count + 1, np.int64)
    runs, sentence, length, before = 0, 0, 0, 0
    running, counted = False, False
    mixed = np.uint64(0)
    for k in range(size):
        code = codes[k]
        own = kind[code]
        if own == 3:
            own = 1 if 0 < k < size - 1 and kind[codes[k - 1]] == 2 and kind[codes[k + 1]] == 2 else 0
        if own > 0:
            if not running:
                running, counted, length, before, mixed = True, own > 1, 0, 0, np.uint64(0)
            heard = sound[code]
            if heard > 0 and not (squeeze and heard == before):
                before = heard
                if length < most:
                    mixed += _mixed(np.uint64(heard) + np.uint64(0x10000) * np.uint64(length))
                length += 1
            continue
        if running and counted and length >= least:
            value[runs] = mixed
            runs += 1
        running = False
        if code == 10:
            sentence += 1
            first[sentence] = runs
    return value[:runs].copy(), first


@compiled
def line_starts(codes: Array, count: int) -> Array:
    """Where each of the lines begins, and where the last one ends (count + 1)."""
    first = np.zeros(count + 1, np.int64)
    line = 0
    for k in range(codes.shape[0]):
        if codes[k] == 10:
            line += 1
            first[line] = k + 1
    return first


@compiled
def line_marks(
    codes: Array, first: Array, quote: Array, closing: Array, ending: Array, begin: Array
) -> tuple[Array, Array, Array]:
    """Quotes in each line, `ending` of its last letter that is not `closing` (0 without one), `begin` of its first."""
    count = first.shape[0] - 1
    quotes, last, start = np.zeros(count, np.int64), np.zeros(count, np.int64), np.zeros(count, np.int64)
    for line in range(count):
        start[line] = begin[codes[first[line]]]
        for k in range(first[line], first[line + 1] - 1):
            quotes[line] += quote[codes[k]]
        for k in range(first[line + 1] - 2, first[line] - 1, -1):
            if not closing[codes[k]]:
                last[line] = ending[codes[k]]
                break
    return quotes, last, start


@compiled
def line_sums(codes: Array, first: Array, steps: Array) -> Array:
    """Sum of the steps (code points, 4) of each line's letters (lines, 4)."""
    out = np.zeros((first.shape[0] - 1, 4), np.int64)
    for line in range(out.shape[0]):
        one, two, three, four = 0, 0, 0, 0
        for k in range(first[line], first[line + 1]):
            code = codes[k]
            one += steps[code, 0]
            two += steps[code, 1]
            three += steps[code, 2]
            four += steps[code, 3]
        out[line, 0], out[line, 1], out[line, 2], out[line, 3] = one, two, three, four
    return out
