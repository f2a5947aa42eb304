"""A check's result in, one self-contained HTML page out: no network, no framework, nothing in it but what was found.

Text from articles reaches the page only through autoescaping or `eval.report.inline`, so it can never become markup;
the page's own policy forbids every script, style and request but the two blocks whose hashes it names.
"""

from __future__ import annotations

import base64
import hashlib
import shlex
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from alignment.beads import Bead
from corpora.article import Mark
from eval.mqm import label, of_finding
from eval.names.entity import NameFinding
from eval.report.difference import differences
from eval.report.figures import Figure, figures
from eval.report.inline import marked, plain, prose
from eval.report.rows import Row, Side, main_witness, repairable, rows
from eval.report.visible import shown
from eval.report.wording import (
    GRADES,
    advice,
    count,
    direction_of,
    language,
    number,
    retranslation_explained,
    retranslation_name,
    share,
    title_of,
    why,
)
from eval.result import CheckResult, Flag
from eval.settings import DEFAULT, EvalSettings

if TYPE_CHECKING:
    from markupsafe import Markup

# From here on a browser lays out only the rows on screen; below it, nothing is gained, and tools that photograph whole
# pages would see empty rows.
_MANY = 400


@dataclass(frozen=True, slots=True)
class Cell:
    """One side of a row on the page: paragraphs of safe HTML with their language and direction."""

    role: str
    heading: str
    lang: str
    dir: str
    paragraphs: tuple[Markup, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """What the page says about one name finding."""

    finding: NameFinding
    row: str
    surface: Markup
    canonical: Markup | None
    kind: str
    mqm: str
    mqm_severity: str
    why: str
    advice: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class RowView:
    """One bead on the page."""

    row: Row
    cells: tuple[Cell, ...]
    notes: tuple[Note, ...]
    flags: tuple[tuple[Flag, str, str], ...]
    facts: tuple[tuple[str, str], ...]
    kinds: str
    severities: str


@dataclass(frozen=True, slots=True)
class Group:
    """Neighbouring rows that are all marked, shown collapsed, or all not marked (None)."""

    mark: Mark | None
    summary: str
    rows: tuple[RowView, ...]


@dataclass(frozen=True, slots=True)
class KindCount:
    """One line of the table of counts."""

    kind: str
    name: str
    mqm: str
    errors: int
    variants: int
    flags: int


@dataclass(frozen=True, slots=True)
class Fact:
    """One figure on top of the page: its name, its value, what it is."""

    name: str
    value: str
    hint: str
    tone: str = ""


def render(result: CheckResult, *, settings: EvalSettings = DEFAULT) -> str:
    """The page as text (UTF-8 when it is written)."""
    from markupsafe import Markup

    environment = _environment()
    style, script = (_asset(environment, name) for name in ("report.css", "report.js"))
    all_rows = rows(result, settings=settings)
    views = [_row_view(result, row, settings) for row in all_rows]
    page: str = environment.get_template("report.html.j2").render(
        result=result,
        title=title_of(result),
        lang=result.article.lang,
        dir=direction_of(result.article.lang),
        grade=GRADES[result.verdict.grade],
        subtitle=_subtitle(result),
        facts=_facts(result, all_rows),
        figures=_figures(result, all_rows),
        counts=_counts(result, all_rows),
        mqm=_by_mqm(result, all_rows),
        notes=[note for view in views for note in view.notes],
        command=_command(result),
        groups=_groups(views),
        many=len(views) > _MANY,
        columns=_columns(result),
        kinds=_kind_options(result, all_rows),
        methods=_methods(result),
        style=Markup(style),
        script=Markup(script),
        style_hash=_hash(style),
        script_hash=_hash(script),
    )
    return page


def _environment() -> Any:
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import escape

    environment = Environment(
        loader=PackageLoader("eval.report"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_visible,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["exact"] = escape
    environment.filters["prose"] = prose
    return environment


def _visible(value: object) -> object:
    """What every expression of the template passes through: text shows what it hides, unless it is markup already."""
    from markupsafe import Markup

    return shown(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _asset(environment: Any, name: str) -> str:
    source: str = environment.loader.get_source(environment, name)[0]
    return source


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _command(result: CheckResult) -> str:
    """The command that repairs what the page shows: the ids are those of a check against the same witnesses."""
    against = [part for witness in result.witnesses for part in (f"--{witness.role}", witness.article.path)]
    return shlex.join(["muwazi", "names", "fix", result.article.path, *against])


def _subtitle(result: CheckResult) -> str:
    witness = main_witness(result)
    into = language(result.article.lang)
    if witness is None:
        return f"{into} article, checked alone"
    if witness.role == "source":
        return f"{language(witness.article.lang)} → {into}"
    return f"{into} article, held against a translation into {language(witness.article.lang)}"


def _facts(result: CheckResult, all_rows: Sequence[Row]) -> list[Fact]:
    summary = result.summary
    errors = sum(1 for finding in result.findings if finding.severity == "error")
    variants = len(result.findings) - errors
    flagged = sum(1 for row in all_rows if row.flags and not row.mark)
    facts = [
        Fact("Names to repair", f"{errors:,}", f"and {count(variants, 'variant')}", "bad" if errors else "fine"),
        Fact("Name accuracy", share(summary.name_accuracy), _name_hint(result)),
        Fact(
            "Sentences flagged",
            f"{flagged:,}",
            f"of {count(summary.sentences, 'sentence')}",
            "warn" if flagged else "fine",
        ),
    ]
    if summary.similarity is not None:
        facts.append(Fact("Similarity", number(summary.similarity), "mean cosine, 1 is the same meaning"))
    for metric in summary.metrics[:2]:
        interval = f" [{metric.interval[0]:.1f}–{metric.interval[1]:.1f}]" if metric.interval else ""
        facts.append(Fact(metric.name, number(metric.value, 1), f"{metric.against}{interval}"))
    return facts


def _name_hint(result: CheckResult) -> str:
    summary = result.summary
    if summary.name_accuracy is None:
        return "no known name to judge by"
    interval = summary.name_interval
    within = f", 95 % interval {share(interval[0])} to {share(interval[1])}" if interval else ""
    return f"of {count(summary.names_checked, 'mention')}{within}"


def _figures(result: CheckResult, all_rows: Sequence[Row]) -> list[Figure]:
    return figures(result, all_rows)


def _counts(result: CheckResult, all_rows: Sequence[Row]) -> list[KindCount]:
    errors = Counter(f.kind for f in result.findings if f.severity == "error")
    variants = Counter(f.kind for f in result.findings if f.severity == "variant")
    category = {f.kind: of_finding(f).category for f in result.findings}
    lines = [KindCount(k, label(k), category[k], errors[k], variants[k], 0) for k in category]
    flags = Counter((flag.kind, flag.mqm) for row in all_rows for flag in row.flags)
    lines += [KindCount(kind, label(kind), mqm, 0, 0, amount) for (kind, mqm), amount in flags.items()]
    return sorted(lines, key=lambda line: (-line.errors, -line.flags, -line.variants, line.kind))


def _by_mqm(result: CheckResult, all_rows: Sequence[Row]) -> list[tuple[str, dict[str, int]]]:
    """Counts by MQM category, and by severity within it."""
    table: dict[str, Counter[str]] = {}
    for finding in result.findings:
        mqm = of_finding(finding)
        table.setdefault(mqm.category, Counter())[mqm.severity] += 1
    for row in all_rows:
        for flag in row.flags:
            table.setdefault(flag.mqm, Counter())[flag.severity] += 1
    return sorted(((name, dict(counts)) for name, counts in table.items()), key=lambda i: (-sum(i[1].values()), i[0]))


def _kind_options(result: CheckResult, all_rows: Sequence[Row]) -> list[tuple[str, str, int]]:
    counts = Counter[str](f.kind for f in result.findings)
    counts.update(flag.kind for row in all_rows for flag in row.flags)
    return [(kind, label(kind), amount) for kind, amount in sorted(counts.items(), key=lambda i: (-i[1], i[0]))]


def _columns(result: CheckResult) -> list[tuple[str, str]]:
    """Heading and note of each column of the sentences."""
    witness = main_witness(result)
    columns = []
    if witness is not None:
        columns.append(("Source" if witness.role == "source" else "Other translation", language(witness.article.lang)))
    columns.append(("Translation", language(result.article.lang)))
    if result.retranslation is not None:
        columns.append((retranslation_name(result.retranslation), language(result.retranslation.target_lang)))
    return columns


def _row_view(result: CheckResult, row: Row, settings: EvalSettings) -> RowView:
    notes = tuple(_note(finding, row, settings) for finding in row.findings)
    flags = tuple((flag, label(flag.kind), flag.detail) for flag in row.flags)
    severities = {finding.severity for finding in row.findings} | ({"flag"} if flags else set())
    return RowView(
        row=row,
        cells=tuple(_cells(result, row)),
        notes=notes,
        flags=flags,
        facts=tuple(_row_facts(result, row)),
        kinds=" ".join(sorted({f.kind for f in row.findings} | {flag.kind for flag in row.flags})),
        severities=" ".join(sorted(severities)),
    )


def _cells(result: CheckResult, row: Row) -> Iterator[Cell]:
    """Source, translation, re-translation; the words that differ are marked on the two sides of one language."""
    witness, translation = main_witness(result), result.retranslation
    against, ours, theirs = _compared(result, row)
    if witness is not None:
        spans = [span for flag in row.flags if not row.is_gap for span in flag.witness_spans]
        heading = "Source" if witness.role == "source" else "Other translation"
        lang = witness.article.lang
        paragraphs = _paragraphs(row.source, (), spans, ours if against == "source" else ())
        yield Cell("source", heading, lang, direction_of(lang), paragraphs)
    spans = [span for flag in row.flags if not row.is_gap for span in flag.spans]
    paragraphs = _paragraphs(row.target, row.findings, spans, ours if against == "target" else ())
    yield Cell("target", "Translation", result.article.lang, direction_of(result.article.lang), paragraphs)
    if translation is not None:
        text = (marked(row.retranslation, different=theirs),) if row.retranslation else ()
        lang = translation.target_lang
        yield Cell("retranslation", retranslation_name(translation), lang, direction_of(lang), text)


def _compared(result: CheckResult, row: Row) -> tuple[str, Sequence[tuple[int, int]], Sequence[tuple[int, int]]]:
    """Which side the re-translation is compared with, and the spans that differ on that side and in it."""
    witness, translation = main_witness(result), result.retranslation
    if translation is None or row.retranslation is None or row.mark:
        return "", (), ()
    if translation.direction == "forward":
        side, text = "target", row.target.text
    elif witness is not None and witness.article.lang == translation.target_lang:
        side, text = "source", row.source.text
    else:
        return "", (), ()
    return side, *differences(text, row.retranslation)


def _paragraphs(
    side: Side, findings: Sequence[NameFinding], spans: Sequence[tuple[int, int]], different: Sequence[tuple[int, int]]
) -> tuple[Markup, ...]:
    made, offset, left = [], 0, list(findings)
    for position, sentence in enumerate(side.sentences):
        last = position == len(side.sentences) - 1
        mine = [f for f in left if last or f.start < sentence.end or f.start == f.end == sentence.end]
        left = [f for f in left if f not in mine]
        flagged = [(a, b) for a, b in spans if a < sentence.end and b > sentence.start]
        here = [(a - offset, b - offset) for a, b in different if a < offset + len(sentence.text) and b > offset]
        made.append(marked(sentence.text, start=sentence.start, findings=mine, flagged=flagged, different=here))
        offset += len(sentence.text) + 1
    return tuple(made)


def _note(finding: NameFinding, row: Row, settings: EvalSettings) -> Note:
    mqm = of_finding(finding)
    return Note(
        finding=finding,
        row=row.id,
        surface=plain(finding.surface),
        canonical=plain(finding.canonical) if finding.canonical is not None else None,
        kind=label(finding.kind),
        mqm=mqm.category,
        mqm_severity=mqm.severity,
        why=why(finding),
        advice=advice(finding, settings),
        chosen=repairable(finding, settings.min_repair_confidence),
    )


def _row_facts(result: CheckResult, row: Row) -> Iterator[tuple[str, str]]:
    """The small figures in the head of a row."""
    if row.bead is not None:
        if not row.bead.is_gap:
            yield "pair", _shape(row.bead)
            yield "aligned", share(row.bead.score)
        elif not row.flags:
            yield "", "no counterpart"
    score = row.score
    if score is None or row.mark:
        return
    if score.similarity is not None:
        yield "similarity", number(score.similarity)
    if score.length_ratio is not None:
        yield "length", f"{score.length_ratio:.2f}×"
    if score.chrf is not None and result.retranslation is not None:
        yield f"chrF++ ({result.retranslation.direction})", number(score.chrf, 0)


def _shape(bead: Bead) -> str:
    return f"{len(bead.source)}–{len(bead.target)}" + (", moved" if bead.crossing else "")


def _groups(views: Sequence[RowView]) -> list[Group]:
    groups = []
    for mark, several in groupby(views, key=lambda view: view.row.mark):
        members = tuple(several)
        words = {"repeat": "repeated sentence", "boilerplate": "sentence of the site’s own text", None: ""}[mark]
        groups.append(Group(mark, f"{count(len(members), words)}, not counted" if mark else "", members))
    return groups


def _methods(result: CheckResult) -> list[tuple[str, str]]:
    """How the figures were made: what someone needs to get them again."""
    lines = [("Muwazi", result.version)]
    lines += [
        (f"Alignment with {witness.article.path}", f"encoder {witness.alignment.encoder}")
        for witness in result.witnesses
    ]
    if result.retranslation is not None:
        lines.append((retranslation_name(result.retranslation), retranslation_explained(result.retranslation)))
    lines += [(f"{m.name}, {m.against}", f"{m.value:.2f} · {m.signature}") for m in result.summary.metrics]
    return lines
