"""Train the scorer of beads, and measure it on documents it has not seen.

    python -m tests.benchmarks.train_alignment --data ../shared/bench            held-out figures, by folds of documents
    python -m tests.benchmarks.train_alignment --data ../shared/bench --write    … and the weights that ship, from all

A conditional random field over all alignments of a document (Lafferty et al., ICML 2001; semi-Markov: Sarawagi & Cohen,
NeurIPS 2004): the likelihood of the gold path against all others, by exact forward–backward over the pruned lattice,
with an L2 penalty, by L-BFGS. Folds are by document, and what noise inserts comes from the same fold. Needs scipy
(extra `dev`).
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from alignment import encoders
from alignment.evidence import FEATURES, Field, features
from alignment.graph import Graph, ordered, prune
from alignment.lattice import LONGEST, SHAPES, Band, Edges, Floats
from alignment.lexical import Lexical
from alignment.model import WEIGHTS, Model
from alignment.scoring import IndexPair, Score, score
from alignment.settings import AlignmentSettings
from alignment.side import Lines, Side
from alignment.similarity import Bests, cosines, scale_of
from alignment.sketch import sketch
from corpora.article import Sentence
from tests.benchmarks.alignment_sets import (
    NOISES,
    PAIRS,
    Document,
    Parallel,
    checksums,
    cut,
    load_literary,
    load_news,
    noised,
    wild,
)

FOLDS = 4
LITERARY_WEIGHT = 8.0
CLEAN_WEIGHT = 4.0
PENALTY = 60.0
TRAINING = {"clean": (1,), "real": (1, 2), "hard": (1, 2, 3), "wild": (1, 2, 3, 4, 5, 6)}
TEST = {"clean": (100,), "real": (100, 101), "hard": (100, 101)}
_NEVER = -1e6

Rectangle = tuple[int, int, int, int]


@dataclass(slots=True)
class Example:
    """One document's lattice: features of its edges, and which edges the gold allows."""

    document: Document
    fold: int
    weight: float
    graph: Graph
    features: NDArray[np.float32]
    allowed: NDArray[np.bool_]
    certain: bool  # the gold is one path, not several


def side(texts: Sequence[str], lang: str) -> Side:
    """A side of plain sentences."""
    lines = Lines.of([Sentence(0, len(text), text) for text in texts], lang)
    return lines.with_spans(encoders.get().spans(lines.texts, LONGEST))


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
    return Example(document, fold, weight, graph, described, _allowed(edges, certain, free), not free)


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


def thinned(one: Example, model: Model, least: float = 1e-6) -> Example:
    """The example without edges that an earlier model gives no chance: training is several times faster then."""
    own = one.graph.posterior(model.scores(one.features.astype(np.float64)), model.extend).own
    kept = np.flatnonzero((own > least) | one.allowed)
    graph = Graph.of(one.graph.edges.taken(kept), len(one.document.source), len(one.document.target))
    return Example(one.document, one.fold, one.weight, graph, one.features[kept], one.allowed[kept], one.certain)


def fit(examples: Sequence[Example], *, penalty: float = PENALTY, iterations: int = 120) -> Model:
    """Weights that make the gold most probable."""
    from scipy.optimize import minimize

    described = np.concatenate([one.features for one in examples]).astype(np.float64)
    scale = np.sqrt((described**2).mean(axis=0)) + 1e-6
    described /= scale
    bounds = np.cumsum([0, *(len(one.features) for one in examples)])

    def loss(weights: Floats) -> tuple[float, Floats]:
        scores, extend = described @ weights[:-1], float(weights[-1])
        slope, slope_extend, total = np.empty(len(scores)), 0.0, 0.0
        for one, start, stop in zip(examples, bounds, bounds[1:], strict=False):
            every = one.graph.posterior(scores[start:stop], extend)
            gold = one.graph.posterior(np.where(one.allowed, scores[start:stop], _NEVER), extend)
            slope[start:stop] = one.weight * (every.own - gold.own)
            slope_extend += one.weight * float((every.continued - gold.continued).sum())
            total += one.weight * (every.total - gold.total)
        gradient = np.append(described.T @ slope, slope_extend) + penalty * weights
        return total + 0.5 * penalty * float(weights @ weights), gradient

    found = minimize(loss, np.zeros(len(FEATURES) + 1), jac=True, method="L-BFGS-B", options={"maxiter": iterations})
    return Model(scale, found.x[:-1], float(found.x[-1]))


