"""Memory and time of checking a folder of articles: resident memory as the folder goes on, CPU time an article.

    python -m tests.benchmarks.collection [--articles 500] [--keep]

The articles are the bundled machine translations into Arabic and French, each with a line of its own, held against
their English sources. `--keep` is the peer: it keeps every result, as a check of all of them at once would.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from corpora.samples.catalogue import samples
from mt.collection import Order, Task, check_all, find_tasks
from mt.pipeline import check


def main() -> None:
    """Print a line for each tenth of the folder."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=500)
    parser.add_argument("--keep", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch)
        _write(root, options.articles)
        order = Order(retranslate="no", cache_dir=root / "cache", pages=root / "out", formats=("html", "json"))
        tasks = find_tasks([str(root / "translated")], source=str(root / "source"), order=order)
        begun = time.process_time()
        step = max(len(tasks) // 10, 1)
        outcomes = _results(tasks) if options.keep else check_all(tasks, order)
        for number, _ in enumerate(outcomes, start=1):
            if number % step == 0 or number == 1:
                each = (time.process_time() - begun) / number
                print(f"{number:5d} articles  {_resident():7.1f} MB resident  {each:.2f} CPU s an article", flush=True)
        if options.keep:
            return
        size = sum(path.stat().st_size for path in (root / "out").rglob("*.html"))
        print(f"pages: {size / max(len(tasks), 1) / 1e3:.0f} kB on average")


def _results(tasks: Sequence[Task]) -> Iterator[int]:
    """Check them all and keep every result, as the naive way does; yields how many there are."""
    kept = []
    for task in tasks:
        kept.append(check(task.path, source=task.source, retranslate="no"))
        yield len(kept)


def _write(root: Path, amount: int) -> None:
    """So many translations, and for each the source under the same name."""
    for folder in ("source", "translated"):
        (root / folder).mkdir()
    drawn = samples()
    for number in range(amount):
        chosen = drawn[number % len(drawn)]
        with tempfile.TemporaryDirectory() as scratch:
            source, *translations = chosen.write(Path(scratch))
            place = number // len(drawn) % len(translations)
            for folder, file in (("source", source), ("translated", translations[place])):
                text = file.read_text(encoding="utf-8")
                (root / folder / f"{number:05d}{file.suffix}").write_text(f"{text}\n\n{number}.\n", encoding="utf-8")


def _resident() -> float:
    """Megabytes of this process in memory now."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


if __name__ == "__main__":
    main()
