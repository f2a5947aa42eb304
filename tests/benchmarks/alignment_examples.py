"""Examples to train the scorer of beads on: noised documents in, their lattices with features and gold out.

Folds are by document, and what noise inserts comes from the same fold. Most sentences stand in many of the noised
copies: what the encoder says of each, and of each seam between two, is kept.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from alignment.evidence import Field, features
from alignment.graph import Graph, ordered, prune
from alignment.lattice import LONGEST, SHAPES, Band, Edges
from alignment.lexical import Lexical
from alignment.scoring import IndexPair
from alignment.settings import AlignmentSettings
from alignment.side import Lines, Side
from alignment.similarity import Bests, cosines, scale_of
from alignment.sketch import sketch
from alignment.use import Ids, UseEncoder, UseFeatures
from corpora.article import Sentence
from tests.benchmarks.alignment_sets import (
    NOISES,
    PAIRS,
    Document,
    Parallel,
    cut,
    joined,
    load_literary,
    noised,
    wild,
)

FOLDS = 4
LITERARY_WEIGHT = 8.0
CLEAN_WEIGHT = 4.0

Rectangle = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Example:
    """One document's lattice: features of its edges, and which edges the gold allows."""

    document: Document
    fold: int
    weight: float
    graph: Graph
    features: NDArray[np.float32]
    allowed: NDArray[np.bool_]

    @property
    def name(self) -> str:
        """Of the set that it belongs to."""
        return f"{self.document.kind} {'-'.join(self.document.languages)}"


class KeptFeatures(UseFeatures):
    """The embedded encoder's features, computed once per distinct sentence and seam."""

    def __init__(self) -> None:
        super().__init__()
        self._parts: dict[bytes, NDArray[np.float32]] = {}
        self._seams: dict[tuple[bytes, bytes], NDArray[np.float32]] = {}

    def sentence_parts(self, ids: Sequence[Ids]) -> NDArray[np.float32]:
        """See `UseFeatures.sentence_parts`."""
        keys = [pieces.tobytes() for pieces in ids]
        new = {key: pieces for key, pieces in zip(keys, ids, strict=True) if key not in self._parts}
        if new:
            self._parts.update(zip(new, super().sentence_parts(list(new.values())), strict=True))
        return np.stack([self._parts[key] for key in keys])

    def seam_parts(self, ids: Sequence[Ids]) -> NDArray[np.float32]:
        """See `UseFeatures.seam_parts`."""
        keys = [(left.tobytes(), right.tobytes()) for left, right in pairwise(ids)]
        new = {key: both for key, both in zip(keys, pairwise(ids), strict=True) if key not in self._seams}
        # One after the other, of which every second seam is wanted.
        parts = super().seam_parts([pieces for both in new.values() for pieces in both])[::2]
        self._seams.update(zip(new, parts, strict=True))
        return np.stack([self._seams[key] for key in keys]) if keys else super().seam_parts(ids)


class KeptEncoder(UseEncoder):
    """The embedded encoder with a memory."""

    def __init__(self) -> None:
        super().__init__()
        self._features = KeptFeatures()


@cache
def _encoder() -> KeptEncoder:
    return KeptEncoder()


def side(texts: Sequence[str], lang: str) -> Side:
    """A side of plain sentences."""
    lines = Lines.of([Sentence(0, len(text), text) for text in texts], lang)
    return lines.with_spans(_encoder().spans(lines.texts, LONGEST))


def example(document: Document, fold: int, weight: float = 1.0, *, with_gold: bool = True) -> Example:
    """Encode a document, prune its lattice as the search does, and mark the gold in it.

    Training needs the gold in the lattice even where pruning dropped it; a test must do without.
    """
    source, target = (
        side(texts, lang) for texts, lang in zip((document.source, document.target), document.languages, strict=True)
    )
    n, m = len(source), len(target)
    band = Band.whole(n, m)
    raw = cosines(source.spans, target.spans, band)
    scale = scale_of(Bests.of(band, raw[:, 0]))
    alike = scale.standardised(raw)
    field = Field.of(band, alike, scale.match - scale.background)
    margin = AlignmentSettings().margin
    kept = prune(band, *sketch(source, target, field), margin=margin, capacity=200 * (n + m))
    certain, free = gold_path(document)
    rows = np.stack([kept.i, kept.j, kept.a, kept.b], axis=1)
    if with_gold:
        rows = np.unique(np.concatenate([rows, np.array(certain, np.int64).reshape(-1, 4)]), axis=0)
    edges = ordered(rows)
    described = features(field, Lexical.of(source, target), edges).astype(np.float32)
    graph = Graph.of(edges, n, m)
    return Example(document, fold, weight, graph, described, _allowed(edges, certain, free))


