"""A dataset's rows in, one by one; what it looks like in numbers out, in memory that does not grow with it."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

from corpora.dataset import Row
from corpora.records import AlignedPair, NameRecord

_TENTHS: Final = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
EDGES: Final[Mapping[str, Sequence[float]]] = {
    "score": _TENTHS,
    "similarity": _TENTHS,
    "length_ratio": (0.0, 0.25, 0.5, 0.67, 0.8, 1.0, 1.25, 1.5, 2.0, 4.0),
    "chrf": (0.0, 10.0, 20.0, 30.0, 40.0, 50.0, 60.0, 70.0, 80.0, 90.0),
    "source_length": (0.0, 25.0, 50.0, 100.0, 150.0, 200.0, 300.0, 400.0, 600.0, 1000.0),
    "target_length": (0.0, 25.0, 50.0, 100.0, 150.0, 200.0, 300.0, 400.0, 600.0, 1000.0),
}
"""From where each bar of a distribution begins; the last one has no end, and what lies below the first is in it."""


@dataclass(frozen=True, slots=True)
class Statistics:
    """What a dataset looks like.

    Attributes:
        directions: `en → ar` → split → pairs.
        distributions: figure of `EDGES` → pairs in each bar; without those that no pair has.
        names: kind of finding → how many, and how many of them were repaired.
        rejected: direction → reason → pairs.
    """

    directions: Mapping[str, Mapping[str, int]]
    distributions: Mapping[str, Sequence[int]]
    names: Mapping[str, Sequence[int]]
    rejected: Mapping[str, Mapping[str, int]]

    @classmethod
    def of(cls, record: Mapping[str, Any]) -> Statistics:
        """What `record` gave."""
        return cls(record["directions"], record["distributions"], record["names"], record["rejected"])

    def record(self) -> dict[str, Any]:
        """As data that JSON can hold."""
        return asdict(self)


class Tallies:
    """Counts rows as they are written."""

    def __init__(self) -> None:
        self._directions: dict[str, Counter[str]] = {}
        self._rejected: dict[str, Counter[str]] = {}
        self._bars = {name: [0] * len(edges) for name, edges in EDGES.items()}
        self._names: dict[str, list[int]] = {}

    def add_pair(self, row: Row, split: str) -> None:
        """Count a row of `default`."""
        self._directions.setdefault(_direction(row["source_lang"], row["target_lang"]), Counter())[split] += 1
        lengths = {"source_length": float(len(row["source"])), "target_length": float(len(row["target"]))}
        for name, edges in EDGES.items():
            value = lengths.get(name, row.get(name))
            if value is not None:
                self._bars[name][max(bisect_right(edges, value) - 1, 0)] += 1

    def add_rejected(self, pair: AlignedPair, reason: str) -> None:
        """Count a pair that was left out."""
        self._rejected.setdefault(_direction(pair.source.lang, pair.target.lang), Counter())[reason] += 1

    def add_name(self, name: NameRecord) -> None:
        """Count a finding."""
        counts = self._names.setdefault(name.kind, [0, 0])
        counts[0] += 1
        counts[1] += name.replacement is not None

    def statistics(self) -> Statistics:
        """The counts, in an order of their own."""
        return Statistics(
            {name: dict(sorted(counts.items())) for name, counts in sorted(self._directions.items())},
            {name: tuple(bars) for name, bars in self._bars.items() if any(bars)},
            {kind: tuple(counts) for kind, counts in sorted(self._names.items(), key=lambda one: (-one[1][0], one[0]))},
            {name: _ordered(counts) for name, counts in sorted(self._rejected.items())},
        )


def _ordered(counts: Counter[str]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda one: (-one[1], one[0])))


def _direction(source_lang: str, target_lang: str) -> str:
    return f"{source_lang} → {target_lang}"


def bar_labels(name: str) -> list[str]:
    """What each bar of a distribution stands for: `0.5 – 0.6`, the last one `0.9 –`."""
    edges = [f"{edge:g}" for edge in EDGES[name]]
    return [f"{low} – {high}" for low, high in zip(edges, [*edges[1:], ""], strict=True)]
