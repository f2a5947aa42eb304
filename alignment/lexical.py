"""What the letters say: lengths, end marks, numbers, shared words and names of two sides, for any bead of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from alignment.items import Letters, Shared
from alignment.lattice import Edges, Floats, Ints
from alignment.side import Side

_FINAL = frozenset(".!?؟…。！？:۔")
_OPEN = frozenset(",،;؛-–—")
_CLOSING = frozenset("\"'”’»)]}› \u00a0\u202f\u200f\u200e*_")
_QUESTION = frozenset("?؟？")
_QUOTES = frozenset('"“”«»„')
# “ opens in English and closes in German, so those quotation marks only take turns.
_OPENING, _SHUTTING, _TURNING = frozenset("([{（"), frozenset(")]}）"), frozenset('"“”„')
_GUILLEMETS = {"«": 1, "»": -1, "「": 1, "」": -1}
_LOWER, _UNCASED = 1, 2
_LETTERS = 4  # a line with fewer letters says nothing
_TITLE = 60  # letters; a longer line without a final mark is no title


@dataclass(frozen=True, slots=True)
class Marks:
    """Counts per sentence of one side; lengths, quotes, brackets and speech are cumulative, with a leading zero."""

    lengths: Floats
    quotes: Floats
    open_end: NDArray[np.bool_]  # the sentence seems to go on in the next one
    open_before: Ints  # cumulative open ends
    question: NDArray[np.bool_]
    closed: NDArray[np.bool_]  # ends in a final mark
    brackets: Ints  # opened less closed
    speech: Ints  # another number where a quotation is open
    empty: NDArray[np.bool_]  # hardly a letter


@dataclass(frozen=True, slots=True)
class Lexical:
    """Both sides, ready to be asked about beads."""

    source: Marks
    target: Marks
    ratio: float
    items: tuple[Shared, ...]

    @classmethod
    def of(cls, source: Side, target: Side) -> Lexical:
        """Read both sides once."""
        here, there = Letters(source.texts), Letters(target.texts)
        left, right = _marks(here), _marks(there)
        ratio = float(np.log(max(left.lengths[-1], 1.0) / max(right.lengths[-1], 1.0)))
        items = (
            Shared.between(here.numbers(), there.numbers()),
            Shared.between(here.words(), there.words()),
            Shared.between(here.names(), there.names()),
        )
        return cls(left, right, ratio, items)

    def length_mismatch(self, edges: Edges) -> tuple[Floats, Floats]:
        """|log| of how far a bead is from the documents' ratio of lengths, at most 2; and how much that says."""
        left = np.maximum(self.source.lengths[edges.i + edges.a] - self.source.lengths[edges.i], 1.0)
        right = np.maximum(self.target.lengths[edges.j + edges.b] - self.target.lengths[edges.j], 1.0)
        mismatch = np.minimum(np.abs(np.log(left / right) - self.ratio), 2.0)
        return mismatch, np.minimum(np.sqrt((left + right) / 2) / 10.0, 2.5)

    def open_ends(self, edges: Edges) -> list[Floats]:
        """Open and closed ends inside the bead; borders of it that are open on one side, and on both."""
        i, j, k, c = edges.i, edges.j, edges.i + edges.a, edges.j + edges.b
        left, right = self.source.open_before, self.target.open_before
        inside = (left[k - 1] - left[i] + right[c - 1] - right[j]).astype(np.float64)
        last_left, last_right = self.source.open_end[k - 1], self.target.open_end[c - 1]
        before_left = (i > 0) & self.source.open_end[np.maximum(i - 1, 0)]
        before_right = (j > 0) & self.target.open_end[np.maximum(j - 1, 0)]
        one = (last_left != last_right).astype(np.float64) + (before_left != before_right)
        both = (last_left & last_right).astype(np.float64) + (before_left & before_right)
        return [inside, edges.a + edges.b - 2 - inside, one, both]

    def end_marks(self, edges: Edges) -> list[Floats]:
        """Whether only one side ends in a final mark, whether only one asks, and how far the quotes differ."""
        i, j, k, c = edges.i, edges.j, edges.i + edges.a, edges.j + edges.b
        ends = self.source.closed[k - 1] != self.target.closed[c - 1]
        asks = self.source.question[k - 1] != self.target.question[c - 1]
        left, right = self.source.quotes, self.target.quotes
        quotes = np.abs((left[k] - left[i]) - (right[c] - right[j]))
        return [ends.astype(np.float64), asks.astype(np.float64), np.minimum(quotes, 2.0) / 2]

    def enclosed(self, edges: Edges) -> list[Floats]:
        """Whether one side cuts through brackets, whether both do; the same of quotations. A gap has one side only."""
        i, j, k, c = edges.i, edges.j, edges.i + edges.a, edges.j + edges.b
        columns: list[Floats] = []
        for left, right in ((self.source.brackets, self.target.brackets), (self.source.speech, self.target.speech)):
            cut_left, cut_right = left[k] != left[i], right[c] != right[j]
            columns += [(cut_left != cut_right).astype(np.float64), (cut_left & cut_right).astype(np.float64)]
        return columns

    def shared(self, edges: Edges) -> list[Floats]:
        """For numbers, words and names: the weight that both sides share, and the weight that one lacks."""
        return [column for items in self.items for column in items.of(edges.i, edges.a, edges.j, edges.b)]

    def gap_marks(self, edges: Edges) -> list[Floats]:
        """Of a gap's sentence: log length against the mean of its side, whether the one before is open, and itself."""
        deleted = edges.b == 0
        length, before, after = np.zeros(len(edges)), np.zeros(len(edges)), np.zeros(len(edges))
        for marks, index, which in ((self.source, edges.i, deleted), (self.target, edges.j, ~deleted)):
            at = index[which]
            mean = marks.lengths[-1] / max(len(marks.open_end), 1)
            own = marks.lengths[at + 1] - marks.lengths[at]
            length[which] = np.clip(np.log(np.maximum(own, 1.0) / max(mean, 1.0)), -2, 2)
            before[which] = (at > 0) & marks.open_end[np.maximum(at - 1, 0)]
            after[which] = marks.open_end[at]
        return [length, np.asarray(length < -1.0, np.float64), before, after]

    def gap_empty(self, edges: Edges) -> Floats:
        """Whether a gap's sentence has hardly a letter."""
        deleted = edges.b == 0
        empty = np.zeros(len(edges))
        empty[deleted] = self.source.empty[edges.i[deleted]]
        empty[~deleted] = self.target.empty[edges.j[~deleted]]
        return empty

    def gap_items(self, edges: Edges) -> Floats:
        """Weight of numbers, words and names that a gap's sentence shares with the two sentences across from it."""
        deleted = edges.b == 0
        i, a = _around(edges.i, deleted, len(self.source.open_end))
        j, b = _around(edges.j, ~deleted, len(self.target.open_end))
        return np.minimum(sum((items.of(i, a, j, b)[0] for items in self.items), np.zeros(len(edges))), 3.0)


