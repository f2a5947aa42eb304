"""A contest of systems in, what a terminal shows of it out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from corpora.language import name_of
from eval.contest import Contest, Driver, Rival
from eval.mqm import label
from eval.report.contest.base import Outputs, conclusions, how, score_rows
from eval.report.scores import Files, warned
from eval.report.text import cell, drawn, plain_table
from eval.report.visible import isolated
from eval.report.wording import count
from eval.scorecard import ADEQUACY

if TYPE_CHECKING:
    from rich.console import RenderableType

_SHOWN_NAMES = 20
_LONGEST = 600


def render(
    contest: Contest, outputs: Outputs, files: Files, version: str, *, width: int = 100, color: bool = False
) -> str:
    """Scores side by side, then each system against the first one."""
    del files, version
    return drawn(lambda _: _contest_parts(contest, outputs), width, color)


def _contest_parts(contest: Contest, outputs: Outputs) -> Iterator[RenderableType]:
    from rich.text import Text

    first = contest.systems[0]
    said = f"{count(len(contest.systems), 'system')}, {count(contest.segments, 'segment')} ({name_of(contest.lang)})"
    yield Text(f"{said}; compared with {cell(first)}", style="bold")
    for conclusion in conclusions(contest):
        yield Text(isolated(conclusion))
    yield from warned(contest.warnings)
    yield Text()
    table = plain_table()
    table.add_column("metric")
    for system in contest.systems:
        table.add_column(cell(system), justify="right", overflow="fold")
    for row in score_rows(contest):
        table.add_row(row.name, *row.cells)
    yield table
    yield Text()
    yield Text(how(contest), style="dim")
    for rival in contest.rivals:
        yield from _rival_parts(rival, contest, outputs)


def _rival_parts(rival: Rival, contest: Contest, outputs: Outputs) -> Iterator[RenderableType]:
    from rich.text import Text

    first = contest.systems[0]
    yield Text()
    yield Text(f"{cell(rival.system)} against {cell(first)}", style="bold")
    if rival.tally is not None and contest.lead is not None:
        tally = rival.tally
        better = f"{count(tally.wins, 'sentence')} better, {tally.losses:,} worse, {tally.ties:,} even"
        yield Text(f"{better} (by sentence {contest.lead})")
    driving = [driver for driver in rival.drivers if driver.effect] or rival.drivers
    if driving:
        yield Text("What drives the difference most:" if driving[0].effect else "Where they do not say the same:")
    for driver in driving:
        style = "green" if driver.effect > 0 else "red"
        yield Text(f"  line {driver.line + 1}: {_effect(driver, contest.lead)}", style if driver.effect else "")
        yield Text(f"    {cell(first)}: {_quoted(outputs.systems[first][driver.line])}")
        yield Text(f"    {cell(rival.system)}: {_quoted(outputs.systems[rival.system][driver.line])}")
        if outputs.references is not None:
            yield Text(f"    reference: {_quoted(outputs.references[driver.line])}")
    yield from _problem_parts(rival, first)
    if rival.name_changes:
        yield Text("Names that only one of the two has right:")
    for change in rival.name_changes[:_SHOWN_NAMES]:
        who = rival.system if change.right else first
        yield Text(f"  line {change.line + 1}: {cell(change.entity)} is right in {cell(who)}")
    if len(rival.name_changes) > _SHOWN_NAMES:
        yield Text(f"  and {len(rival.name_changes) - _SHOWN_NAMES:,} more (--format json has them all)")


def _effect(driver: Driver, lead: str | None) -> str:
    if lead == ADEQUACY:
        return f"{count(int(driver.first), 'problem')} → {int(driver.other)}"
    return f"{driver.effect:+.2f} in all, {driver.first:.1f} → {driver.other:.1f}"


def _problem_parts(rival: Rival, first: str) -> Iterator[RenderableType]:
    from rich.text import Text

    for title, problems, style in (
        (f"Problems of {cell(first)} that are gone:", rival.repaired, "green"),
        ("Problems that are new:", rival.broken, "red"),
    ):
        if problems:
            yield Text(title)
        for problem in problems[:_SHOWN_NAMES]:
            what = f" {cell(problem.surface)}" if problem.surface else ""
            yield Text(f"  line {problem.line + 1}: {label(problem.kind)}{what}. {isolated(problem.detail)}", style)
        if len(problems) > _SHOWN_NAMES:
            yield Text(f"  and {len(problems) - _SHOWN_NAMES:,} more (--format json has them all)")


def _quoted(text: str) -> str:
    """An output on one line, isolated; a very long one cut."""
    if not text.strip():
        return "(empty)"
    return cell(text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…")
