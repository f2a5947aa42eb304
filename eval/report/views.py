"""The rows of a report in, what its HTML page shows of each out: cells with safe marked text, notes, small figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from alignment.beads import Bead
from corpora.article import Mark
from eval.mqm import label, of_finding
from eval.names.entity import NameFinding
from eval.report.difference import differences
from eval.report.inline import marked, plain
from eval.report.rows import Row, Side, main_witness, repairable
from eval.report.wording import advice, count, direction_of, number, retranslation_name, share, why
from eval.result import CheckResult, Flag
from eval.settings import EvalSettings

if TYPE_CHECKING:
    from markupsafe import Markup


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


def row_view(result: CheckResult, row: Row, settings: EvalSettings) -> RowView:
    """Everything that the page shows of one row."""
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


def groups(views: Sequence[RowView]) -> list[Group]:
    """Rows in order, neighbours that are marked alike together."""
    made = []
    for mark, several in groupby(views, key=lambda view: view.row.mark):
        members = tuple(several)
        words = {"repeat": "repeated sentence", "boilerplate": "sentence of the site’s own text", None: ""}[mark]
        made.append(Group(mark, f"{count(len(members), words)}, not counted" if mark else "", members))
    return made
