"""What the letters say: lengths, end marks, numbers, shared words and names of two sides, for any bead of them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from alignment.lattice import Edges, Floats, Ints
from alignment.side import Side

_FINAL = frozenset(".!?؟…。！？:۔")
_OPEN = frozenset(",،;؛-–—")
_CLOSING = "\"'”’»)]}› \u00a0\u202f\u200f\u200e*_"
_QUESTION = frozenset("?؟？")
_QUOTES = re.compile('["“”«»„]')
_DIGITS = re.compile(r"\d+(?:[.,٫٬]\d+)*")
_BEGINNING = re.compile(r"(?<![^\W_])[^\W\d_]{4,6}")  # of a word of four letters or more
_ACCENTS = re.compile("[\u0300-\u036f]+")
_MAYBE_NAME = re.compile(r"\b[^\W\d_a-zß-öø-ÿ][^\W\d_]{2,}")

# Letters that stand for one another when a name changes script; what is missing here (vowels, h, w, y) is dropped.
_SOUNDS = {
    "p": "bpبپ",
    "f": "fvفڤ",
    "t": "tتطث",
    "d": "dدضذظ",
    "k": "kcqكقکx",
    "g": "gjجغچ",
    "s": "szسصزشç",
    "r": "rر",
    "l": "lل",
    "m": "mم",
    "n": "nن",
    "\n": "\n",
}


class _Skeleton(dict[int, str]):
    """A translation table that drops every letter without an entry."""

    def __missing__(self, key: int) -> str:
        return ""


_SKELETON = _Skeleton({ord(letter): sound for sound, letters in _SOUNDS.items() for letter in letters})


@dataclass(frozen=True, slots=True)
class Marks:
    """Counts per sentence of one side; lengths and quotes are cumulative, with a leading zero."""

    lengths: Floats
    quotes: Floats
    open_end: NDArray[np.bool_]  # the sentence seems to go on in the next one
    open_before: Ints  # cumulative open ends
    question: NDArray[np.bool_]
    closed: NDArray[np.bool_]  # ends in a final mark


@dataclass(frozen=True, slots=True)
class Shared:
    """Items of one kind that both sides have: numbers, words or names.

    Attributes:
        weight: of each item, 0 to 1; a rare one weighs more.
        source_first, target_first: where each sentence's items begin (n + 1,), (m + 1,).
        source, target: the items, as numbers, sentence by sentence.
    """

    weight: Floats
    source_first: Ints
    source: Ints
    target_first: Ints
    target: Ints

    def of(self, i: Ints, a: Ints, j: Ints, b: Ints) -> tuple[Floats, Floats]:
        """Weight that a source and a target sentences from i and j share, and weight that one side lacks."""
        from alignment import kernels

        if not len(self.source) or not len(self.target):
            return np.zeros(len(i)), np.zeros(len(i))
        out = kernels.shared_weight(
            self.weight, self.source_first, self.source, self.target_first, self.target, i, i + a, j, j + b
        )
        return np.minimum(out[:, 0], 3.0), np.minimum(out[:, 1], 3.0)


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
        left, right = _marks(source.texts), _marks(target.texts)
        ratio = float(np.log(max(left.lengths[-1], 1.0) / max(right.lengths[-1], 1.0)))
        items = tuple(_shared(read(source.texts), read(target.texts)) for read in (_numbers, _words, _names))
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


def _marks(texts: Sequence[str]) -> Marks:
    lengths = np.concatenate([[0.0], np.cumsum([float(len(text)) for text in texts])])
    ends = [text.rstrip(_CLOSING)[-1:] for text in texts]
    closed = np.array([end in _FINAL for end in ends], bool)
    question = np.array([end in _QUESTION for end in ends], bool)
    lower = np.array([text[:1].islower() for text in texts], bool)
    uncased = np.array([_uncased(text[:1]) for text in texts], bool)
    # A title ends without a mark too; only what goes on in small letters or ends in a comma is surely open.
    open_end = np.array([end in _OPEN for end in ends], bool) | (~closed & np.append(lower[1:], False))
    open_end |= ~closed & uncased & np.append(uncased[1:], False) & (np.diff(lengths) > 60)
    quotes = np.concatenate([[0.0], np.cumsum([float(len(_QUOTES.findall(text))) for text in texts])])
    return Marks(lengths, quotes, open_end, np.concatenate([[0], np.cumsum(open_end)]), question, closed)


def _uncased(letter: str) -> bool:
    """Whether it is of a script without small letters, which cannot tell whether a sentence goes on."""
    return letter.isalpha() and letter.lower() == letter.upper()


def _shared(source: Sequence[Sequence[str]], target: Sequence[Sequence[str]]) -> Shared:
    """Number the items that both sides have."""
    common = set().union(*source) & set().union(*target)
    number = {item: place for place, item in enumerate(sorted(common))}
    left, right = _numbered(source, number), _numbered(target, number)
    seen = np.zeros(len(number))
    for first, items in (left, right):
        sentence = np.repeat(np.arange(len(first) - 1), np.diff(first))
        distinct = np.unique(sentence * max(len(number), 1) + items)
        seen += np.bincount(distinct % max(len(number), 1), minlength=len(number))[: len(number)]
    total = max(len(source) + len(target), 3)
    weight = np.log(total / np.maximum(seen, 1)) / np.log(total)
    return Shared(weight, *left, *right)


def _numbered(sentences: Sequence[Sequence[str]], number: dict[str, int]) -> tuple[Ints, Ints]:
    known = [[number[item] for item in items if item in number] for items in sentences]
    first = np.concatenate([[0], np.cumsum([len(items) for items in known])]).astype(np.int64)
    return first, np.array([item for items in known for item in items], np.int64)


def _numbers(texts: Sequence[str]) -> list[list[str]]:
    """Digits of each number, whatever the digits and separators."""
    return [
        ["".join(str(unicodedata.digit(c)) for c in number if c.isdigit()) for number in _DIGITS.findall(text)]
        for text in texts
    ]


def _words(texts: Sequence[str]) -> list[list[str]]:
    """Beginnings of words without accents: names and cognates within a script."""
    plain = _ACCENTS.sub("", unicodedata.normalize("NFD", "\n".join(texts).casefold()))
    return [_BEGINNING.findall(line) for line in _lines(plain, len(texts))]


def _names(texts: Sequence[str]) -> list[list[str]]:
    """Consonants of words that may be names: capitalised ones, and all of a script without capitals."""
    words = [_MAYBE_NAME.findall(text) for text in texts]
    bones = "\n".join(word for line in words for word in line).lower().translate(_SKELETON).split("\n")
    place, out = 0, []
    for line in words:
        out.append([name for name in bones[place : place + len(line)] if len(name) > 2])
        place += len(line)
    return out


def _lines(joined: str, count: int) -> list[str]:
    return joined.split("\n") if count else []
