"""A check's result in, its findings and flags as CSV out: one line each, with MQM category and severity."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from eval.mqm import of_finding
from eval.report.rows import rows
from eval.report.wording import why
from eval.result import CheckResult

COLUMNS = (
    "file",
    "lang",
    "row",
    "id",
    "kind",
    "severity",
    "mqm",
    "mqm_severity",
    "surface",
    "canonical",
    "entity",
    "confidence",
    "start",
    "end",
    "why",
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def render(result: CheckResult) -> str:
    """CSV with a header line and `\\n` line ends.

    A cell that a spreadsheet would run as a formula gets an apostrophe in front, as spreadsheets themselves write it.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for line in _lines(result):
        writer.writerow([_safe(cell) for cell in line])
    return out.getvalue().encode("utf-8", "replace").decode("utf-8")


def _lines(result: CheckResult) -> Iterator[tuple[object, ...]]:
    article = result.article
    for row in rows(result):
        for finding in row.findings:
            mqm = of_finding(finding)
            yield (
                article.path,
                article.lang,
                row.number,
                finding.id,
                finding.kind,
                finding.severity,
                mqm.category,
                mqm.severity,
                finding.surface,
                finding.canonical,
                finding.entity,
                round(finding.confidence, 4),
                finding.start,
                finding.end,
                why(finding),
            )
        for flag in row.flags:
            start, end = flag.spans[0] if flag.spans else (None, None)
            surface = article.text[start:end] if flag.spans else None
            mine = (flag.kind, "flag", flag.mqm, flag.severity, surface, None, None, None, start, end, flag.detail)
            yield (article.path, article.lang, row.number, None, *mine)


def _safe(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
