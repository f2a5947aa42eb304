"""Adequacy flags on clean human translations (false alarms) and on planted errors (recall and precision by kind).

Data: half of NTREX-128 (Federmann, Kocmi and Xin, 2022; CC BY-SA 4.0; 62 English news documents of the WMT19 test set
with human translations into Arabic and French, line by line), as `ntrex/dev.tsv` under `--data`: columns doc, en, ar,
fr. Nothing of it is copied into the project.

    python -m tests.benchmarks.adequacy [--data ../shared/bench] [--pairs en-ar,en-fr,fr-ar,ar-fr] [--seed 1]

Each kind of error is planted by itself into one sentence in five (marks: one a document), where it can be planted;
precision counts every flag of that kind in the run, false alarms on the untouched sentences included: among those are
real errors of the human translations. Omissions and additions go through the aligner. The re-translation of the
contradiction rows is the human translation itself: an upper bound for what a model gives.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import re
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from alignment.align import align
from alignment.beads import Alignment, Bead
from alignment.encoders import get
from corpora.article import Article, Sentence
from corpora.numbers import numbers
from corpora.translation import Translation
from eval.adequacy import assess
from eval.checks.polarity import negates
from eval.result import SegmentScore, Witness

COLUMNS = {"en": 1, "ar": 2, "fr": 3}
EVERY, ONE = 5, 0
SCALES = {
    "fr": [("milliards", "millions"), ("millions", "milliards"), ("milliard", "million"), ("million", "milliard")],
    "ar": [("مليار", "مليون"), ("مليون", "مليار"), ("ملايين", "مليارات"), ("مليارات", "ملايين")],
    "en": [("billion", "million"), ("million", "billion"), ("trillion", "billion")],
}
NEGATIONS = {
    "fr": r"\bne |\bn[’']|\b(?:pas|jamais)\b ?",
    "ar": r"(?<!\w)(?:لا|لم|لن|ليس|ليست) ",
    "en": r"\bnot |n[’']t\b",
}
FOREIGN = ("города", "компания", "公司表示", "प्रधानमंत्री", "정부는")


@dataclass(frozen=True, slots=True)
class Document:
    """The sentences of one document on both sides."""

    source: list[str]
    target: list[str]


Planter = Callable[[str, str, str, random.Random], str | None]
"""(source, target, target language, randomness) to the broken target; None where it cannot be done."""


def digit(source: str, target: str, lang: str, rng: random.Random) -> str | None:
    """Another digit in a number."""
    found = [n for n in numbers(target, lang) if not n.spelled and n.kind in {"plain", "percent", "money"}]
    if not found:
        return None
    number = rng.choice(found)
    places = [i for i in range(number.start, number.end) if target[i].isdecimal()]
    place = places[0]
    old = int(target[place])
    new = rng.choice([d for d in range(1, 10) if d != old])
    return f"{target[:place]}{new}{target[place + 1 :]}"


def scale(source: str, target: str, lang: str, rng: random.Random) -> str | None:
    """Million for billion and the like."""
    for old, new in SCALES[lang]:
        if re.search(rf"(?<!\w){old}(?!\w)", target):
            return re.sub(rf"(?<!\w){old}(?!\w)", new, target, count=1)
    return None


def untranslated(source: str, target: str, lang: str, rng: random.Random) -> str | None:
    """Half of the sentence is left in the source's language."""
    theirs, ours = source.split(), target.split()
    if len(theirs) < 14 or len(ours) < 14:
        return None
    return " ".join([*ours[: len(ours) // 2], *theirs[len(theirs) // 2 :]])


def script(source: str, target: str, lang: str, rng: random.Random) -> str | None:
    """One word in a script that has no business there."""
    words = target.split()
    if len(words) < 4:
        return None
    words[rng.randrange(1, len(words) - 1)] = rng.choice(FOREIGN)
    return " ".join(words)


def loop(source: str, target: str, lang: str, rng: random.Random) -> str | None:
    """A phrase of one to four words three to six times."""
    words = target.split()
    if len(words) < 8:
        return None
    size, at = rng.randint(1, 4), rng.randrange(len(words) - 5)
    return " ".join([*words[:at], *words[at : at + size] * rng.randint(3, 6), *words[at + size :]])


def short(source: str, target: str, lang: str, rng: random.Random) -> str | None:
    """Only the first quarter of the words."""
    words = target.split()
    return " ".join(words[: len(words) // 4]) if len(words) >= 16 else None


def mark(source: str, target: str, lang: str, rng: random.Random) -> str | None:
    """A bracket, or one of a pair of quotation marks, is lost."""
    brackets = [i for i, char in enumerate(target) if char in "()[]"]
    quotes = [i for i, char in enumerate(target) if char in '"“”«»']
    paired = len(quotes) % 2 == 0 and len(re.findall('["“”«»]', source)) == len(quotes)
    if not brackets and not (quotes and paired):
        return None
    place = rng.choice(brackets or quotes)
    return target[:place] + target[place + 1 :]


def negation(source: str, target: str, lang: str, rng: random.Random) -> str | None:
    """The sentence says the contrary."""
    if not negates(target, lang):
        return None
    return re.sub(NEGATIONS[lang], "", target)


KINDS: Sequence[tuple[str, str, Planter, int]] = (
    ("number_mismatch", "digit changed", digit, EVERY),
    ("number_mismatch", "scale slip", scale, 1),
    ("untranslated", "half left", untranslated, EVERY),
    ("wrong_script", "foreign word", script, EVERY),
    ("repetition", "loop", loop, EVERY),
    ("length_ratio", "cut to a quarter", short, EVERY),
    ("unbalanced_marks", "mark lost", mark, ONE),
)


def read(path: Path, pair: tuple[str, str]) -> list[Document]:
    """The documents of one language pair."""
    documents: dict[str, Document] = {}
    for line in path.read_text(encoding="utf-8").split("\n")[1:]:
        cells = line.split("\t")
        if len(cells) == 4:
            document = documents.setdefault(cells[0], Document([], []))
            document.source.append(cells[COLUMNS[pair[0]]])
            document.target.append(cells[COLUMNS[pair[1]]])
    return list(documents.values())


def article(lang: str, texts: Sequence[str]) -> tuple[Article, tuple[Sentence, ...]]:
    """An article with a sentence a line."""
    found, at = [], 0
    for text in texts:
        found.append(Sentence(at, at + len(text), text))
        at += len(text) + 1
    return Article(lang, "\n".join(texts), lang), tuple(found)


def judged(
    source: Sequence[str],
    target: Sequence[str],
    pair: tuple[str, str],
    *,
    aligned: bool = True,
    again: Sequence[str] | None = None,
) -> tuple[list[SegmentScore], Alignment]:
    """The scores of one document; aligned line by line, or by the aligner."""
    theirs, their_sentences = article(pair[0], source)
    ours, our_sentences = article(pair[1], target)
    if aligned:
        alignment = Alignment(tuple(Bead((i,), (i,), 0.99) for i in range(len(source))), "lines")
    else:
        alignment = align(their_sentences, our_sentences, source_lang=pair[0], target_lang=pair[1], encoder=get())
    witness = Witness("source", theirs, their_sentences, alignment)
    translation = Translation(tuple(again), *pair, "forward", "human", "", "none") if again is not None else None
    return assess(ours, our_sentences, witness, encoder=get(), retranslation=translation), alignment


def clean(documents: Sequence[Document], pair: tuple[str, str], *, aligned: bool) -> None:
    """False alarms on what nobody broke."""
    kinds: Counter[str] = Counter()
    alarmed = total = 0
    start = time.process_time()
    for document in documents:
        scores, _ = judged(document.source, document.target, pair, aligned=aligned)
        kinds.update(flag.kind for score in scores for flag in score.flags)
        alarmed += sum(bool(score.flags) for score in scores)
        total += len(document.target)
    spent = time.process_time() - start
    how = "line by line" if aligned else "by the aligner"
    print(f"{'-'.join(pair)}  clean, aligned {how}: {alarmed} of {total} sentences flagged = {alarmed / total:.2%}"
          f"  (target < 1 %)  {dict(kinds)}  {total / spent:.0f} sentences/s of CPU")  # fmt: skip


def planted(documents: Sequence[Document], pair: tuple[str, str], seed: int) -> None:
    """Recall and precision by kind."""
    for kind, name, planter, every in KINDS:
        rng = random.Random(seed)
        hits = misses = false = 0
        for document in documents:
            target, broken = list(document.target), set()
            for index, text in enumerate(document.target):
                if not broken if every == ONE else rng.randrange(every) == 0:
                    new = planter(document.source[index], text, pair[1], rng)
                    if new is not None and new != text:
                        target[index], broken = new, broken | {index}
            scores, _ = judged(document.source, target, pair)
            found = {score.bead for score in scores if any(flag.kind == kind for flag in score.flags)}
            hits, misses, false = hits + len(found & broken), misses + len(broken - found), false + len(found - broken)
        report(pair, kind, name, hits, misses, false)


def swapped(documents: Sequence[Document], pair: tuple[str, str], seed: int) -> None:
    """Low similarity: a sentence of another document instead of the translation."""
    rng = random.Random(seed)
    everything = [text for document in documents for text in document.target]
    hits = misses = false = 0
    for document in documents:
        target = list(document.target)
        broken = {index for index in range(len(target)) if rng.randrange(EVERY) == 0}
        for index in broken:
            target[index] = rng.choice(everything)
        scores, _ = judged(document.source, target, pair)
        found = {score.bead for score in scores if any(flag.kind == "low_similarity" for flag in score.flags)}
        hits, misses, false = hits + len(found & broken), misses + len(broken - found), false + len(found - broken)
    report(pair, "low_similarity", "another sentence", hits, misses, false)


def gaps(documents: Sequence[Document], pair: tuple[str, str], seed: int) -> None:
    """Sentences left out and put in, found through the aligner."""
    for kind in ("omission", "addition"):
        rng = random.Random(seed)
        everything = [text for document in documents for text in document.target]
        hits = misses = false = 0
        for document in documents:
            if len(document.target) < 6:
                continue
            target = list(document.target)
            index = rng.randrange(1, len(target) - 1)
            if kind == "omission":
                del target[index]
            else:
                target.insert(index, rng.choice(everything))
            scores, alignment = judged(document.source, target, pair, aligned=False)
            found = {
                (bead.source if kind == "omission" else bead.target)[0]
                for bead, score in zip(alignment, scores, strict=True)
                if any(flag.kind == kind for flag in score.flags)
            }
            hits, misses, false = hits + (index in found), misses + (index not in found), false + len(found - {index})
        report(pair, kind, "one a document", hits, misses, false)


def contradictions(documents: Sequence[Document], pair: tuple[str, str], seed: int) -> None:
    """Lost negations, with the human translation as re-translation."""
    rng = random.Random(seed)
    hits = misses = false = 0
    for document in documents:
        target, broken = list(document.target), set()
        for index, text in enumerate(document.target):
            new = negation(document.source[index], text, pair[1], rng)
            if new is not None and negates(document.source[index], pair[0]):
                target[index], broken = new, broken | {index}
        scores, _ = judged(document.source, target, pair, again=document.target)
        found = {s.bead for s in scores if any(flag.kind == "contradicts_retranslation" for flag in s.flags)}
        hits, misses, false = hits + len(found & broken), misses + len(broken - found), false + len(found - broken)
    report(pair, "contradicts_retranslation", "negation lost", hits, misses, false)


def report(pair: tuple[str, str], kind: str, name: str, hits: int, misses: int, false: int) -> None:
    """One line of figures."""
    planted_errors = hits + misses
    if not planted_errors:
        return
    precision = hits / (hits + false) if hits + false else 0.0
    print(f"{'-'.join(pair)}  {kind:<26}{name:<18} planted {planted_errors:>4}  recall {hits / planted_errors:.3f}"
          f"  precision {precision:.3f}  (target .9)  false {false}")  # fmt: skip


def main() -> None:
    """Print every figure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/bench"))
    parser.add_argument("--pairs", default="en-ar,en-fr,fr-ar,ar-fr")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    path = options.data / "ntrex" / "dev.tsv"
    print(f"NTREX-128, development half, sha256 {hashlib.sha256(path.read_bytes()).hexdigest()[:16]}")
    for name in options.pairs.split(","):
        left, right = name.split("-")
        pair = (left, right)
        documents = read(path, pair)
        clean(documents, pair, aligned=True)
        clean(documents, pair, aligned=False)
        planted(documents, pair, options.seed)
        swapped(documents, pair, options.seed)
        gaps(documents, pair, options.seed)
        contradictions(documents, pair, options.seed)


if __name__ == "__main__":
    main()
