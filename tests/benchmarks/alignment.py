"""Alignment measured: accuracy on documents with known noise beside peers, confidence, moved blocks, cost and growth.

    python -m tests.benchmarks.alignment --data ../shared/bench [--only accuracy,confidence,crossing,bridge,pairs,cost]

Strict F1 as Vecalign counts it. The shipped weights saw the same documents with other noise in training, so these
figures flatter them a little; `train_alignment` prints those of documents never seen. Peers run on the same vectors:
Gale & Church (1993) on lengths; a dynamic programme after Bertalign's published scoring (Liu & Zhu, 2023: margin
against neighbours, length penalty, skip -0.1, beads to five sentences).
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from alignment import encoders
from alignment.align import align_texts
from alignment.beads import Alignment
from alignment.kernels import paths
from alignment.lattice import LONGEST, SHAPE_ARRAY, SHAPES, Band, Floats
from alignment.scoring import IndexPair, Score, score
from alignment.spans import DenseSpans, Vectors
from tests.benchmarks.alignment_cost import cost
from tests.benchmarks.alignment_sets import (
    FIRST_SEED,
    NOISES,
    PAIRS,
    Document,
    Parallel,
    documents,
    joined,
    load_literary,
    load_news,
)
from tests.benchmarks.pairing import pairs

_NEVER = -1e9
Aligner = Callable[[Document], list[IndexPair]]


def ours(document: Document) -> list[IndexPair]:
    """The shipped default."""
    return pairs_of(align_texts(document.source, document.target, *document.languages))


def pairs_of(alignment: Alignment) -> list[IndexPair]:
    """Beads as pairs of indices."""
    return [(bead.source, bead.target) for bead in alignment]


def bertalign_like(document: Document) -> list[IndexPair]:
    """Second pass of Bertalign, over the whole grid."""
    source, target = (spans(side) for side in (document.source, document.target))
    n, m = len(source), len(target)
    scores = np.full((n + 1, m + 1, len(SHAPES)), _NEVER)
    left, right = lengths(document.source), lengths(document.target)
    right *= left[-1] / right[-1]
    for place, (a, b) in enumerate(SHAPES):
        if a + b > 5 or a > n or b > m:
            continue
        one, two = source[: n - a + 1, a - 1], target[: m - b + 1, b - 1]
        margin = (_beside(one @ target[:, 0].T, b) + _beside(two @ source[:, 0].T, a).T) / 2
        long, wide = (left[a:] - left[:-a])[:, None], (right[b:] - right[:-b])[None]
        penalty = np.log2(1 + np.minimum(long, wide) / np.maximum(long, wide))
        scores[: n - a + 1, : m - b + 1, place] = (one @ two.T - margin) * penalty
    return best_path(scores, np.full(n, -0.1), np.full(m, -0.1))


def _beside(alike: Vectors, size: int) -> Floats:
    """Mean similarity of each row with the sentence before and the one after the span that begins at each column."""
    rows, columns = alike.shape
    wide = np.concatenate([np.zeros((rows, 1)), alike, np.zeros((rows, 1))], axis=1)
    starts = np.arange(columns - size + 1)
    before, after = wide[:, starts], wide[:, starts + size + 1]
    mean: Floats = (before + after) / np.where((before != 0) & (after != 0), 2, 1)
    return mean


def gale_church(document: Document) -> list[IndexPair]:
    """Lengths alone, with the published priors (0-1 .0099, 1-1 .89, 1-2 .089, 2-2 .011) and variance 6.8."""
    n, m = len(document.source), len(document.target)
    left, right = lengths(document.source), lengths(document.target)
    ratio = right[-1] / left[-1]
    scores = np.full((n + 1, m + 1, len(SHAPES)), _NEVER)
    for place, (a, b) in enumerate(SHAPES):
        prior = {(1, 1): 0.89, (1, 2): 0.0445, (2, 1): 0.0445, (2, 2): 0.011}.get((a, b))
        if prior and a <= n and b <= m:
            scores[: n - a + 1, : m - b + 1, place] = np.log(prior) + _log_tail(
                (left[a:] - left[:-a])[:, None], (right[b:] - right[:-b])[None], ratio
            )
    gap = np.log(0.0099 / 2)
    deletion = gap + _log_tail(np.diff(left), np.zeros(n), ratio)
    return best_path(scores, deletion, gap + _log_tail(np.zeros(m), np.diff(right), ratio))


def _log_tail(left: Floats, right: Floats, ratio: float) -> Floats:
    """log of the probability that two translations differ at least so much in length."""
    mean = np.maximum((left + right / ratio) / 2, 1.0)
    distance = np.abs(right - left * ratio) / np.sqrt(6.8 * mean)
    t = 1 / (1 + 0.2316419 * distance)
    poly = t * (0.319381530 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))))
    tail = 2 * np.exp(-distance * distance / 2) / np.sqrt(2 * np.pi) * poly
    return np.asarray(np.log(np.maximum(tail, 1e-300)), np.float64)


def best_path(scores: Floats, deletion: Floats, insertion: Floats) -> list[IndexPair]:
    """Best monotone path over the whole grid (n + 1, m + 1, shapes)."""
    band = Band.whole(len(deletion), len(insertion))
    flat = np.ascontiguousarray(scores.reshape(-1, len(SHAPES)))
    grid = (band.low, band.high, band.offset, SHAPE_ARRAY, flat, deletion, insertion)
    steps = paths.one_path(*grid, paths.best_suffixes(*grid))
    return [(tuple(range(i, i + a)), tuple(range(j, j + b))) for i, j, a, b in steps.tolist()]


def spans(texts: Sequence[str]) -> Vectors:
    """All overlaps of a side (n, sizes, dimension)."""
    return encoders.get().spans(texts, LONGEST).block(0, len(texts), LONGEST)


def lengths(texts: Sequence[str]) -> Floats:
    """Cumulative characters."""
    return np.concatenate([[0.0], np.cumsum([float(max(len(text), 1)) for text in texts])])


PEERS: dict[str, Aligner] = {"ours": ours, "bertalign-like": bertalign_like, "gale-church": gale_church}


def accuracy(news: Sequence[Parallel], literary: Document, seeds: int) -> None:
    """Strict F1 of every set, with a 95 % interval over documents."""
    print(f"{'strict F1':18s}" + "".join(f"{name:>26s}" for name in PEERS))
    for kind in NOISES:
        for pair in PAIRS:
            made = [
                document
                for seed in range(FIRST_SEED, FIRST_SEED + (1 if kind == "clean" else seeds))
                for document in documents(news, kind, pair, seed)
            ]
            _row(f"{kind} {'-'.join(pair)}", made)
    for pair in PAIRS:
        _row(f"long {'-'.join(pair)}", [joined(documents(news, "real", pair, FIRST_SEED))])
    _row("Text+Berg de-fr", [literary])


def _row(name: str, made: Sequence[Document]) -> None:
    cells = []
    for aligner in PEERS.values():
        scores = [score(aligner(document), document.gold) for document in made]
        low, high = interval(scores)
        cells.append(f"  {sum(scores, Score()).strict.f1:.4f} [{low:.4f} {high:.4f}]")
    print(f"{name:18s}" + "".join(cells), flush=True)


def interval(scores: Sequence[Score], rounds: int = 500) -> tuple[float, float]:
    """The middle 95 % of F1 over documents drawn with replacement."""
    rng = np.random.default_rng(0)
    counts = np.array([(s.strict.right, s.strict.predicted, s.strict.found, s.strict.gold) for s in scores], float)
    drawn = counts[rng.integers(0, len(counts), (rounds, len(counts)))].sum(axis=1)
    precision, recall = drawn[:, 0] / drawn[:, 1], drawn[:, 2] / drawn[:, 3]
    low, high = np.quantile(2 * precision * recall / (precision + recall), [0.025, 0.975])
    return float(low), float(high)


def confidence(news: Sequence[Parallel]) -> None:
    """Threshold for 99 % precision from even documents, on odd ones; Brier score; AUROC; a reliability table."""
    probability, right, even = [], [], []
    for pair in PAIRS:
        for place, document in enumerate(documents(news, "hard", pair, FIRST_SEED + 7)):
            gold = set(document.gold)
            for bead in align_texts(document.source, document.target, *document.languages):
                probability.append(bead.score)
                right.append((bead.source, bead.target) in gold)
                even.append(place % 2 == 0)
    p, y, dev = np.array(probability), np.array(right, float), np.array(even)
    order = np.argsort(-p[dev], kind="stable")
    precision = np.cumsum(y[dev][order]) / np.arange(1, dev.sum() + 1)
    threshold = float(p[dev][order][np.flatnonzero(precision >= 0.99)[-1]])
    kept = p[~dev] >= threshold
    print(f"threshold {threshold:.4f}: precision {y[~dev][kept].mean():.4f}, coverage {kept.mean():.3f} (>= .985, .80)")
    brier, constant = float(((p - y) ** 2).mean()), float(y.mean() * (1 - y.mean()))
    print(f"Brier {brier:.4f}, of a constant {constant:.4f}; AUROC {auroc(p, y):.3f} (>= .90)")
    for low in np.arange(0, 1, 0.1):
        inside = (p >= low) & (p < low + 0.1 if low < 0.89 else p <= 1)
        if inside.any():
            said, was = p[inside].mean(), y[inside].mean()
            print(f"  {low:.1f}-{low + 0.1:.1f}  {inside.sum():6d} beads  said {said:.3f}  right {was:.3f}")


def auroc(p: Floats, y: Floats) -> float:
    """Chance that a right bead scores above a wrong one."""
    rank = np.argsort(np.argsort(p, kind="stable"), kind="stable") + 1.0
    positives = y.sum()
    return float((rank[y > 0].sum() - positives * (positives + 1) / 2) / (positives * (len(y) - positives)))


def crossing(news: Sequence[Parallel]) -> None:
    """Moved blocks of 2 to 10 sentences in news with real noise; and false ones where nothing moved."""
    rng = random.Random(7)
    found = planted = false = clean = 0
    for kind, seed in (("real", 1), ("hard", 2)):
        for pair in PAIRS:
            for document in documents(news, kind, pair, FIRST_SEED + seed):
                clean += 1
                false += any(bead.crossing for bead in align_texts(document.source, document.target, *pair))
                moved, block = move(document, rng)
                if kind == "real" and block:
                    beads = align_texts(moved.source, moved.target, *pair)
                    hit = sum((bead.source, bead.target) in block for bead in beads) / len(block)
                    planted += 1
                    found += hit >= 0.5 and any(bead.crossing for bead in beads)
    print(f"moved blocks found {found}/{planted} = {found / planted:.3f} (>= .9); false {false}/{clean} (<= 1/200)")


def move(document: Document, rng: random.Random) -> tuple[Document, set[IndexPair]]:
    """The document with a block of its target elsewhere, and the block's beads; no block in a very short document."""
    full = [bead for bead in document.gold if bead[0] and bead[1]]
    size = min(rng.randint(2, 10), len(full) // 2 - 1)
    if size < 2:
        return document, set()
    start = rng.randrange(len(full) - size + 1)
    block = full[start : start + size]
    low, high = block[0][1][0], block[-1][1][-1] + 1
    rest = [j for j in range(len(document.target)) if not low <= j < high]
    jumped = [*full[: max(start - 2, 0)], *full[start + size + 3 :]]  # over three beads at least
    places = [bead[1][0] for bead in jumped]
    if not places:
        return document, set()
    place = rest.index(rng.choice(places))
    order = rest[:place] + list(range(low, high)) + rest[place:]
    new = {j: position for position, j in enumerate(order)}
    gold = [(s, tuple(new[j] for j in t)) for s, t in document.gold]
    target = [document.target[j] for j in order]
    moved = Document(document.name, document.kind, document.languages, document.source, target, gold)
    return moved, {(s, tuple(new[j] for j in t)) for s, t in block}


def bridge(news: Sequence[Parallel]) -> None:
    """Strict F1 without and with a bridge: good vectors, worse ones, a language that the encoder does not know.

    No translation model is here, so a human translation is made as bad as a machine's: a share of its words goes, and
    another share becomes other words of the document. An unknown language is Arabic with each letter replaced.
    """
    print(f"{'strict F1, hard':34s}{'no bridge':>10s}{'bridge':>10s}{'gale-church':>13s}")
    made = documents(news, "hard", ("fr", "en"), FIRST_SEED + 9)[::3]
    for name, encoder in (("vectors as they are", encoders.get()), *((f"noise {x}", Noisy(x)) for x in (0.06, 0.12))):
        _bridge_row(f"fr-en, {name}", made, ("fr", "en"), encoder)
    made = documents(news, "hard", ("ar", "en"), FIRST_SEED + 9)[::3]
    strange = [replace(document, source=[ciphered(text) for text in document.source]) for document in made]
    _bridge_row("unknown language-en", strange, ("am", "en"), encoders.get(), plain=made)


def _bridge_row(
    name: str,
    made: Sequence[Document],
    languages: tuple[str, str],
    encoder: encoders.Encoder,
    plain: Sequence[Document] | None = None,
) -> None:
    totals = [Score(), Score(), Score()]
    for place, document in enumerate(made):
        rng = random.Random(f"bridge:{document.name}")
        lines = translated(document if plain is None else plain[place], rng)
        for number, given in enumerate((None, lines)):
            found = align_texts(document.source, document.target, *languages, encoder=encoder, bridge=given)
            totals[number] += score(pairs_of(found), document.gold)
        totals[2] += score(gale_church(document), document.gold)
    print(f"{name:34s}{totals[0].strict.f1:10.4f}{totals[1].strict.f1:10.4f}{totals[2].strict.f1:13.4f}", flush=True)


def translated(document: Document, rng: random.Random) -> list[str]:
    """The source's sentences in the target's language, as a mediocre machine would have them.

    A sentence with a partner is taken from it, in proportion; one without is words of the document.
    """
    vocabulary = [word for line in document.target for word in line.split()]
    lines = [" ".join(rng.choices(vocabulary, k=12)) for _ in document.source]
    for source, target in document.gold:
        words = " ".join(document.target[j] for j in target).split()
        if not source or not words:
            continue
        letters = np.cumsum([0, *(len(document.source[i]) for i in source)])
        for i, start, stop in zip(source, letters, letters[1:], strict=False):
            own = words[len(words) * int(start) // int(letters[-1]) : len(words) * int(stop) // int(letters[-1])]
            kept = [rng.choice(vocabulary) if rng.random() < 0.3 else word for word in own if rng.random() > 0.3]
            lines[i] = " ".join(kept) or "…"
    return lines


def ciphered(text: str) -> str:
    """The text in letters that the encoder has hardly seen; digits and marks stay."""
    return "".join(chr(0x1200 + 8 * (ord(char) % 40)) if char.isalpha() else char for char in text)


class Noisy:
    """The embedded encoder with vectors made worse: noise of a given size in each dimension."""

    name = "noisy"

    def __init__(self, size: float) -> None:
        self._inner = encoders.get()
        self._size = size
        self.dimension, self.languages = self._inner.dimension, self._inner.languages

    def encode(self, texts: Sequence[str]) -> Vectors:
        """See `Encoder.encode`."""
        return self._disturbed(self._inner.encode(texts))

    def spans(self, texts: Sequence[str], longest: int) -> DenseSpans:
        """See `Encoder.spans`."""
        vectors = self._inner.spans(texts, longest).block(0, len(texts), longest)
        return DenseSpans(self._disturbed(vectors) * vectors.any(axis=2, keepdims=True))

    def words(self, text: str, places: Sequence[tuple[int, int]]) -> Vectors:
        """See `Encoder.words`."""
        return self._inner.words(text, places)

    def _disturbed(self, vectors: Vectors) -> Vectors:
        noise = np.random.default_rng(vectors.size).normal(0, self._size, vectors.shape)
        worse = vectors + noise
        unit: Vectors = (worse / np.linalg.norm(worse, axis=-1, keepdims=True)).astype(np.float32)
        return unit


def main() -> None:
    """Print what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/bench"))
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--only", default="accuracy,confidence,crossing,bridge,pairs,cost")
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 2000, 4000, 18000])
    arguments = parser.parse_args()
    news = load_news(arguments.data)
    wanted = arguments.only.split(",")
    if "accuracy" in wanted:
        accuracy(news, load_literary(arguments.data), arguments.seeds)
    if "confidence" in wanted:
        confidence(news)
    if "crossing" in wanted:
        crossing(news)
    if "bridge" in wanted:
        bridge(news)
    if "pairs" in wanted:
        pairs(news)
    if "cost" in wanted:
        cost(news, arguments.sizes)


if __name__ == "__main__":
    main()
