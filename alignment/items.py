"""What two sides may share letter by letter: numbers, beginnings of words and skeletons of names, as hashes.

Whole sides are read as arrays of code points: a loop over words in Python would take as long as the search itself.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

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

Codes = NDArray[np.int64]
Hashes = NDArray[np.uint64]
Flags = NDArray[np.bool_]


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
        common = np.intersect1d(source.value, target.value)
        left, right = _numbered(source, common), _numbered(target, common)
        seen = _sentences_with(*left, len(common)) + _sentences_with(*right, len(common))
        total = max(len(source.first) + len(target.first) - 2, 3)
        return cls(np.log(total / np.maximum(seen, 1)) / np.log(total), *left, *right)

    def of(self, i: Ints, a: Ints, j: Ints, b: Ints) -> tuple[Floats, Floats]:
        """Weight that `a` source sentences from i and `b` target sentences from j share, and what one of them lacks."""
        from alignment import kernels

        if not len(self.source):
            return np.zeros(len(i)), np.zeros(len(i))
        out = kernels.shared_weight(
            self.weight, self.source_first, self.source, self.target_first, self.target, i, i + a, j, j + b
        )
        return np.minimum(out[:, 0], 3.0), np.minimum(out[:, 1], 3.0)


class Letters:
    """The sentences of a side as one array of code points, with a line feed after each."""

    def __init__(self, texts: Sequence[str]) -> None:
        joined = "\n".join([*texts, ""])
        self.codes: Codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.int64)
        self.sentence: Ints = np.cumsum(self.codes == ord("\n")) - (self.codes == ord("\n"))
        self.count = len(texts)
        self._present = np.flatnonzero(np.bincount(self.codes)) if len(self.codes) else np.zeros(0, np.int64)

    def classed(self, of: Callable[[str], int]) -> Ints:
        """What `of` says of each letter, asked once per distinct one."""
        table = np.zeros(int(self._present[-1]) + 1 if len(self._present) else 1, np.int64)
        table[self._present] = [of(chr(code)) for code in self._present.tolist()]
        return table[self.codes]

    def numbers(self) -> Items:
        """Digits of each number, whatever the digits and separators."""
        digit = self.classed(lambda c: unicodedata.digit(c, -1) + 1)
        separator = self.classed(lambda c: int(c in _SEPARATORS)) > 0
        near = np.concatenate([[False], digit > 0, [False]])
        inside = (digit > 0) | (separator & near[:-2] & near[2:])
        return self._hashed(inside, inside, digit, 1, len(self.codes))

    def words(self) -> Items:
        """Beginnings of words without case and accents: names and cognates within a script."""
        letter = self.classed(_base_letter)
        inside = letter != 0
        return self._hashed(inside, inside, np.maximum(letter, 0), _LEAST_WORD, _WORD_LETTERS)

    def names(self) -> Items:
        """Consonants of words that may be names: capitalised ones, and all of a script without capitals."""
        letter = self.classed(lambda c: int(c.isalpha()) * (1 + int(c.islower()))) if self.count else self.codes
        sound = self.classed(lambda c: SOUNDS.get(c.lower(), 0))
        return self._hashed(letter > 0, letter == 1, sound, _LEAST_NAME, _NAME_LETTERS, squeeze=True)

    def _hashed(
        self, inside: Flags, opens: Flags, code: Ints, least: int, most: int, *, squeeze: bool = False
    ) -> Items:
        """Hashes of the first `most` codes of each run that has at least `least`; zeros in it do not count.

        A run is letters `inside` that follow each other; only one that begins with a letter that `opens` counts.
        """
        from alignment import kernels

        value, sentence = kernels.run_hashes(inside, opens, code, self.sentence, least, most, squeeze)
        return Items(np.searchsorted(sentence, np.arange(self.count + 1)).astype(np.int64), value)


def _base_letter(char: str) -> int:
    """Its letter without case and accent, 0 for what is no letter, -1 for an accent that stands alone."""
    if unicodedata.combining(char):
        return -1
    return ord(unicodedata.normalize("NFD", char.casefold())[0]) if char.isalpha() else 0


def _numbered(items: Items, common: Hashes) -> tuple[Ints, Ints]:
    """Beginnings and numbers of a side's items that are in `common`."""
    if not len(common):
        return np.zeros(len(items.first), np.int64), np.zeros(0, np.int64)
    place = np.minimum(np.searchsorted(common, items.value), len(common) - 1)
    known = common[place] == items.value
    before = np.concatenate([[0], np.cumsum(known)])
    return before[items.first].astype(np.int64), place[known].astype(np.int64)


def _sentences_with(first: Ints, items: Ints, count: int) -> Ints:
    """In how many sentences each item stands."""
    sentence = np.repeat(np.arange(len(first) - 1), np.diff(first))
    distinct = np.unique(sentence * max(count, 1) + items)
    return np.bincount(distinct % max(count, 1), minlength=count)[:count].astype(np.int64)
