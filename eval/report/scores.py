"""A scorecard or a contest of systems in, a terminal's text or JSON out.

JSON has the scores with all their digits, so that they are sacrebleu's to the last one, and everything else with four.
Lines are counted from 1, as editors show them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpora.language import info
from eval.contest import Contest, Rival
from eval.metrics import MetricScore
from eval.name_accuracy import Mention, NameAccuracy
from eval.report.json import Document, dump
from eval.report.text import cell, drawn, plain_table
from eval.report.wording import count, language, share
from eval.scorecard import LESS_IS_BETTER, Scorecard
from eval.significance import Comparison, SystemResult

if TYPE_CHECKING:
    from rich.console import RenderableType

SCORE_SCHEMA = "muwazi.score/1"
COMPARE_SCHEMA = "muwazi.compare/1"
_SHOWN_NAMES = 20
_LONGEST = 600


@dataclass(frozen=True, slots=True)
class Files:
    """The paths that were scored, as the user gave them."""

    hypotheses: tuple[str, ...]
    references: str | None
    sources: str | None


def score_text(card: Scorecard, files: Files, *, width: int = 100, color: bool = False) -> str:
    """The scores as a table, the names that came out wrong below it."""
    return drawn(lambda _: _score_parts(card, files), width, color)


def _score_parts(card: Scorecard, files: Files) -> Iterator[RenderableType]:
    from rich.text import Text

    empty = f", {card.empty} of them empty" if card.empty else ""
    against = f" against {cell(files.references)}" if files.references is not None else ""
    yield Text(f"{cell(files.hypotheses[0])}{against} ({language(card.lang)})", style="bold")
    yield Text(f"{count(card.segments, 'segment')}{empty}", style="dim")
    yield from _warned(card.warnings)
    yield Text()
    table = plain_table()
    for name in ("metric", "score", "95 % interval", "how it was computed"):
        table.add_column(name, justify="right" if name == "score" else "left", overflow="fold")
    for one in card.scores:
        table.add_row(_titled(one.metric, one.name), _figure(one, one.value), _between(one), one.signature)
    if card.names is not None:
        table.add_row("names", share(card.names.accuracy), _share_between(card.names), _names_said(card.names))
    yield table
    yield from _notes(card)
    yield from _wrong_names(card.mentions)


def _warned(warnings: Sequence[str]) -> Iterator[RenderableType]:
    from rich.text import Text

    for warning in warnings:
        yield Text(f"! {cell(warning)}", style="yellow")


def _titled(metric: str, name: str) -> str:
    return f"{name} (less is better)" if metric in LESS_IS_BETTER else name


def _figure(one: MetricScore, value: float) -> str:
    """COMET goes from 0 to 1 and needs more digits."""
    return f"{value:.4f}" if one.name == "COMET" else f"{value:.2f}"


def _between(one: MetricScore) -> str:
    return f"{_figure(one, one.interval[0])} to {_figure(one, one.interval[1])}" if one.interval else "–"


def _share_between(names: NameAccuracy) -> str:
    return f"{share(names.interval[0])} to {share(names.interval[1])}" if names.interval else "–"


def _names_said(names: NameAccuracy) -> str:
    if names.accuracy is None:
        return "the source has no names that the base knows"
    return f"M-ETA over {count(names.checked, 'mention')}; {share(names.strict)} with variants counted as wrong"


def _notes(card: Scorecard) -> Iterator[RenderableType]:
    from rich.text import Text

    metrics = {one.metric for one in card.scores}
    if "bleu" in metrics and info(card.lang).script == "Arab":
        yield Text()
        yield Text("BLEU of this language depends on the tokenizer; chrF++ does not: trust it first.", style="dim")


def _wrong_names(mentions: Sequence[Mention]) -> Iterator[RenderableType]:
    from rich.text import Text

    wrong = [one for one in mentions if not one.right]
    if not wrong:
        return
    yield Text()
    yield Text(f"{count(len(wrong), 'name')} not rendered by an accepted form:")
    for one in wrong[:_SHOWN_NAMES]:
        yield Text(f"  line {one.unit + 1}: {cell(one.entity or 'a name that no base knows')}")
    if len(wrong) > _SHOWN_NAMES:
        yield Text(f"  and {len(wrong) - _SHOWN_NAMES:,} more (--format json has them all)")


def score_json(card: Scorecard, files: Files, version: str) -> str:
    """The scorecard as one JSON document."""
    return dump(
        {
            "schema": SCORE_SCHEMA,
            "hypotheses": files.hypotheses[0],
            "references": files.references,
            "source": files.sources,
            "lang": card.lang,
            "segments": card.segments,
            "empty": card.empty,
            "scores": [_score(one) for one in card.scores],
            "names": None if card.names is None else {**_names(card.names), "wrong": _wrong(card.mentions)},
            "warnings": list(card.warnings),
            "version": version,
        }
    )


def _score(one: MetricScore) -> Document:
    return {
        "metric": one.metric,
        "name": one.name,
        "value": one.value,
        "interval": [round(end, 4) for end in one.interval] if one.interval else None,
        "better": _better(one.metric),
        "scale": [0, 1] if one.name == "COMET" else [0, 100],
        "signature": one.signature,
        "segments": list(one.segments),
    }


def _better(metric: str) -> str:
    return "lower" if metric in LESS_IS_BETTER else "higher"


def _names(names: NameAccuracy) -> Document:
    return {
        "accuracy": names.accuracy,
        "strict": names.strict,
        "interval": list(names.interval) if names.interval else None,
        "mentions": names.checked,
        "types": [{"type": one.type, "correct": one.correct, "checked": one.checked} for one in names.types],
    }


def _wrong(mentions: Sequence[Mention]) -> list[Document]:
    return [{"line": one.unit + 1, "entity": one.entity, "type": one.type} for one in mentions if not one.right]


@dataclass(frozen=True, slots=True)
class Outputs:
    """The sentences that a contest's report quotes."""

    systems: Mapping[str, Sequence[str]]
    references: Sequence[str] | None


