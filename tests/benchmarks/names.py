"""Recall, precision and right repairs of name detection on planted errors, and false alarms on clean news.

    python -m tests.benchmarks.names [--data ../shared/bench] [--rounds 16] [--quick] [--modes alone,source] [--show]

Errors are planted (`name_corruption`) into articles made of trilingual frames and into the development half of NTREX
(`name_articles`). A quarter of the entities, chosen by a hash of their id, is taken out of the base before anything is
looked for; made-up strangers are put in until it holds `--entities`. Behind each frame stands a hard negative.

Modes: `alone`; `source` (the English original); `source-fr`, `source-ar`; `other` (another translation of it).
Intervals are Wilson's (1927), at 95 %; they take errors for independent, which those of one article are not quite.
"""

from __future__ import annotations

import argparse
import math
import random
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path

from alignment.beads import Alignment, Bead
from corpora.article import Article, Sentence
from eval.names.detect import find_names
from eval.names.entity import NameFinding
from eval.names.knowledge import Knowledge
from eval.result import Witness
from tests.benchmarks.name_articles import (
    LANGS,
    Document,
    frame_documents,
    is_held_out,
    news_documents,
    strangers,
    without_held_out,
)
from tests.benchmarks.name_corruption import Planted, corrupt

# The kinds that the issue asks for in text alone; an acronym only where the words around it contradict the expansion.
_ALONE = frozenset({
    "casing", "misspelling", "romanised_foreign_name", "wrong_script", "untranslated_pivot_residue",
    "acronym_misexpansion",
})  # fmt: skip
_ARTICLES_A_ROUND = 12
_QUICK = 12
_ALL = "all"


@dataclass(frozen=True, slots=True)
class Checked:
    """A document with planted errors, in one language, and the errors that were found in it."""

    document: Document
    lang: str
    lines: Sequence[str]
    truth: Sequence[Planted]
    errors: Sequence[NameFinding]

    @property
    def words(self) -> int:
        return sum(len(line.split()) for line in self.lines)

    def hits(self, planted: Planted) -> list[NameFinding]:
        """The errors found where one was planted."""
        return [finding for finding in self.errors if self._touches(planted, finding)]

    def is_right(self, finding: NameFinding) -> bool:
        """Whether an error was planted where one was found, or the translator made it."""
        own = is_own_slip(self.document.key, self.lang, finding)
        return own or any(self._touches(planted, finding) for planted in self.truth)

    def start(self, line: int) -> int:
        """Where a line begins in the article."""
        return sum(len(before) + 1 for before in self.lines[:line])

    def is_right_elsewhere(self, planted: Planted) -> bool:
        """Whether the article writes the name right in another place, so that the text testifies against itself."""
        wrong = {(one.name.line, one.name.start) for one in self.truth}
        same = (planted.name.id, planted.name.english)
        names = self.document.names[self.lang]
        return any((name.id, name.english) == same and (name.line, name.start) not in wrong for name in names)

    def repairs(self, planted: Planted) -> bool:
        """Whether the right name stands there once every finding about it has put its canonical form in place."""
        text, offset = planted.surface, self.start(planted.line) + planted.start
        for finding in sorted(self.hits(planted), key=lambda hit: -hit.start):
            if finding.canonical is None:
                return False
            start, end = max(0, finding.start - offset), min(len(text), finding.end - offset)
            text = text[:start] + finding.canonical + text[end:]
        rights = {planted.name.surface, *planted.name.right}
        plain = text.removeprefix("ال").removeprefix("ل")
        return text in rights or any(plain == right.removeprefix("ال") for right in rights)

    def _touches(self, planted: Planted, finding: NameFinding) -> bool:
        if not planted.surface:
            return finding.sentence == planted.line and finding.start == finding.end
        start = self.start(planted.line)
        return finding.start < start + planted.end and start + planted.start < finding.end


@dataclass
class Tally:
    """What became of the planted errors and of the findings."""

    planted: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    called_so: Counter[str] = field(default_factory=Counter)
    repairable: Counter[str] = field(default_factory=Counter)
    repaired: Counter[str] = field(default_factory=Counter)
    true: Counter[str] = field(default_factory=Counter)
    false: Counter[str] = field(default_factory=Counter)
    negatives: int = 0
    alarmed: int = 0
    words: int = 0

    def add(self, checked: Checked) -> None:
        self.words += checked.words
        for planted in checked.truth:
            self._add_planted(checked, planted)
        for finding in checked.errors:
            (self.true if checked.is_right(finding) else self.false).update([_ALL, finding.kind, f"· {finding.rule}"])
        alarmed = {finding.sentence for finding in checked.errors} & checked.document.negatives
        self.negatives += len(checked.document.negatives)
        self.alarmed += len(alarmed)

    def _add_planted(self, checked: Checked, planted: Planted) -> None:
        keys = [_ALL, planted.kind, *_groups(checked, planted)]
        hits = checked.hits(planted)
        self.planted.update(keys)
        if hits:
            self.found.update(keys)
            self.called_so[planted.kind] += any(finding.kind == planted.kind for finding in hits)
            if planted.surface:
                self.repairable.update(keys)
                self.repaired.update(keys if checked.repairs(planted) else [])


