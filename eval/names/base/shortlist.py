"""Sorted files of names in, the numbers of those that sound like a query out, the likeliest first: compiled.

Imported only where names are compared by sound.
"""

from __future__ import annotations

import numba
import numpy as np
from numpy.typing import NDArray

_BITS = 63


def letter_masks(sketch: str) -> tuple[int, NDArray[np.uint64]]:
    """Length of a sketch, of which 63 letters count, and for each letter of ASCII the places where it has it."""
    masks = [0] * 128
    letters = sketch[:_BITS].encode()
    for place, letter in enumerate(letters):
        masks[letter] |= 1 << place
    return len(letters), np.array(masks, dtype=np.uint64)


@numba.njit(cache=True)  # type: ignore[untyped-decorator]
def _first(hashes: NDArray[np.uint64], query: np.uint64) -> int:
    """Where the first fingerprint stands that is not below one."""
    low, high = 0, len(hashes)
    while low < high:
        middle = (low + high) // 2
        if hashes[middle] < query:
            low = middle + 1
        else:
            high = middle
    return low


@numba.njit(cache=True)  # type: ignore[untyped-decorator]
def filed_under(
    queries: NDArray[np.uint64], hashes: NDArray[np.uint64], numbers: NDArray[np.uint32]
) -> NDArray[np.int64]:
    """The numbers filed under any of some fingerprints, ascending, without repeats."""
    found = [np.int64(0) for _ in range(0)]
    for query in queries:
        place = _first(hashes, query)
        while place < len(hashes) and hashes[place] == query:
            found.append(np.int64(numbers[place]))
            place += 1
    return np.unique(np.array(found, dtype=np.int64))


@numba.njit(cache=True)  # type: ignore[untyped-decorator]
def shortlist(
    queries: NDArray[np.uint64],
    hashes: NDArray[np.uint64],
    numbers: NDArray[np.uint32],
    starts: NDArray[np.int64],
    members: NDArray[np.uint32],
    gathered: int,
    masks: NDArray[np.uint64],
    length: int,
    sketches: NDArray[np.uint8],
    offsets: NDArray[np.int64],
    most: int,
) -> NDArray[np.int64]:
    """The `most` members of the groups filed under one of the queries whose sketches are most alike; ties by member.

    Args:
        queries: fingerprints, those looked at first in front; after `gathered` members no more are.
        hashes, numbers: the file of the groups, by ascending fingerprint.
        starts, members: group `g` is `members[starts[g]:starts[g + 1]]`.
        masks, length: the sketch that the others, `sketches[offsets[m]:offsets[m + 1]]`, are held against.

    Alike is the normalised Indel similarity; one word of bits finds the longest common subsequence (Hyyrö 2004):
    a step costs three operations whatever the length.
    """
    best = np.full(most, -1, dtype=np.int64)
    scores = np.full(most, -1.0)
    kept = 0
    seen = 0
    full = np.uint64(0xFFFFFFFFFFFFFFFF)
    for query in queries:
        low = _first(hashes, query)
        while low < len(hashes) and hashes[low] == query and seen < gathered:
            group = numbers[low]
            low += 1
            for member in range(starts[group], starts[group + 1]):
                seen += 1
                begin, end = offsets[member], offsets[member + 1]
                # No more letters can be common than the shorter one has.
                shorter = min(length, end - begin)
                if kept == most and 2.0 * shorter / (length + end - begin) < scores[kept - 1]:
                    continue
                row = full
                for at in range(begin, end):
                    matched = row & masks[sketches[at]]
                    row = (row + matched) | (row - matched)
                common = 0
                for bit in range(length):
                    common += 1 - int((row >> np.uint64(bit)) & np.uint64(1))
                score = 2.0 * common / (length + end - begin) if length + end - begin > 0 else 0.0
                number = np.int64(members[member])
                place = kept
                while place > 0 and (
                    scores[place - 1] < score or (scores[place - 1] == score and best[place - 1] > number)
                ):
                    place -= 1
                if place == most or (place > 0 and best[place - 1] == number):
                    continue
                if kept < most:
                    kept += 1
                for after in range(kept - 1, place, -1):
                    best[after], scores[after] = best[after - 1], scores[after - 1]
                best[place], scores[place] = number, score
    return best[:kept]