def gold_path(document: Document) -> tuple[list[Rectangle], list[Rectangle]]:
    """The gold as edges (i, j, a, b), and rectangles (i, j, k, c) of which it says nothing that a path can do."""
    n, m = len(document.source), len(document.target)
    alone_source = {s[0] for s, t in document.gold if len(s) == 1 and not t}
    alone_target = {t[0] for s, t in document.gold if len(t) == 1 and not s}
    edges: list[Rectangle] = []
    free: list[Rectangle] = []
    i = j = 0
    for source, target in [*_longest_chain(document.gold), ((n,), (m,))]:
        k, c = source[0], target[0]
        if alone_source.issuperset(range(i, k)) and alone_target.issuperset(range(j, c)):
            edges += [(x, j, 1, 0) for x in range(i, k)] + [(k, y, 0, 1) for y in range(j, c)]
        else:
            free.append((i, j, k, c))
        if (k, c) != (n, m):
            edges.append((k, c, len(source), len(target)))
        i, j = k + len(source), c + len(target)
    return edges, free


def _longest_chain(gold: Sequence[IndexPair]) -> list[IndexPair]:
    """Most beads with both sides that are in order, whole, and of a shape that the lattice has."""
    beads = sorted(
        (s, t)
        for s, t in gold
        if (len(s), len(t)) in SHAPES and s[-1] - s[0] + 1 == len(s) and t[-1] - t[0] + 1 == len(t)
    )
    length, before = [1] * len(beads), [-1] * len(beads)
    for x, (source, target) in enumerate(beads):
        for y in range(max(0, x - 50), x):
            if beads[y][0][-1] < source[0] and beads[y][1][-1] < target[0] and length[y] >= length[x]:
                length[x], before[x] = length[y] + 1, y
    chain: list[IndexPair] = []
    x = max(range(len(beads)), key=length.__getitem__, default=-1)
    while x >= 0:
        chain.append(beads[x])
        x = before[x]
    return chain[::-1]


def _allowed(edges: Edges, certain: Sequence[Rectangle], free: Sequence[Rectangle]) -> NDArray[np.bool_]:
    gold = set(certain)
    rows = zip(edges.i.tolist(), edges.j.tolist(), edges.a.tolist(), edges.b.tolist(), strict=True)
    allowed = np.array([row in gold for row in rows], bool)
    for i, j, k, c in free:
        allowed |= (edges.i >= i) & (edges.j >= j) & (edges.i + edges.a <= k) & (edges.j + edges.b <= c)
    return allowed


def news_examples(
    news: Sequence[Parallel], kinds: dict[str, tuple[int, ...]], *, with_gold: bool = True
) -> list[Example]:
    """Noised news of each kind and seed, for all language pairs."""
    folds = [news[fold::FOLDS] for fold in range(FOLDS)]
    examples = []
    for kind, seeds in kinds.items():
        for seed in seeds:
            for pair in PAIRS:
                for fold, documents in enumerate(folds):
                    for parallel in documents:
                        rng = random.Random(f"{kind}:{seed}:{pair}:{parallel.name}")
                        noise = wild(rng) if kind == "wild" else NOISES[kind]
                        document = noised(parallel, pair, noise, documents, rng, kind)
                        if document.source and document.target:
                            weight = CLEAN_WEIGHT if kind == "clean" else 1.0
                            examples.append(example(document, fold, weight, with_gold=with_gold))
    return examples


def literary_examples(data: Path, *, with_gold: bool = True) -> list[Example]:
    """The hand-aligned yearbook, a piece a fold."""
    pieces = cut(load_literary(data), FOLDS)
    return [example(piece, fold, LITERARY_WEIGHT, with_gold=with_gold) for fold, piece in enumerate(pieces)]


@dataclass(frozen=True, slots=True)
class Long:
    """All news documents as one, with real noise; and to which fold each of its sentences belongs."""

    example: Example
    source_fold: list[int]
    target_fold: list[int]

    def of_fold(self, beads: Sequence[IndexPair], fold: int) -> list[IndexPair]:
        """The beads whose first sentence belongs to the fold."""
        return [(s, t) for s, t in beads if (self.source_fold[s[0]] if s else self.target_fold[t[0]]) == fold]


def long_document(news: Sequence[Parallel], pair: tuple[str, str], seed: int) -> Long:
    """A thousand sentences and more."""
    parts, fold_of = [], []
    for place, parallel in enumerate(news):
        fold = place % FOLDS
        rng = random.Random(f"long:{seed}:{pair}:{parallel.name}")
        parts.append(noised(parallel, pair, NOISES["real"], news[fold::FOLDS], rng, "long"))
        fold_of.append(fold)
    folds = (
        [fold for fold, part in zip(fold_of, parts, strict=True) for _ in part.source],
        [fold for fold, part in zip(fold_of, parts, strict=True) for _ in part.target],
    )
    return Long(example(joined(parts), -1, with_gold=False), *folds)