def _groups(checked: Checked, planted: Planted) -> Iterator[str]:
    if planted.name.id is not None and not is_held_out(planted.name.id):
        yield "(the base knows it)"
    else:
        yield "(held out)"
        where = "right elsewhere in the article" if checked.is_right_elsewhere(planted) else "nowhere else"
        yield f"(held out, {where})"
    if planted.kind in _ALONE and (planted.name.told or planted.kind != "acronym_misexpansion"):
        yield "(kinds asked for in text alone)"
        if planted.name.id is None or is_held_out(planted.name.id):
            yield "(kinds asked for in text alone, held out)"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/bench"))
    parser.add_argument("--rounds", type=int, default=16, help=f"frame articles, in dozens ({_ARTICLES_A_ROUND})")
    parser.add_argument("--quick", action="store_true", help=f"one round and {_QUICK} documents of the news")
    parser.add_argument("--share", type=float, default=0.35, help="share of the names that are corrupted")
    parser.add_argument("--entities", type=int, default=10_000, help="size of the base, filled up with strangers")
    parser.add_argument("--langs", default="ar,fr")
    parser.add_argument("--modes", default="alone,source")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument(
        "--show", action="store_true", help="list what was missed (-), wrongly repaired (~), found (=), false (+)"
    )
    options = parser.parse_args()
    full = Knowledge.bundled()
    base = loaded_base(full, options.data, options.entities)
    frames, news = documents(full, options.data, 1 if options.quick else options.rounds, options.seed)
    news = news[:_QUICK] if options.quick else news
    held_out = sum(map(is_held_out, full.entities))
    print(f"base: {len(base.entities)} entities; of {len(full.entities)} bundled ones {held_out} are held out")
    for mode in options.modes.split(","):
        total = Tally()
        for lang in options.langs.split(","):
            if mode in {f"source-{lang}", f"other-{lang}"}:
                continue
            in_lang = Tally()
            for title, some in (("frames", frames), ("news", news)):
                tally = Tally()
                for checked in check(some, lang, mode, base, full, seed=options.seed, share=options.share):
                    for one in (tally, in_lang, total):
                        one.add(checked)
                    if options.show:
                        _show(checked)
                _print(f"{lang} {mode} {title}", tally)
            _print(f"{lang} {mode}", in_lang)
            _print_kinds(in_lang)
        _print(f"ALL LANGUAGES {mode}", total)
        _print_kinds(total)
        _print_rules(total)
    for lang in LANGS:
        for mode in options.modes.split(","):
            if witness_language(lang, mode) != lang:
                _measure_clean(news, lang, mode, base, show=options.show)


def loaded_base(full: Knowledge, data: Path, entities: int) -> Knowledge:
    """The base under test."""
    known = sum(not is_held_out(identifier) for identifier in full.entities)
    return without_held_out(full, strangers(data / "names" / "ar2en-train.txt", max(0, entities - known)))


def documents(full: Knowledge, data: Path, rounds: int, seed: int) -> tuple[list[Document], list[Document]]:
    """The articles made of frames, and the news."""
    frames = frame_documents(full, rounds * _ARTICLES_A_ROUND, random.Random(seed))
    return list(frames), list(news_documents(data / "ntrex" / "dev.tsv", full))


def check(
    documents: Sequence[Document], lang: str, mode: str, base: Knowledge, full: Knowledge, *, seed: int, share: float
) -> Iterator[Checked]:
    """Plant errors into each document, and look for them; the same errors whatever the mode."""
    before = Counter[str]()
    for document in documents:
        rng = random.Random(f"{seed}-{document.key}-{lang}")
        lines, truth = corrupt(
            document.lines[lang],
            document.names[lang],
            lang,
            rng=rng,
            share=share,
            avoid=_right_forms(full),
            planted_before=before,
        )
        article, sentences = article_of(lines, lang)
        findings = find_names(article, sentences, witnesses(document, lang, mode), base)
        yield Checked(document, lang, lines, truth, [found for found in findings if found.severity == "error"])


@lru_cache(maxsize=2)
def _right_forms(base: Knowledge) -> frozenset[str]:
    return frozenset(
        form.text.lower() for entity in base.entities.values() for form in entity.forms if form.status != "wrong"
    )


def article_of(lines: Sequence[str], lang: str) -> tuple[Article, list[Sentence]]:
    """Lines as an article of one sentence a line."""
    sentences, start = [], 0
    for line in lines:
        sentences.append(Sentence(start, start + len(line), line))
        start += len(line) + 1
    return Article("article", "\n".join(lines), lang), sentences


def witness_language(lang: str, mode: str) -> str | None:
    """The language of what a text in `lang` is held against; None in `alone`."""
    role, _, language = mode.partition("-")
    if role == "alone":
        return None
    return language or ("en" if role == "source" else "fr" if lang == "ar" else "ar")


