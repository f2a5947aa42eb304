"""Recall, precision and right repairs of name detection on planted errors, and false alarms on clean news.

    python -m tests.benchmarks.names [--data ../shared/bench] [--rounds 4] [--share 0.35] [--distractors 9000] [--show]

Errors are planted (`name_corruption`) into articles made of trilingual frames filled with names of the base, and into
the development half of NTREX-128 (`ntrex/dev.tsv`, github.com/MicrosoftTranslator/NTREX). A quarter of the entities,
chosen by a hash of their id, is taken out of the base before anything is looked for. Hard negatives stand between the
frames.
"""

from __future__ import annotations

# ruff: noqa: E501  (one printed line is one line here)
import argparse
import hashlib
import math
import random
import re
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from alignment.beads import Alignment, Bead
from corpora.article import Article, Sentence
from eval.names.detect import find_names
from eval.names.entity import Entity, Form, NameFinding
from eval.names.knowledge import Knowledge
from eval.names.records import READING
from eval.result import Witness
from tests.benchmarks.name_corruption import Name, Planted, corrupt

HERE = Path(__file__).parent
LANGS = ("en", "ar", "fr")
_SLOT = re.compile(r"\{(\w+?)(\d)\}")
_TYPES = {
    "person": "person",
    "org": "organisation",
    "product": "product",
    "place": "place",
    "outlet": "outlet",
    "acronym": "acronym",
}
_SCRIPTS = {"ar": re.compile("[\u0621-\u064a]"), "fr": re.compile("[A-Za-z]"), "en": re.compile("[A-Za-z]")}


_ALONE = {
    "casing",
    "misspelling",
    "romanised_foreign_name",
    "wrong_script",
    "untranslated_pivot_residue",
    "acronym_misexpansion",
}


@dataclass
class Document:
    """A clean article in three languages, line by line, with the names in each line of each language."""

    key: str
    lines: dict[str, list[str]]
    names: dict[str, list[Name]] = field(default_factory=dict)


@dataclass
class Tally:
    """What became of the planted errors and of the findings."""

    planted: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    repairable: Counter[str] = field(default_factory=Counter)
    repaired: Counter[str] = field(default_factory=Counter)
    false: int = 0
    true: int = 0
    words: int = 0
    rules: dict[str, list[int]] = field(default_factory=dict)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/bench"))
    parser.add_argument("--rounds", type=int, default=4, help="frame articles are made of this many draws")
    parser.add_argument("--share", type=float, default=0.35, help="share of the names that are corrupted")
    parser.add_argument("--distractors", type=int, default=0, help="names of strangers that are added to the base")
    parser.add_argument("--langs", default="ar,fr")
    parser.add_argument("--modes", default="alone,source")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--show", action="store_true", help="list what was missed and what was false")
    options = parser.parse_args()
    full = Knowledge.bundled()
    base = _loaded(full, options)
    print(
        f"base: {len(full.entities)} entities, {len(base.entities)} loaded, {sum(map(_is_held_out, full.entities))} held out"
    )
    frames = list(_frame_documents(full, options.rounds, random.Random(options.seed)))
    news = list(_news_documents(options.data / "ntrex" / "dev.tsv", full))
    for lang in options.langs.split(","):
        for mode in options.modes.split(","):
            total = Tally()
            for title, documents in (("frames", frames), ("news", news)):
                tally = Tally()
                for document in documents:
                    _measure(document, lang, mode, base, full, tally, options, total)
                _print(f"{lang} {mode} {title}", tally)
            _print(f"{lang} {mode} ALL", total, by_kind=True)
            _print_rules(total)
    for lang in LANGS:
        for mode in options.modes.split(","):
            if not (lang == "en" and mode == "source"):
                _measure_clean(news, lang, mode, base, options.show)


def _is_held_out(identifier: str) -> bool:
    return hashlib.sha256(identifier.encode()).digest()[0] % 4 == 0


def _loaded(full: Knowledge, options: argparse.Namespace) -> Knowledge:
    entities = [entity for entity in full.entities.values() if not _is_held_out(entity.id)]
    return Knowledge([*entities, *_strangers(options.data / "names" / "ar2en-train.txt", options.distractors)])


