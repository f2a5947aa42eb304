"""A check's result in, what a terminal shows out: verdict, figures, names, flagged sentences.

Every piece of article text stands between a first-strong isolate and its end (UAX #9), so that Arabic in one cell does
not turn the line around; terminals without bidi support show the two as nothing.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from corpora.article import Article
from corpora.language import name_of
from eval.mqm import label
from eval.names.entity import NameFinding
from eval.report.rows import Row, rows
from eval.report.visible import isolated, shown
from eval.report.wording import GRADES, count, number, share, title_of, why
from eval.result import CheckResult

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.table import Table
    from rich.text import Text

_STYLES = {"good": "bold green", "usable": "bold yellow", "poor": "bold red", "unusable": "bold red"}
_NARROW = 72
_LONGEST = 400
_PLACES = 3


def render(result: CheckResult, *, width: int = 100, color: bool = False) -> str:
    """Text for a terminal of so many columns.

    Args:
        color: colour it with escape codes; the caller knows whether `NO_COLOR` is set and whether stdout is a terminal.
    """
    return drawn(lambda console: _parts(result, console), width, color)


def findings_text(
    checked: Iterable[tuple[Article, Sequence[NameFinding]]], *, width: int = 100, color: bool = False
) -> str:
    """The name findings of some articles, without scores, for a terminal of so many columns."""
    return drawn(lambda console: _articles(checked, console.width), width, color)


def _articles(checked: Iterable[tuple[Article, Sequence[NameFinding]]], width: int) -> Iterator[RenderableType]:
    from rich.text import Text

    for article, findings in checked:
        errors = sum(finding.severity == "error" for finding in findings)
        variants = len(findings) - errors
        said = f"{count(errors, 'corrupted name')}, {count(variants, 'variant')}" if findings else "no corrupted names"
        yield Text(f"{cell(article.path)} ({name_of(article.lang)}): {said}", style="bold")
        if findings:
            yield from _names([((finding.sentence or 0) + 1, finding) for finding in findings], width)
            yield Text()


def drawn(parts: Callable[[Console], Iterable[RenderableType]], width: int, color: bool) -> str:
    """What a console of so many columns makes of some parts, without blanks at the ends of lines."""
    from rich.console import Console

    out = io.StringIO()
    console = Console(
        file=out,
        width=max(width, 30),
        force_terminal=color,
        no_color=not color,
        highlight=False,
        emoji=False,
        markup=False,
        color_system="standard" if color else None,
        legacy_windows=False,
        _environ={},
    )
    for part in parts(console):
        console.print(part)
    lines = (line.rstrip() for line in out.getvalue().split("\n"))
    return "\n".join(lines).encode("utf-8", "replace").decode("utf-8")


def _parts(result: CheckResult, console: Console) -> Iterator[RenderableType]:
    from rich.text import Text

    all_rows = rows(result)
    yield Text(cell(title_of(result)), style="bold")
    yield Text(_about(result), style="dim")
    yield Text()
    yield Text(
        f"{GRADES[result.verdict.grade]} · {isolated(result.verdict.headline)}", style=_STYLES[result.verdict.grade]
    )
    for reason in result.verdict.reasons:
        yield Text(f"- {isolated(reason)}")
    for notice in result.notices:
        yield Text(f"! {isolated(notice)}", style="yellow")
    yield Text()
    yield _figures(result)
    if result.findings:
        yield from _names([(row.number, finding) for row in all_rows for finding in row.findings], console.width)
    if any(row.flags for row in all_rows):
        yield from _flags(all_rows)


def _about(result: CheckResult) -> str:
    summary = result.summary
    marked = [
        count(amount, *names)
        for amount, names in (
            (summary.repeats, ("repeat",)),
            (summary.boilerplate, ("line of boilerplate", "lines of boilerplate")),
        )
        if amount
    ]
    left = f" (and {', '.join(marked)}, not counted)" if marked else ""
    sentences = count(summary.sentences, "sentence") + left
    return f"{cell(result.article.path)} · {name_of(result.article.lang)} · {sentences}"


def _figures(result: CheckResult) -> Table:
    table = plain_table()
    table.add_column("figure")
    table.add_column("value", justify="right")
    table.add_column("of")
    summary = result.summary
    table.add_row(
        "name accuracy",
        share(summary.name_accuracy),
        _within(count(summary.names_checked, "mention"), summary.name_interval, 100),
    )
    if summary.similarity is not None:
        table.add_row("similarity", number(summary.similarity), "mean cosine of sentence vectors")
    if summary.length_ratio is not None:
        table.add_row("length", f"{summary.length_ratio:.2f}×", "of the usual length")
    for metric in summary.metrics:
        table.add_row(shown(metric.name), number(metric.value, 1), _within(shown(metric.against), metric.interval, 1))
    return table


def _within(what: str, interval: tuple[float, float] | None, scale: float) -> str:
    return f"{what}, 95 % {interval[0] * scale:.1f} to {interval[1] * scale:.1f}" if interval else what


def _names(numbered: Sequence[tuple[int, NameFinding]], width: int) -> Iterator[RenderableType]:
    from rich.text import Text

    yield Text()
    groups = _alike(numbered)
    if width < _NARROW:
        for alike in groups:
            finding = alike[0][1]
            becomes = f" → {cell(finding.canonical)}" if finding.canonical is not None else ""
            style = "red" if finding.severity == "error" else "yellow"
            yield Text(f"{_id(alike)} {cell(finding.surface)}{becomes}", style=style)
            yield Text(f"  {label(finding.kind)}, sentence {_places(alike)}, {_sureness(alike)}. {_reason(finding)}")
        return
    table = plain_table()
    table.add_column("id")
    table.add_column("sentence")
    for name in ("in the text", "becomes", "kind"):
        table.add_column(name)
    table.add_column("sure", justify="right")
    table.add_column("why", ratio=1)
    for alike in groups:
        finding = alike[0][1]
        table.add_row(
            _id(alike),
            _places(alike),
            _name(finding.surface, "red" if finding.severity == "error" else "yellow"),
            _name(finding.canonical, "green"),
            label(finding.kind),
            _sureness(alike),
            _reason(finding),
        )
    yield table


def _alike(numbered: Iterable[tuple[int, NameFinding]]) -> list[list[tuple[int, NameFinding]]]:
    """Findings that say the same in the same words, together: errors first, then in text order."""
    groups: dict[tuple[str, str | None, str, str, str], list[tuple[int, NameFinding]]] = {}
    for sentence, finding in numbered:
        said = finding.surface, finding.canonical, finding.kind, finding.severity, _reason(finding)
        groups.setdefault(said, []).append((sentence, finding))
    return sorted(groups.values(), key=lambda alike: alike[0][1].severity != "error")


def _id(alike: Sequence[tuple[int, NameFinding]]) -> str:
    """The first id and how many there are; the others are in every other format."""
    return alike[0][1].id + (f" ×{len(alike)}" if len(alike) > 1 else "")


def _places(alike: Sequence[tuple[int, NameFinding]]) -> str:
    """The first sentences, each once."""
    numbers = list(dict.fromkeys(str(sentence) for sentence, _ in alike))
    return ", ".join(numbers[:_PLACES]) + (" …" if len(numbers) > _PLACES else "")


def _sureness(alike: Sequence[tuple[int, NameFinding]]) -> str:
    """The least sure of them."""
    return f"{min(finding.confidence for _, finding in alike):.0%}"


def _reason(finding: NameFinding) -> str:
    """The strongest evidence: a terminal has no room for all of it."""
    return _short(isolated(why(replace(finding, evidence=finding.evidence[:1]))))


def _flags(all_rows: list[Row]) -> Iterator[RenderableType]:
    from rich.text import Text

    yield Text()
    table = plain_table()
    table.add_column("sentence", justify="right")
    table.add_column("flagged for")
    table.add_column("evidence", ratio=1)
    for row in all_rows:
        for flag in row.flags:
            table.add_row(f"{row.number}", Text(label(flag.kind), style="magenta"), _short(isolated(flag.detail)))
    yield table


def plain_table() -> Table:
    """A table with a rule below its head and nothing else drawn."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    return Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)


def _name(text: str | None, style: str) -> Text:
    from rich.text import Text

    return Text(cell(text) if text else "–", style=style)


def cell(text: str) -> str:
    """Text of an article on one line, isolated, what it hides shown."""
    return f"\u2068{' '.join(shown(text).split())}\u2069"


def _short(text: str) -> str:
    if len(text) <= _LONGEST:
        return text
    cut = text[: _LONGEST - 1]
    return cut + "\u2069" * (cut.count("\u2068") - cut.count("\u2069")) + "…"
