"""A check's result in, the charts of its report out: each with a title, one line of reading, and its SVG."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence, Set
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpora.language import name_of
from eval.mqm import label
from eval.report import charts
from eval.report.rows import Row, main_witness
from eval.report.wording import retranslation_name, share
from eval.result import CheckResult, Witness

if TYPE_CHECKING:
    from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class Figure:
    """One chart with what it is called and how to read it."""

    id: str
    title: str
    caption: str
    svg: Markup
    keys: tuple[tuple[str, str], ...] = ()


def figures(result: CheckResult, rows: Sequence[Row]) -> list[Figure]:
    """Every chart that the result has figures for."""
    witness = main_witness(result)
    made = [
        _kinds(result, rows),
        _path(result, witness, rows) if witness else None,
        _similarities(rows),
        _chrf(result, rows),
        _lengths(rows),
        _name_types(result),
    ]
    return [figure for figure in made if figure is not None]


def _kinds(result: CheckResult, rows: Sequence[Row]) -> Figure | None:
    errors = Counter(f.kind for f in result.findings if f.severity == "error")
    variants = Counter(f.kind for f in result.findings if f.severity == "variant")
    flags = Counter(flag.kind for row in rows for flag in row.flags)
    kinds = sorted({*errors, *variants}, key=lambda kind: (-errors[kind] - variants[kind], kind))
    bars = [
        charts.Bar(
            label(kind),
            (("error", errors[kind]), ("variant", variants[kind])),
            f"{errors[kind] + variants[kind]}",
        )
        for kind in kinds
    ]
    bars += [
        charts.Bar(label(kind), (("flag", n),), f"{n}")
        for kind, n in sorted(flags.items(), key=lambda i: (-i[1], i[0]))
    ]
    if not bars:
        return None
    return Figure(
        "kinds",
        "What was found",
        "Names in error, names that vary, and sentences flagged, by kind.",
        charts.bars(bars, title="What was found", description="; ".join(f"{bar.label} {bar.shown}" for bar in bars)),
        _present(
            (("error", "name error"), ("variant", "name variant"), ("flag", "sentence flag")),
            {style for bar in bars for style, part in bar.parts if part},
        ),
    )


def _present(keys: Sequence[tuple[str, str]], styles: Set[str]) -> tuple[tuple[str, str], ...]:
    """The legend of what is in the chart."""
    return tuple(key for key in keys if key[0] in styles)


def _path(result: CheckResult, witness: Witness, rows: Sequence[Row]) -> Figure:
    points = [_point(row) for row in rows]
    against = "source" if witness.role == "source" else "other translation"
    return Figure(
        "path",
        "Alignment",
        f"Each dot is a pair of sentences that belong together; red ticks on an axis have no partner in the {against}.",
        charts.alignment_path(
            points,
            sources=len(witness.sentences),
            targets=len(result.sentences),
            x_label=f"{against} ({name_of(witness.article.lang)}), sentence",
            y_label=f"translation ({name_of(result.article.lang)})",
        ),
        _present(
            (("sure", "sure"), ("unsure", "unsure"), ("crossing", "moved"), ("bad", "no partner")),
            {"bad" if point.source is None or point.target is None else point.kind for point in points},
        ),
    )


def _point(row: Row) -> charts.Point:
    kind = "marked" if row.mark else "crossing" if row.bead and row.bead.crossing else "sure"
    if kind == "sure" and row.bead and row.bead.score < 0.5:
        kind = "unsure"
    return charts.Point(
        _middle(row.source.indices), _middle(row.target.indices), row.id, kind, f"Sentence {row.number}"
    )


def _middle(indices: tuple[int, ...]) -> float | None:
    return (indices[0] + indices[-1] + 1) / 2 if indices else None


def _similarities(rows: Sequence[Row]) -> Figure | None:
    values = [row.score.similarity for row in rows if row.score and row.score.similarity is not None and not row.mark]
    if not values:
        return None
    title = "Similarity of meaning"
    svg = charts.histogram(values, low=0, high=1, bins=20, x_label="cosine of the sentence vectors", title=title)
    return Figure("similarity", title, "How close both sides of each pair are; the line is the mean.", svg)


def _chrf(result: CheckResult, rows: Sequence[Row]) -> Figure | None:
    values = [row.score.chrf for row in rows if row.score and row.score.chrf is not None and not row.mark]
    if not values or result.retranslation is None:
        return None
    name = retranslation_name(result.retranslation)
    svg = charts.histogram(
        values,
        low=0,
        high=100,
        bins=20,
        x_label=f"chrF++ ({name.lower()})",
        title=f"chrF++ against the {name.lower()}",
        style="c2",
    )
    return Figure(
        "chrf", f"chrF++, {name.lower()}", "Agreement with the re-translation by sentence; the line is the mean.", svg
    )


def _lengths(rows: Sequence[Row]) -> Figure | None:
    ratios = [
        (row.number, row.score.length_ratio)
        for row in rows
        if row.score and row.score.length_ratio is not None and not row.mark
    ]
    if not ratios:
        return None
    flagged = frozenset(row.number for row in rows for flag in row.flags if flag.kind == "length_ratio")
    return Figure(
        "lengths",
        "Length by sentence",
        "Length over what is usual for these languages; far from 1×, something may be missing or added.",
        charts.length_ratios(ratios, flagged=flagged, count=len(rows)),
    )


def _name_types(result: CheckResult) -> Figure | None:
    types = result.summary.name_types
    if not types:
        return None
    rows = [
        charts.Bar(
            kind.type,
            (("good", kind.correct / kind.checked), ("error", 1 - kind.correct / kind.checked)),
            f"{kind.correct}/{kind.checked}",
        )
        for kind in types
        if kind.checked
    ]
    overall = share(result.summary.name_accuracy)
    return Figure(
        "name-types",
        "Name accuracy by type",
        f"Mentions rendered by an accepted form; {overall} over all types.",
        charts.bars(
            rows, title="Name accuracy by type", description="; ".join(f"{r.label} {r.shown}" for r in rows), most=1
        ),
        (("good", "accepted form"), ("error", "wrong or missing")),
    )
