"""What a result must reach, as `name_accuracy=0.98,chrf++=50`, in; the gates that it missed, each in one line, out."""

from __future__ import annotations

import difflib
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corpora.errors import UsageError
from eval.result import CheckResult, Grade, Summary

GRADES: tuple[Grade, ...] = ("unusable", "poor", "usable", "good")
METRIC_NAMES: Mapping[str, str] = {"chrf++": "chrF2++", "bleu": "BLEU"}
_SHARES = frozenset({"name_accuracy", "name_accuracy_strict"})
FIGURES = ("name_accuracy", "name_accuracy_strict", "similarity", "chrf++", "bleu", "grade")


@dataclass(frozen=True, slots=True)
class Gate:
    """A figure and the least that it must be; a grade is a number from 0 (unusable) to 3 (good)."""

    figure: str
    least: float


@dataclass(frozen=True, slots=True)
class Missed:
    """A gate that a result does not pass. `value` is None where the result has no such figure."""

    gate: Gate
    value: float | None

    def __str__(self) -> str:
        if self.gate.figure == "grade":
            value = "none" if self.value is None else GRADES[int(self.value)]
            return f"grade is {value}, not at least {GRADES[int(self.gate.least)]}"
        if self.value is None:
            return f"{self.gate.figure} has no value here, so it is not at least {self.gate.least:g}"
        return f"{self.gate.figure} is {self.value:g}, not at least {self.gate.least:g}"


def parse_gates(text: str) -> tuple[Gate, ...]:
    """Read gates as they stand on the command line.

        >>> parse_gates("name_accuracy=0.98,chrf++=50")
        (Gate(figure='name_accuracy', least=0.98), Gate(figure='chrf++', least=50.0))

    Raises:
        UsageError: no such figure, no number, or a share above 1.
    """
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if not parts:
        raise UsageError("no gates given", cure="write for example name_accuracy=0.98,chrf++=50")
    return tuple(_parse(part) for part in parts)


def _parse(part: str) -> Gate:
    figure, sign, value = (piece.strip() for piece in part.partition("="))
    figure = figure.lower()
    if figure not in FIGURES:
        near = difflib.get_close_matches(figure, FIGURES, n=1)
        cure = f"did you mean {near[0]}?" if near else f"known: {', '.join(FIGURES)}"
        raise UsageError(f"unknown gate {figure}", cure=cure)
    if figure == "grade":
        if value not in GRADES:
            raise UsageError(f"unknown grade {value}", cure=f"known: {', '.join(GRADES)}")
        return Gate(figure, float(GRADES.index(value)))
    try:
        least = float(value)
    except ValueError:
        least = math.nan
    if not sign or not math.isfinite(least):
        raise UsageError(f"gate {part} has no number", cure=f"write {figure}=VALUE")
    if figure in _SHARES and not 0 <= least <= 1:
        raise UsageError(f"{figure} is a share between 0 and 1, not {value}", cure=f"write {figure}={least / 100:g}")
    return Gate(figure, least)


def figure_of(result: CheckResult, figure: str) -> float | None:
    """The value of a figure that gates know."""
    if figure == "grade":
        return float(GRADES.index(result.verdict.grade))
    return _of_summary(result.summary, figure)


def _of_summary(summary: Summary, figure: str) -> float | None:
    if figure in METRIC_NAMES:
        return next((metric.value for metric in summary.metrics if metric.name == METRIC_NAMES[figure]), None)
    value: float | None = getattr(summary, figure)
    return value


def missed(
    result: CheckResult, gates: Sequence[Gate], *, before: Mapping[str, float | None] | None = None
) -> list[Missed]:
    """The gates that a result does not pass, in their order. A figure that the result does not have misses its gate.

    Args:
        before: figures of a baseline. What was below a gate already is let through unless it has got worse.
    """
    found = []
    for gate in gates:
        value = figure_of(result, gate.figure)
        old = before.get(gate.figure) if before is not None else None
        known = value is not None and old is not None and value >= old
        if (value is None or value < gate.least) and not known:
            found.append(Missed(gate, value))
    return found
