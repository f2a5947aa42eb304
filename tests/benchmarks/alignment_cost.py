"""What alignment costs: news documents in; sentences a second, CPU time and memory as they grow, printed."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import numpy as np

from alignment import encoders
from alignment.align import align_texts
from alignment.lattice import LONGEST
from alignment.model import bundled
from alignment.scoring import score
from alignment.search import search
from alignment.settings import AlignmentSettings
from alignment.side import Lines
from alignment.spans import DenseSpans
from alignment.threads import one_thread
from corpora.article import Sentence
from tests.benchmarks.alignment_sets import FIRST_SEED, PAIRS, Parallel, documents, joined
from tests.benchmarks.memory import peak_megabytes


def cost(news: Sequence[Parallel], sizes: Sequence[int]) -> None:
    """Sentences a second from text to beads; then the alignment alone, vectors given, as the document grows.

    Each size runs in a process of its own that has loaded the vectors of all overlaps from a file, in half precision,
    and nothing else; the first call, which loads compiled code, is told apart from the median of the next ones.
    """
    long = joined(documents(news, "real", PAIRS[0], FIRST_SEED + 3))
    english = joined(documents(news, "real", ("en", "fr"), FIRST_SEED + 3))
    for name, document in (("ar-en", long), ("en-fr", english)):
        # Compiled code is loaded by what is nearly the same document: vectors of the same one would be remembered.
        align_texts(document.source[1:], document.target[1:], *document.languages)
        begun = time.process_time()
        align_texts(document.source, document.target, *document.languages)
        spent = time.process_time() - begun
        print(
            f"{name} end to end: {(len(document.source) + len(document.target)) / spent:.0f} sentences / CPU s",
            flush=True,
        )
    print("the alignment alone, all vectors computed first:", flush=True)
    sides = [
        DenseSpans(encoders.get().spans(side, LONGEST).block(0, len(side), LONGEST).astype(np.float16))
        for side in (long.source, long.target)
    ]
    for size in sizes:
        copies = -(-size // len(long.source))
        grown = joined([long] * copies)
        with tempfile.TemporaryDirectory() as folder:
            for name, texts, side in zip(("source", "target"), (grown.source, grown.target), sides, strict=True):
                np.save(Path(folder, f"{name}.npy"), _grown(side, copies).vectors)
                Path(folder, f"{name}.txt").write_text("\n".join(texts), encoding="utf-8")
            with ProcessPoolExecutor(1, get_context("spawn")) as apart:
                measured = apart.submit(alone, folder, grown.languages, 1 if size > 20_000 else 5).result()
            first, median, peak, loaded, edges = measured
        beads = [(tuple(range(i, i + a)), tuple(range(j, j + b))) for i, j, a, b in edges]
        f1 = score(beads, grown.gold).strict.f1
        lines = f"{len(grown.source):7d} x {len(grown.target):7d} lines"
        took = f"{median:7.3f} CPU s (first call {first:.2f})"
        print(f"{lines}: {took}, peak {peak:5.0f} MB, {loaded:.0f} of them before; F1 {f1:.4f}", flush=True)


def alone(
    folder: str, languages: tuple[str, str], times: int
) -> tuple[float, float, float, float, list[tuple[int, int, int, int]]]:
    """First and median CPU time of a search, peak memory after and before it in MB, and what it found."""
    sides = [
        Lines.of(
            [Sentence(0, len(text), text) for text in Path(folder, f"{name}.txt").read_text("utf-8").split("\n")], lang
        ).with_spans(DenseSpans(np.load(Path(folder, f"{name}.npy"))))
        for name, lang in zip(("source", "target"), languages, strict=True)
    ]
    loaded, spent = peak_megabytes(), []
    for _ in range(1 + times):
        begun = time.process_time()
        with one_thread():
            found = search(sides[0], sides[1], bundled(), AlignmentSettings())
        spent.append(time.process_time() - begun)
    return spent[0], statistics.median(spent[1:]), peak_megabytes(), loaded, found.edges.rows()


def _grown(side: DenseSpans, copies: int) -> DenseSpans:
    """Copies one after the other, each in its own direction of the space, so that they are not each other's twins."""
    out = np.empty((copies * len(side), *side.vectors.shape[1:]), np.float16)
    for copy in range(copies):
        push = np.random.default_rng(copy).normal(0, 0.012, side.vectors.shape[2]).astype(np.float16)
        out[copy * len(side) : (copy + 1) * len(side)] = side.vectors + push * side.vectors.any(axis=2, keepdims=True)
    return DenseSpans(out)
