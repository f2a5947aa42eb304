"""Which translation belongs to which source: two collections of documents in, pairs out.

Documents are first compared by the mean vector of their beginnings, less what all documents of a side have in common.
The most alike are then aligned, and a pair is believed when most of both beginnings finds a partner that is alike in
absolute terms: on a document's own yardstick even strangers have a best match.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from alignment import encoders
from alignment.encoders import Encoder
from alignment.lattice import LONGEST, Floats
from alignment.model import bundled
from alignment.search import search
from alignment.settings import AlignmentSettings
from alignment.side import Lines, Side
from alignment.spans import Vectors
from alignment.surface import AddedSpans
from corpora.article import Sentence
from corpora.progress import SILENT, Progress

LEAST_SCORE = 0.4
"""Pairs that agree less are not believed: development documents reach 0.55 with their partners, 0.27 with strangers."""

_OPENING, _OPENING_SENTENCES = 1500, 40  # letters and sentences of a document that are read
# Letters that are read of both where the beginnings agree a little, how little, and what they must reach then: whole
# development documents reach 0.68 with their partners, 0.43 with strangers whose beginnings were a little alike.
_LONG_OPENING, _DOUBTFUL, _LONG_LEAST = 6000, 0.2, 0.5
_CANDIDATES = 3
_NEARLY = 0.1  # cosine, below which of two documents one is not as like a third as the other
_ROWS = 1024
_STRANGE, _SAME = 0.3, 0.6  # cosines of beads that count for nothing, and in full


@dataclass(frozen=True, slots=True)
class Text:
    """A document of a collection."""

    sentences: Sequence[Sentence]
    lang: str


@dataclass(frozen=True, slots=True)
class DocumentPair:
    """Two documents that translate each other: their places in the collections, and how much of them agrees, 0 to 1."""

    source: int
    target: int
    score: float


def pair(
    sources: Sequence[Text],
    targets: Sequence[Text],
    *,
    encoder: Encoder | None = None,
    settings: AlignmentSettings | None = None,
    least: float = LEAST_SCORE,
    progress: Progress = SILENT,
) -> list[DocumentPair]:
    """The pairs, in the order of the sources; a document is in one pair at most, and in none without a partner."""
    settings = settings or AlignmentSettings()
    encoder = encoder or encoders.get(settings.encoder)
    if not sources or not targets:
        return []
    progress.start("reading documents", len(sources) + len(targets))
    left, right = (_openings(texts, encoder, progress) for texts in (sources, targets))
    likely = _candidates(_means(left, encoder.dimension), _means(right, encoder.dimension))
    check = partial(_checked, sources, targets, left, right, encoder, settings, least)
    rivals = _rivals(likely)
    progress.start("checking pairs", len(likely))
    scores: dict[tuple[int, int], float] = {}
    for place in rivals:
        scores[place] = check(*place)
        progress.advance()
    # Where several documents are about equally like one, as the versions of a story are, what agrees most wins.
    rivals.sort(key=lambda place: (-scores[place], -likely[place], place))
    chosen: list[DocumentPair] = []
    sources_done: set[int] = set()
    targets_done: set[int] = set()
    for place in (*rivals, *(place for place in likely if place not in scores)):
        if place[0] not in sources_done and place[1] not in targets_done:
            score = scores[place] if place in scores else check(*place)
            if score >= least:
                chosen.append(DocumentPair(*place, round(score, 4)))
                sources_done.add(place[0])
                targets_done.add(place[1])
        progress.advance(place not in scores)
    return sorted(chosen, key=lambda pair: pair.source)


def _checked(
    sources: Sequence[Text],
    targets: Sequence[Text],
    left: Sequence[Side],
    right: Sequence[Side],
    encoder: Encoder,
    settings: AlignmentSettings,
    least: float,
    i: int,
    j: int,
) -> float:
    """How far two documents agree: their beginnings, and more of them where the beginnings leave doubt."""
    score = agreement(left[i], right[j], settings)
    if min(_DOUBTFUL, least) <= score < least:  # the beginnings may differ where the rest does not
        one, two = (_opening(text, encoder, _LONG_OPENING) for text in (sources[i], targets[j]))
        score = agreement(one, two, settings)
        return score if score >= _LONG_LEAST else 0.0
    return score


def agreement(source: Side, target: Side, settings: AlignmentSettings) -> float:
    """The share of both texts' letters that stand in beads which are probable and alike."""
    if not len(source) or not len(target):
        return 0.0
    found = search(source, target, bundled(), settings)
    agreed = 0.0
    for (i, j, a, b), p in zip(found.edges.rows(), found.probability.tolist(), strict=True):
        if a and b:
            cosine = float(_span(source, i, a) @ _span(target, j, b))
            alike = min(max((cosine - _STRANGE) / (_SAME - _STRANGE), 0.0), 1.0)
            agreed += p * alike * (sum(map(len, source.texts[i : i + a])) + sum(map(len, target.texts[j : j + b])))
    return agreed / (sum(map(len, source.texts)) + sum(map(len, target.texts)))