def _strangers(path: Path, count: int) -> Iterator[Entity]:
    """Made-up people of real given and family names, as the load that a large base is."""
    if not count or not path.is_file():
        return
    pairs = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if "\t" in line]
    rng = random.Random(3)
    for number in range(count):
        (first_ar, first), (last_ar, last) = rng.choice(pairs), rng.choice(pairs)
        latin, arabic = f"{first} {last}".title(), f"{first_ar} {last_ar}"
        forms = (Form(latin, "mul", "canonical"), Form(arabic, "ar", "canonical"))
        yield Entity(f"person:stranger-{number}", latin, "person", forms)


def _frame_documents(base: Knowledge, rounds: int, rng: random.Random) -> Iterator[Document]:
    """Articles of some frames each, filled with names that stay the same through the article."""
    frames = [line.split("\t") for line in (HERE / "name_frames.tsv").read_text(encoding="utf-8").splitlines()]
    negatives = [line.split("\t") for line in (HERE / "name_negatives.tsv").read_text(encoding="utf-8").splitlines()]
    pools = {
        slot: [e for e in base.entities.values() if e.type == type_ and _usable(e)] for slot, type_ in _TYPES.items()
    }
    for number in range(rounds * 12):
        cast = {slot: rng.sample(pool, min(2, len(pool))) for slot, pool in pools.items()}
        latin = rng.random() < 0.6
        chosen = rng.sample([row for row in frames if all(cast[slot] for slot, _ in _SLOT.findall(row[0]))], 14)
        document = Document(f"frames-{number}", {lang: [] for lang in LANGS}, {lang: [] for lang in LANGS})
        for row in chosen:
            for lang, frame in zip(LANGS, row, strict=True):
                _fill(document, lang, frame, cast, latin)
            for lang, line in zip(LANGS, rng.choice(negatives), strict=True):
                document.lines[lang].append(line)
        yield document


def _usable(entity: Entity) -> bool:
    return all(_form(entity, lang, latin=False) is not None for lang in LANGS) and (
        not entity.common_word or entity.type == "acronym"
    )


def _form(entity: Entity, lang: str, *, latin: bool) -> str | None:
    order = ["mul", lang, "en"] if latin or lang != "ar" else [lang, "mul"]
    if lang != "ar":
        order = [lang, "mul", "en"]
    right = [form for form in entity.forms if form.status == "canonical" and form.lang in order]
    return min(right, key=lambda form: order.index(form.lang)).text if right else None


def _fill(document: Document, lang: str, frame: str, cast: dict[str, list[Entity]], latin: bool) -> None:
    line = ""
    position = 0
    for match in _SLOT.finditer(frame):
        entity = cast[match[1]][(int(match[2]) - 1) % len(cast[match[1]])]
        brand = entity.type in {"organisation", "product"}
        form = _form(entity, lang, latin=latin and brand) or entity.name
        line += frame[position : match.start()]
        number = len(document.lines[lang])
        document.names[lang].append(_name(entity, lang, number, len(line), form))
        line += form
        position = match.end()
    document.lines[lang].append(line + frame[position:])


def _name(entity: Entity, lang: str, line: int, start: int, surface: str) -> Name:
    def forms(langs: Sequence[str], *statuses: str) -> tuple[str, ...]:
        return tuple(form.text for form in entity.forms if form.lang in langs and form.status in statuses)

    wrong = forms((lang,), "wrong")
    same = [w for w in wrong if bool(_SCRIPTS[lang].search(w))]
    return Name(
        line,
        start,
        start + len(surface),
        surface,
        entity.type,
        entity.id,
        right=forms((lang, "mul", "en"), "canonical", "accepted"),
        readings=forms((READING,), "wrong", "accepted", "canonical"),
        hanzi=forms(("zh", "zh-Hans", "zh-Hant"), "canonical"),
        expansions=tuple(same) if entity.type == "acronym" else (),
        literal=tuple(same) if entity.type not in {"acronym", "person"} else (),
    )


