"""Many keys in, the few that a misspelt or transliterated name may stand for out, without looking at the others.

Two strings are one edit apart only if they share a spelling with at most one letter left out of each (Mor and Fraenkel
1982; SymSpell): so each key is filed under the fingerprints of itself and of all its one-letter deletions. The same is
done with the consonant skeletons, which brings together what sounds alike in whatever script.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from eval.names.fingerprint import Hashes, deletions
from eval.names.phonology import skeleton, sketch

_LONGEST = 48
_SHORTEST = 3
_JUDGED = 40


class Deletions:
    """Strings filed under themselves and under each of their one-letter deletions."""

    def __init__(self, strings: Sequence[str]) -> None:
        hashes, numbers = deletions(strings)
        order = np.argsort(hashes, kind="stable")
        self._hashes: Hashes = hashes[order]
        self._numbers = numbers[order]

    def near(self, string: str) -> NDArray[np.int64]:
        """Numbers of all strings at most one edit away, with some that are two away."""
        hashes, _ = deletions([string])
        begins = np.searchsorted(self._hashes, hashes, side="left")
        ends = np.searchsorted(self._hashes, hashes, side="right")
        found = [self._numbers[begin:end] for begin, end in zip(begins, ends, strict=True) if begin < end]
        return np.unique(np.concatenate(found)) if found else np.zeros(0, dtype=np.int64)


class NearIndex:
    """Finds near keys among many.

    >>> index = NearIndex(["claude", "cloud", "openai"])
    >>> index.spelt_like("cloude")
    [0, 1]
    """

    def __init__(self, keys: Sequence[str]) -> None:
        self.keys = keys

    def spelt_like(self, key: str) -> list[int]:
        """Keys at most one edit away; some that are two away come along."""
        if not _SHORTEST <= len(key) <= _LONGEST:
            return []
        return [int(number) for number in self._by_letters.near(key)]

    def sounding_like(self, name: str) -> list[int]:
        """Keys in any script whose consonants are at most one apart, those that sound most alike first."""
        from rapidfuzz import process
        from rapidfuzz.distance import Indel

        numbers = self._by_sound.near(skeleton(name))
        if not len(numbers) or len(name) > 4 * _LONGEST:
            return []
        sketches = [self._sketches[number] for number in numbers]
        scores = process.cdist([sketch(name)], sketches, scorer=Indel.normalized_similarity, dtype=np.float32)[0]
        return [int(numbers[place]) for place in np.argsort(-scores, kind="stable")[:_JUDGED]]

    @cached_property
    def _by_letters(self) -> Deletions:
        return Deletions([key if len(key) <= _LONGEST else "" for key in self.keys])

    @cached_property
    def _by_sound(self) -> Deletions:
        return Deletions([skeleton(key) for key in self.keys])

    @cached_property
    def _sketches(self) -> list[str]:
        return [sketch(key) for key in self.keys]
