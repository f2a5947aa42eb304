"""The search: two sides in, the path of beads through their grid out, each bead with its probability.

First every bead in the band gets a cheap score and those that cannot be right are dropped (`sketch`); then the model
looks at all evidence for the rest, forward–backward gives each its probability, a second look also knows how freely
the document was translated (`habits`), and the path with the greatest sum of (probability - ½) wins, which is about
the path with the best expected F1.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from alignment import coarse
from alignment.evidence import Field, features
from alignment.graph import Graph, prune
from alignment.lattice import Band, Edges, Floats, Ints
from alignment.lexical import Lexical
from alignment.model import Model
from alignment.settings import AlignmentSettings
from alignment.side import Side
from alignment.similarity import Bests, Scale, cosines, scale_of
from alignment.sketch import sketch

_BORDER = 3
_WIDENINGS = 8
_EDGES_PER_SENTENCE = 48
_EDGES_AT_ONCE = 20_000
_OPEN_CELLS = 4_000_000
_LOST = 0.25  # mean probability of a path's beads below which the most probable whole path is taken


@dataclass(frozen=True, slots=True)
class Found:
    """A path through the grid: its edges in order, the probability of each, and the yardstick they were judged by."""

    edges: Edges
    probability: Floats
    scale: Scale


def search(source: Side, target: Side, model: Model, settings: AlignmentSettings) -> Found:
    """The path of two sides that both have sentences.

    Short documents are searched whole. In longer ones the search keeps to a band, which widens until the path leaves
    its border alone and every rectangle that the path jumps over has been looked into.
    """
    n, m = len(source), len(target)
    if n * m <= settings.exact_cells:
        return search_band(source, target, Band.whole(n, m), model, settings)
    path = coarse.first_path(source.spans, target.spans)
    radius = np.full(n + 1, settings.band_radius, np.int64)
    band = Band.around(path, n, m, radius)
    for _ in range(_WIDENINGS):
        found = search_band(source, target, band, model, settings)
        i, j = np.append(found.edges.i, n), np.append(found.edges.j, m)
        touched = i[band.near_border(i, j, _BORDER)]
        jumps = [jump for jump in _jumps(found.edges) if not band.contains(jump)]
        if not len(touched) and not jumps:
            break
        radius = _widened(radius, touched)
        band = Band.around(np.stack([i, j], axis=1), n, m, radius).including(jumps)
    return found


def search_band(
    source: Side, target: Side, band: Band, model: Model, settings: AlignmentSettings, scale: Scale | None = None
) -> Found:
    """The best path in a band, on a given yardstick or its own."""
    n, m = len(source), len(target)
    alike = cosines(source.spans, target.spans, band)
    scale = scale or scale_of(Bests.of(band, alike[:, 0]))
    alike = scale.standardised(alike)
    field = Field.of(band, alike, scale.match - scale.background)
    capacity = _EDGES_PER_SENTENCE * (n + m)
    edges = prune(band, *sketch(source, target, field), margin=settings.margin, capacity=capacity)
    score = _scores(field, Lexical.of(source, target), edges, model)
    graph = Graph.of(edges, n, m)
    posterior, score = model.judged(graph, score)
    path = graph.best_path(posterior.probability - 0.5)
    lost = posterior.probability[path].mean() < _LOST  # a sum over hopeless beads would only favour long ones
    if lost or not (edges.a[path] * edges.b[path]).any():  # gaps alone: where all lines are equal no place is probable
        path = graph.best_path(score)
    return Found(edges.taken(path), posterior.probability[path], scale)


def _scores(field: Field, lexical: Lexical, edges: Edges, model: Model) -> Floats:
    """What the model's two looks say of each edge (edges, 2), some thousands at a time."""
    parts = []
    for start in range(0, len(edges), _EDGES_AT_ONCE):
        some = edges.taken(np.arange(start, min(start + _EDGES_AT_ONCE, len(edges))))
        parts.append(model.scores(features(field, lexical, some)))
    return np.concatenate(parts)


def _widened(radius: Ints, touched: Ints) -> Ints:
    """Twice the radius round each touched row, for as many rows."""
    wider = radius.copy()
    for row in np.unique(touched):
        reach = int(2 * radius[row])
        near = slice(max(int(row) - reach, 0), int(row) + reach + 1)
        wider[near] = np.maximum(wider[near], reach)
    return wider


def _jumps(edges: Edges) -> list[tuple[int, int, int, int]]:
    """Rectangles (i, j, k, c) that the path passes by gaps alone on both sides: what if something was in there?"""
    jumps = []
    gap = (edges.a == 0) | (edges.b == 0)
    steps = np.flatnonzero(np.diff(np.concatenate([[False], gap, [False]]).astype(np.int8)))
    for start, stop in zip(steps[::2], steps[1::2], strict=True):
        i, j = int(edges.i[start]), int(edges.j[start])
        k, c = int(edges.i[stop - 1] + edges.a[stop - 1]), int(edges.j[stop - 1] + edges.b[stop - 1])
        if k > i and c > j and (k - i) * (c - j) <= _OPEN_CELLS:
            jumps.append((i, j, k, c))
    return jumps
