"""What speaks for or against each bead: edges of the lattice in, a row of features each out.

All features are the same when the two sides are swapped, so that an alignment can be mirrored. Similarities are the
standardised ones of `similarity.Scale`: 0 for strangers, 1 for translations.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from alignment.lattice import LONGEST, SHAPES, Band, Edges, Floats, Ints
from alignment.lexical import Lexical
from alignment.similarity import Bests
from alignment.spans import Vectors

_NUMBER = np.full((LONGEST + 1, LONGEST + 1), -1, np.int64)
for _place, (_a, _b) in enumerate(SHAPES):
    _NUMBER[_a, _b] = _place

_STRANGER = 0.0  # what a candidate outside the band or the document is taken to be

TYPES = ("1-1", "1-2", "1-3", "1-4", "1-5+", "2-2", "2-3", "2-4", "3-3")
MATCH_FEATURES = (
    *(f"type {name}" for name in TYPES),
    "sentences beyond 4",
    "u",
    "u · log size",
    "u of 1-1",
    "u of 1-k",
    "u²",
    "u below 0.4",
    "u below 0.7",
    "u above 1.0",
    "length",
    "length²",
    "length of 1-1",
    "length beyond 0.4",
    "length, weighted by its size",
    "weakest edge sentence",
    "weakest edge sentence of 1-k",
    "least gain of an edge sentence",
    "least gain below 0",
    "best split in two",
    "best gain of one more sentence",
    "best gain of one more above 0",
    "rival in row or column",
    "lead over the rivals",
    "open ends inside",
    "closed ends inside",
    "open end at one border",
    "open ends at both borders",
    "end marks differ",
    "question against none",
    "quotes differ",
    "one side cuts brackets",
    "both sides cut brackets",
    "one side cuts a quotation",
    "both sides cut a quotation",
    "numbers shared",
    "numbers missing",
    "words shared",
    "words missing",
    "names shared",
    "names missing",
)
GAP_FEATURES = (
    "gap",
    "best match",
    "best match above 0.5",
    "best match above 0.8",
    "best match squared",
    "match nearby",
    "match nearby above 0.5",
    "gain for the bead before",
    "gain for the bead after",
    "gain above 0.1",
    "log length",
    "short",
    "open end before",
    "open end after",
    "items shared with neighbours",
    "similarity expected",
    "cuts brackets",
    "cuts a quotation",
    "hardly a letter",
)
DOCUMENT_FEATURES = ("freedom", "contrast")
FEATURES = (
    *MATCH_FEATURES,
    *GAP_FEATURES,
    *(f"{name} · {kind}" for name in DOCUMENT_FEATURES for kind in ("gap", "n-m")),
)


@dataclass(frozen=True, slots=True)
class Field:
    """Similarities of all candidates in the band, with what follows from them once per document.

    Attributes:
        alike: standardised similarity (cells, shapes).
        by_row, by_column: best and second best single partner of each sentence, (n, 2) and (m, 2).
        freedom: how far below the usual match the weaker of the mutual best pairs lie.
        contrast: cosine of translations less that of strangers.
    """

    band: Band
    alike: Vectors
    by_row: Floats
    by_column: Floats
    freedom: float
    contrast: float

    @classmethod
    def of(cls, band: Band, alike: Vectors, contrast: float) -> Field:
        """Look through the similarities of single sentences."""
        bests = Bests.of(band, alike[:, 0])
        freedom = 1.0 - float(np.quantile(bests.mutual, 0.25)) if len(bests.mutual) > 3 else 0.15
        two_best = _two_best(bests.rows), _two_best(bests.columns)
        return cls(band, alike, *two_best, min(max(freedom, -0.2), 0.8), contrast)

    def look(self, i: Ints, j: Ints, a: Ints, b: Ints) -> Floats:
        """Similarity of the beads (i, j, a, b); that of strangers where there is no such candidate."""
        from alignment.kernels import cells

        band = self.band
        found: Floats = cells.look(
            band.low, band.high, band.offset, _NUMBER, self.alike, band.columns, i, j, a, b, _STRANGER
        )
        return found


def features(field: Field, lexical: Lexical, edges: Edges) -> Floats:
    """Features of each edge (edges, len(FEATURES)); those of the other kind of edge are 0."""
    out = np.zeros((len(edges), len(FEATURES)))
    matches = np.flatnonzero((edges.a > 0) & (edges.b > 0))
    gaps = np.flatnonzero((edges.a == 0) | (edges.b == 0))
    width = len(MATCH_FEATURES)
    out[matches, :width] = _match_features(field, lexical, edges.taken(matches))
    out[gaps, width : width + len(GAP_FEATURES)] = _gap_features(field, lexical, edges.taken(gaps))
    several = matches[(edges.a[matches] > 1) | (edges.b[matches] > 1)]
    place = width + len(GAP_FEATURES)
    for offset, value in ((0, field.freedom), (2, field.contrast)):
        out[gaps, place + offset] = value
        out[several, place + offset + 1] = value
    return out


def _match_features(field: Field, lexical: Lexical, edges: Edges) -> Floats:
    i, j, a, b = edges.i, edges.j, edges.a, edges.b
    one = np.ones_like(a)
    u = field.look(i, j, a, b)
    single = (a == 1) & (b == 1)
    one_many = ((a == 1) | (b == 1)) & ~single
    length, reliable = lexical.length_mismatch(edges)
    weakest, gain = _edge_sentences(field, edges, u)
    more = _one_more(field, edges, u)
    rival = np.maximum(_rival(field.by_row, i, u), _rival(field.by_column, j, u))
    rival = np.where(single, rival, 0.0)
    columns = [
        *_types(a, b),
        np.maximum(np.maximum(a, b) - 4, 0) * one,
        u,
        u * np.log((a + b) / 2),
        u * single,
        u * one_many,
        u * u,
        np.minimum(u - 0.4, 0),
        np.minimum(u - 0.7, 0),
        np.maximum(u - 1.0, 0),
        length,
        length * length,
        length * single,
        np.maximum(length - 0.4, 0),
        length * reliable,
        weakest,
        weakest * one_many,
        gain,
        np.minimum(gain, 0),
        _best_split(field, edges),
        more,
        np.maximum(more, 0),
        rival,
        np.where(single, u - rival, 0.0),
        *lexical.open_ends(edges),
        *lexical.end_marks(edges),
        *lexical.enclosed(edges),
        *lexical.shared(edges),
    ]
    return np.stack([np.asarray(column, np.float64) for column in columns], axis=1)


def _types(a: Ints, b: Ints) -> list[NDArray[np.bool_]]:
    low, high = np.minimum(a, b), np.maximum(a, b)
    named = [(1, 1), (1, 2), (1, 3), (1, 4)]
    flags = [(low == x) & (high == y) for x, y in named]
    flags.append((low == 1) & (high > 4))
    return flags + [(low == x) & (high == y) for x, y in ((2, 2), (2, 3), (2, 4), (3, 3))]


def _edge_sentences(field: Field, edges: Edges, u: Floats) -> tuple[Floats, Floats]:
    """For beads of several sentences: the similarity of the weakest first or last one with the other side, and the
    least that one of them adds to the bead."""
    i, j, a, b = edges.i, edges.j, edges.a, edges.b
    one = np.ones_like(a)
    weakest, gain = np.full(len(i), np.inf), np.full(len(i), np.inf)
    for several, alone, rest in (
        (a > 1, (i, j, one, b), (i + 1, j, a - 1, b)),
        (a > 1, (i + a - 1, j, one, b), (i, j, a - 1, b)),
        (b > 1, (i, j, a, one), (i, j + 1, a, b - 1)),
        (b > 1, (i, j + b - 1, a, one), (i, j, a, b - 1)),
    ):
        weakest = np.where(several, np.minimum(weakest, field.look(*alone)), weakest)
        gain = np.where(several, np.minimum(gain, u - field.look(*rest)), gain)
    some = (a > 1) | (b > 1)
    return np.where(some, weakest, 0.0), np.where(some, gain, 0.0)


def _best_split(field: Field, edges: Edges) -> Floats:
    """How good the weaker half of the best monotone split in two is, for beads that can be split."""
    i, j, a, b = edges.i, edges.j, edges.a, edges.b
    best = np.full(len(i), -np.inf)
    for x in (1, 2):
        for y in (1, 2, 3):
            can = (a > x) & (b > y)
            first = field.look(i, j, np.full_like(a, x), np.full_like(b, y))
            second = field.look(i + x, j + y, np.maximum(a - x, 0), np.maximum(b - y, 0))
            best = np.where(can, np.maximum(best, np.minimum(first, second)), best)
    return np.where(np.isfinite(best), best, 0.0)


def _one_more(field: Field, edges: Edges, u: Floats) -> Floats:
    """The most that one more neighbour would add to the bead."""
    i, j, a, b = edges.i, edges.j, edges.a, edges.b
    candidates = [
        field.look(i - 1, j, a + 1, b),
        field.look(i, j, a + 1, b),
        field.look(i, j - 1, a, b + 1),
        field.look(i, j, a, b + 1),
    ]
    more: Floats = np.clip(np.max(candidates, axis=0) - u, -0.5, 0.5)
    return more


def _rival(best: Floats, index: Ints, u: Floats) -> Floats:
    """The best similarity that the sentence has with any other single one."""
    first, second = best[index, 0], best[index, 1]
    rival: Floats = np.where(u >= first - 1e-6, second, first)
    return rival


def _gap_features(field: Field, lexical: Lexical, edges: Edges) -> Floats:
    deleted = edges.b == 0
    best = np.where(
        deleted,
        field.by_row[np.minimum(edges.i, len(field.by_row) - 1), 0],
        field.by_column[np.minimum(edges.j, len(field.by_column) - 1), 0],
    )
    nearby, before, after = _neighbours(field, edges, deleted)
    columns = [
        np.ones(len(best)),
        best,
        np.maximum(best - 0.5, 0),
        np.maximum(best - 0.8, 0),
        best * best,
        nearby,
        np.maximum(nearby - 0.5, 0),
        before,
        after,
        np.maximum(np.maximum(before, after) - 0.1, 0),
        *lexical.gap_marks(edges),
        lexical.gap_items(edges),
        np.maximum(best - nearby, 0),
        *lexical.enclosed(edges)[::2],
        lexical.gap_empty(edges),
    ]
    return np.stack([np.asarray(column, np.float64) for column in columns], axis=1)


def _neighbours(field: Field, edges: Edges, deleted: NDArray[np.bool_]) -> tuple[Floats, Floats, Floats]:
    """How alike a gap's sentence is to those across from it, and what it would add to the bead on either side."""
    i, j = edges.i, edges.j
    one = np.ones_like(i)
    across = [field.look(np.where(deleted, i, i + d), np.where(deleted, j + d, j), one, one) for d in (-2, -1, 0, 1)]
    wide_a, wide_b = np.where(deleted, 2, 1), np.where(deleted, 1, 2)
    # The bead before would end with this sentence, the one after would begin with it.
    before = field.look(i - 1, j - 1, wide_a, wide_b) - field.look(i - 1, j - 1, one, one)
    after = field.look(i, j, wide_a, wide_b) - field.look(
        np.where(deleted, i + 1, i), np.where(deleted, j, j + 1), one, one
    )
    return np.max(across, axis=0), np.clip(before, -0.6, 0.6), np.clip(after, -0.6, 0.6)


def _two_best(side: Floats) -> Floats:
    """Best and second best value of each sentence, at least that of strangers (sentences, 2)."""
    second = np.where(side[:, 2] > 1, side[:, 0], side[:, 1])
    best: Floats = np.maximum(np.stack([side[:, 0], second], axis=1), _STRANGER)
    return best
