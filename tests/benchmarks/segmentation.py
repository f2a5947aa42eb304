"""Sentence boundaries: accuracy on rebuilt news paragraphs, speed, growth, hostile input; the peers beside ours.

    python -m tests.benchmarks.segmentation [--data ../shared/bench] [--errors]

Data: NTREX-128 (public, `MicrosoftTranslator/NTREX` on GitHub, CC BY-SA 4.0), the development half, one sentence a
line (columns doc, en, ar, fr). Each document is rebuilt as its headline (the first line, a block of its own) and one
paragraph of all other sentences, joined by spaces. A boundary counts as *punctuated* when final punctuation stands
before it (quotes and brackets may follow); those make the F1. Boundaries that no punctuation shows are reported apart:
what a system finds of them is neither hit nor false alarm. Positions are compared in characters that are not white
space, so that peers which give back strings are judged alike.

A line of the data is one English sentence; where a translator wrote two, the place between them counts as a false alarm
in F1. A person went through every stop inside a line; `F1 (read)` is the F1 once the places in `TWO_IN_A_LINE`, where
that person saw a sentence end, are gold as well. The first F1 is the figure to compare with other work.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from corpora.segment import boundaries

LANGUAGES = ("ar", "fr", "en")
TARGET_F1, TARGET_SPEED = 0.985, 20_000
FOLDS = 5

# For each language (document, position): sentence ends inside a line of the data, found by reading, not by a program.
TWO_IN_A_LINE = {
    "ar": {(29, 2844), (39, 1632)},
    "fr": {
        (11, 440), (11, 640), (12, 113), (12, 184), (12, 2332), (14, 161), (14, 907), (16, 1209), (16, 2650), (18, 298),
        (18, 350), (18, 597), (18, 695), (18, 1161), (18, 1175), (19, 348), (19, 435), (19, 819), (19, 932), (19, 1215),
        (20, 377), (20, 494), (20, 912), (20, 1387), (21, 616), (21, 728), (21, 1730), (23, 867), (24, 3160),
        (34, 1988), (39, 1855), (44, 126), (56, 421),
    },
    "en": {(39, 1491)},
}  # fmt: skip

# Takes a block and its language, gives the sentences as strings.
Splitter = Callable[[str, str], Iterable[str]]
Documents = dict[str, list[list[str]]]

_PUNCTUATED = re.compile(r"[.!?؟۔…。]['\"”“„»«›’‘)\]\s]*$")


def read_documents(path: Path) -> Documents:
    """Each language's documents, as lists of sentences."""
    lines = path.read_text(encoding="utf-8").split("\n")
    columns = lines[0].split("\t")
    grouped: dict[str, list[list[str]]] = {}
    for line in filter(None, lines[1:]):
        cells = line.split("\t")
        grouped.setdefault(cells[0], []).append(cells)
    return {lang: [[cells[columns.index(lang)] for cells in rows] for rows in grouped.values()] for lang in LANGUAGES}


def ours(text: str, lang: str) -> Iterable[str]:
    return (text[start:end] for start, end in boundaries(text, lang))


def naive(text: str, _: str) -> Iterable[str]:
    return re.split(r"(?<=[.!?؟…。])\s+", text)


def peers() -> dict[str, Splitter | str]:
    """The libraries that are installed; for an absent one, what is missing."""
    found: dict[str, Splitter | str] = {}
    for name, load in (("pysbd", _pysbd), ("syntok", _syntok), ("sentencex", _sentencex), ("blingfire", _blingfire)):
        try:
            found[name] = load()
        except ImportError as error:
            found[name] = f"absent ({error}); skipped"
    return found


def _pysbd() -> Splitter:
    import pysbd

    segmenters = {lang: pysbd.Segmenter(language=lang, clean=False) for lang in LANGUAGES}
    return lambda text, lang: segmenters[lang].segment(text)


def _syntok() -> Splitter:
    from syntok import segmenter

    return lambda text, _: (
        "".join(token.spacing + token.value for token in sentence)
        for paragraph in segmenter.process(text)
        for sentence in paragraph
    )


def _sentencex() -> Splitter:
    from sentencex import segment

    return lambda text, lang: segment(lang, text)


def _blingfire() -> Splitter:
    from blingfire import text_to_sentences

    return lambda text, _: text_to_sentences(text).split("\n")


def ends(sentences: Iterable[str]) -> set[int]:
    """Where sentences end, counted in characters that are not white space; the last end is no decision and left out."""
    found, position = [], 0
    for sentence in sentences:
        position += len("".join(sentence.split()))
        found.append(position)
    return {end for end in found if 0 < end < position}


class Counts:
    """Hits, misses and false alarms over blocks."""

    def __init__(self) -> None:
        self.hits = self.misses = self.false_alarms = self.silent = self.silent_found = 0

    def add(self, gold: Sequence[str], predicted: set[int], also: Iterable[int] = ()) -> None:
        punctuated, position, silent = set(also), 0, set()
        for sentence in gold[:-1]:
            position += len("".join(sentence.split()))
            (punctuated if _PUNCTUATED.search(sentence) else silent).add(position)
        self.hits += len(punctuated & predicted)
        self.misses += len(punctuated - predicted)
        self.false_alarms += len(predicted - punctuated - silent)
        self.silent += len(silent)
        self.silent_found += len(silent & predicted)

    @property
    def precision(self) -> float:
        return self.hits / max(1, self.hits + self.false_alarms)

    @property
    def recall(self) -> float:
        return self.hits / max(1, self.hits + self.misses)

    @property
    def f1(self) -> float:
        return 2 * self.hits / max(1, 2 * self.hits + self.misses + self.false_alarms)


