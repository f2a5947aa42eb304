"""What a build costs: growth with the number of article pairs, against vectors and alignment alone, and a second run.

    python -m tests.benchmarks.build --data ../shared/bench --sizes 100 300 1000 --two 300
    python -m tests.benchmarks.build --sizes --around 1000 3000 10000

Articles are generated from the lines of NTREX-128 (github.com/MicrosoftTranslator/NTREX; `ntrex/dev.tsv`): each takes a
dozen of them at random, so most sentence pairs are duplicates of others and the filters have much to do. Each figure is
of a process of its own; `vectors + alignment` is measured in the same process, on the same articles, already read.

`--two` builds the same articles with one worker and with two, by the wall clock. `--around` measures what stands around
the map step, whose cost is the same for each pair: articles are read, planned, filtered, compared and written as ever,
but sentence pairs are taken line by line, and their words are drawn at random so that hardly any is a duplicate.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, cast

from corpora.records import AlignedPair, BeadRecord, SideRecord, pack
from corpora.store import Store
from mt.mapping import MapTask, map_pair
from mt.sources import load_article
from mt.workers import Result, Task, Workers
from tests.benchmarks.memory import peak_megabytes

_LINES = (8, 16)
_LINE = re.compile(r"[^\n]+")


def generate(folder: Path, data: Path, count: int, seed: int = 1, *, fresh: bool = False) -> None:
    """Write `count` English articles and their Arabic or French translations.

    Args:
        fresh: words at random instead of sentences, so that none is another's duplicate.
    """
    header, *lines = (data / "ntrex" / "dev.tsv").read_text(encoding="utf-8").splitlines()
    columns = header.split("\t")
    rows = [dict(zip(columns, line.split("\t"), strict=True)) for line in lines]
    words = {lang: " ".join(row[lang] for row in rows).split() for lang in ("en", "ar", "fr")}
    chance = random.Random(seed)
    for number in range(count):
        chosen = chance.sample(rows, chance.randint(*_LINES))
        if fresh:
            chosen = [
                {lang: f"{' '.join(chance.choices(words[lang], k=row[lang].count(' ') + 1))}." for lang in words}
                for row in chosen
            ]
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


class Stages:
    """A progress that notes how much CPU each stage takes."""

    def __init__(self) -> None:
        self._open = ("", 0.0)
        self.seconds: dict[str, float] = {}

    def start(self, step: str, total: int | None) -> None:
        """A stage begins, and the one before it ends."""
        name, since = self._open
        now = time.process_time()
        if name:
            self.seconds[name] = self.seconds.get(name, 0.0) + now - since
        self._open = (step, now)

    def advance(self, amount: int = 1) -> None:
        """Not asked for."""

    def warn(self, message: str) -> None:
        """Not asked for."""


class LineByLine(Workers):
    """A worker that takes the lines of a pair's articles for its beads, in place of the map step."""

    def results(self, function: Callable[[Task], Result], tasks: Sequence[Task]) -> Iterator[tuple[int, Result]]:
        """Each task's place and result."""
        if function is not map_pair:
            yield from super().results(function, tasks)
            return
        for place, task in enumerate(tasks):
            yield place, cast("Result", pack(line_by_line(cast("MapTask", task))))


def line_by_line(task: MapTask) -> AlignedPair:
    """The pair's lines as beads."""
    documents = [load_article(side) for side in (task.source, task.target)]
    sides = [SideRecord(found.article.path, found.lang, len(found.sentences), 0, 0) for found in documents]
    lines = [[(hit.start(), hit.end(), hit[0]) for hit in _LINE.finditer(one.article.text)] for one in documents]
    beads = [
        BeadRecord(text, other, other, start, end, begin, stop, 0.9, 0.7, 1.0)
        for (start, end, text), (begin, stop, other) in zip(*lines, strict=True)
    ]
    return AlignedPair(sides[0], sides[1], "use", tuple(beads))