def contest_text(contest: Contest, outputs: Outputs, *, width: int = 100, color: bool = False) -> str:
    """Scores side by side, then each system against the first one."""
    return drawn(lambda _: _contest_parts(contest, outputs), width, color)


def _contest_parts(contest: Contest, outputs: Outputs) -> Iterator[RenderableType]:
    from rich.text import Text

    first = contest.systems[0]
    said = f"{count(len(contest.systems), 'system')}, {count(contest.segments, 'segment')} ({language(contest.lang)})"
    yield Text(f"{said}; compared with {cell(first)}", style="bold")
    yield from _warned(contest.warnings)
    yield Text()
    table = plain_table()
    table.add_column("metric")
    for system in contest.systems:
        table.add_column(cell(system), justify="right", overflow="fold")
    for one in contest.comparisons:
        table.add_row(_titled(one.metric, one.name), *(_result(result) for result in one.systems))
    if contest.names:
        p_values = [None, *(rival.name_p for rival in contest.rivals)]
        pairs = zip(contest.names, p_values, strict=True)
        table.add_row("names", *(f"{share(names.accuracy)}{_chance(p)}" for names, p in pairs))
    yield table
    yield Text()
    yield Text(_how(contest), style="dim")
    for rival in contest.rivals:
        yield from _rival_parts(rival, contest, outputs)


def _result(result: SystemResult) -> str:
    margin = f" ± {result.margin:.2f}" if result.margin is not None else ""
    return f"{result.value:.2f}{margin}{_chance(result.p_value)}"


def _chance(p_value: float | None) -> str:
    if p_value is None:
        return ""
    return f" (p = {p_value:.4f}{'*' if p_value < 0.05 else ''})"


def _how(contest: Contest) -> str:
    test = contest.comparisons[0].test if contest.comparisons else None
    tests = {
        "bootstrap": "paired bootstrap, 1,000 resamples",
        "randomisation": "approximate randomisation, 10,000 trials",
    }
    said = [f"p: {tests[test]}"] if test is not None else []
    if contest.names:
        said.append("p of names: sign test over the names on which two systems differ")
    return f"* p < 0.05; {'; '.join(said)}"


