"""How a document was translated, from its sure beads: a first judgement in, features for a second one out.

One translator keeps to the sentences, another merges and leaves out; in a document whose sure beads are all one to one
a merge needs better evidence than in a free translation. What is sure at first says which it is. A bead does not count
for itself: only what is sure elsewhere in the document does.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from alignment.lattice import Edges, Floats, Ints

HABITS = (
    "habit of merging · n-m",
    "habit of leaving out · n-m",
    "habit of anything but 1-1 · n-m",
    "habit of merging · 2-2 and more",
    "habit of 2-2 and more · 2-2 and more",
    "habit of anything but 1-1 · 2-2 and more",
)
"""Of beads with both sides alone: a gap that paid for each of its sentences would make a long one look like a merge."""

Flags = NDArray[np.bool_]

_SURE = 0.9
# A document of no beads has half a bead of each kind among three; so much its own beads have to outweigh.
_PRIOR, _OTHERS, _BEADS = 0.5, 3.0, 9.0
_LEAST, _MOST = -4.0, 0.5  # a thousand beads say no more than some fifty: training saw short documents


def habits(edges: Edges, path: Ints, probability: Floats) -> Floats:
    """Features of each edge (edges, len(HABITS)) from a path and the probability of each of its edges."""
    a, b = edges.a[path], edges.b[path]
    sure = probability > _SURE
    match = (a > 0) & (b > 0)
    first, last = _on_path(edges, match, a, b)
    plains, merges, blocks = (
        _elsewhere(sure[match] & kind[match], first, last)
        for kind in ((a == 1) & (b == 1), a + b > 2, (a > 1) & (b > 1))
    )
    # Where a gap stands among its neighbours says nothing, so gaps are counted by their sentences.
    gaps = _elsewhere(np.repeat(sure & (b == 0), a), edges.i, edges.i + edges.a)
    gaps += _elsewhere(np.repeat(sure & (a == 0), b), edges.j, edges.j + edges.b)
    merging = _log_odds(merges, plains + gaps, _OTHERS)
    leaving_out = _log_odds(gaps, plains + merges, _OTHERS)
    blocking = _log_odds(blocks, plains + merges + gaps, _BEADS)
    departing = _log_odds(merges + gaps, plains, _OTHERS)
    several_here = ((edges.a > 0) & (edges.b > 0) & (edges.a + edges.b > 2))[:, None]
    block_here = ((edges.a > 1) & (edges.b > 1))[:, None]
    of_any = np.stack([merging, leaving_out, departing], axis=1)
    of_blocks = np.stack([merging, blocking, departing], axis=1)
    return np.concatenate([of_any * several_here, of_blocks * block_here], axis=1)


def _on_path(edges: Edges, match: Flags, a: Ints, b: Ints) -> tuple[Ints, Ints]:
    """Which of the path's beads with both sides share a sentence with each edge: the first, and the one after the last.

    `match` says which of the path's beads have both sides, `a` and `b` how many sentences each has.
    """
    upto = np.concatenate([[0], np.cumsum(match)])
    first, last = np.full(len(edges), len(upto)), np.full(len(edges), -1)
    for start, size, lengths in ((edges.i, edges.a, a), (edges.j, edges.b, b)):
        before, after = np.repeat(upto[:-1], lengths), np.repeat(upto[1:], lengths)
        own = np.flatnonzero(size)
        first[own] = np.minimum(first[own], before[start[own]])
        last[own] = np.maximum(last[own], after[start[own] + size[own] - 1])
    return first, np.maximum(first, last)


def _elsewhere(kind: Flags, first: Ints, last: Ints) -> Ints:
    """How many of a kind there are before `first` and from `last` on."""
    upto = np.concatenate([[0], np.cumsum(kind)])
    counts: Ints = upto[-1] - (upto[last] - upto[first])
    return counts


def _log_odds(counts: Ints, others: Ints, prior: float) -> Floats:
    odds: Floats = np.clip(np.log((counts + _PRIOR) / (others + prior)), _LEAST, _MOST)
    return odds
