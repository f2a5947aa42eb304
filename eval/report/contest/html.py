"""A contest of systems in, one self-contained HTML page out: who wins, how surely, on which names and sentences."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpora.language import name_of
from eval.contest import Contest, Driver, Rival
from eval.line_problems import Problem
from eval.mqm import label
from eval.name_accuracy import NameAccuracy
from eval.report import charts
from eval.report.contest.base import SURE, Outputs, conclusions, how, score_rows
from eval.report.difference import differences
from eval.report.figures import Figure
from eval.report.inline import marked
from eval.report.page import page
from eval.report.scores import Files
from eval.report.wording import count, direction_of
from eval.scorecard import ADEQUACY, LESS_IS_BETTER

if TYPE_CHECKING:
    from markupsafe import Markup

_LONGEST = 20_000  # characters of a sentence that are shown
_SHOWN = 300  # problems and names of one system that are listed


@dataclass(frozen=True, slots=True)
class Cell:
    """One text of a sentence: what it is, in which language, as safe HTML."""

    role: str
    heading: str
    lang: str
    dir: str
    text: Markup


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence on which a system and the first one differ.

    Attributes:
        outcome: `won`, `lost` or `even`, for the system.
    """

    id: str
    number: int
    outcome: str
    effect: str
    cells: tuple[Cell, ...]
    problems: tuple[tuple[str, Problem], ...]


@dataclass(frozen=True, slots=True)
class Part:
    """What the page says of one system against the first one."""

    id: str
    rival: Rival
    figures: tuple[Figure, ...]
    sentences: tuple[Sentence, ...]

    def link(self, line: int) -> str:
        """Where a line is shown, empty where it is not."""
        id = f"{self.id}-s{line + 1}"
        return f"#{id}" if any(one.id == id for one in self.sentences) else ""


def render(contest: Contest, outputs: Outputs, files: Files, version: str) -> str:
    """The page as text (UTF-8 when it is written)."""
    parts = [_part(contest, outputs, place, rival) for place, rival in enumerate(contest.rivals, start=1)]
    segments = f"{count(contest.segments, 'sentence')} in {name_of(contest.lang)}"
    return page(
        "contest.html.j2",
        styles=["report.css", "contest.css"],
        scripts=["contest.js"],
        contest=contest,
        first=contest.systems[0],
        conclusions=conclusions(contest),
        tone=_tone(contest),
        subtitle=f"{count(len(contest.systems), 'system')} over {segments}",
        files=files,
        paths=list(zip(contest.systems, files.hypotheses, strict=True)),
        rows=score_rows(contest),
        how=how(contest),
        figures=_figures(contest),
        parts=parts,
        many=_SHOWN,
        label=label,
        version=version,
    )


def _tone(contest: Contest) -> str:
    """Green where every system is surely better than the first, red where each is surely worse, else neither."""
    tones = {_standing(contest, place, rival) for place, rival in enumerate(contest.rivals, start=1)}
    return tones.pop() if len(tones) == 1 else "even"


def _standing(contest: Contest, place: int, rival: Rival) -> str:
    if contest.lead == ADEQUACY:
        gain, p_value = len(rival.repaired) - len(rival.broken), rival.problem_p or 0.0
    elif (one := next((one for one in contest.comparisons if one.metric == contest.lead), None)) is not None:
        gain = 1 if (one.systems[place].value > one.systems[0].value) != (one.metric in LESS_IS_BETTER) else -1
        p_value = one.systems[place].p_value or 0.0
    else:
        return "even"
    return "even" if p_value >= SURE or not gain else "good" if gain > 0 else "poor"


