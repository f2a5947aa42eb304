"""A page's blocks and the paragraphs that were extracted from it in, the blocks that hold them out.

Both are compared by letters alone. A long paragraph is looked for in the running text of the page, since extraction
joins what the page cuts apart (a number and its list item, the cells of a table); a short one ("Read on", a heading)
may stand anywhere on a page and is only taken between or next to long ones that were found.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from itertools import accumulate, pairwise

# From this many letters on, a text that stands in both is the same paragraph and not a phrase that recurs.
_LONG = 30
# Paragraphs that are not found cost a search of the whole page each; a hostile page could have thousands.
_MOST_MISSES = 300

_NO_LETTER = re.compile(r"[\W_]+")


def letters(text: str) -> str:
    """What must be equal for two texts to be the same: letters and digits, without case."""
    return _NO_LETTER.sub("", text).casefold()


def matching_blocks(blocks: Sequence[str], paragraphs: Sequence[str]) -> list[int]:
    """Indices of the blocks that the paragraphs were extracted from, in the page's order."""
    keys = [letters(block) for block in blocks]
    wanted = [key for key in map(letters, paragraphs) if key]
    starts = [0, *accumulate(map(len, keys))]
    taken, anchors = _long_ones(keys, starts, wanted)
    if anchors:
        taken |= _short_ones(keys, wanted, anchors)
        taken |= _contained(keys, "".join(wanted), min(taken), max(taken))
    elif wanted:
        taken = _contained(keys, "".join(wanted), 0, len(keys) - 1)
    return sorted(taken)


def _long_ones(
    keys: Sequence[str], starts: Sequence[int], wanted: Sequence[str]
) -> tuple[set[int], list[tuple[int, int, int]]]:
    """Blocks of the long paragraphs; and, for those in order, (paragraph, first block, last block)."""
    page = "".join(keys)
    taken: set[int] = set()
    anchors: list[tuple[int, int, int]] = []
    last = misses = 0
    for number, key in enumerate(wanted):
        if len(key) < _LONG or misses > _MOST_MISSES:
            continue
        at = page.find(key, last)
        in_order = at >= 0
        at = at if in_order else page.find(key, 0, last)
        if at < 0:
            misses += 1
            continue
        covered = _covered(starts, at, at + len(key))
        taken.update(covered)
        if in_order and covered:
            anchors.append((number, covered[0], covered[-1]))
            last = at + len(key)
    return taken, anchors


def _covered(starts: Sequence[int], begin: int, end: int) -> list[int]:
    """The blocks that lie at least half within a stretch of the page's letters."""
    first, last = bisect_right(starts, begin) - 1, bisect_left(starts, end)
    inside = [
        index
        for index in range(first, min(last, len(starts) - 1))
        if 2 * (min(end, starts[index + 1]) - max(begin, starts[index])) >= starts[index + 1] - starts[index] > 0
    ]
    return inside or [first]


def _short_ones(keys: Sequence[str], wanted: Sequence[str], anchors: Sequence[tuple[int, int, int]]) -> set[int]:
    """Short paragraphs between two long ones lie between them on the page too; before the first one, next to it."""
    places: dict[str, list[int]] = defaultdict(list)
    for index, key in enumerate(keys):
        places[key].append(index)
    taken: set[int] = set()
    number, ceiling, _ = anchors[0]
    for key in reversed(wanted[:number]):
        at = bisect_left(places.get(key, []), ceiling)
        if at:
            ceiling = places[key][at - 1]
            taken.add(ceiling)
    for (number, _, last), (until, limit, _) in pairwise([*anchors, (len(wanted), len(keys), 0)]):
        for key in wanted[number + 1 : until]:
            indices = places.get(key, [])
            at = bisect_right(indices, last)
            if at < len(indices) and indices[at] < limit:
                last = indices[at]
                taken.add(last)
    return taken


def _contained(keys: Sequence[str], extracted: str, first: int, last: int) -> set[int]:
    """Blocks that are long parts of the extracted text, which drops bits of a paragraph here and there."""
    return {index for index in range(first, last + 1) if len(keys[index]) >= _LONG and keys[index] in extracted}
