"""Many checked articles in, their index out: a page that sorts and filters, JSON, Markdown, CSV, or a terminal's text.

Worst articles come first in every format, and every format says the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module

from eval.collection import Collection, Entry
from eval.gates import METRIC_NAMES
from eval.mqm import label
from eval.report.wording import GRADES, count, share

FORMATS: Mapping[str, str] = {
    "text": "eval.report.collection.text",
    "html": "eval.report.collection.html",
    "json": "eval.report.collection.json",
    "csv": "eval.report.collection.csv",
    "md": "eval.report.collection.markdown",
}


def render(collection: Collection, format: str, version: str, *, width: int = 100, color: bool = False) -> str:
    """The index in one of `FORMATS`; `width` and `color` are heeded by `text` alone."""
    options = {"width": width, "color": color} if format == "text" else {}
    index: str = import_module(FORMATS[format]).render(collection, version, **options)
    return index


def reasons(collection: Collection) -> list[str]:
    """The lines below the headline."""
    said: list[str] = []
    grades = [f"{n:,} {GRADES[grade].lower()}" for grade, n in collection.grades.items() if n]
    if grades:
        said.append(f"{', '.join(grades)}")
    errors = sum(entry.errors for entry in collection.entries)
    if errors:
        first = ", ".join(f"“{one.surface}” (×{one.count})" for one in collection.spellings[:3])
        articles = count(sum(entry.errors > 0 for entry in collection.entries), "article")
        said.append(f"{count(errors, 'name')} in error in {articles}{f': {first}' if first else ''}")
    if collection.name_accuracy is not None:
        low_high = collection.name_interval
        within = f", 95 % interval {share(low_high[0])} to {share(low_high[1])}" if low_high else ""
        said.append(
            f"Name accuracy {share(collection.name_accuracy)} over {count(collection.names_checked, 'mention')}{within}"
        )
    flags = [(kind, n, articles) for kind, found, n, articles in collection.kinds if found == "flag"]
    if flags:
        listed = "; ".join(f"{label(kind)} ×{n:,} in {count(articles, 'article')}" for kind, n, articles in flags[:4])
        said.append(f"Sentences flagged: {listed}")
    missed = sum(bool(entry.missed) for entry in collection.entries)
    if missed:
        said.append(f"{count(missed, 'article')} missed a gate")
    return said


def chrf(entry: Entry) -> float | None:
    """chrF++ of an article against its re-translation, None without one."""
    return next((metric.value for metric in entry.metrics if metric.name == METRIC_NAMES["chrf++"]), None)


def noticed(said: str, articles: int) -> str:
    """A notice, with how many articles have it."""
    return said if articles == 1 else f"{said} ({articles:,} articles)"
