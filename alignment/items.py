"""What two sides may share letter by letter: numbers, beginnings of words and skeletons of names, as hashes.

Whole sides are read as arrays of code points: a loop over words in Python would take as long as the search itself.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from alignment.lattice import Floats, Ints

# Letters that stand for one another when a name changes script; what is missing here (vowels, h, w, y) is dropped.
SOUNDS = {
    letter: place
    for place, letters in enumerate(
        ("bpبپ", "fvفڤ", "tتطث", "dدضذظ", "kcqكقکx", "gjجغچ", "szسصزشç", "rر", "lل", "mم", "nن"), start=1
    )
    for letter in letters
}
_SEPARATORS = ".,٫٬"
_WORD_LETTERS, _NAME_LETTERS = 6, 12
_LEAST_WORD, _LEAST_NAME = 4, 3

_INSIDE, _OPENS, _BETWEEN = 1, 2, 3  # kinds of letters in `kernels.letters`

Codes = NDArray[np.uint32]
Table = NDArray[np.int32]
Hashes = NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Items:
    """Hashes of one side's items, sentence by sentence: those of sentence i are value[first[i] : first[i + 1]]."""

    first: Ints
    value: Hashes


@dataclass(frozen=True, slots=True)
class Shared:
    """Items of one kind that both sides have, numbered.

    Attributes:
        weight: of each item, 0 to 1; a rare one weighs more.
        source_first, source: where each source sentence's items begin, and the items; as in `Items`.
        target_first, target: the same of the target.
    """

    weight: Floats
    source_first: Ints
    source: Ints
    target_first: Ints
    target: Ints

    @classmethod
    def between(cls, source: Items, target: Items) -> Shared:
        """Keep what stands on both sides."""
        from alignment.kernels import shared

        number, other, count = shared.common_numbers(source.value, target.value)
        left, right = _kept(source, number), _kept(target, other)
        seen = shared.sentences_with(*left, count) + shared.sentences_with(*right, count)
        total = max(len(source.first) + len(target.first) - 2, 3)
        return cls(np.log(total / np.maximum(seen, 1)) / np.log(total), *left, *right)

    def of(self, i: Ints, a: Ints, j: Ints, b: Ints) -> tuple[Floats, Floats]:
        """Weight that `a` source sentences from i and `b` target sentences from j share, and what one of them lacks."""
        from alignment.kernels import shared

        if not len(self.source):
            return np.zeros(len(i)), np.zeros(len(i))
        out = shared.shared_weight(
            self.weight, self.source_first, self.source, self.target_first, self.target, i, i + a, j, j + b
        )
        return np.minimum(out[:, 0], 3.0), np.minimum(out[:, 1], 3.0)


class Letters:
    """The sentences of a side as one array of code points, with a line feed after each."""

    def __init__(self, texts: Sequence[str]) -> None:
        from alignment.kernels import letters

        joined = "\n".join([*texts, ""])
        self.codes: Codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32)
        self.count = len(texts)
        self.first: Ints = letters.line_starts(self.codes, self.count)
        self._present = np.flatnonzero(np.bincount(self.codes)) if len(self.codes) else np.zeros(0, np.int64)

    def table(self, of: Callable[[str], int]) -> Table:
        """What `of` says of each letter that there is, by its code point; asked once per distinct one."""
        table = np.zeros(int(self._present[-1]) + 1 if len(self._present) else 1, np.int32)
        table[self._present] = [of(chr(code)) for code in self._present.tolist()]
        return table

    def classed(self, of: Callable[[str], int]) -> Table:
        """What `of` says of each letter, one after the other."""
        return self.table(of)[self.codes]

    def numbers(self) -> Items:
        """Digits of each number, whatever the digits and separators."""
        digit = self.table(_digit)
        kind = np.where(digit > 0, np.int32(_OPENS), self.table(_separates))
        return self._hashed(kind, digit, 1, len(self.codes))

    def words(self) -> Items:
        """Beginnings of words without case and accents: names and cognates within a script."""
        letter = self.table(_base_letter)
        return self._hashed((letter != 0).astype(np.int32) * _OPENS, letter, _LEAST_WORD, _WORD_LETTERS)

    def names(self) -> Items:
        """Consonants of words that may be names: capitalised ones, and all of a script without capitals."""
        return self._hashed(self.table(_name_letter), self.table(_sound), _LEAST_NAME, _NAME_LETTERS, squeeze=True)

    def _hashed(self, kind: Table, sound: Table, least: int, most: int, *, squeeze: bool = False) -> Items:
        """Hashes of the first `most` sounds of each run that has at least `least` (see `kernels.letters`)."""
        from alignment.kernels import letters

        value, first = letters.run_hashes(self.codes, kind, sound, self.count, least, most, squeeze)
        return Items(first, value)


@cache
def _digit(char: str) -> int:
    return unicodedata.digit(char, -1) + 1


def _separates(char: str) -> int:
    return _BETWEEN * (char in _SEPARATORS)


@cache
def _name_letter(char: str) -> int:
    return (_INSIDE if char.islower() else _OPENS) if char.isalpha() else 0


@cache
def _sound(char: str) -> int:
    return SOUNDS.get(char.lower(), 0)


@cache
def _base_letter(char: str) -> int:
    """Its letter without case and accent, 0 for what is no letter, -1 for an accent that stands alone."""
    if unicodedata.combining(char):
        return -1
    return ord(unicodedata.normalize("NFD", char.casefold())[0]) if char.isalpha() else 0


def _kept(items: Items, number: Ints) -> tuple[Ints, Ints]:
    """Beginnings and numbers of a side's items that have a number."""
    known = number >= 0
    before = np.concatenate([[0], np.cumsum(known)])
    return before[items.first].astype(np.int64), number[known]
