"""The registry of report formats: a check's result and a format's name in, the report as text out.

To add a format, write a module with a `render(result) -> str` and add a line to `FORMATS`.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from importlib import import_module

from corpora.errors import UsageError
from eval.result import CheckResult

FORMATS: Mapping[str, str] = {
    "text": "eval.report.text",
    "html": "eval.report.html",
    "json": "eval.report.json",
    "md": "eval.report.markdown",
    "csv": "eval.report.csv",
    "github": "eval.report.github",
}


def render(result: CheckResult, format: str, *, width: int = 100, color: bool = False) -> str:
    """The report in one format.

    Args:
        width, color: of the terminal; only `text` heeds them.

    Raises:
        UsageError: no such format.
    """
    if format not in FORMATS:
        near = difflib.get_close_matches(format, FORMATS, n=1)
        cure = f"did you mean {near[0]}?" if near else f"known: {', '.join(FORMATS)}"
        raise UsageError(f"unknown report format {format}", cure=cure)
    options = {"width": width, "color": color} if format == "text" else {}
    report: str = import_module(FORMATS[format]).render(result, **options)
    return report
