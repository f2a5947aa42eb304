"""Speed of finding names: exact scan of news text, and near look-up of misspelt and transliterated names, beside peers.

Text: `ntrex/dev.tsv` (NTREX-128, CC BY-SA 4.0; github.com/MicrosoftTranslator/NTREX). Names: the bundled base; the
Latin sides of `names/ar2en-eval.txt` (Rosca and Breuel, Apache-2.0; github.com/google/transliteration), their Arabic
sides being the transliterations that are looked up; and to reach the sizes asked for those of `names/ar2en-train.txt`,
two by two with a fixed seed. Peers: pyahocorasick and ahocorasick_rs where they are installed,
rapidfuzz. Peers see text folded beforehand and know no boundaries, clitics or entities; the figures of muwazi include
all of that.

From 100,000 names on they are a catalogue on disk, as `muwazi names import` makes it.

    python -m tests.benchmarks.name_lookup --data ../shared/bench [--sizes 10000 1000000]
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from corpora.script import fold
from eval.names.base.catalogue import add_to_catalogue
from eval.names.base.fingerprint import fold_keys
from eval.names.entity import Entity, Form
from eval.names.knowledge import Knowledge
from tests.benchmarks.memory import peak_megabytes

SEED = 20240501
ON_DISK = 100_000
QUERIES = 400


def pairs(file: Path) -> list[tuple[str, str]]:
    """Arabic and Latin spelling of each name."""
    rows = (line.split("\t") for line in file.read_text(encoding="utf-8").split("\n") if "\t" in line)
    return [(arabic, latin) for arabic, latin in rows]


def names_of(count: int, data: Path) -> list[str]:
    """Different names, those of the evaluation pairs first."""
    names = dict.fromkeys(latin for _, latin in pairs(data / "names/ar2en-eval.txt"))
    pool = list(dict.fromkeys(latin for _, latin in pairs(data / "names/ar2en-train.txt")))
    generator = random.Random(SEED)
    while len(names) < count:
        names[f"{generator.choice(pool)} {generator.choice(pool)}"] = None
    return list(names)


def entities(names: Sequence[str]) -> Iterator[Entity]:
    """A person for each name; no name is the same as an ordinary word."""
    for number, name in enumerate(names):
        yield Entity(f"person:x{number}", name, "person", (Form(name, "mul", "canonical"),), common_word=True)


def median_seconds(work: Callable[[], object], repeats: int = 5) -> float:
    work()
    seconds = []
    for _ in range(repeats):
        begin = time.process_time()
        work()
        seconds.append(time.process_time() - begin)
    return statistics.median(seconds)


def scanning(texts: dict[str, str], known: Knowledge, names: Sequence[str], what: str) -> None:
    print(f"\nexact scan, {what}: million characters a second")
    rows = {lang: len(text) / median_seconds(lambda: known.scan(text, lang)) for lang, text in texts.items()}  # noqa: B023
    print(f"  {'muwazi':16} {_rates(rows)}")
    keys = list(dict.fromkeys(fold_keys(names)))
    folded = {lang: fold(text, case=True).text for lang, text in texts.items()}
    for name, make in (("pyahocorasick", _pyahocorasick), ("ahocorasick_rs", _ahocorasick_rs)):
        if importlib.util.find_spec("ahocorasick" if name == "pyahocorasick" else name) is None:
            print(f"  {name:16} not installed")
            continue
        built, scan = make(keys)
        rows = {lang: len(text) / median_seconds(lambda: scan(text)) for lang, text in folded.items()}  # noqa: B023
        print(f"  {name:16} {_rates(rows)}; built in {built:.2f} s")


def _rates(rows: dict[str, float]) -> str:
    return ", ".join(f"{lang} {rate / 1e6:5.1f}" for lang, rate in rows.items())


def _pyahocorasick(keys: Sequence[str]) -> tuple[float, Callable[[str], object]]:
    import ahocorasick

    begin = time.process_time()
    automaton = ahocorasick.Automaton()
    for number, key in enumerate(keys):
        automaton.add_word(key, number)
    automaton.make_automaton()
    return time.process_time() - begin, lambda text: list(automaton.iter_long(text))


def _ahocorasick_rs(keys: Sequence[str]) -> tuple[float, Callable[[str], object]]:
    import ahocorasick_rs

    begin = time.process_time()
    automaton = ahocorasick_rs.AhoCorasick(list(keys), matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)
    return time.process_time() - begin, automaton.find_matches_as_indexes


def edited(name: str, generator: random.Random) -> str:
    """One letter put in, left out, changed, or two of them swapped."""
    place = generator.randrange(1, len(name))
    letter = generator.choice("abcdefghijklmnopqrstuvwxyz")
    return generator.choice(
        [
            name[:place] + letter + name[place:],
            name[:place] + name[place + 1 :],
            name[:place] + letter + name[place + 1 :],
            name[: place - 1] + name[place] + name[place - 1] + name[place + 1 :],
        ]
    )


def looking_up(known: Knowledge, names: Sequence[str], data: Path) -> None:
    """`Knowledge.nearest`: the bundled base and all names, five candidates with their entities."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    generator = random.Random(SEED)
    golds = generator.sample(names, QUERIES)
    slips = [(edited(gold, generator), gold) for gold in golds]
    spoken = generator.sample(pairs(data / "names/ar2en-eval.txt"), QUERIES)
    print(f"\nnear look-up, {len(names)} names and the bundled base")

    def nearest(query: str) -> str | None:
        found = known.nearest(query, "ar")
        return found[0].entity.name.lower() if found else None

    def extract_one(query: str) -> str | None:
        return str(process.extractOne(query, names, scorer=OSA.normalized_similarity)[0])

    peers = 20 if len(names) > ON_DISK else 100
    for what, queries, name, find, count in (
        ("one edit", slips, "muwazi", nearest, QUERIES),
        ("one edit", slips, "rapidfuzz extractOne", extract_one, peers),
        ("transliteration", spoken, "muwazi", nearest, QUERIES),
    ):
        seconds = median_seconds(lambda: [find(query) for query, _ in queries[:count]], 3)  # noqa: B023
        right = sum(find(query) == gold for query, gold in queries[:count])
        print(f"  {what:16} {name:22} {count / seconds:9.0f} a second, recall@1 {right / count:.3f}")