def witnesses(document: Document, lang: str, mode: str) -> list[Witness]:
    """The clean document in the mode's language, aligned line by line."""
    language = witness_language(lang, mode)
    if language is None:
        return []
    article, sentences = article_of(document.lines[language], language)
    beads = tuple(Bead((i,), (i,), 1.0) for i in range(len(sentences)))
    role = "source" if mode.startswith("source") else "other"
    return [Witness(role, article, tuple(sentences), Alignment(beads, "gold"))]  # type: ignore[arg-type]


def _show(checked: Checked) -> None:
    for planted in checked.truth:
        hits = checked.hits(planted)
        held = "H" if planted.name.id is not None and is_held_out(planted.name.id) else " "
        held += " " if checked.is_right_elsewhere(planted) else "1"
        what = f"{held} {planted.kind}/{planted.operation}: {planted.name.surface} → {planted.surface!r}"
        if not hits:
            print(f"  - {what} | {checked.lines[planted.line][:110]}")
        elif planted.surface and not checked.repairs(planted):
            print(f"  ~ {what} became {hits[0].canonical!r} ({hits[0].rule})")
    for finding in checked.errors:
        sign = "=" if checked.is_right(finding) else "+"
        negative = "N" if finding.sentence in checked.document.negatives else " "
        why = finding.evidence[0].detail[:90]
        print(f"  {sign} {negative} {finding.rule}: {finding.surface!r} → {finding.canonical!r} {why}")


def _print(title: str, tally: Tally) -> None:
    density = 1000 * tally.planted[_ALL] / max(1, tally.words)
    print(
        f"{title}: planted {tally.planted[_ALL]} ({density:.1f} per 1,000 words), "
        f"recall {rate(tally.found[_ALL], tally.planted[_ALL])}, "
        f"precision {rate(tally.true[_ALL], tally.true[_ALL] + tally.false[_ALL])}, "
        f"canonical {rate(tally.repaired[_ALL], tally.repairable[_ALL])}"
    )
    if tally.negatives:
        print(f"    hard negatives {tally.negatives}, with an error {rate(tally.alarmed, tally.negatives)}")


def _print_kinds(tally: Tally) -> None:
    print(f"    {'':44} planted  recall                  called so  precision               canonical")
    for key in sorted(key for key in tally.planted if key != _ALL):
        found, planted = tally.found[key], tally.planted[key]
        precision = rate(tally.true[key], tally.true[key] + tally.false[key])
        called = rate(tally.called_so[key], found).split(" ")[0] if not key.startswith("(") else "–"
        canonical = rate(tally.repaired[key], tally.repairable[key])
        print(f"    {key:44} {planted:7}  {rate(found, planted):22}  {called:9}  {precision:22}  {canonical}")


def _print_rules(tally: Tally) -> None:
    for key in sorted(key for key in {*tally.true, *tally.false} if key.startswith("·")):
        right, wrong = tally.true[key], tally.false[key]
        print(f"      {key:36} right {right:4} wrong {wrong:3}  {rate(right, right + wrong)}")


def rate(part: int, whole: int) -> str:
    """A share with its 95 % interval (Wilson 1927)."""
    if not whole:
        return "–"
    p, z = part / whole, 1.96
    centre = (p + z * z / (2 * whole)) / (1 + z * z / whole)
    reach = z * math.sqrt(p * (1 - p) / whole + z * z / (4 * whole * whole)) / (1 + z * z / whole)
    return f"{p:.3f} [{centre - reach:.3f}, {centre + reach:.3f}]"


@cache
def _own_slips() -> frozenset[tuple[str, str, str]]:
    rows = Path(__file__).with_name("name_slips.tsv").read_text(encoding="utf-8").split("\n")
    cells = [row.split("\t") for row in rows if row and not row.startswith("#")]
    return frozenset((key, lang, word) for key, lang, word, _ in cells)


def is_own_slip(key: str, lang: str, finding: NameFinding) -> bool:
    """Whether a finding is on a word that the translator of a news document misspelt (`name_slips.tsv`)."""
    return any((key, lang, word) in _own_slips() for word in finding.surface.split())


def _measure_clean(documents: Sequence[Document], lang: str, mode: str, base: Knowledge, *, show: bool) -> None:
    words = errors = slips = 0
    started = time.process_time()
    for document in documents:
        article, sentences = article_of(document.lines[lang], lang)
        found = find_names(article, sentences, witnesses(document, lang, mode), base)
        words += len(article.text.split())
        for finding in found:
            if finding.severity == "error":
                own = is_own_slip(document.key, lang, finding)
                slips += own
                errors += not own
                if show:
                    why = finding.evidence[0].detail[:90]
                    print(f"  + {finding.rule}: {finding.surface!r} → {finding.canonical!r} {why}")
    print(
        f"clean news {lang} {mode}: {errors} false errors and {slips} slips of the translators in {words} words, "
        f"{2000 * errors / max(1, words):.2f} false per 2,000 words; {time.process_time() - started:.1f} CPU s"
    )


if __name__ == "__main__":
    main()
