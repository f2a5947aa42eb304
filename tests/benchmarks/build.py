"""What a build costs: growth with the number of article pairs, against vectors and alignment alone, and a second run.

    python -m tests.benchmarks.build --data ../shared/bench --sizes 100 300 1000

Articles are generated from the lines of NTREX-128 (github.com/MicrosoftTranslator/NTREX; `ntrex/dev.tsv`): each takes a
dozen of them at random, so most sentence pairs are duplicates of others and the filters have much to do. Each figure is
of a process of its own; `vectors + alignment` is measured in the same process, on the same articles, already read.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from corpora.store import Store

_LINES = (8, 16)


def generate(folder: Path, data: Path, count: int, seed: int = 1) -> None:
    """Write `count` English articles and their Arabic or French translations."""
    header, *lines = (data / "ntrex" / "dev.tsv").read_text(encoding="utf-8").splitlines()
    columns = header.split("\t")
    rows = [dict(zip(columns, line.split("\t"), strict=True)) for line in lines]
    chance = random.Random(seed)
    for number in range(count):
        chosen = chance.sample(rows, chance.randint(*_LINES))
        below = folder / f"{number // 1000:03d}"
        below.mkdir(parents=True, exist_ok=True)
        for lang in ("en", ("ar", "fr")[number % 2]):
            text = "\n\n".join(row[lang] for row in chosen)
            (below / f"{number:06d}.{lang}.txt").write_text(f"{text}\n", encoding="utf-8")


def alignment_alone(folder: Path, limit: int) -> float:
    """CPU seconds a pair that vectors and alignment take, the articles being read already."""
    from alignment.align import align
    from mt.document import Document, load

    sources = sorted(folder.rglob("*.en.txt"))[:limit]
    pairs: list[tuple[Document, Document]] = []
    for path in sources:
        target = next(p for p in path.parent.glob(f"{path.name.split('.')[0]}.*") if ".en." not in p.name)
        pairs.append((load(str(path), lang="en"), load(str(target), lang=target.name.split(".")[1])))
    align(*(side.sentences for side in pairs[0]), source_lang="en", target_lang=pairs[0][1].lang)  # loads the encoder
    start = time.process_time()
    for source, target in pairs:
        align(source.sentences, target.sentences, source_lang="en", target_lang=target.lang)
    return (time.process_time() - start) / len(pairs)


def measure(data: Path, count: int, jobs: int, repeats: int) -> dict[str, float]:
    """Generate, build, build again."""
    from mt.build import Request, build
    from mt.pipeline import knowledge
    from mt.workers import Workers

    with tempfile.TemporaryDirectory() as place:
        folder, output = Path(place) / "articles", Path(place) / "dataset"
        generate(folder, data, count)
        alone = min(alignment_alone(folder, min(count, 100)) for _ in range(repeats)) if jobs == 1 else 0.0
        knowledge()
        wall, cpu = time.perf_counter(), time.process_time()
        with Store(Path(place) / "store") as store:
            built = build(Request(folder, output), store=store, workers=Workers(jobs))
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        again = time.perf_counter()
        with Store(Path(place) / "store") as store:
            assert build(Request(folder, output), store=store, workers=Workers(jobs)).unchanged
        again = time.perf_counter() - again
    counts = built.counts
    assert counts is not None
    return {
        "pairs": count,
        "jobs": jobs,
        "wall": wall,
        "cpu": cpu / count,
        "alone": alone,
        "again": again,
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "beads": sum(counts.splits.values()) + sum(counts.rejected.values()),
    }


def in_a_process(arguments: Sequence[str]) -> dict[str, float]:
    """One measurement in a process of its own."""
    command = [sys.executable, "-m", "tests.benchmarks.build", *arguments]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    figures: dict[str, float] = json.loads(done.stdout)
    return figures


def main() -> None:
    """Print a line for each size."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/bench"))
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 300, 1000])
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--repeats", type=int, default=3, help="Of vectors and alignment alone; the fastest counts.")
    parser.add_argument("--two", action="store_true", help="Also the first size with two workers.")
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one is not None:
        print(json.dumps(measure(options.data, options.one, options.jobs, options.repeats)))
        return
    titles = ("pairs", "jobs", "beads", "wall s", "ms/pair", "alone", "share", "again s", "MB")
    print(" ".join(f"{title:>8}" for title in titles))
    runs = [(size, options.jobs) for size in options.sizes] + ([(options.sizes[0], 2)] if options.two else [])
    for size, jobs in runs:
        common = ["--data", str(options.data), "--repeats", str(options.repeats)]
        got = in_a_process(["--one", str(size), "--jobs", str(jobs), *common])
        cells = (
            f"{size:,}",
            str(jobs),
            f"{got['beads']:,.0f}",
            f"{got['wall']:.1f}",
            f"{1000 * got['cpu']:.1f}" if jobs == 1 else "–",
            f"{1000 * got['alone']:.1f}" if jobs == 1 else "–",
            f"{got['alone'] / got['cpu']:.0%}" if jobs == 1 else "–",
            f"{got['again']:.2f}",
            f"{got['megabytes']:.0f}",
        )
        print(" ".join(f"{cell:>8}" for cell in cells), flush=True)


if __name__ == "__main__":
    main()