def bundled(texts: dict[str, str]) -> Knowledge:
    begin = time.process_time()
    known = Knowledge.bundled()
    known.scan("x", "en")
    print(f"bundled base: {len(known.entities)} entities, ready in {time.process_time() - begin:.2f} CPU s")
    for lang, text in texts.items():
        print(f"  {lang}: {len(known.scan(text, lang))} hits in {len(text)} characters")
    return known


OPENING = """
import re, sys, time
from pathlib import Path
from eval.names.knowledge import Knowledge

def resident():
    return int(re.search(r"VmRSS:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) / 1e3

base = Knowledge.bundled()
base.scan("x", "en")
before, wall, begin = resident(), time.perf_counter(), time.process_time()
known = Knowledge.open(sys.argv[1])
known.scan("Jensen Huang", "en")
seconds, elapsed = time.process_time() - begin, time.perf_counter() - wall
known.nearest("Jensn Huang", "en"), known.nearest("جنسن هوانغ", "ar")
print(f"  opened in another process: {seconds:.2f} CPU s ({elapsed:.2f} s), {before:.0f} MB before it,", end=" ")
print(f"{resident():.0f} MB after look-ups", flush=True)
"""


def on_disk(names: Sequence[str], folder: Path) -> Knowledge:
    path = folder / "names.catalogue"
    begin = time.process_time()
    add_to_catalogue(path, ((entity, None) for entity in entities(names)))
    size = sum(file.stat().st_size for file in folder.iterdir())
    print(
        f"\ncatalogue of {len(names)} names: imported and indexed in {time.process_time() - begin:.0f} CPU s,", end=" "
    )
    print(f"{size / 1e6:.0f} MB on disk, peak so far {peak_megabytes():.0f} MB")
    subprocess.run([sys.executable, "-c", OPENING, str(path)], check=True, env={**os.environ, "PYTHONPATH": "."})
    return Knowledge.open(path)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/bench"))
    parser.add_argument("--sizes", type=int, nargs="*", default=[10_000, 1_000_000])
    arguments = parser.parse_args()
    rows = [
        line.split("\t") for line in (arguments.data / "ntrex/dev.tsv").read_text(encoding="utf-8").split("\n") if line
    ]
    texts = {lang: "\n".join(row[column] for row in rows[1:]) for column, lang in ((1, "en"), (2, "ar"), (3, "fr"))}
    known = bundled(texts)
    forms = [form.text for entity in known.entities.values() for form in entity.forms]
    scanning(texts, known, forms, "bundled base")
    for size in arguments.sizes:
        names = names_of(size, arguments.data)
        with tempfile.TemporaryDirectory() as folder:
            full = (
                on_disk(names, Path(folder))
                if size >= ON_DISK
                else Knowledge([*known.entities.values(), *entities(names)])
            )
            scanning(texts, full, [*forms, *names], f"bundled base and {size} names")
            looking_up(full, names, arguments.data)


if __name__ == "__main__":
    main()
