"""Learn the costs of the edit model by expectation–maximisation, and write the weights file that ships.

Data: `ar2en-train.txt` of the Arabic–Latin name pairs of Rosca and Breuel (github.com/google/transliteration,
Apache-2.0), a pair a line, tab-separated. What is written holds numbers learned from the pairs, none of the pairs.

    python tests/benchmarks/train_name_costs.py --data ../shared/bench/names -o eval/names/data/name_costs.tsv
"""

from __future__ import annotations

import argparse
import hashlib
import time
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np

from eval.names.spelling import kernels
from eval.names.spelling.edit_model import (
    ARABIC_LENGTH,
    BEGINNING,
    LATIN_LENGTH,
    OPERATIONS,
    EditModel,
    Grams,
    arabic_letters,
    latin_letters,
)

ITERATIONS = 12
RAREST = 2  # a piece of several letters must be seen so often
DISCOUNT = 0.9
LEAST = 0.25  # an operation must be expected so often to be kept


def read_pairs(path: Path) -> list[tuple[str, str]]:
    pairs = []
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line:
            arabic, latin = line.split("\t")
            pairs.append((arabic, latin))
    return pairs


def pieces(strings: Sequence[str], longest: int) -> Grams:
    counts = Counter(
        string[start : start + length]
        for string in strings
        for length in range(1, longest + 1)
        for start in range(len(string) - length + 1)
    )
    return Grams(
        sorted({"?", *(piece for piece, seen in counts.items() if len(piece) == 1 or seen >= RAREST)}), longest
    )


def first_weights(arabic: Grams, latin: Grams) -> kernels.Weights:
    """All operations alike, but for their size: one more letter makes one a thousand times rarer."""
    left = np.array([0, *map(len, arabic.pieces)])
    right = np.array([0, *map(len, latin.pieces)])
    weights = np.zeros((len(left), len(right)))
    for p, q in OPERATIONS:
        weights[np.ix_(left == p, right == q)] = 1e-3 ** max(p, q) if p and q else 1e-4 ** max(p, q)
    return weights


def learn(pairs: Sequence[tuple[str, str]], *, verbose: bool = True) -> dict[tuple[str, str], float]:
    """Probabilities of edit operations that make the pairs likeliest."""
    lefts = [arabic_letters(arabic) for arabic, _ in pairs]
    rights = [latin_letters(latin) for _, latin in pairs]
    arabic, latin = pieces(lefts, ARABIC_LENGTH), pieces(rights, LATIN_LENGTH)
    left, left_offsets = arabic.encode(lefts)
    right, right_offsets = latin.encode(rights)
    weights = first_weights(arabic, latin)
    for iteration in range(1, ITERATIONS + 1):
        counts = np.zeros_like(weights)
        likelihood = kernels.expect(left, left_offsets, right, right_offsets, weights, OPERATIONS, counts)
        if iteration > ITERATIONS - 2:
            counts[counts < LEAST] = 0.0
        weights = counts / counts.sum()
        if verbose:
            print(
                f"iteration {iteration:2}: log likelihood {likelihood / len(pairs):.4f} a pair, "
                f"{np.count_nonzero(weights)} operations"
            )
    left_pieces, right_pieces = ["", *arabic.pieces], ["", *latin.pieces]
    return {(left_pieces[g], right_pieces[h]): float(weights[g, h]) for g, h in zip(*np.nonzero(weights), strict=True)}


def learn_contexts(
    pairs: Sequence[tuple[str, str]], probabilities: dict[tuple[str, str], float]
) -> dict[tuple[tuple[str, str], tuple[str, str]], float]:
    """Probabilities of operations after another one, by absolute discounting of the pairs of operations on the
    likeliest path of each training pair; what was seen once is left to the plain probabilities.
    """
    model = EditModel(probabilities)
    arabic, latin = ["", *model.arabic.pieces], ["", *model.latin.pieces]
    seen: Counter[tuple[tuple[str, str], tuple[str, str]]] = Counter()
    for left, right in pairs:
        grams = [model.arabic.encode([arabic_letters(left)])[0], model.latin.encode([latin_letters(right)])[0]]
        path = [(arabic[g], latin[h]) for g, h in kernels.best_path(*grams, model.weights, OPERATIONS)]
        seen.update(pairwise([BEGINNING, *path]))
    before: Counter[tuple[str, str]] = Counter()
    for (first, _), count in seen.items():
        before[first] += count
    return {
        (first, second): (count - DISCOUNT) / before[first]
        for (first, second), count in seen.items()
        if count >= RAREST and second in probabilities
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/bench/names"))
    parser.add_argument("-o", "--out", type=Path, default=Path("eval/names/data/name_costs.tsv"))
    arguments = parser.parse_args()
    source = arguments.data / "ar2en-train.txt"
    pairs = read_pairs(source)
    begin = time.process_time()
    probabilities = learn(pairs)
    # As they are read again from the file.
    probabilities = {operation: float(f"{probability:.3e}") for operation, probability in probabilities.items()}
    contexts = learn_contexts(pairs, probabilities)
    digest = hashlib.sha256(source.read_bytes()).hexdigest()
    lines = [
        "# Edit operations between Arabic and Latin spellings of names, with probabilities (card: name_costs.md).",
        f"# Learned by tests/benchmarks/train_name_costs.py from {len(pairs)} pairs, sha256 {digest}.",
        *(f"{arabic}\t{latin}\t{probability:.3e}" for (arabic, latin), probability in sorted(probabilities.items())),
        "# An operation, the one after it, and the probability of that (discounted).",
        *(
            "\t".join([*first, *second, f"{probability:.3e}"])
            for (first, second), probability in sorted(contexts.items())
        ),
    ]
    arguments.out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    seconds = time.process_time() - begin
    print(f"{len(probabilities)} operations, {len(contexts)} contexts: {seconds:.1f} CPU s, written to {arguments.out}")


if __name__ == "__main__":
    main()
