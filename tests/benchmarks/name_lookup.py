"""Speed of finding names: exact scan of news text, and near look-up of misspelt and transliterated names, beside peers.

Text: `ntrex/dev.tsv` (NTREX-128, CC BY-SA 4.0; github.com/MicrosoftTranslator/NTREX). Names: the bundled base, and
made-up ones (syllables drawn with a fixed seed) to reach the sizes asked for. Peers: pyahocorasick, ahocorasick_rs
where it is installed, rapidfuzz. Peers see text folded beforehand and know no boundaries, clitics or entities; the
figure of muwazi includes all of that.

    python tests/benchmarks/name_lookup.py --data ../shared/bench [--sizes 10000 1000000]
"""

from __future__ import annotations

import argparse
import importlib.util
import random
import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from corpora.script import fold
from eval.names.entity import Entity, Form
from eval.names.fingerprint import fold_keys
from eval.names.knowledge import Knowledge
from eval.names.near import NearIndex
from eval.names.scan import Scanner

SEED = 20240501
SYLLABLES = (
    *("ba", "ko", "ri", "sen", "ta", "mi", "lu", "don", "ver", "ga", "shi", "pol", "mar", "el"),
    *("tu", "fa", "ne", "qua", "zor", "im", "bra", "ke", "yo", "chi", "vas", "ter", "li", "no"),
)


def made_up_names(count: int, generator: random.Random) -> list[str]:
    """Different names of one or two words."""
    names: dict[str, None] = {}
    while len(names) < count:
        words = (
            "".join(generator.choices(SYLLABLES, k=generator.randint(2, 4))) for _ in range(generator.randint(1, 2))
        )
        names[" ".join(words)] = None
    return list(names)


def median_seconds(work: Callable[[], object], repeats: int = 5) -> float:
    work()
    seconds = []
    for _ in range(repeats):
        begin = time.process_time()
        work()
        seconds.append(time.process_time() - begin)
    return statistics.median(seconds)


def scanning(texts: dict[str, str], names: Sequence[str], what: str) -> None:
    keys = list(dict.fromkeys(fold_keys(names)))
    begin = time.process_time()
    scanner = Scanner(keys)
    print(f"\nexact scan, {what}: {len(keys)} keys")
    rows: list[tuple[str, float, Callable[[str], object]]] = [
        ("muwazi", time.process_time() - begin, scanner.scan),
    ]
    if importlib.util.find_spec("ahocorasick") is not None:
        rows.append(("pyahocorasick", *_pyahocorasick(keys)))
    if importlib.util.find_spec("ahocorasick_rs") is not None:
        rows.append(("ahocorasick_rs", *_ahocorasick_rs(keys)))
    for name, built, scan in rows:
        speeds = []
        for lang, text in texts.items():
            given = text if name == "muwazi" else fold(text, case=True).text
            speeds.append(f"{lang} {len(text) / median_seconds(lambda scan=scan, given=given: scan(given)) / 1e6:5.1f}")  # type: ignore[misc]
        print(f"  {name:16} built in {built:6.2f} s; million characters a second: {', '.join(speeds)}")


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


def looking_up(size: int, generator: random.Random) -> None:
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    names = made_up_names(size, generator)
    golds = generator.sample(names, 200)
    queries = [edited(gold, generator) for gold in golds]
    begin = time.process_time()
    index = NearIndex(names)
    index.spelt_like("warm up")
    print(f"\nnear look-up, {size} names, one edit; index built in {time.process_time() - begin:.2f} s")

    def best(query: str) -> str | None:
        near = [names[number] for number in index.spelt_like(query)]
        return max(near, key=lambda name: OSA.normalized_similarity(query, name), default=None)

    rows: list[tuple[str, int, Callable[[str], str | None]]] = [("muwazi", len(queries), best)]
    peers = 20 if size > 100_000 else 100
    rows.append(
        (
            "rapidfuzz extractOne",
            peers,
            lambda query: process.extractOne(query, names, scorer=OSA.normalized_similarity)[0],
        )
    )
    for name, count, find in rows:
        begin = time.process_time()
        found = [find(query) for query in queries[:count]]
        seconds = time.process_time() - begin
        right = sum(one == gold for one, gold in zip(found, golds, strict=False))
        print(f"  {name:22} {count / seconds:9.0f} a second, recall@1 {right / count:.3f}")


def bundled(texts: dict[str, str]) -> None:
    begin = time.process_time()
    known = Knowledge.bundled()
    known.scan("x", "en")
    print(f"bundled base: {len(known.entities)} entities, ready in {time.process_time() - begin:.2f} CPU s")
    for lang, text in texts.items():
        seconds = median_seconds(lambda lang=lang, text=text: known.scan(text, lang))  # type: ignore[misc]
        hits = len(known.scan(text, lang))
        print(
            f"  Knowledge.scan {lang}: {len(text) / seconds / 1e6:.1f} million characters a second, "
            f"{hits} hits in {len(text)}"
        )
    queries = [
        "Cloude",
        "Mark Zukerberg",
        "Jensen Hwang",
        "إنفيدية",
        "ليو داين",
        "هوانغ رينشون",
        "Antropic",
        "Sam Altmann",
    ]
    seconds = median_seconds(lambda: [known.nearest(query, "fr") for query in queries])
    print(f"  Knowledge.nearest: {len(queries) / seconds:.0f} mentions a second, both scripts")


def with_made_up(known: Knowledge, names: Sequence[str]) -> list[str]:
    forms = [form.text for entity in known.entities.values() for form in entity.forms]
    added = [
        Entity(f"person:x{place}", name, "person", (Form(name, "mul", "canonical"),))
        for place, name in enumerate(names)
    ]
    return [*forms, *(entity.name for entity in added)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/bench"))
    parser.add_argument("--sizes", type=int, nargs="*", default=[10_000, 1_000_000])
    arguments = parser.parse_args()
    rows = [
        line.split("\t") for line in (arguments.data / "ntrex/dev.tsv").read_text(encoding="utf-8").split("\n") if line
    ]
    texts = {lang: "\n".join(row[column] for row in rows[1:]) for column, lang in ((1, "en"), (2, "ar"), (3, "fr"))}
    bundled(texts)
    known = Knowledge.bundled()
    scanning(texts, with_made_up(known, []), "bundled base")
    for size in arguments.sizes:
        generator = random.Random(SEED)
        scanning(texts, with_made_up(known, made_up_names(size, generator)), f"with {size} made-up names")
        looking_up(size, random.Random(SEED))


if __name__ == "__main__":
    main()
