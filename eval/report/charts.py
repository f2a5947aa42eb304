"""Figures in, inline SVG out: the alignment path, score distributions, length ratios, bars by kind.

A chart holds numbers and labels that this module was given; colours come from the page's style sheet through classes,
so that light, dark and print need no second drawing. Every chart has a title and a description for those who cannot see
it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from eval.report.visible import shown

if TYPE_CHECKING:
    from markupsafe import Markup

WIDTH = 390
_LEFT, _RIGHT, _TOP, _BOTTOM = 44, 12, 12, 40
_MANY = 400


@dataclass(frozen=True, slots=True)
class Bar:
    """One row of a bar chart: a label, and how much each class of the style sheet has of it."""

    label: str
    parts: tuple[tuple[str, float], ...]
    shown: str


@dataclass(frozen=True, slots=True)
class Point:
    """One bead on the alignment path.

    Attributes:
        source, target: position of its middle on each side, counted in sentences; None on the empty side of a gap.
        link: id of the row it stands for.
        kind: `sure`, `unsure`, `crossing` or `marked`; a gap shows by its empty side.
    """

    source: float | None
    target: float | None
    link: str
    kind: str
    label: str


def alignment_path(points: Sequence[Point], *, sources: int, targets: int, x_label: str, y_label: str) -> Markup:
    """The way through both texts: a point a bead, ticks on the axis where a sentence has no partner."""
    height, linked = 300, len(points) <= _MANY
    x, y = _scale(max(sources, 1), _LEFT, WIDTH - _RIGHT), _scale(max(targets, 1), _TOP, height - _BOTTOM)
    body = [*_grid(x, y, sources, targets, height), _axis_titles(x_label, y_label, height)]
    body += _path_lines(points, x, y)
    body += [_point(point, x, y, height, linked=linked) for point in points]
    gaps = sum(1 for p in points if p.source is None or p.target is None)
    crossings = sum(1 for p in points if p.kind == "crossing")
    text = f"{len(points)} beads over {sources} and {targets} sentences; {gaps} without a partner, {crossings} moved."
    # A picture has no parts for those who cannot see it; with links in it, it is a group.
    return _svg(body, height, "Alignment path", text, role="group" if linked else "img")


def histogram(
    values: Sequence[float],
    *,
    low: float,
    high: float,
    bins: int,
    x_label: str,
    title: str,
    style: str = "c1",
    counted: str = "sentences",
) -> Markup:
    """How many sentences (or what else is counted) have which score, with the mean as a line."""
    height = 210
    counts = [0] * bins
    for value in values:
        counts[min(max(int((value - low) / (high - low) * bins), 0), bins - 1)] += 1
    top = max([*counts, 1])
    step = (WIDTH - _LEFT - _RIGHT) / bins
    y = _scale(top, height - _BOTTOM, _TOP)
    body = [_horizontal(y, tick, _LEFT, f"{tick:g}") for tick in _ticks(top, 3)]
    for index, count in enumerate(counts):
        if count:
            body.append(_rect(style, _LEFT + index * step + 1, y(count), step - 2, y(0) - y(count)))
    body += [
        _x_tick(_LEFT + part * (WIDTH - _LEFT - _RIGHT), height, f"{low + part * (high - low):g}") for part in _QUARTERS
    ]
    mean = math.fsum(values) / len(values) if values else low
    at = _LEFT + (min(max(mean, low), high) - low) / (high - low) * (WIDTH - _LEFT - _RIGHT)
    body.append(f'<path class="mean" d="M{at:.1f} {_TOP}V{height - _BOTTOM}"/>')
    body.append(_axis_titles(x_label, counted, height))
    return _svg(body, height, title, f"{len(values)} {counted}, mean {mean:.2f}.")


_QUARTERS = (0.0, 0.25, 0.5, 0.75, 1.0)


def length_ratios(ratios: Sequence[tuple[int, float]], *, flagged: frozenset[int], count: int) -> Markup:
    """Length over the usual length, sentence by sentence: above the line longer, below it shorter.

    Args:
        ratios: (number of the row from 1, ratio).
        flagged: rows whose ratio was flagged.
        count: how many rows there are.
    """
    height, reach = 210, math.log2(4)
    y = _scale_between(reach, -reach, _TOP, height - _BOTTOM)
    step = (WIDTH - _LEFT - _RIGHT) / max(count, 1)
    body = [_horizontal(y, math.log2(tick), _LEFT, f"{tick:g}×") for tick in (0.25, 0.5, 1, 2, 4)]
    strokes: dict[str, list[str]] = {"c1": [], "bad": []}
    for number, ratio in ratios:
        at = _LEFT + (number - 0.5) * step
        to = y(max(min(math.log2(ratio), reach), -reach)) if ratio > 0 else y(-reach)
        strokes["bad" if number in flagged else "c1"].append(f"M{at:.1f} {y(0):.1f}V{to:.1f}")
    width = max(min(step * 0.7, 7), 0.6)
    body += [
        f'<path class="stem {style}" stroke-width="{width:.2f}" d="{"".join(parts)}"/>'
        for style, parts in strokes.items()
        if parts
    ]
    body.append(f'<path class="base" d="M{_LEFT} {y(0):.1f}H{WIDTH - _RIGHT}"/>')
    body += [_x_tick(_LEFT + (tick - 0.5) * step, height, f"{tick}") for tick in _sentence_ticks(count)]
    body.append(_axis_titles("sentence", "", height))
    return _svg(body, height, "Length by sentence", f"{len(ratios)} sentences; {len(flagged)} unusually long or short.")


def bars(rows: Sequence[Bar], *, title: str, description: str, most: float | None = None) -> Markup:
    """Horizontal bars, each of one or more stacked parts, with its figure at the end."""
    label_width, row = 188, 26
    top = most if most is not None else max([sum(part for _, part in bar.parts) for bar in rows] + [1])
    room = WIDTH - label_width - 34
    body = []
    for index, bar in enumerate(rows):
        at, x = index * row + 6, float(label_width)
        body.append(
            f'<text class="lab" x="{label_width - 8}" y="{at + 13}" text-anchor="end">{_text(bar.label)}</text>'
        )
        for style, part in bar.parts:
            width = part / top * room
            if width:
                body.append(_rect(style, x, at, max(width, 1.5), 18))
            x += width
        body.append(f'<text class="num" x="{x + 6:.1f}" y="{at + 13}">{_text(bar.shown)}</text>')
    return _svg(body, len(rows) * row + 10, title, description)


@dataclass(frozen=True, slots=True)
class Whisker:
    """One row of a chart of intervals: a figure, and from where to where it may be."""

    label: str
    value: float
    low: float
    high: float
    shown: str
    style: str = "c1"


def intervals(rows: Sequence[Whisker], *, title: str, description: str) -> Markup:
    """A dot for each figure on a common scale, with a line over its interval."""
    label_width, row = 130, 30
    low, high = min(one.low for one in rows), max(one.high for one in rows)
    margin = (high - low) * 0.08 or 1.0
    x = _Scale(low - margin, high + margin, label_width, WIDTH - 58)
    body = []
    for index, one in enumerate(rows):
        at = index * row + 18
        body.append(
            f'<text class="lab" x="{label_width - 10}" y="{at + 4}" text-anchor="end">{_text(_cut(one.label))}</text>'
        )
        body.append(f'<path class="base" d="M{label_width} {at}H{WIDTH - 58}" opacity=".25"/>')
        body.append(f'<path class="stem" stroke-width="3" d="M{x(one.low):.1f} {at}H{x(one.high):.1f}"/>')
        body.append(f'<circle class="{one.style}" cx="{x(one.value):.1f}" cy="{at}" r="5"/>')
        body.append(f'<text class="num" x="{WIDTH - 50}" y="{at + 4}">{_text(one.shown)}</text>')
    return _svg(body, len(rows) * row + 10, title, description)


def _cut(label: str, limit: int = 19) -> str:
    """A label with its middle left out: files of one folder mostly begin alike."""
    if len(label) <= limit:
        return label
    return f"{label[: limit // 2 - 2]}…{label[-(limit // 2 + 1) :]}"


def _text(text: str) -> str:
    """A label as SVG text."""
    from markupsafe import escape

    return str(escape(shown(text)))


def _svg(body: Sequence[str], height: int, title: str, description: str, *, role: str = "img") -> Markup:
    from markupsafe import Markup

    return Markup(
        f'<svg viewBox="0 0 {WIDTH} {height}" role="{role}" aria-label="{_text(title)}: {_text(description)}">'
        f"{''.join(body)}</svg>"
    )


class _Scale:
    """A linear map from figures to pixels."""

    def __init__(self, low: float, high: float, start: float, end: float) -> None:
        self._low, self._start = low, start
        self._slope = (end - start) / ((high - low) or 1)

    def __call__(self, value: float) -> float:
        return self._start + (value - self._low) * self._slope


def _scale(most: float, start: float, end: float) -> _Scale:
    return _Scale(0, most, start, end)


def _scale_between(low: float, high: float, start: float, end: float) -> _Scale:
    return _Scale(low, high, start, end)


def _ticks(top: float, about: int) -> list[int]:
    """Round steps from 0 to the top, about so many."""
    raw = max(top / about, 1)
    size = 10 ** math.floor(math.log10(raw))
    step = next(size * factor for factor in (1, 2, 5, 10) if size * factor >= raw)
    return list(range(0, int(top) + 1, int(step)))


def _sentence_ticks(count: int) -> list[int]:
    return [1, *(tick for tick in _ticks(count, 5) if tick > 1)]


def _rect(style: str, x: float, y: float, width: float, height: float) -> str:
    return f'<rect class="{style}" x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" rx="1.5"/>'


def _horizontal(y: _Scale, value: float, left: int, label: str) -> str:
    at = y(value)
    return (
        f'<path class="grid" d="M{left} {at:.1f}H{WIDTH - _RIGHT}"/>'
        f'<text class="tick" x="{left - 6}" y="{at + 4:.1f}" text-anchor="end">{label}</text>'
    )


def _x_tick(at: float, height: int, label: str) -> str:
    return f'<text class="tick" x="{at:.1f}" y="{height - _BOTTOM + 15}" text-anchor="middle">{label}</text>'


def _axis_titles(x_label: str, y_label: str, height: int) -> str:
    middle = (_LEFT + WIDTH - _RIGHT) / 2
    down = (
        f'<text class="axis" transform="translate(11 {(height - _BOTTOM) / 2:.0f}) rotate(-90)" text-anchor="middle">'
    )
    across = f'<text class="axis" x="{middle:.0f}" y="{height - 6}" text-anchor="middle">{_text(x_label)}</text>'
    return across + (f"{down}{_text(y_label)}</text>" if y_label else "")


def _grid(x: _Scale, y: _Scale, sources: int, targets: int, height: int) -> list[str]:
    lines = [_horizontal(y, tick - 0.5, _LEFT, f"{tick}") for tick in _sentence_ticks(targets)]
    for tick in _sentence_ticks(sources):
        at = x(tick - 0.5)
        lines.append(f'<path class="grid" d="M{at:.1f} {_TOP}V{height - _BOTTOM}"/>{_x_tick(at, height, f"{tick}")}')
    return lines


def _path_lines(points: Sequence[Point], x: _Scale, y: _Scale) -> list[str]:
    """The path itself, through everything that keeps its order."""
    steps = [(p.source, p.target) for p in points if p.kind != "crossing"]
    joined = "L".join(f"{x(s):.1f} {y(t):.1f}" for s, t in steps if s is not None and t is not None)
    return [f'<path class="way" d="M{joined}"/>'] if joined else []


def _point(point: Point, x: _Scale, y: _Scale, height: int, *, linked: bool) -> str:
    if point.source is None and point.target is None:
        return ""
    if point.source is not None and point.target is not None:
        at_x, at_y = x(point.source), y(point.target)
        shape = (
            f'<path class="pt crossing" d="M{at_x:.1f} {at_y - 5:.1f}l5 5l-5 5l-5 -5z"/>'
            if point.kind == "crossing"
            else f'<circle class="pt {point.kind}" cx="{at_x:.1f}" cy="{at_y:.1f}" r="{3 if linked else 1.6}"/>'
        )
    elif point.target is not None:
        shape = f'<path class="gap {point.kind}" d="M{_LEFT} {y(point.target):.1f}h10"/>'
    else:
        shape = f'<path class="gap {point.kind}" d="M{x(point.source or 0.0):.1f} {height - _BOTTOM}v-10"/>'
    if not linked:
        return shape
    return f'<a href="#{_text(point.link)}" tabindex="-1"><title>{_text(point.label)}</title>{shape}</a>'