def blocks(document: list[str]) -> Iterable[list[str]]:
    yield document[:1]
    if document[1:]:
        yield document[1:]


def measure(split: Splitter, documents: Sequence[list[str]], lang: str, also: Iterable[tuple[int, int]] = ()) -> Counts:
    """Counts over documents; `also` adds (document, position in its paragraph) to the gold boundaries."""
    counts = Counts()
    for number, document in enumerate(documents):
        for index, block in enumerate(blocks(document)):
            extra = [position for where, position in also if where == number and index == 1]
            counts.add(block, ends(split(" ".join(block), lang)), extra)
    return counts


def speed(split: Splitter, documents: list[list[str]], lang: str, repeats: int = 5) -> float:
    """Gold sentences per CPU second: the median run."""
    texts = [" ".join(block) for document in documents for block in blocks(document)]
    total = sum(map(len, documents))
    rates = []
    for _ in range(repeats):
        begun = time.process_time()
        for text in texts:
            for _sentence in split(text, lang):
                pass
        rates.append(total / (time.process_time() - begun))
    return statistics.median(rates)


def in_context(text: str, position: int) -> str:
    """What stands around a boundary given in characters that are not white space."""
    seen = 0
    for index, char in enumerate(text):
        seen += not char.isspace()
        if seen == position:
            return f"…{text[max(0, index - 50) : index + 1]} ‖ {text[index + 1 : index + 40]}…"
    return ""


def print_errors(split: Splitter, documents: list[list[str]], lang: str) -> None:
    for document in documents:
        for block in blocks(document):
            text, counts = " ".join(block), Counts()
            predicted = ends(split(text, lang))
            counts.add(block, predicted)
            gold = ends(block)
            silent = {
                sum(len("".join(s.split())) for s in block[: i + 1])
                for i in range(len(block) - 1)
                if not _PUNCTUATED.search(block[i])
            }
            for position in sorted(predicted - gold):
                print(f"  false alarm  {in_context(text, position)}")
            for position in sorted(gold - predicted - silent):
                print(f"  missed       {in_context(text, position)}")


def print_accuracy(systems: dict[str, Splitter | str], documents: Documents) -> None:
    print(
        f"{'system':<12} {'lang':<5} {'P':>6} {'R':>6} {'F1':>6}  {'F1 (read)':>9}"
        f"  {'worst fold':>10}  unpunctuated  sentences/CPU s"
    )
    for name, split in systems.items():
        if isinstance(split, str):
            print(f"{name:<12} {split}")
            continue
        for lang in LANGUAGES:
            counts = measure(split, documents[lang], lang)
            read = measure(split, documents[lang], lang, TWO_IN_A_LINE[lang]).f1
            folds = [measure(split, documents[lang][fold::FOLDS], lang).f1 for fold in range(FOLDS)]
            rate = speed(split, documents[lang], lang)
            print(
                f"{name:<12} {lang:<5} {counts.precision:>6.4f} {counts.recall:>6.4f} {counts.f1:>6.4f}"
                f"  {read:>9.4f}"
                f"  {min(folds):>10.4f}  {counts.silent_found:>5} of {counts.silent:<3}  {rate:>10,.0f}"
            )


def print_growth(documents: Documents) -> None:
    print("\ngrowth: one block of n × all Arabic and English documents")
    for lang in ("ar", "en"):
        text = " ".join(sentence for document in documents[lang] for sentence in document)
        for times in (1, 2, 4, 8):
            begun = time.process_time()
            found = len(boundaries(" ".join([text] * times), lang))
            taken = time.process_time() - begun
            print(f"  {lang} × {times}: {found:>6} sentences {taken:>7.3f} s {found / taken:>10,.0f}/s")


def print_hostile() -> None:
    print("\nhostile input, one million characters: seconds (and for half of it)")
    units = {
        "no full stop": "word ", "Arabic": "كلمة ", "no space": "a", "spaces": " ", "newlines": "\n", "dots": ".",
        "dots and spaces": ". ", "?!": "?! ", "quotes": '"', "guillemets": "« ", "closers": '.")', "initials": "J. ",
        "list numbers": "1. ", "glued": ".a", "addresses": "http://a.b.",
    }  # fmt: skip
    for name, unit in units.items():
        taken = []
        for size in (500_000, 1_000_000):
            text = (unit * (size // len(unit) + 1))[:size]
            begun = time.process_time()
            boundaries(text, "en")
            boundaries(text, "ar")
            taken.append(time.process_time() - begun)
        print(f"  {name:<16} {taken[1]:.3f} ({taken[0]:.3f})")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/bench"), help="folder that holds ntrex/dev.tsv")
    parser.add_argument("--errors", action="store_true", help="list our errors instead")
    options = parser.parse_args()
    path = options.data / "ntrex" / "dev.tsv"
    if not path.is_file():
        print(f"{path}: not there; give the folder with --data", file=sys.stderr)
        return 1
    documents = read_documents(path)
    if options.errors:
        for lang in LANGUAGES:
            print(lang)
            print_errors(ours, documents[lang], lang)
        return 0
    print(f"data: {path.name}, sha256 {hashlib.sha256(path.read_bytes()).hexdigest()[:16]}")
    print(f"target: F1 ≥ {TARGET_F1} in each of {', '.join(LANGUAGES)}; ≥ {TARGET_SPEED:,} sentences/s\n")
    print_accuracy({"muwazi": ours, "naive regex": naive, **peers()}, documents)
    print_growth(documents)
    print_hostile()
    return 0


if __name__ == "__main__":
    sys.exit(main())
