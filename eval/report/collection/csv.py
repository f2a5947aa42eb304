"""Many checked articles in, CSV of their index out: a line an article, those that failed last."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from eval.collection import Collection
from eval.report.collection.base import chrf

COLUMNS = (
    "article",
    "path",
    "lang",
    "grade",
    "sentences",
    "name_errors",
    "name_variants",
    "sentences_flagged",
    "name_accuracy",
    "names_checked",
    "similarity",
    "chrf++",
    "witness",
    "missed_gates",
    "report",
    "failure",
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def render(collection: Collection, version: str) -> str:
    """A line an article, those that failed last; cells that a spreadsheet would run get an apostrophe in front."""
    del version
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in _rows(collection):
        writer.writerow([f"'{one}" if isinstance(one, str) and one.startswith(_FORMULA) else one for one in row])
    return out.getvalue().encode("utf-8", "replace").decode("utf-8")


def _rows(collection: Collection) -> Iterator[Sequence[object]]:
    for entry in collection.entries:
        yield (
            entry.id,
            entry.path,
            entry.lang,
            entry.grade,
            entry.sentences,
            entry.errors,
            entry.variants,
            entry.flagged,
            entry.name_accuracy,
            entry.names_checked,
            entry.similarity,
            chrf(entry),
            entry.witness[1] if entry.witness else None,
            "; ".join(entry.missed) or None,
            entry.page,
            None,
        )
    for failure in collection.failures:
        yield (failure.id, *[None] * (len(COLUMNS) - 2), failure.reason)