def _news_documents(path: Path, base: Knowledge) -> Iterator[Document]:
    """The development half of NTREX, with the names of the base that all three languages have in a line."""
    if not path.is_file():
        return
    documents: dict[str, Document] = {}
    for row in path.read_text(encoding="utf-8").split("\n")[1:]:
        cells = row.split("\t")
        if len(cells) != len(LANGS) + 1:
            continue
        document = documents.setdefault(cells[0], Document(cells[0], {lang: [] for lang in LANGS}))
        for lang, text in zip(LANGS, cells[1:], strict=True):
            document.lines[lang].append(text)
    for document in documents.values():
        for lang in LANGS:
            document.names[lang] = [
                name for i in range(len(document.lines[lang])) for name in _names_in(document, i, lang, base)
            ]
        yield document


def _names_in(document: Document, line: int, lang: str, base: Knowledge) -> Iterator[Name]:
    source = {e.id for hit in base.scan(document.lines["en"][line], "en") for e in hit.entities}
    for hit in base.scan(document.lines[lang][line], lang):
        entity = hit.entities[0]
        if hit.exact_case and hit.form.status != "wrong" and entity.id in source and not entity.common_word:
            yield _name(entity, lang, line, hit.start, hit.surface)


def _measure(
    document: Document,
    lang: str,
    mode: str,
    base: Knowledge,
    full: Knowledge,
    tally: Tally,
    options: argparse.Namespace,
    total: Tally,
) -> None:
    rng = random.Random(f"{options.seed}-{document.key}-{lang}")
    avoid = _right_forms(full)
    lines, truth = corrupt(document.lines[lang], document.names[lang], lang, rng=rng, share=options.share, avoid=avoid)
    article, sentences = _article(lines, lang)
    findings = find_names(article, sentences, _witnesses(document, mode), base)
    for one in (tally, total):
        _count(one, truth, findings, sentences, article)
    if options.show:
        _show(document, truth, findings, sentences, lines)


_FORMS: dict[int, frozenset[str]] = {}


def _right_forms(base: Knowledge) -> frozenset[str]:
    if id(base) not in _FORMS:
        _FORMS[id(base)] = frozenset(
            form.text.lower() for entity in base.entities.values() for form in entity.forms if form.status != "wrong"
        )
    return _FORMS[id(base)]


def _article(lines: Sequence[str], lang: str) -> tuple[Article, list[Sentence]]:
    sentences, start = [], 0
    for line in lines:
        sentences.append(Sentence(start, start + len(line), line))
        start += len(line) + 1
    return Article("article", "\n".join(lines), lang), sentences


def _witnesses(document: Document, mode: str) -> list[Witness]:
    if mode == "alone":
        return []
    article, sentences = _article(document.lines["en"], "en")
    beads = tuple(Bead((i,), (i,), 1.0) for i in range(len(sentences)))
    return [Witness("source", article, tuple(sentences), Alignment(beads, "gold"))]


def _touches(planted: Planted, finding: NameFinding, sentences: Sequence[Sentence]) -> bool:
    start = sentences[planted.line].start
    if not planted.surface:
        return finding.sentence == planted.line and (finding.kind == "missing_name" or finding.start == finding.end)
    return finding.start < start + planted.end and start + planted.start < finding.end


def _count(
    tally: Tally,
    truth: Sequence[Planted],
    findings: Sequence[NameFinding],
    sentences: Sequence[Sentence],
    article: Article,
) -> None:
    errors = [finding for finding in findings if finding.severity == "error"]
    tally.words += len(article.text.split())
    for planted in truth:
        known = "held out" if planted.name.id is not None and _is_held_out(planted.name.id) else "known"
        keys = [planted.kind, f"({known})", "all"]
        keys += ["(named in the issue for text alone)"] if planted.kind in _ALONE else []
        hits = [finding for finding in errors if _touches(planted, finding, sentences)]
        tally.planted.update(keys)
        if hits:
            tally.found.update(keys)
            tally.kinds[planted.kind] += any(finding.kind == planted.kind for finding in hits)
            if planted.surface:
                tally.repairable.update(keys)
                if _is_repaired(planted, hits, sentences):
                    tally.repaired.update(keys)
    for finding, terms in ((finding, finding.evidence) for finding in errors):
        right = any(_touches(planted, finding, sentences) for planted in truth)
        tally.true += right
        tally.false += not right
        counts = tally.rules.setdefault(f"{finding.kind} · {terms[0].source} · {finding.confidence:.2f}", [0, 0])
        counts[0 if right else 1] += 1