def _rival_parts(rival: Rival, contest: Contest, outputs: Outputs) -> Iterator[RenderableType]:
    from rich.text import Text

    first = contest.systems[0]
    yield Text()
    yield Text(f"{cell(rival.system)} against {cell(first)}", style="bold")
    if rival.tally is not None and contest.lead is not None:
        tally = rival.tally
        better = f"{count(tally.wins, 'sentence')} better, {tally.losses:,} worse, {tally.ties:,} even"
        yield Text(f"{better} (by sentence {contest.lead})")
    if rival.drivers:
        yield Text("What drives the difference most:")
    for driver in rival.drivers:
        style = "green" if driver.effect > 0 else "red"
        yield Text(
            f"  line {driver.line + 1}: {driver.effect:+.2f} in all, {driver.first:.1f} → {driver.other:.1f}", style
        )
        yield Text(f"    {cell(first)}: {_quoted(outputs.systems[first][driver.line])}")
        yield Text(f"    {cell(rival.system)}: {_quoted(outputs.systems[rival.system][driver.line])}")
        if outputs.references is not None:
            yield Text(f"    reference: {_quoted(outputs.references[driver.line])}")
    if rival.name_changes:
        yield Text("Names that only one of the two has right:")
    for change in rival.name_changes[:_SHOWN_NAMES]:
        who = rival.system if change.right else first
        yield Text(f"  line {change.line + 1}: {cell(change.entity)} is right in {cell(who)}")
    if len(rival.name_changes) > _SHOWN_NAMES:
        yield Text(f"  and {len(rival.name_changes) - _SHOWN_NAMES:,} more (--format json has them all)")


def _quoted(text: str) -> str:
    """An output on one line, isolated; a very long one cut."""
    if not text.strip():
        return "(empty)"
    return cell(text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…")


def contest_json(contest: Contest, outputs: Outputs, files: Files, version: str) -> str:
    """The contest as one JSON document."""
    names = zip(contest.systems, contest.names, strict=True) if contest.names else ()
    return dump(
        {
            "schema": COMPARE_SCHEMA,
            "systems": [
                {"name": name, "path": path} for name, path in zip(contest.systems, files.hypotheses, strict=True)
            ],
            "references": files.references,
            "source": files.sources,
            "lang": contest.lang,
            "segments": contest.segments,
            "scores": [_comparison(one) for one in contest.comparisons],
            "names": [{"system": system, **_names(one)} for system, one in names],
            "against_first": [_rival(rival, contest, outputs) for rival in contest.rivals],
            "warnings": list(contest.warnings),
            "version": version,
        }
    )


def _comparison(one: Comparison) -> Document:
    return {
        "metric": one.metric,
        "name": one.name,
        "better": _better(one.metric),
        "test": one.test,
        "signature": one.signature,
        "systems": [
            {
                "system": result.system,
                "value": result.value,
                "p_value": _rounded(result.p_value),
                "mean": _rounded(result.mean),
                "margin": _rounded(result.margin),
            }
            for result in one.systems
        ],
    }


def _rival(rival: Rival, contest: Contest, outputs: Outputs) -> Document:
    tally = rival.tally
    return {
        "system": rival.system,
        "by": contest.lead,
        "wins": tally.wins if tally else None,
        "losses": tally.losses if tally else None,
        "ties": tally.ties if tally else None,
        "drivers": [
            {
                "line": driver.line + 1,
                "effect": driver.effect,
                "first_score": driver.first,
                "score": driver.other,
                "first": outputs.systems[contest.systems[0]][driver.line],
                "system": outputs.systems[rival.system][driver.line],
                "reference": outputs.references[driver.line] if outputs.references is not None else None,
            }
            for driver in rival.drivers
        ],
        "names": [
            {"line": change.line + 1, "entity": change.entity, "right": change.right} for change in rival.name_changes
        ],
        "names_p_value": rival.name_p,
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
