"""An alignment against gold beads: strict and lax precision, recall and F1, as Vecalign counts them.

Strict: a bead counts when the gold has the same indices on both sides. Lax: when it shares a source and a target
sentence with one gold bead, or is in the gold. Precision is over all predicted beads, gaps among them; recall over gold
beads that have both sides (Thompson & Koehn, *Vecalign*, EMNLP 2019).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from corpora.errors import FormatError, InputError

IndexPair = tuple[tuple[int, ...], tuple[int, ...]]
"""Indices of source and target sentences of a bead."""

_LINE = re.compile(r"\s*\[([\d,\s]*)\]\s*:\s*\[([\d,\s]*)\]")


@dataclass(frozen=True, slots=True)
class Counts:
    """How many beads were right, of how many; they add up over documents."""

    right: int = 0
    predicted: int = 0
    found: int = 0
    gold: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.right + other.right,
            self.predicted + other.predicted,
            self.found + other.found,
            self.gold + other.gold,
        )

    @property
    def precision(self) -> float:
        """Right ones among the predicted beads; 0 where there are none."""
        return self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """Found ones among the gold beads with both sides; 0 where there are none."""
        return self.found / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True)
class Score:
    """Both ways of counting."""

    strict: Counts = Counts()
    lax: Counts = Counts()

    def __add__(self, other: Score) -> Score:
        return Score(self.strict + other.strict, self.lax + other.lax)


def score(predicted: Iterable[IndexPair], gold: Iterable[IndexPair]) -> Score:
    """Score one document's beads; sum the scores of several.

    >>> score([((0,), (0,)), ((1,), ())], [((0,), (0,)), ((1,), (1,))]).strict.precision
    0.5
    """
    ours = {pair for pair in predicted if pair[0] or pair[1]}
    theirs = {pair for pair in gold if pair[0] or pair[1]}
    ours_full, theirs_full = ({pair for pair in beads if pair[0] and pair[1]} for beads in (ours, theirs))
    strict = Counts(len(ours & theirs), len(ours), len(ours_full & theirs_full), len(theirs_full))
    lax = Counts(_lax(ours, theirs), len(ours), _lax(theirs_full, ours_full), len(theirs_full))
    return Score(strict, lax)


def read_gold(path: Path) -> list[IndexPair]:
    """Beads of a file in Vecalign's format: `[0, 1]:[2]`, one a line, a third column ignored.

    Raises:
        InputError: the file cannot be read.
        FormatError: a line is no bead.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"gold alignment cannot be read ({error})", where=str(path)) from error
    beads = []
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        match = _LINE.match(line)
        if not match:
            raise FormatError(
                f"not a bead: {line.strip()[:60]!r}", where=f"{path}:{number}", cure="write it as [0, 1]:[2]"
            )
        beads.append((_indices(match.group(1)), _indices(match.group(2))))
    return beads


def _indices(text: str) -> tuple[int, ...]:
    return tuple(int(number) for number in text.replace(",", " ").split())


def _lax(beads: set[IndexPair], others: set[IndexPair]) -> int:
    """How many beads are in `others` or share a linked pair of sentences with them."""
    partners: dict[int, set[int]] = {}
    for source, target in others:
        for index in source:
            partners.setdefault(index, set()).update(target)
    return sum(
        1
        for source, target in beads
        if (source, target) in others or any(partners.get(index, set()).intersection(target) for index in source)
    )