def _is_repaired(planted: Planted, hits: Sequence[NameFinding], sentences: Sequence[Sentence]) -> bool:
    """Whether the right name stands there once every finding about it has put its canonical form in place."""
    text, offset = planted.surface, sentences[planted.line].start + planted.start
    for finding in sorted(hits, key=lambda hit: -hit.start):
        if finding.canonical is None:
            return False
        start, end = max(0, finding.start - offset), min(len(text), finding.end - offset)
        text = text[:start] + finding.canonical + text[end:]
    rights = {planted.name.surface, *planted.name.right}
    plain = text.removeprefix("ال").removeprefix("ل")
    return text in rights or any(plain == right.removeprefix("ال") for right in rights)


def _show(
    document: Document,
    truth: Sequence[Planted],
    findings: Sequence[NameFinding],
    sentences: Sequence[Sentence],
    lines: Sequence[str],
) -> None:
    errors = [finding for finding in findings if finding.severity == "error"]
    for planted in truth:
        hits = [finding for finding in errors if _touches(planted, finding, sentences)]
        held = "H" if planted.name.id is not None and _is_held_out(planted.name.id) else " "
        if not hits:
            print(
                f"  - {held} {planted.kind}/{planted.operation}: {planted.name.surface} → {planted.surface!r} | {lines[planted.line][:110]}"
            )
        elif planted.surface and not _is_repaired(planted, hits, sentences):
            print(
                f"  ~ {held} {planted.kind}/{planted.operation}: {planted.name.surface} → {planted.surface!r} became {hits[0].canonical!r} ({hits[0].kind})"
            )
    for finding in errors:
        if not any(_touches(planted, finding, sentences) for planted in truth):
            print(
                f"  + {finding.kind}: {finding.surface!r} → {finding.canonical!r} ({finding.confidence}) {finding.evidence[0].detail[:90]}"
            )


def _print(title: str, tally: Tally, *, by_kind: bool = False) -> None:
    per_thousand = 1000 * tally.planted["all"] / max(1, tally.words)
    print(
        f"{title}: planted {tally.planted['all']} ({per_thousand:.1f} per 1,000 words), recall {_rate(tally.found['all'], tally.planted['all'])}, "
        f"precision {_rate(tally.true, tally.true + tally.false)}, canonical {_rate(tally.repaired['all'], tally.repairable['all'])}"
    )
    if by_kind:
        for key in sorted(key for key in tally.planted if key != "all"):
            found, planted = tally.found[key], tally.planted[key]
            print(
                f"    {key:32} {planted:5}  recall {_rate(found, planted)}  called so {tally.kinds[key]:4}  "
                f"canonical {_rate(tally.repaired[key], tally.repairable[key])}"
            )


def _print_rules(tally: Tally) -> None:
    for key, (right, wrong) in sorted(tally.rules.items()):
        print(f"      {key:60} right {right:4} wrong {wrong:3}  {(right + 1) / (right + wrong + 2):.3f}")


def _rate(part: int, whole: int) -> str:
    """A share with its 95 % interval (Wilson 1927)."""
    if not whole:
        return "–"
    p, z = part / whole, 1.96
    centre = (p + z * z / (2 * whole)) / (1 + z * z / whole)
    reach = z * math.sqrt(p * (1 - p) / whole + z * z / (4 * whole * whole)) / (1 + z * z / whole)
    return f"{p:.3f} [{centre - reach:.3f}, {centre + reach:.3f}]"


def _measure_clean(documents: Sequence[Document], lang: str, mode: str, base: Knowledge, show: bool) -> None:
    words = errors = 0
    started = time.perf_counter()
    for document in documents:
        article, sentences = _article(document.lines[lang], lang)
        found = [f for f in find_names(article, sentences, _witnesses(document, mode), base) if f.severity == "error"]
        words += len(article.text.split())
        errors += len(found)
        if show:
            for finding in found:
                print(
                    f"  + {finding.kind}: {finding.surface!r} → {finding.canonical!r} {finding.evidence[0].detail[:90]}"
                )
    seconds = time.perf_counter() - started
    print(
        f"clean news {lang} {mode}: {errors} errors in {words} words, {2000 * errors / max(1, words):.2f} per 2,000 words; {seconds:.1f} s"
    )


if __name__ == "__main__":
    main()