def _span(side: Side, start: int, size: int) -> Floats:
    vector: Floats = side.spans.block(start, start + 1, size)[0, size - 1].astype(np.float64)
    return vector


def _openings(texts: Sequence[Text], encoder: Encoder, progress: Progress) -> list[Side]:
    """The beginning of each document; its spans are sums of its sentences' vectors, which are there anyway."""
    openings = []
    for text in texts:
        openings.append(_opening(text, encoder, _OPENING))
        progress.advance()
    return openings


def _opening(text: Text, encoder: Encoder, letters: int) -> Side:
    lines = Lines.of(text.sentences[:_OPENING_SENTENCES], text.lang)
    upto = np.cumsum([0, *map(len, lines.texts)])
    count = int((upto[:-1] < letters).sum())
    short = Lines(lines.index[:count], count, lines.texts[:count], text.lang)
    vectors = encoder.encode(short.texts) if count else np.zeros((0, encoder.dimension), np.float32)
    # Half precision: those of thousands of documents are held at once.
    return short.with_spans(AddedSpans(vectors.astype(np.float16), LONGEST))


def _means(openings: Sequence[Side], dimension: int) -> Vectors:
    """A unit vector for each document (documents, dimension), without what all of them share."""
    vectors = np.zeros((len(openings), dimension), np.float32)
    for place, side in enumerate(openings):
        if len(side):
            vectors[place] = side.spans.block(0, len(side), 1)[:, 0].mean(axis=0)
    if len(openings) > _CANDIDATES:
        vectors -= vectors.mean(axis=0)
    norms = np.sqrt(np.einsum("ij,ij->i", vectors, vectors))
    unit: Vectors = vectors / np.maximum(norms, 1e-9)[:, None]
    return unit


def _candidates(left: Vectors, right: Vectors) -> dict[tuple[int, int], float]:
    """How alike each document and its nearest ones on the other side are, the most alike first."""
    found: dict[tuple[int, int], float] = {}
    for one, other, swap in ((left, right, False), (right, left, True)):
        count = min(_CANDIDATES, len(other))
        for start in range(0, len(one), _ROWS):
            alike = one[start : start + _ROWS] @ other.T
            least = np.partition(alike, -count, axis=1)[:, -count]
            for row, value in enumerate(least.tolist()):
                columns = np.flatnonzero(alike[row] >= value)
                nearest = columns[np.argsort(-alike[row, columns], kind="stable")][:count]
                for column in nearest.tolist():
                    place = (column, start + row) if swap else (start + row, column)
                    found[place] = round(float(alike[row, column]), 5)
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))


def _rivals(likely: Mapping[tuple[int, int], float]) -> list[tuple[int, int]]:
    """Pairs that are about as alike as the most alike ones of both documents, where there are several of them."""
    best: tuple[dict[int, float], dict[int, float]] = ({}, {})
    for place, alike in likely.items():
        for side in (0, 1):
            best[side].setdefault(place[side], alike)
    near = [place for place, alike in likely.items() if alike >= max(best[0][place[0]], best[1][place[1]]) - _NEARLY]
    counts = [Counter(place[side] for place in near) for side in (0, 1)]
    return [place for place in near if counts[0][place[0]] > 1 or counts[1][place[1]] > 1]