def _figures(contest: Contest) -> list[Figure]:
    """Each metric's scores with their intervals, systems below each other."""
    made = []
    for one in contest.comparisons:
        rows = [
            charts.Whisker(
                result.system,
                result.value,
                result.value - (result.margin or 0.0),
                result.value + (result.margin or 0.0),
                f"{result.value:.1f}",
            )
            for result in one.systems
        ]
        if all(result.margin is not None for result in one.systems):
            better = "less is better" if one.metric in LESS_IS_BETTER else "more is better"
            svg = charts.intervals(rows, title=one.name, description="; ".join(f"{r.label} {r.shown}" for r in rows))
            made.append(Figure(one.metric, one.name, f"With 95 % bootstrap intervals; {better}.", svg))
    names = [_name_whisker(*pair) for pair in zip(contest.systems, contest.names, strict=False)]
    known = [one for one in names if one is not None]
    if known:
        described = "; ".join(f"{one.label} {one.shown}" for one in known)
        svg = charts.intervals(known, title="Names right", description=described)
        made.append(Figure("names", "Names right", "Share of the source’s names, with 95 % bootstrap intervals.", svg))
    return made


def _name_whisker(system: str, names: NameAccuracy) -> charts.Whisker | None:
    if names.accuracy is None or names.interval is None:
        return None
    low, high = (100 * end for end in names.interval)
    return charts.Whisker(system, 100 * names.accuracy, low, high, f"{100 * names.accuracy:.1f} %")


def _part(contest: Contest, outputs: Outputs, place: int, rival: Rival) -> Part:
    sentences = tuple(_sentences(contest, outputs, place, rival))
    return Part(f"r{place}", rival, tuple(_rival_figures(contest, rival)), sentences)


def _rival_figures(contest: Contest, rival: Rival) -> Iterator[Figure]:
    tally = rival.tally
    if tally is None:
        return
    bars = [
        charts.Bar(name, ((style, float(amount)),), f"{amount:,}")
        for name, style, amount in (
            ("better", "good", tally.wins),
            ("even", "even", tally.ties),
            ("worse", "error", tally.losses),
        )
    ]
    described = "; ".join(f"{bar.label} {bar.shown}" for bar in bars)
    svg = charts.bars(bars, title="Sentences won and lost", description=described)
    yield Figure(
        "tally", "Sentences won and lost", f"By {contest.lead} of each sentence, against the first system.", svg
    )
    moved = [gain for gain in rival.gains if gain]
    if len(moved) > 1 and contest.lead != ADEQUACY:
        reach = min(100, 20 * math.ceil(max(abs(gain) for gain in moved) / 20))
        svg = charts.histogram(
            moved, low=-reach, high=reach, bins=24, x_label=f"{contest.lead}, system less first", title="By how much"
        )
        yield Figure("gains", "By how much", "Sentences that differ in score; the line is their mean.", svg)


def _sentences(contest: Contest, outputs: Outputs, place: int, rival: Rival) -> Iterator[Sentence]:
    for driver in rival.drivers:
        line = driver.line
        gain = rival.gains[line] if rival.gains else 0.0
        told = [("gone", one) for one in rival.repaired if one.line == line]
        told += [("new", one) for one in rival.broken if one.line == line]
        yield Sentence(
            id=f"r{place}-s{line + 1}",
            number=line + 1,
            outcome="won" if gain > 0 else "lost" if gain < 0 else "even",
            effect=_effect(driver, contest.lead),
            cells=tuple(_cells(contest, outputs, rival.system, line)),
            problems=tuple(told),
        )


def _effect(driver: Driver, lead: str | None) -> str:
    if lead == ADEQUACY:
        return f"{count(int(driver.first), 'problem')} → {int(driver.other)}"
    return f"{driver.effect:+.2f} in all · sentence {driver.first:.1f} → {driver.other:.1f}"


def _cells(contest: Contest, outputs: Outputs, system: str, line: int) -> Iterator[Cell]:
    """Source and reference where they are, then both outputs with the words in which they differ marked."""
    first = contest.systems[0]
    direction = direction_of(contest.lang)
    pair = [outputs.systems[name][line][:_LONGEST] for name in (first, system)]
    spans = differences(*pair)
    if outputs.sources is not None and outputs.source_lang is not None:
        lang = outputs.source_lang
        yield Cell("source", "Source", lang, direction_of(lang), marked(outputs.sources[line][:_LONGEST]))
    if outputs.references is not None:
        text = marked(outputs.references[line][:_LONGEST])
        yield Cell("reference", "Reference", contest.lang, direction, text)
    for name, text_, different in zip((first, system), pair, spans, strict=True):
        yield Cell("output", name, contest.lang, direction, marked(text_, different=different))
