"""Articles and what ties them in, a split for each out: tied articles never fall into different splits.

A group's split follows from a hash of its source alone, so it does not move when other articles come. Where an earlier
dataset is known its articles keep their splits; a new article that would tie two splits together gets none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

SPLITS: Final = ("train", "validation", "test")


@dataclass(frozen=True, slots=True)
class SplitSettings:
    """How much of the dataset each split gets, in groups of articles.

    Attributes:
        validation, test: shares of the groups, 0 to 1; the rest is for training.
        seed: another one gives other splits.
    """

    validation: float = 0.05
    test: float = 0.05
    seed: int = 0

    def __post_init__(self) -> None:
        if min(self.validation, self.test) < 0 or self.validation + self.test >= 1:
            raise ValueError("validation and test must not be negative, and leave something for training")


def assign(
    keys: Sequence[str],
    sources: Sequence[bool],
    ties: Iterable[tuple[int, int]],
    settings: SplitSettings,
    earlier: Mapping[str, str] | None = None,
) -> list[str | None]:
    """The split of each article; None for one that bridges splits.

    Args:
        keys: hashes of the articles' content; equal ones are tied.
        sources: whether the article is a source: the hash of a group's (first) source decides its split.
        ties: pairs of articles that must not be parted: source and translation, near-duplicates.
        earlier: splits by key that are kept.
    """
    earlier = earlier or {}
    neighbours = _neighbours(keys, ties)
    splits: list[str | None] = [earlier.get(key) for key in keys]
    for group in _components(neighbours):
        known = {split for index in group if (split := splits[index]) is not None}
        if len(known) > 1:
            _one_by_one(group, keys, sources, neighbours, splits, settings)
            continue
        anchors = [keys[index] for index in group if sources[index]] or [keys[index] for index in group]
        split = next(iter(known)) if known else _hashed(min(anchors), settings)
        for index in group:
            splits[index] = split
    return splits


def _neighbours(keys: Sequence[str], ties: Iterable[tuple[int, int]]) -> list[set[int]]:
    found: list[set[int]] = [set() for _ in keys]
    places: dict[str, int] = {}
    same = [(places.setdefault(key, index), index) for index, key in enumerate(keys)]
    for one, other in [*ties, *same]:
        if one != other:
            found[one].add(other)
            found[other].add(one)
    return found


def _components(neighbours: Sequence[set[int]]) -> list[list[int]]:
    seen: set[int] = set()
    components = []
    for start in range(len(neighbours)):
        if start in seen:
            continue
        seen.add(start)
        group, waiting = [], [start]
        while waiting:
            index = waiting.pop()
            group.append(index)
            fresh = neighbours[index] - seen
            seen |= fresh
            waiting.extend(fresh)
        components.append(sorted(group))
    return components


def _one_by_one(
    group: Sequence[int],
    keys: Sequence[str],
    sources: Sequence[bool],
    neighbours: Sequence[set[int]],
    splits: list[str | None],
    settings: SplitSettings,
) -> None:
    """New articles of a group that stands in several splits already: each goes where its neighbours are, if they agree.

    The old ones are placed already, so a later run with the same articles comes to the same end.
    """
    new = [index for index in group if splits[index] is None]
    by_key: dict[str, list[int]] = defaultdict(list)
    for index in sorted(new, key=lambda index: (not sources[index], keys[index], index)):
        by_key[keys[index]].append(index)
    for key, copies in by_key.items():
        around = {split for index in copies for other in neighbours[index] if (split := splits[other]) is not None}
        if len(around) < 2:
            for index in copies:
                splits[index] = next(iter(around)) if around else _hashed(key, settings)


def _hashed(key: str, settings: SplitSettings) -> str:
    place = int.from_bytes(sha256(f"{settings.seed}:{key}".encode()).digest()[:8], "big") / 2**64
    if place < settings.test:
        return "test"
    return "validation" if place < settings.test + settings.validation else "train"
