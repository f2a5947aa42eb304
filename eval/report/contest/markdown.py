"""A contest of systems in, Markdown for a pull request out."""

from __future__ import annotations

from collections.abc import Iterator

from corpora.language import name_of
from eval.contest import Contest, Rival
from eval.mqm import label
from eval.report.contest.base import Outputs, conclusions, how, score_rows
from eval.report.markdown import escaped, isolated_name
from eval.report.scores import Files
from eval.report.wording import count

_SHOWN = 50


def render(contest: Contest, outputs: Outputs, files: Files, version: str) -> str:
    """Conclusions, the table of scores, names and problems, and the sentences that drive the difference."""
    del files
    said = f"{count(len(contest.systems), 'system')}, {count(contest.segments, 'segment')} ({name_of(contest.lang)})"
    heads = " | ".join(escaped(system) for system in contest.systems)
    lines = ["## Comparison", "", *(f"**{escaped(one)}**\n" for one in conclusions(contest)), escaped(said), ""]
    lines += [f"> {escaped(warning)}\n" for warning in contest.warnings]
    lines += [f"| metric | {heads} |", f"|---|{'--:|' * len(contest.systems)}"]
    lines += [f"| {escaped(row.name)} | {' | '.join(map(escaped, row.cells))} |" for row in score_rows(contest)]
    lines += ["", f"<sub>{escaped(how(contest))}</sub>", ""]
    for rival in contest.rivals:
        lines += _rival(rival, contest, outputs)
    return "\n".join([*lines, f"<sub>muwazi {escaped(version)}</sub>", ""]).encode("utf-8", "replace").decode("utf-8")


def _rival(rival: Rival, contest: Contest, outputs: Outputs) -> Iterator[str]:
    first = contest.systems[0]
    yield f"### {escaped(rival.system)} against {escaped(first)}"
    yield ""
    if rival.tally is not None:
        tally = rival.tally
        better = f"{count(tally.wins, 'sentence')} better, {tally.losses:,} worse, {tally.ties:,} even"
        yield escaped(f"{better} (by sentence {contest.lead})")
        yield ""
    for change in rival.name_changes[:_SHOWN]:
        who = rival.system if change.right else first
        yield f"- line {change.line + 1}: {isolated_name(change.entity)} is right in {escaped(who)}"
    for title, problems in (("gone", rival.repaired), ("new", rival.broken)):
        for problem in problems[:_SHOWN]:
            what = f" {isolated_name(problem.surface)}" if problem.surface else ""
            yield f"- {title}, line {problem.line + 1}: {label(problem.kind)}{what}. {escaped(problem.detail)}"
    yield ""
    if rival.drivers:
        yield f"| line | effect | {escaped(first)} | {escaped(rival.system)} |"
        yield "|--:|--:|---|---|"
    for driver in rival.drivers:
        pair = (outputs.systems[name][driver.line] for name in (first, rival.system))
        yield f"| {driver.line + 1} | {driver.effect:+.2f} | {' | '.join(map(isolated_name, pair))} |"
    yield ""