def aligned(one: Example, model: Model) -> tuple[list[IndexPair], Floats]:
    """Beads of an example under a model, with their probabilities."""
    probability = one.graph.posterior(model.scores(one.features.astype(np.float64)), model.extend).probability
    path = one.graph.best_path(probability - 0.5)
    edges = one.graph.edges.taken(path)
    beads = [
        (tuple(range(i, i + a)), tuple(range(j, j + b)))
        for i, j, a, b in zip(edges.i.tolist(), edges.j.tolist(), edges.a.tolist(), edges.b.tolist(), strict=True)
    ]
    return beads, probability[path]


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


def held_out(training: Sequence[Example], test: Sequence[Example]) -> dict[str, float]:
    """Strict F1 of each set, each document aligned by a model trained on the other folds."""
    totals: dict[str, Score] = {}
    judged: list[tuple[int, float, bool]] = []
    for fold in range(FOLDS):
        model = fit([one for one in training if one.fold != fold])
        for one in test:
            if one.fold != fold:
                continue
            key = f"{one.document.kind} {'-'.join(one.document.languages)}"
            beads, probability = aligned(one, model)
            totals[key] = totals.get(key, Score()) + score(beads, one.document.gold)
            if one.document.kind == "hard":
                gold = set(one.document.gold)
                judged += [(fold, p, bead in gold) for bead, p in zip(beads, probability.tolist(), strict=True)]
    print("hard sets, threshold for .99 from other folds: precision {:.4f}, coverage {:.4f}".format(*trusted(judged)))
    return {key: round(total.strict.f1, 4) for key, total in sorted(totals.items())}


def trusted(judged: Sequence[tuple[int, float, bool]], wanted: float = 0.99) -> tuple[float, float]:
    """Precision and coverage above the threshold that gives the wanted precision on the other folds."""
    fold, probability, right = (np.array(column, float) for column in zip(*judged, strict=True))
    kept = np.zeros(len(fold), bool)
    for number in range(FOLDS):
        own = fold == number
        order = np.argsort(-probability[~own], kind="stable")
        precision = np.cumsum(right[~own][order]) / np.arange(1, len(order) + 1)
        enough = np.flatnonzero(precision >= wanted)
        if len(enough):
            kept[own] = probability[own] >= probability[~own][order][enough[-1]]
    return float(right[kept].mean()), float(kept.mean())


def stored(model: Model, card: dict[str, object]) -> str:
    """The weights file."""
    digits = {
        "scale": [float(f"{x:.6g}") for x in model.scale],
        "linear": [float(f"{x:.6g}") for x in model.linear],
        "extend": float(f"{model.extend:.6g}"),
    }
    return json.dumps({"card": card, "features": list(FEATURES), **digits}, ensure_ascii=False, indent=1) + "\n"


def main() -> None:
    """Train, measure, and write on request."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/bench"))
    parser.add_argument("--write", action="store_true", help="write the weights that ship")
    arguments = parser.parse_args()
    begun = time.process_time()
    news, literary = load_news(arguments.data), literary_examples(arguments.data)
    training = [*news_examples(news, TRAINING), *literary]
    rough = fit(training[:: max(len(training) // 300, 1)], iterations=40)
    training = [thinned(one, rough) for one in training]
    print(f"{len(training)} documents made and encoded in {time.process_time() - begun:.0f} CPU s")
    begun = time.process_time()
    test = [
        *news_examples(news, TEST, with_gold=False),
        *literary_examples(arguments.data, with_gold=False),
    ]
    figures = held_out(training, test)
    print(f"held-out strict F1, {FOLDS} folds of documents, in {time.process_time() - begun:.0f} CPU s")
    for name, value in figures.items():
        print(f"  {name:16s} {value:.4f}")
    if arguments.write:
        card = {
            "what": "semi-Markov CRF over beads, linear in its features",
            "training": "noised NTREX-128 (62 of its documents; ar-en, fr-en, ar-fr) and Text+Berg (Bleualign, dev)",
            "sets": {kind: list(seeds) for kind, seeds in TRAINING.items()},
            "data": checksums(arguments.data),
            "held-out strict F1": figures,
        }
        place = Path(__file__).parents[2] / "alignment" / "data" / WEIGHTS
        place.write_text(stored(fit(training), card), encoding="utf-8")


if __name__ == "__main__":
    main()
