"""chrF++ and BLEU with 1,000 bootstrap resamples, beside sacrebleu's own.

    python -m tests.benchmarks.metrics [--data ../shared/bench] [--segments 2000]

Data: the Arabic side of the development half of NTREX-128 (Federmann, Kocmi and Xin, 2022; CC BY-SA 4.0), twice; the
hypotheses are the references with words dropped and swapped by a fixed seed.
"""

from __future__ import annotations

import argparse
import os
import random
import time
from pathlib import Path

from sacrebleu.metrics import BLEU, CHRF

from eval.metrics import score, tokenizer_of


def noisy(text: str, rng: random.Random) -> str:
    """A hypothesis: one word in ten gone, one in ten in another place."""
    words = [word for word in text.split() if rng.random() > 0.1]
    for index in range(len(words) - 1):
        if rng.random() < 0.1:
            words[index], words[index + 1] = words[index + 1], words[index]
    return " ".join(words)


def main() -> None:
    """Print seconds and ratios; the scores must be equal."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/bench"))
    parser.add_argument("--segments", type=int, default=2000)
    options = parser.parse_args()
    lines = (options.data / "ntrex" / "dev.tsv").read_text(encoding="utf-8").split("\n")[1:]
    references = [line.split("\t")[2] for line in lines if line.count("\t") == 3] * 2
    references = references[: options.segments]
    rng = random.Random(1)
    hypotheses = [noisy(text, rng) for text in references]
    os.environ["SACREBLEU_SEED"] = "12345"
    theirs = {"chrf++": CHRF(word_order=2), "bleu": BLEU(tokenize=tokenizer_of("ar"))}
    for name, metric in theirs.items():
        start = time.process_time()
        expected = metric.corpus_score(hypotheses, [references], n_bootstrap=1000)
        middle = time.process_time()
        (ours,) = score(hypotheses, references, lang="ar", metrics=[name], bootstrap=1000)
        end = time.process_time()
        equal = "equal" if ours.value == expected.score else "DIFFERENT"
        spent = f"sacrebleu {middle - start:.2f} CPU s, ours {end - middle:.2f} CPU s"
        ratio = f"ratio {(end - middle) / (middle - start):.2f} (target ≤ 1.1)"
        print(
            f"{name:<7}{len(references)} segments: {spent}, {ratio}; scores {equal}: {ours.value:.4f} {ours.interval}"
        )


if __name__ == "__main__":
    main()
