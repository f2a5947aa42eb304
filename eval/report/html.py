"""A check's result in, one self-contained HTML page out: no network, no framework, nothing in it but what was found."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from corpora.language import name_of
from eval.mqm import label, of_finding
from eval.report.figures import figures
from eval.report.page import page
from eval.report.rows import Row, gravest, main_witness, rows
from eval.report.views import groups, row_view
from eval.report.wording import (
    GRADES,
    count,
    direction_of,
    number,
    retranslation_explained,
    retranslation_name,
    share,
    title_of,
)
from eval.result import CheckResult
from eval.settings import DEFAULT, EvalSettings

# From here on a browser lays out only the rows on screen; below it, nothing is gained, and tools that photograph whole
# pages would see empty rows.
_MANY = 400


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
    all_rows = rows(result, settings=settings)
    views = [row_view(result, row, settings) for row in all_rows]
    return page(
        "report.html.j2",
        styles=["report.css"],
        scripts=["report.js"],
        result=result,
        title=title_of(result),
        lang=result.article.lang,
        dir=direction_of(result.article.lang),
        grade=GRADES[result.verdict.grade],
        subtitle=_subtitle(result),
        facts=_facts(result, all_rows),
        gravest=gravest(all_rows),
        figures=figures(result, all_rows),
        counts=_counts(result, all_rows),
        mqm=_by_mqm(result, all_rows),
        notes=[note for view in views for note in view.notes],
        command=_command(result),
        groups=groups(views),
        many=len(views) > _MANY,
        columns=_columns(result),
        kinds=_kind_options(result, all_rows),
        methods=_methods(result),
    )


def _command(result: CheckResult) -> str:
    """The command that repairs what the page shows: the ids are those of a check against the same witnesses."""
    against = [part for witness in result.witnesses for part in (f"--{witness.role}", witness.article.path)]
    return shlex.join(["muwazi", "names", "fix", result.article.path, *against])


def _subtitle(result: CheckResult) -> str:
    witness = main_witness(result)
    into = name_of(result.article.lang)
    if witness is None:
        return f"{into} article, checked alone"
    if witness.role == "source":
        return f"{name_of(witness.article.lang)} → {into}"
    return f"{into} article, held against a translation into {name_of(witness.article.lang)}"


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
        columns.append(("Source" if witness.role == "source" else "Other translation", name_of(witness.article.lang)))
    columns.append(("Translation", name_of(result.article.lang)))
    if result.retranslation is not None:
        columns.append((retranslation_name(result.retranslation), name_of(result.retranslation.target_lang)))
    return columns


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
