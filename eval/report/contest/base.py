"""A contest of systems and the sentences that it quotes in, a report in one format out; the words that all share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module

from eval.contest import Contest, Rival
from eval.report.scores import Files, titled
from eval.report.wording import count, share
from eval.scorecard import ADEQUACY, NAMES
from eval.significance import SystemResult

FORMATS: Mapping[str, str] = {
    "text": "eval.report.contest.text",
    "html": "eval.report.contest.html",
    "json": "eval.report.contest.json",
    "md": "eval.report.contest.markdown",
}
SURE = 0.05
_TESTS = {
    "bootstrap": "paired bootstrap, 1,000 resamples",
    "randomisation": "approximate randomisation, 10,000 trials",
}


@dataclass(frozen=True, slots=True)
class Outputs:
    """The sentences that a contest's report quotes."""

    systems: Mapping[str, Sequence[str]]
    references: Sequence[str] | None = None
    sources: Sequence[str] | None = None
    source_lang: str | None = None


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """One line of the table of scores: a metric under one test, and a cell a system."""

    name: str
    cells: tuple[str, ...]


def render(
    contest: Contest,
    outputs: Outputs,
    files: Files,
    format: str,
    version: str,
    *,
    width: int = 100,
    color: bool = False,
) -> str:
    """The report in one of `FORMATS`; `width` and `color` are heeded by `text` alone."""
    options = {"width": width, "color": color} if format == "text" else {}
    report: str = import_module(FORMATS[format]).render(contest, outputs, files, version, **options)
    return report


def score_rows(contest: Contest) -> list[ScoreRow]:
    """The table of scores."""
    many = len({one.test for one in contest.comparisons}) > 1
    rows = [
        ScoreRow(
            titled(one.metric, one.name) + (f", {one.test}" if many else ""), tuple(_result(r) for r in one.systems)
        )
        for one in contest.comparisons
    ]
    if contest.names:
        p_values = [None, *(rival.name_p for rival in contest.rivals)]
        pairs = zip(contest.names, p_values, strict=True)
        rows.append(ScoreRow(NAMES, tuple(f"{share(names.accuracy)}{_chance(p)}" for names, p in pairs)))
    if contest.problems:
        p_values = [None, *(rival.problem_p for rival in contest.rivals)]
        pairs_of_problems = zip(contest.problems, p_values, strict=True)
        rows.append(ScoreRow("problems", tuple(f"{len(found):,}{_chance(p)}" for found, p in pairs_of_problems)))
    return rows


def _result(result: SystemResult) -> str:
    margin = f" ± {result.margin:.2f}" if result.margin is not None else ""
    return f"{result.value:.2f}{margin}{_chance(result.p_value)}"


def _chance(p_value: float | None) -> str:
    if p_value is None:
        return ""
    return f" ({_p(p_value)}{'*' if p_value < SURE else ''})"


def _p(p_value: float) -> str:
    return f"p = {p_value:.4f}" if p_value >= 0.0001 else "p < 0.0001"


def how(contest: Contest) -> str:
    """How the probabilities came about."""
    tests = dict.fromkeys(one.test for one in contest.comparisons)
    said = [f"p: {', or '.join(_TESTS[test] for test in tests)}"] if tests else []
    if contest.names:
        said.append("p of names: sign test over the names on which two systems differ")
    if contest.problems:
        said.append("p of problems: sign test over the sentences with more of them in one system")
    return f"* p < {SURE}; {'; '.join(said)}"


def conclusions(contest: Contest) -> list[str]:
    """One sentence for each system: how it stands against the first one."""
    return [_conclusion(contest, place, rival) for place, rival in enumerate(contest.rivals, start=1)]


def _conclusion(contest: Contest, place: int, rival: Rival) -> str:
    first = contest.systems[0]
    if not rival.changed:
        return f"“{rival.system}” says the same as “{first}”, word for word"
    if contest.lead == ADEQUACY:
        before, after = len(contest.problems[0]), len(contest.problems[place])
        return (
            f"“{rival.system}” has {count(after, 'problem')} where “{first}” has {before:,}: "
            f"{len(rival.repaired):,} gone, {len(rival.broken):,} new"
        )
    if contest.lead is None:
        shares = [share(names.accuracy) for names in (contest.names[place], contest.names[0])] if contest.names else []
        return f"Names right: “{rival.system}” {shares[0]}, “{first}” {shares[1]}" if shares else "Nothing was compared"
    results = [one for one in contest.comparisons if one.metric == contest.lead]
    name, (before_, after_) = results[0].name, (results[0].systems[0], results[0].systems[place])
    p_value = max((one.systems[place].p_value or 0.0) for one in results)
    figures = f"{name} {after_.value:.2f} against {before_.value:.2f}, {_p(p_value)}"
    if p_value >= SURE:
        return f"“{rival.system}” and “{first}” do not differ by more than chance: {figures}"
    up = (after_.value > before_.value) != (contest.lead == "ter")
    return f"“{rival.system}” is {'better' if up else 'worse'} than “{first}”: {figures}"
