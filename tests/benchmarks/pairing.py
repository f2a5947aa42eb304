"""`pair` measured as collections grow: recombined news, half of one side missing; pairs, time and memory.

    python -m tests.benchmarks.pairing --data ../shared/bench [--sizes 1000 3000 10000]

Each document is 8 to 14 sentences of three news documents, 5 % of its source's and 8 % of its target's left out, so
that many documents share sentences. Each sentence is encoded once, before the clock starts.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from alignment import encoders, pairing
from alignment.spans import SpanVectors, Vectors
from alignment.threads import one_thread
from corpora.article import Sentence
from corpora.clean import plain_text
from tests.benchmarks.alignment_sets import FIRST_SEED, PAIRS, Parallel, documents, load_news
from tests.benchmarks.memory import peak_megabytes

_LANGUAGES = ("ar", "en")


class Table:
    """The embedded encoder's vectors of known sentences."""

    name = "table"

    def __init__(self, texts: Sequence[str]) -> None:
        self._inner = encoders.get()
        self.dimension, self.languages = self._inner.dimension, self._inner.languages
        self._vectors = dict(zip(texts, self._inner.encode(texts), strict=True))

    def encode(self, texts: Sequence[str]) -> Vectors:
        """See `Encoder.encode`."""
        return np.array([self._vectors[text] for text in texts], np.float32)

    def spans(self, texts: Sequence[str], longest: int) -> SpanVectors:
        """See `Encoder.spans`; only documents that leave doubt are looked at so closely."""
        return self._inner.spans(texts, longest)

    def words(self, text: str, places: Sequence[tuple[int, int]]) -> Vectors:
        """See `Encoder.words`."""
        return self._inner.words(text, places)


def recombined(news: Sequence[Parallel], count: int, rng: random.Random) -> list[tuple[list[str], list[str]]]:
    """Source and target of so many documents."""
    made = []
    for _ in range(count):
        three = rng.sample(range(len(news)), 3)
        pool = [(place, i) for place in three for i in range(len(news[place].texts["en"]))]
        source: list[str] = []
        target: list[str] = []
        for place, i in sorted(rng.sample(pool, min(rng.randint(8, 14), len(pool)))):
            one, two = (news[place].texts[lang][i] for lang in _LANGUAGES)
            source += [one] * (rng.random() > 0.05)
            target += [two] * (rng.random() > 0.08)
        made.append((source, target))
    return made


def pairs(news: Sequence[Parallel]) -> None:
    """Which document belongs to which, half of one side missing."""
    for pair in PAIRS:
        made = documents(news, "real", pair, FIRST_SEED)
        sources = [as_text(document.source, pair[0]) for document in made]
        half = list(range(0, len(made), 2))
        begun = time.process_time()
        found = pairing.pair(sources, [as_text(made[k].target, pair[1]) for k in half])
        spent = time.process_time() - begun
        right = sum(one.source == half[one.target] for one in found)
        print(f"{'-'.join(pair)}: {right} of {len(half)} pairs, {len(found) - right} false, {spent:.1f} CPU s")


def as_text(lines: Sequence[str], lang: str) -> pairing.Text:
    """A document of plain sentences."""
    return pairing.Text([Sentence(0, len(line), line) for line in lines], lang)


def main() -> None:
    """Print a line for each size."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/bench"))
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 3000, 10000])
    arguments = parser.parse_args()
    news = load_news(arguments.data)
    table = Table(sorted({plain_text(text) for one in news for lang in _LANGUAGES for text in one.texts[lang]}))
    for size in arguments.sizes:
        made = recombined(news, size, random.Random(size))
        half = list(range(0, size, 2))
        random.Random(1).shuffle(half)
        sources = [as_text(source, _LANGUAGES[0]) for source, _ in made]
        targets = [as_text(made[place][1], _LANGUAGES[1]) for place in half]
        begun = time.process_time()
        with one_thread():
            found = pairing.pair(sources, targets, encoder=table)
        spent = time.process_time() - begun
        right = sum(one.source == half[one.target] for one in found)
        print(
            f"{size:6d} x {len(half):6d} documents: {right} pairs of {len(half)}, {len(found) - right} false, "
            f"{spent:.1f} CPU s, peak {peak_megabytes():.0f} MB",
            flush=True,
        )


if __name__ == "__main__":
    main()