def measure(data: Path, count: int, jobs: int, repeats: int, *, around: bool = False) -> dict[str, Any]:
    """Generate, build, build again."""
    from mt.build import Request, build
    from mt.pipeline import knowledge

    stages = Stages()
    with tempfile.TemporaryDirectory() as place:
        request = Request(Path(place) / "articles", Path(place) / "dataset", retranslate="no")
        generate(request.articles, data, count, fresh=around)
        compared = jobs == 1 and not around and repeats
        alone = min(alignment_alone(request.articles, min(count, 100)) for _ in range(repeats)) if compared else 0.0
        if compared:
            knowledge()
        wall, cpu = time.perf_counter(), time.process_time()
        with Store(Path(place) / "store") as store:
            workers = LineByLine() if around else Workers(jobs)
            built = build(request, store=store, workers=workers, progress=stages)
        stages.start("", None)
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        again = time.perf_counter()
        with Store(Path(place) / "store") as store:
            assert build(request, store=store).unchanged
        again = time.perf_counter() - again
    counts = built.counts
    assert counts is not None
    workers_used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return {
        "pairs": count,
        "jobs": jobs,
        "wall": wall,
        "cpu": cpu / count,
        "workers": (workers_used.ru_utime + workers_used.ru_stime) / count,
        "alone": alone,
        "again": again,
        "megabytes": peak_megabytes(),
        "beads": sum(counts.splits.values()) + sum(counts.rejected.values()),
        "stages": {name: seconds / count for name, seconds in stages.seconds.items()},
    }


def in_a_process(data: Path, size: int, *arguments: object) -> dict[str, Any]:
    """One measurement in a process of its own."""
    command = [sys.executable, "-m", "tests.benchmarks.build", "--data", data, "--one", size, *arguments]
    done = subprocess.run([str(word) for word in command], stdout=subprocess.PIPE, text=True, check=True)
    figures: dict[str, Any] = json.loads(done.stdout)
    return figures


def main() -> None:
    """Print a line for each size."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/bench"))
    parser.add_argument("--sizes", type=int, nargs="*", default=[100, 300, 1000])
    parser.add_argument("--repeats", type=int, default=3, help="Of vectors and alignment alone; the fastest counts.")
    parser.add_argument("--two", type=int, help="So many pairs with one worker and with two.")
    parser.add_argument("--around", type=int, nargs="*", default=[], help="Sizes for all but the map step.")
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--jobs", type=int, default=1, help=argparse.SUPPRESS)
    parser.add_argument("--line-by-line", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one is not None:
        print(
            json.dumps(measure(options.data, options.one, options.jobs, options.repeats, around=options.line_by_line))
        )
        return
    if options.sizes:
        print_line("pairs", "beads", "wall s", "ms/pair", "alone", "share", *_STAGES.values(), "again s", "MB")
    for size in options.sizes:
        got = in_a_process(options.data, size, "--repeats", options.repeats)
        alone, cpu = got["alone"], got["cpu"]
        head = (f"{size:,}", f"{got['beads']:,}", f"{got['wall']:.1f}", f"{1000 * cpu:.1f}", f"{1000 * alone:.1f}")
        print_line(*head, f"{alone / cpu:.0%}", *tail(got))
    if options.around:
        print_line("pairs", "beads", "wall s", "ms/pair", "", "", *_STAGES.values(), "again s", "MB")
    for size in options.around:
        got = in_a_process(options.data, size, "--line-by-line")
        head = (f"{size:,}", f"{got['beads']:,}", f"{got['wall']:.1f}", f"{1000 * got['cpu']:.2f}", "", "")
        print_line(*head, *tail(got))
    if options.two:
        runs = [in_a_process(options.data, options.two, "--repeats", 0, "--jobs", jobs) for jobs in (1, 2)]
        for got in runs:
            own, theirs = (1000 * got[name] for name in ("cpu", "workers"))
            times = f"CPU ms a pair: this process {own:.1f}, workers {theirs:.1f}"
            print(f"{options.two:,} pairs, {got['jobs']} at work: {got['wall']:.1f} s ({times})")
        print(f"two workers: {runs[0]['wall'] / runs[1]['wall']:.2f} × one")


_STAGES = {
    "reading articles": "read",
    "aligning and checking": "map",
    "filtering": "filter",
    "looking for duplicates": "twins",
    "writing": "write",
}
"""The stages, as they are told to a user, and their columns: milliseconds of CPU a pair."""


def tail(got: Mapping[str, Any]) -> list[str]:
    """The columns that every table ends with."""
    stages = [f"{1000 * got['stages'].get(name, 0.0):.2f}" for name in _STAGES]
    return [*stages, f"{got['again']:.2f}", f"{got['megabytes']:.0f}"]


def print_line(*cells: str) -> None:
    """One line of a table."""
    print(" ".join(f"{cell:>8}" for cell in cells), flush=True)


if __name__ == "__main__":
    main()
