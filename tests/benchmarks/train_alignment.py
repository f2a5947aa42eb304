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
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from alignment.evidence import FEATURES
from alignment.habits import HABITS
from alignment.lattice import Floats
from alignment.model import WEIGHTS, Model, Scorer
from alignment.scoring import IndexPair, Score, score
from tests.benchmarks.alignment import interval
from tests.benchmarks.alignment_examples import FOLDS, Example, Long, literary_examples, long_document, news_examples
from tests.benchmarks.alignment_sets import PAIRS, checksums, load_news

PENALTY = 60.0
TRAINING = {"clean": (1,), "real": (1, 2), "hard": (1, 2, 3), "wild": (1, 2, 3, 4, 5, 6)}
TEST = {"clean": (100,), "real": tuple(range(100, 105)), "hard": tuple(range(100, 105))}
LONG_SEED = 100
_NEVER = -1e6


def train(examples: Sequence[Example]) -> Model:
    """Both looks; the second sees the habits that the first one's sure beads show."""
    first = fit(examples)
    return Model(first, fit([with_habits(one, first) for one in examples]))


def with_habits(one: Example, first: Scorer) -> Example:
    """The example with the features of the second look."""
    shown = first.shown(one.graph, one.features.astype(np.float64) @ first.weights)
    return replace(one, features=np.concatenate([one.features, shown.astype(np.float32)], axis=1))


def fit(examples: Sequence[Example], *, penalty: float = PENALTY, iterations: int = 120) -> Scorer:
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

    start = np.zeros(described.shape[1] + 1)
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": iterations})
    return Scorer(found.x[:-1] / scale, float(found.x[-1]))


def aligned(one: Example, model: Model) -> tuple[list[IndexPair], Floats]:
    """Beads of an example under a model, with their probabilities."""
    probability = model.judged(one.graph, model.scores(one.features.astype(np.float64)))[0].probability
    path = one.graph.best_path(probability - 0.5)
    beads = [(tuple(range(i, i + a)), tuple(range(j, j + b))) for i, j, a, b in one.graph.edges.taken(path).rows()]
    return beads, probability[path]


@dataclass(frozen=True, slots=True)
class HeldOut:
    """What came out of documents that the model had not seen.

    Attributes:
        scores: of each document, by set.
        judged: of each bead in the hard sets, its fold, its probability, and whether it is right.
    """

    scores: dict[str, list[Score]]
    judged: list[tuple[int, float, bool]]

    def figures(self) -> dict[str, list[float]]:
        """Strict F1 of each set, with a 95 % interval over documents."""
        found = {name: (sum(scores, Score()).strict.f1, *interval(scores)) for name, scores in self.scores.items()}
        return {name: [round(value, 4) for value in values] for name, values in sorted(found.items())}


def held_out(training: Sequence[Example], test: Sequence[Example], long: Sequence[Long]) -> HeldOut:
    """Each document aligned by a model trained on the other folds; of a long one the share of the fold is counted."""
    scores: dict[str, list[Score]] = defaultdict(list)
    judged: list[tuple[int, float, bool]] = []
    for fold in range(FOLDS):
        model = train([one for one in training if one.fold != fold])
        for one in test:
            if one.fold != fold:
                continue
            beads, probability = aligned(one, model)
            scores[one.name].append(score(beads, one.document.gold))
            if one.document.kind == "hard":
                gold = set(one.document.gold)
                judged += [(fold, p, bead in gold) for bead, p in zip(beads, probability.tolist(), strict=True)]
        for many in long:
            beads = many.of_fold(aligned(many.example, model)[0], fold)
            scores[many.example.name].append(score(beads, many.of_fold(many.example.document.gold, fold)))
    return HeldOut(scores, judged)


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
    looks = {
        name: {"weights": [float(f"{x:.6g}") for x in look.weights], "extend": float(f"{look.extend:.6g}")}
        for name, look in (("first", model.first), ("second", model.second))
    }
    names = {"features": list(FEATURES), "habits": list(HABITS)}
    return json.dumps({"card": card, **names, **looks}, ensure_ascii=False, indent=1) + "\n"


def main() -> None:
    """Train, measure, and write on request."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/bench"))
    parser.add_argument("--write", action="store_true", help="write the weights that ship")
    arguments = parser.parse_args()
    begun = time.process_time()
    news = load_news(arguments.data)
    training = [*news_examples(news, TRAINING), *literary_examples(arguments.data)]
    test = [*news_examples(news, TEST, with_gold=False), *literary_examples(arguments.data, with_gold=False)]
    long = [long_document(news, pair, LONG_SEED) for pair in PAIRS]
    made = f"{len(training)} documents to train on and {len(test)} to test"
    print(f"{made} made and encoded in {time.process_time() - begun:.0f} CPU s", flush=True)
    begun = time.process_time()
    found = held_out(training, test, long)
    print(f"held-out strict F1, {FOLDS} folds of documents, in {time.process_time() - begun:.0f} CPU s")
    for name, (f1, low, high) in found.figures().items():
        print(f"  {name:16s} {f1:.4f} [{low:.4f} {high:.4f}]")
    print("hard, threshold for .99 from other folds: precision {:.4f}, coverage {:.4f}".format(*trusted(found.judged)))
    if arguments.write:
        card: dict[str, object] = {
            "what": "semi-Markov CRF over beads, linear in its features, in two looks",
            "training": "noised NTREX-128 (62 of its documents; ar-en, fr-en, ar-fr) and Text+Berg (Bleualign, dev)",
            "sets": {kind: list(seeds) for kind, seeds in TRAINING.items()},
            "test sets": {kind: list(seeds) for kind, seeds in TEST.items()},
            "data": checksums(arguments.data),
            "held-out strict F1, with 95 % interval over documents": found.figures(),
        }
        place = Path(__file__).parents[2] / "alignment" / "data" / WEIGHTS
        place.write_text(stored(train(training), card), encoding="utf-8")


if __name__ == "__main__":
    main()
