"""An earlier `check --format json` and a new result in, the result with only what is new out.

A finding is known by its kind, its surface and what it becomes, a flag by its kind and its evidence; of three equal
ones where there were two before, the last is new. So a text may be edited elsewhere without old findings coming back.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from corpora.errors import FormatError, InputError
from eval.gates import FIGURES, GRADES, METRIC_NAMES
from eval.names.entity import NameFinding
from eval.report.wording import count
from eval.result import CheckResult, Flag, SegmentScore, Verdict
from eval.settings import DEFAULT, EvalSettings
from eval.verdict import decide


@dataclass(frozen=True, slots=True)
class Baseline:
    """What an earlier check found."""

    findings: Counter[Hashable]
    flags: Counter[Hashable]
    figures: Mapping[str, float | None]


def read_baseline(path: Path) -> Baseline:
    """Read the JSON of an earlier check.

    Raises:
        InputError: the file cannot be read.
        FormatError: it is not the JSON of `muwazi check`.
    """
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"baseline cannot be read ({error})", where=str(path)) from error
    except json.JSONDecodeError as error:
        raise FormatError(f"baseline is not JSON: {error}", where=str(path)) from error
    try:
        return _baseline(document)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise FormatError(
            "baseline is not the JSON of a check", where=str(path), cure="make it with muwazi check --format json"
        ) from error


def _baseline(document: Mapping[str, Any]) -> Baseline:
    findings = [finding for file in document["files"] for finding in file["findings"]]
    flags = [flag for segment in document["scores"]["segments"] for flag in segment["flags"]]
    summary = document["scores"]["summary"]
    metrics = {metric["name"]: metric["value"] for metric in summary["metrics"]}
    figures: dict[str, float | None] = {}
    for figure in FIGURES:
        if figure == "grade":
            figures[figure] = float(GRADES.index(document["verdict"]["grade"]))
        elif figure in METRIC_NAMES:
            figures[figure] = metrics.get(METRIC_NAMES[figure])
        else:
            figures[figure] = summary.get(figure)
    return Baseline(
        Counter((f["kind"], f["surface"], f["canonical"]) for f in findings),
        Counter((f["kind"], f["detail"]) for f in flags),
        figures,
    )


def only_new(result: CheckResult, baseline: Baseline, *, settings: EvalSettings = DEFAULT) -> CheckResult:
    """The result without what the baseline had; the verdict is about the rest, and a notice says how much was known."""
    findings = _new_findings(result, baseline)
    segments = _new_segments(result, baseline)
    old = len(result.findings) - len(findings)
    old_flags = sum(len(a.flags) - len(b.flags) for a, b in zip(result.segments, segments, strict=True))
    direction = result.retranslation.direction if result.retranslation else None
    role = result.witnesses[0].role if result.witnesses else "source"
    known = f"{count(old, 'name finding')} and {count(old_flags, 'flag')}"
    notice = f"Only what is new is shown, without {known} of the baseline"
    verdict = decide(result.summary, segments, findings, direction=direction, role=role, settings=settings)
    return replace(
        result,
        findings=findings,
        segments=segments,
        verdict=replace(verdict, headline=_of_the_new(verdict)),
        notices=(*result.notices, notice),
    )


def _of_the_new(verdict: Verdict) -> str:
    """A headline that does not call a text good of which only what is new was looked at."""
    if verdict.grade == "good":
        return "Nothing serious is new since the baseline"
    return f"New since the baseline: {verdict.headline[0].lower()}{verdict.headline[1:]}"


def _new_findings(result: CheckResult, baseline: Baseline) -> tuple[NameFinding, ...]:
    left = Counter(baseline.findings)
    return tuple(f for f in result.findings if not _take(left, (f.kind, f.surface, f.canonical)))


def _new_segments(result: CheckResult, baseline: Baseline) -> tuple[SegmentScore, ...]:
    left = Counter(baseline.flags)

    def fresh(flag: Flag) -> bool:
        return not _take(left, (flag.kind, flag.detail))

    return tuple(replace(segment, flags=tuple(filter(fresh, segment.flags))) for segment in result.segments)


def _take(left: Counter[Hashable], key: Hashable) -> bool:
    """Take one of a kind out of what is left; whether there was one."""
    if left[key] <= 0:
        return False
    left[key] -= 1
    return True