def _around(index: Ints, own: NDArray[np.bool_], size: int) -> tuple[Ints, Ints]:
    """The sentence itself on its own side, the one before and the one after the gap on the other."""
    first = np.where(own, index, np.maximum(index - 1, 0))
    last = np.where(own, index + 1, np.minimum(index + 1, size))
    return first, last - first


def _marks(letters: Letters) -> Marks:
    from alignment.kernels.letters import line_marks, line_sums

    tables = [letters.table(of) for of in (_quote, _closing, _ending, _beginning)]
    quotes, end, begins = line_marks(letters.codes, letters.first, *tables)
    lengths = letters.first - np.arange(letters.count + 1.0)
    closed = end > 0
    lower, uncased = begins == _LOWER, begins == _UNCASED
    # A title ends without a mark too; only what goes on in small letters or ends in a comma is surely open.
    open_end = (end < 0) | (~closed & np.append(lower[1:], False))
    open_end |= ~closed & uncased & np.append(uncased[1:], False) & (np.diff(lengths) > _TITLE)
    quoted, opens = np.concatenate([[0.0], np.cumsum(quotes)]), np.concatenate([[0], np.cumsum(open_end)])
    steps = np.stack([letters.table(of) for of in (_bracket, _guillemet, _turning, _letter)], axis=1)
    sums = line_sums(letters.codes, letters.first, steps)
    brackets, guillemets, turns = np.concatenate([np.zeros((1, 3), np.int64), np.cumsum(sums[:, :3], axis=0)]).T
    empty = sums[:, 3] < _LETTERS
    return Marks(lengths, quoted, open_end, opens, end > 1, closed, brackets, 2 * guillemets + turns % 2, empty)


def _bracket(char: str) -> int:
    return int(char in _OPENING) - int(char in _SHUTTING)


def _guillemet(char: str) -> int:
    return _GUILLEMETS.get(char, 0)


def _turning(char: str) -> int:
    return int(char in _TURNING)


def _letter(char: str) -> int:
    return int(char.isalpha())


def _quote(char: str) -> int:
    return int(char in _QUOTES)


def _closing(char: str) -> int:
    return int(char in _CLOSING)


def _ending(char: str) -> int:
    """2 for what ends a question, 1 for what ends a sentence, -1 for what cannot."""
    return 2 if char in _QUESTION else 1 if char in _FINAL else -int(char in _OPEN)


def _beginning(char: str) -> int:
    """Whether a letter is small, or of a script without small letters, which cannot tell whether a sentence goes on."""
    if char.islower():
        return _LOWER
    return _UNCASED if char.isalpha() and char.lower() == char.upper() else 0
