"""Words of two sides in, how alike their letters are out: the same word, a cognate, or a name in another script."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from alignment.items import SOUNDS
from alignment.lattice import Floats
from corpora.script import fold

_LONG, _LONG_SAME, _SHORT_SAME = 3, 0.95, 0.6  # short words are often the same by chance
_LEAST_COGNATE, _LEAST_CONSONANTS = 4, 2
_COGNATE, _NAME = 0.9, 0.85  # what alike letters and alike consonants say, at most
_CHANCE = 0.5  # any two words are so much alike


def likeness(left: Sequence[str], right: Sequence[str]) -> tuple[Floats, NDArray[np.bool_]]:
    """How alike each pair is, 0 to 1, and which pairs are two different numbers; both (left, right)."""
    here, there = ([fold(word, case=True).text for word in side] for side in (left, right))
    alike = np.maximum(_same(here, there), np.maximum(_cognates(here, there), _names(here, there)))
    digits, others = ([_digits(word) for word in side] for side in (here, there))
    equal = np.array([[one == other for other in others] for one in digits], bool).reshape(alike.shape)
    number = np.logical_or.outer(np.array(digits, bool), np.array(others, bool))
    return np.where(number, equal.astype(np.float64), alike), number & ~equal


def _same(left: Sequence[str], right: Sequence[str]) -> Floats:
    worth = np.array([_LONG_SAME if len(word) >= _LONG else _SHORT_SAME for word in left])
    equal = np.array([[one == other for other in right] for one in left], bool).reshape(len(left), len(right))
    same: Floats = equal * worth[:, None]
    return same


def _cognates(left: Sequence[str], right: Sequence[str]) -> Floats:
    from rapidfuzz.distance import Levenshtein
    from rapidfuzz.process import cdist

    ratio = cdist(list(left), list(right), scorer=Levenshtein.normalized_similarity).astype(np.float64)
    long = np.logical_and.outer(*([len(word) >= _LEAST_COGNATE for word in side] for side in (left, right)))
    return np.where(long, _COGNATE * _beyond_chance(ratio), 0.0)


def _names(left: Sequence[str], right: Sequence[str]) -> Floats:
    """Of two scripts, by consonants: nothing but a name has the same ones in both."""
    from rapidfuzz.distance import Levenshtein
    from rapidfuzz.process import cdist

    bare, others = ([_consonants(word) for word in side] for side in (left, right))
    ratio = cdist(bare, others, scorer=Levenshtein.normalized_similarity).astype(np.float64)
    long = np.logical_and.outer(*([len(word) >= _LEAST_CONSONANTS for word in side] for side in (bare, others)))
    two_scripts = np.not_equal.outer(*(np.array([word.isascii() for word in side], bool) for side in (left, right)))
    return np.where(long & two_scripts, _NAME * _beyond_chance(ratio), 0.0)


def _beyond_chance(ratio: Floats) -> Floats:
    beyond: Floats = np.maximum(ratio - _CHANCE, 0.0) / (1 - _CHANCE)
    return beyond


def _digits(word: str) -> str:
    return "".join(char for char in word if char.isdecimal())


def _consonants(word: str) -> str:
    """The consonants that survive a change of script, a letter each, doubled ones once."""
    found: list[str] = []
    for char in word:
        sound = SOUNDS.get(char)
        if sound is not None and (not found or found[-1] != chr(sound + 96)):
            found.append(chr(sound + 96))
    return "".join(found)
