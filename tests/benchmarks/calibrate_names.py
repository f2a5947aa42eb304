"""Count how often each rule of name detection is right, and write the table that its confidence is computed from.

    python -m tests.benchmarks.calibrate_names [--data ../shared/bench] [--rounds 12] [--write]

Errors are planted as in `tests.benchmarks.names`, about as densely as machine translations hold them (5 in 1,000
words; `--share`), a quarter of the entities held out of a base of 10,000. The reliability lines are of held-out folds:
a document's findings are predicted by what the rules did in the other four fifths.
"""

from __future__ import annotations

import argparse
import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from eval.names.knowledge import Knowledge
from eval.names.rules.calibration import COUNTS, Counts, calibrated, probability
from tests.benchmarks.names import check, documents, loaded_base

FOLDS = 5
BINS = (0.0, 0.8, 0.9, 0.95, 0.98, 1.01)


@dataclass(frozen=True, slots=True)
class Verdict:
    """One error that was reported: the rule, what this case's doubt takes from it, and whether it was right."""

    rule: str
    doubt: float
    right: bool
    fold: int


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/bench"))
    parser.add_argument("--rounds", type=int, default=12)
    parser.add_argument("--share", type=float, default=0.15)
    parser.add_argument("--modes", default="alone,source,other")
    parser.add_argument("--entities", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--write", action="store_true", help=f"write {COUNTS} anew")
    options = parser.parse_args()
    verdicts = list(_verdicts(options))
    for title, calibrate in (("as set by hand", False), ("calibrated on the other folds", True)):
        _print_reliability(title, verdicts, calibrate=calibrate)
    counts = _counts(verdicts)
    for rule, (right, wrong) in sorted(counts.items()):
        print(f"{rule:32} right {right:4} wrong {wrong:3}  {probability(rule, counts):.3f}")
    if options.write:
        _write(counts, len(verdicts))


def _verdicts(options: argparse.Namespace) -> Iterator[Verdict]:
    full = Knowledge.bundled()
    base = loaded_base(full, options.data, options.entities)
    frames, news = documents(full, options.data, options.rounds, options.seed)
    words = planted = 0
    for mode in options.modes.split(","):
        for lang in ("ar", "fr"):
            for some in (frames, news):
                for checked in check(some, lang, mode, base, full, seed=options.seed, share=options.share):
                    words += checked.words
                    planted += len(checked.truth)
                    fold = hashlib.sha256(checked.document.key.encode()).digest()[0] % FOLDS
                    for finding in checked.errors:
                        doubt = finding.confidence / calibrated(finding.rule)
                        yield Verdict(finding.rule, doubt, checked.is_right(finding), fold)
    print(f"{planted} errors planted, {1000 * planted / words:.1f} per 1,000 words")


def _counts(verdicts: Sequence[Verdict]) -> Counts:
    tally: Counter[tuple[str, bool]] = Counter((verdict.rule, verdict.right) for verdict in verdicts)
    return {rule: (tally[rule, True], tally[rule, False]) for rule in sorted({rule for rule, _ in tally})}


def _print_reliability(title: str, verdicts: Sequence[Verdict], *, calibrate: bool) -> None:
    predicted: list[tuple[float, bool]] = []
    for fold in range(FOLDS):
        counts = _counts([verdict for verdict in verdicts if verdict.fold != fold]) if calibrate else {}
        predicted += [
            (probability(verdict.rule, counts) * verdict.doubt, verdict.right)
            for verdict in verdicts
            if verdict.fold == fold
        ]
    brier = sum((p - right) ** 2 for p, right in predicted) / len(predicted)
    error = 0.0
    print(f"{title}:")
    for low, high in pairwise(BINS):
        inside = [(p, right) for p, right in predicted if low <= p < high]
        if inside:
            said, was = (sum(column) / len(inside) for column in zip(*inside, strict=True))
            error += abs(said - was) * len(inside) / len(predicted)
            span = f"said {low:.2f} to {min(high, 1.0):.2f}"
            print(f"    {span}: {len(inside):5} findings, mean {said:.3f}, right {was:.3f}")
    print(f"    reliability: expected calibration error {error:.4f}, Brier score {brier:.4f}")


def _write(counts: Counts, findings: int) -> None:
    head = [
        "# How often each rule of name detection was right and wrong on planted errors (rule, right, wrong).",
        f"# Written by tests/benchmarks/calibrate_names.py from {findings} findings.",
    ]
    rows = [f"{rule}\t{right}\t{wrong}" for rule, (right, wrong) in sorted(counts.items())]
    Path("eval/names/data", COUNTS).write_text("\n".join([*head, *rows]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
