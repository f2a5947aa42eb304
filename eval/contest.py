"""Outputs of several systems in, who wins, how surely, on which sentences and which names, out.

    contest = compare_systems({"a": …, "b": …}, Texts(…), metrics=("chrf++", "names"))

The first system is the one that the others are compared with. The first metric is the one that counts sentences won
and lost, and that says which of them drive the difference: those without which it would be smaller. Where no metric
has a reference to go by, it is `adequacy`: how many problems a sentence has.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import comb

from corpora.errors import UsageError
from corpora.progress import SILENT, Progress
from eval.line_problems import Problem, line_problems
from eval.metrics import influence, segment_scores
from eval.name_accuracy import Mention, NameAccuracy, summed
from eval.scorecard import (
    ADEQUACY,
    LESS_IS_BETTER,
    NAMES,
    USUAL,
    NameTools,
    Sampling,
    Texts,
    language_warnings,
    name_mentions,
)
from eval.significance import Comparison, Test, compare


@dataclass(frozen=True, slots=True)
class Tally:
    """Sentences that a system translates better and worse than the first one, by the leading metric."""

    wins: int
    losses: int
    ties: int


@dataclass(frozen=True, slots=True)
class Driver:
    """A sentence that drives the difference between a system and the first one.

    Attributes:
        line: from 0.
        effect: by how much the difference of the corpus scores changes through it; above 0 it speaks for the system.
        first, other: the sentence's own score under both.
    """

    line: int
    effect: float
    first: float
    other: float


@dataclass(frozen=True, slots=True)
class NameChange:
    """A name that one of two systems rendered right and the other one wrong. `line` counts from 0."""

    line: int
    entity: str
    right: bool


@dataclass(frozen=True, slots=True)
class Rival:
    """One system held against the first.

    Attributes:
        changed: lines on which the two do not say the same.
        gains: by how much each sentence is better than the first system's, by the leading metric; empty without one.
        name_p: two-sided sign test over the names on which the two differ; None without names.
        repaired, broken: problems of the first system that this one does not have, and the other way around.
        problem_p: two-sided sign test over the lines with more problems in one of the two; None without adequacy.
    """

    system: str
    changed: int
    tally: Tally | None
    gains: tuple[float, ...]
    drivers: tuple[Driver, ...]
    name_changes: tuple[NameChange, ...]
    name_p: float | None
    repaired: tuple[Problem, ...] = ()
    broken: tuple[Problem, ...] = ()
    problem_p: float | None = None


@dataclass(frozen=True, slots=True)
class Contest:
    """Everything that `muwazi compare` says.

    Attributes:
        lead: the metric that counts sentences; None if only names are compared.
        names: name accuracy by system, in the order of the systems; empty where names were not asked for.
        problems: what is wrong in each system's lines, in the order of the systems; empty where it was not asked for.
    """

    systems: tuple[str, ...]
    lang: str
    segments: int
    lead: str | None
    comparisons: tuple[Comparison, ...]
    names: tuple[NameAccuracy, ...]
    rivals: tuple[Rival, ...]
    warnings: tuple[str, ...]
    problems: tuple[tuple[Problem, ...], ...] = ()


def compare_systems(
    systems: Mapping[str, Sequence[str]],
    texts: Texts,
    *,
    metrics: Sequence[str],
    tests: Sequence[Test] = ("bootstrap",),
    names: NameTools | None = None,
    sampling: Sampling = USUAL,
    top: int = 5,
    progress: Progress = SILENT,
) -> Contest:
    """Compare systems with the first one.

    Args:
        systems: outputs by name, a segment for each reference.
        texts: references, sources and languages; its hypotheses are not looked at.
        tests: of significance; each is made for every metric with references.
        sampling: for the intervals of name accuracy, and the seed of the tests; they have their usual numbers.
        top: how many sentences that drive the difference are kept of each system.

    Raises:
        UsageError: fewer than two systems.
        InputError: a system with another number of segments.
    """
    if len(systems) < 2:
        raise UsageError("nothing to compare", cure="give at least two systems")
    scored = [name for name in metrics if name not in (NAMES, ADEQUACY)]
    comparisons: list[Comparison] = []
    if scored and texts.references is not None:
        progress.start("testing the difference", None)
        for test in tests:
            comparisons += compare(
                systems, texts.references, lang=texts.lang, metrics=scored, test=test, seed=sampling.seed
            )
    mentions: list[list[Mention]] = []
    if NAMES in metrics and names is not None:
        mentions = [name_mentions(replace(texts, hypotheses=lines), names, progress) for lines in systems.values()]
    problems: list[list[Problem]] = []
    if ADEQUACY in metrics and names is not None:
        problems = [_problems(lines, texts, names, progress) for lines in systems.values()]
    lead = scored[0] if scored else ADEQUACY if problems else None
    progress.start("sentences won and lost", None)
    return Contest(
        systems=tuple(systems),
        lang=texts.lang,
        segments=len(next(iter(systems.values()))),
        lead=lead,
        comparisons=tuple(comparisons),
        names=tuple(summed(found, samples=sampling.samples, seed=sampling.seed) for found in mentions),
        rivals=tuple(_rivals(systems, texts, lead, mentions, problems, top)),
        warnings=tuple(_warnings(systems, texts)),
        problems=tuple(map(tuple, problems)),
    )


def _problems(lines: Sequence[str], texts: Texts, names: NameTools, progress: Progress) -> list[Problem]:
    return line_problems(
        lines,
        lang=texts.lang,
        sources=texts.sources,
        source_lang=texts.source_lang,
        knowledge=names.knowledge,
        encoder=names.encoder,
        names=names.settings,
        progress=progress,
    )


def _rivals(
    systems: Mapping[str, Sequence[str]],
    texts: Texts,
    lead: str | None,
    mentions: Sequence[list[Mention]],
    problems: Sequence[list[Problem]],
    top: int,
) -> list[Rival]:
    outputs = list(systems.values())
    sentences = [
        _Sentences.of(lines, texts, lead, problems[index] if problems else ())
        for index, lines in enumerate(outputs)
        if lead is not None
    ]
    rivals = []
    for index, system in enumerate(list(systems)[1:], start=1):
        changed = [line for line, (a, b) in enumerate(zip(outputs[0], outputs[index], strict=True)) if a != b]
        changes = _name_changes(mentions[0], mentions[index]) if mentions else ()
        gains = _gains(sentences[0], sentences[index]) if sentences else []
        won = sum(change.right for change in changes)
        repaired, broken = _differing(problems[0], problems[index]) if problems else ((), ())
        rivals.append(
            Rival(
                system,
                len(changed),
                _tally(gains) if sentences else None,
                tuple(round(gain, 4) for gain in gains),
                _drivers(sentences[0], sentences[index], changed, top) if sentences else (),
                changes,
                _sign_test(won, len(changes) - won) if mentions else None,
                repaired,
                broken,
                _problem_test(problems[0], problems[index]) if problems else None,
            )
        )
    return rivals


@dataclass(frozen=True, slots=True)
class _Sentences:
    """Scores and influences by sentence; `sign` turns them so that more is better."""

    scores: tuple[float, ...]
    influences: tuple[float, ...]
    sign: int

    @classmethod
    def of(cls, lines: Sequence[str], texts: Texts, metric: str, problems: Sequence[Problem]) -> _Sentences:
        if metric == ADEQUACY:
            counts = Counter(problem.line for problem in problems)
            scores = tuple(float(counts[line]) for line in range(len(lines)))
            return cls(scores, scores, -1)
        assert texts.references is not None
        scores = segment_scores(lines, texts.references, lang=texts.lang, name=metric)
        moved = influence(lines, texts.references, lang=texts.lang, name=metric)
        return cls(scores, moved, -1 if metric in LESS_IS_BETTER else 1)


def _gains(first: _Sentences, other: _Sentences) -> list[float]:
    return [first.sign * (b - a) for a, b in zip(first.scores, other.scores, strict=True)]


def _tally(gains: Sequence[float]) -> Tally:
    wins, losses = sum(gain > 0 for gain in gains), sum(gain < 0 for gain in gains)
    return Tally(wins, losses, len(gains) - wins - losses)


def _drivers(first: _Sentences, other: _Sentences, changed: Sequence[int], top: int) -> tuple[Driver, ...]:
    """Of the lines that differ, those that move the difference most."""
    effects = [first.sign * (b - a) for a, b in zip(first.influences, other.influences, strict=True)]
    order = sorted(changed, key=lambda line: (-abs(effects[line]), line))
    return tuple(
        Driver(line, round(effects[line], 4), round(first.scores[line], 4), round(other.scores[line], 4))
        for line in order[:top]
    )


def _differing(first: Sequence[Problem], other: Sequence[Problem]) -> tuple[tuple[Problem, ...], tuple[Problem, ...]]:
    """Problems that only the first has, and those that only the other has: by line, kind and what is wrong."""
    counts = [Counter((p.line, p.kind, p.surface) for p in side) for side in (first, other)]
    alone = []
    for side, theirs in ((first, counts[1]), (other, counts[0])):
        left = Counter(theirs)
        mine = []
        for problem in side:
            key = (problem.line, problem.kind, problem.surface)
            if left[key]:
                left[key] -= 1
            else:
                mine.append(problem)
        alone.append(tuple(mine))
    return alone[0], alone[1]


def _problem_test(first: Sequence[Problem], other: Sequence[Problem]) -> float:
    before, after = (Counter(problem.line for problem in side) for side in (first, other))
    lines = before.keys() | after.keys()
    wins, losses = (sum(a[line] > b[line] for line in lines) for a, b in ((before, after), (after, before)))
    return _sign_test(wins, losses)


def _name_changes(first: Sequence[Mention], other: Sequence[Mention]) -> tuple[NameChange, ...]:
    """Names right in one and wrong in the other, in the order of the lines."""
    before = {(one.unit, one.entity): one.right for one in first if one.entity is not None}
    after = {(one.unit, one.entity): one.right for one in other if one.entity is not None}
    return tuple(
        NameChange(line, entity or "", after[line, entity])
        for line, entity in sorted(before.keys() & after.keys(), key=lambda key: (key[0], key[1] or ""))
        if before[line, entity] != after[line, entity]
    )


def _sign_test(wins: int, losses: int) -> float:
    """Two-sided: how likely so uneven a split is when each of them is a toss of a coin."""
    total = wins + losses
    tail: int = sum(comb(total, count) for count in range(min(wins, losses) + 1))
    return round(min(1.0, float(2 * tail / 2**total)), 4)


def _warnings(systems: Mapping[str, Sequence[str]], texts: Texts) -> list[str]:
    """About references and source once, about each system by its name."""
    said = (
        warning.replace("the hypotheses seem", f"{name} seems")
        for name, lines in systems.items()
        for warning in language_warnings(replace(texts, hypotheses=lines))
    )
    return list(dict.fromkeys(said))
