"""Outputs of several systems in, who wins, how surely, on which sentences and which names, out.

    contest = compare_systems({"a": …, "b": …}, Texts(…), metrics=("chrf++", "names"))

The first system is the one that the others are compared with. The first metric is the one that counts sentences won
and lost, and that says which of them drive the difference: those without which it would be smaller.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import comb

from corpora.errors import UsageError
from corpora.progress import SILENT, Progress
from eval.metrics import influence, segment_scores
from eval.name_accuracy import Mention, NameAccuracy, summed
from eval.scorecard import LESS_IS_BETTER, NAMES, USUAL, NameTools, Sampling, Texts, language_warnings, name_mentions
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
        name_p: two-sided sign test over the names on which the two differ; None without names.
    """

    system: str
    tally: Tally | None
    drivers: tuple[Driver, ...]
    name_changes: tuple[NameChange, ...]
    name_p: float | None


@dataclass(frozen=True, slots=True)
class Contest:
    """Everything that `muwazi compare` says.

    Attributes:
        lead: the metric that counts sentences; None if only names are compared.
        names: name accuracy by system, in the order of the systems; empty where names were not asked for.
    """

    systems: tuple[str, ...]
    lang: str
    segments: int
    lead: str | None
    comparisons: tuple[Comparison, ...]
    names: tuple[NameAccuracy, ...]
    rivals: tuple[Rival, ...]
    warnings: tuple[str, ...]


def compare_systems(
    systems: Mapping[str, Sequence[str]],
    texts: Texts,
    *,
    metrics: Sequence[str],
    test: Test = "bootstrap",
    names: NameTools | None = None,
    sampling: Sampling = USUAL,
    top: int = 5,
    progress: Progress = SILENT,
) -> Contest:
    """Compare systems with the first one.

    Args:
        systems: outputs by name, a segment for each reference.
        texts: references, sources and languages; its hypotheses are not looked at.
        sampling: for the intervals of name accuracy, and the seed of the test; the test has its usual number.
        top: how many sentences that drive the difference are kept of each system.

    Raises:
        UsageError: fewer than two systems.
        InputError: a system with another number of segments.
    """
    if len(systems) < 2:
        raise UsageError("nothing to compare", cure="give at least two systems")
    scored = [name for name in metrics if name != NAMES]
    comparisons: list[Comparison] = []
    if scored and texts.references is not None:
        progress.start("testing the difference", None)
        comparisons = compare(systems, texts.references, lang=texts.lang, metrics=scored, test=test, seed=sampling.seed)
    mentions: list[list[Mention]] = []
    if NAMES in metrics and names is not None:
        mentions = [name_mentions(replace(texts, hypotheses=lines), names, progress) for lines in systems.values()]
    lead = scored[0] if scored else None
    progress.start("sentences won and lost", None)
    return Contest(
        systems=tuple(systems),
        lang=texts.lang,
        segments=len(next(iter(systems.values()))),
        lead=lead,
        comparisons=tuple(comparisons),
        names=tuple(summed(found, samples=sampling.samples, seed=sampling.seed) for found in mentions),
        rivals=tuple(_rivals(systems, texts, lead, mentions, top)),
        warnings=tuple(_warnings(systems, texts)),
    )


def _rivals(
    systems: Mapping[str, Sequence[str]], texts: Texts, lead: str | None, mentions: Sequence[list[Mention]], top: int
) -> list[Rival]:
    outputs = list(systems.values())
    sentences = [_Sentences.of(lines, texts, lead) for lines in outputs] if lead is not None else []
    rivals = []
    for index, system in enumerate(list(systems)[1:], start=1):
        changes = _name_changes(mentions[0], mentions[index]) if mentions else ()
        tally, drivers = _against(sentences[0], sentences[index], top) if sentences else (None, ())
        won = sum(change.right for change in changes)
        p_value = _sign_test(won, len(changes) - won) if mentions else None
        rivals.append(Rival(system, tally, drivers, changes, p_value))
    return rivals


@dataclass(frozen=True, slots=True)
class _Sentences:
    """Scores and influences by sentence, turned so that more is better."""

    scores: tuple[float, ...]
    influences: tuple[float, ...]
    sign: int

    @classmethod
    def of(cls, lines: Sequence[str], texts: Texts, metric: str) -> _Sentences:
        assert texts.references is not None
        scores = segment_scores(lines, texts.references, lang=texts.lang, name=metric)
        moved = influence(lines, texts.references, lang=texts.lang, name=metric)
        return cls(scores, moved, -1 if metric in LESS_IS_BETTER else 1)


def _against(first: _Sentences, other: _Sentences, top: int) -> tuple[Tally, tuple[Driver, ...]]:
    gains = [first.sign * (b - a) for a, b in zip(first.scores, other.scores, strict=True)]
    wins, losses = sum(gain > 0 for gain in gains), sum(gain < 0 for gain in gains)
    effects = [first.sign * (b - a) for a, b in zip(first.influences, other.influences, strict=True)]
    order = sorted((line for line, gain in enumerate(gains) if gain), key=lambda line: (-abs(effects[line]), line))
    drivers = tuple(
        Driver(line, round(effects[line], 4), round(first.scores[line], 4), round(other.scores[line], 4))
        for line in order[:top]
    )
    return Tally(wins, losses, len(gains) - wins - losses), drivers


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
