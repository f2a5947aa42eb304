"""What the letters say: lengths, end marks, numbers, shared words and names of two sides, for any bead of them.

Counts are kept per sentence and added up over a bead. Words, numbers and names are hashed into short vectors of
weights, so that what two sides share is a sum of minima.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from alignment.lattice import Edges, Floats, Ints
from alignment.side import Side

_FINAL = frozenset(".!?؟…。！？:۔")
_CLOSING = "\"'”’»)]}› \u00a0\u202f\u200f\u200e*_"
_QUESTION = frozenset("?؟？")
_QUOTES = re.compile('["“”«»„]')
_DIGITS = re.compile(r"\d+(?:[.,٫٬]\d+)*")
_WORD = re.compile(r"[^\W\d_]+")
_WIDTH = 96

# Letters that stand for one another when a name changes script; what is missing here (vowels, h, w, y) is dropped.
_CONSONANTS = {
    letter: sound
    for sound, letters in {
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
    }.items()
    for letter in letters
}


@dataclass(frozen=True, slots=True)
class _SideCounts:
    """Per sentence, with a leading zero row where the counts are cumulative."""

    lengths: Floats  # cumulative characters
    open_end: NDArray[np.bool_]  # the sentence seems to go on in the next one
    question: NDArray[np.bool_]
    closed: NDArray[np.bool_]  # ends in a final mark
    quotes: Floats  # cumulative


@dataclass(frozen=True, slots=True)
class Lexical:
    """Both sides, ready to be asked about beads."""

    source: _SideCounts
    target: _SideCounts
    ratio: float
    bags: tuple[
        tuple[Floats, Floats], ...
    ]  # cumulative weights of numbers, words, names: (n + 1, width), (m + 1, width)

    @classmethod
    def of(cls, source: Side, target: Side) -> Lexical:
        """Read both sides once."""
        left, right = _counts(source.texts), _counts(target.texts)
        ratio = float(np.log(max(left.lengths[-1], 1.0) / max(right.lengths[-1], 1.0)))
        bags = tuple(_bags(source.texts, target.texts, read) for read in (_numbers, _words, _names))
        return cls(left, right, ratio, bags)

    def length_mismatch(self, edges: Edges) -> tuple[Floats, Floats]:
        """|log| of how far a bead is from the documents' ratio of lengths, at most 2; and how much that says."""
        left = np.maximum(_span(self.source.lengths, edges.i, edges.a), 1.0)
        right = np.maximum(_span(self.target.lengths, edges.j, edges.b), 1.0)
        mismatch = np.minimum(np.abs(np.log(left / right) - self.ratio), 2.0)
        return mismatch, np.minimum(np.sqrt((left + right) / 2) / 10.0, 2.5)

    def open_ends(self, edges: Edges) -> tuple[tuple[Floats, Floats], tuple[Floats, Floats]]:
        """Boundaries inside the bead that look open and that look closed; open ends at its end on one side, on both."""
        i, j, a, b = edges.i, edges.j, edges.a, edges.b
        inside = np.zeros(len(i))
        for counts, start, size in ((self.source, i, a), (self.target, j, b)):
            cumulative = np.concatenate([[0], np.cumsum(counts.open_end)])
            inside += cumulative[start + size - 1] - cumulative[start]
        left, right = self.source.open_end[i + a - 1], self.target.open_end[j + b - 1]
        before_left = np.where(i > 0, self.source.open_end[np.maximum(i - 1, 0)], False)
        before_right = np.where(j > 0, self.target.open_end[np.maximum(j - 1, 0)], False)
        one = (left != right).astype(np.float64) + (before_left != before_right)
        both = (left & right).astype(np.float64) + (before_left & before_right)
        return (inside, a + b - 2 - inside), (one, both)

    def marks(self, edges: Edges) -> tuple[Floats, Floats, Floats]:
        """Whether only one side ends in a final mark, whether only one is a question, and how far quotes differ."""
        last_left, last_right = edges.i + edges.a - 1, edges.j + edges.b - 1
        ends = self.source.closed[last_left] != self.target.closed[last_right]
        asks = self.source.question[last_left] != self.target.question[last_right]
        quotes = np.abs(_span(self.source.quotes, edges.i, edges.a) - _span(self.target.quotes, edges.j, edges.b))
        return ends.astype(np.float64), asks.astype(np.float64), np.minimum(quotes, 2.0) / 2

    def shared(self, edges: Edges) -> list[Floats]:
        """For numbers, words and names: the weight that both sides share, and the weight that one lacks."""
        columns = []
        for left, right in self.bags:
            here = left[edges.i + edges.a] - left[edges.i]
            there = right[edges.j + edges.b] - right[edges.j]
            common = np.minimum(here, there).sum(axis=1)
            apart = np.abs(here - there).sum(axis=1)
            columns += [np.minimum(common, 3.0), np.minimum(apart, 3.0)]
        return columns

    def gap_marks(self, edges: Edges) -> tuple[Floats, Floats, Floats]:
        """Of a gap's sentence: log length against the mean of its side, whether the one before is open, and itself."""
        deleted = edges.b == 0
        length, before, after = np.zeros(len(edges)), np.zeros(len(edges)), np.zeros(len(edges))
        for counts, index, which in ((self.source, edges.i, deleted), (self.target, edges.j, ~deleted)):
            at = index[which]
            mean = counts.lengths[-1] / max(len(counts.open_end), 1)
            own = counts.lengths[at + 1] - counts.lengths[at]
            length[which] = np.clip(np.log(np.maximum(own, 1.0) / max(mean, 1.0)), -2, 2)
            before[which] = np.where(at > 0, counts.open_end[np.maximum(at - 1, 0)], False)
            after[which] = counts.open_end[at]
        return length, before, after

    def gap_words(self, edges: Edges) -> Floats:
        """Weight of names, words and numbers that a gap's sentence shares with the three sentences across from it."""
        deleted = edges.b == 0
        out = np.zeros(len(edges))
        for left, right in self.bags:
            for own, other, at, across, which in (
                (left, right, edges.i, edges.j, deleted),
                (right, left, edges.j, edges.i, ~deleted),
            ):
                here = own[at[which] + 1] - own[at[which]]
                last = len(other) - 1
                there = other[np.minimum(across[which] + 1, last)] - other[np.maximum(across[which] - 1, 0)]
                out[which] += np.minimum(here, there).sum(axis=1)
        return np.minimum(out, 3.0)


def _span(cumulative: Floats, start: Ints, size: Ints) -> Floats:
    span: Floats = cumulative[start + size] - cumulative[start]
    return span


def _counts(texts: Sequence[str]) -> _SideCounts:
    lengths = np.concatenate([[0.0], np.cumsum([float(len(text)) for text in texts])])
    ends = [text.rstrip(_CLOSING)[-1:] for text in texts]
    closed = np.array([end in _FINAL for end in ends], bool)
    question = np.array([end in _QUESTION for end in ends], bool)
    lower = np.array([text[:1].islower() for text in texts], bool)
    comma = np.array([end in ",،;؛-–—" for end in ends], bool)
    # A title ends without a mark too; only what goes on in small letters or ends in a comma is surely open.
    open_end = comma | (~closed & np.append(lower[1:], False))
    uncased = np.array([_uncased(text) for text in texts], bool)
    open_end |= ~closed & uncased & np.append(uncased[1:], False) & (np.diff(lengths) > 60)
    quotes = np.concatenate([[0.0], np.cumsum([float(len(_QUOTES.findall(text))) for text in texts])])
    return _SideCounts(lengths, open_end, question, closed, quotes)


def _uncased(text: str) -> bool:
    """Whether it begins in a script without small letters, which cannot tell whether a sentence goes on."""
    return text[:1].isalpha() and text[:1].lower() == text[:1].upper()


def _bags(source: Sequence[str], target: Sequence[str], read: Callable[[str], Sequence[str]]) -> tuple[Floats, Floats]:
    """Cumulative hashed weights of the items that both documents have; a rare one weighs more."""
    left, right = [read(text) for text in source], [read(text) for text in target]
    seen_left, seen_right = _document_counts(left), _document_counts(right)
    total = len(left) + len(right)
    weights = (
        {
            item: np.log(total / (seen_left[item] + seen_right[item])) / np.log(total)
            for item in seen_left.keys() & seen_right.keys()
        }
        if total > 2
        else {}
    )
    return _cumulative(left, weights), _cumulative(right, weights)


def _document_counts(items: Sequence[Sequence[str]]) -> Counter[str]:
    return Counter(item for sentence in items for item in set(sentence))


def _cumulative(items: Sequence[Sequence[str]], weights: dict[str, float]) -> Floats:
    bag = np.zeros((len(items) + 1, _WIDTH))
    for place, sentence in enumerate(items, start=1):
        for item in sentence:
            weight = weights.get(item)
            if weight:
                bag[place, crc32(item.encode()) % _WIDTH] += weight
    return np.cumsum(bag, axis=0, out=bag)


def _numbers(text: str) -> list[str]:
    """Digits of each number, whatever the digits and separators."""
    return ["".join(str(unicodedata.digit(c)) for c in number if c.isdigit()) for number in _DIGITS.findall(text)]


def _words(text: str) -> list[str]:
    """Beginnings of words of four letters and more, without accents: names and cognates within a script."""
    plain = unicodedata.normalize("NFD", text.casefold())
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return [word[:6] for word in _WORD.findall(plain) if len(word) > 3]


def _names(text: str) -> list[str]:
    """Consonants of words that may be names: capitalised ones, and all of a script without capitals."""
    return [
        bones
        for word in _WORD.findall(text)
        if (word[0].isupper() or word.upper() == word.lower()) and len(bones := _skeleton(word)) > 2
    ]


def _skeleton(word: str) -> str:
    bones = "".join(_CONSONANTS.get(letter, "") for letter in word.lower())
    return "".join(sound for place, sound in enumerate(bones) if place == 0 or bones[place - 1] != sound)
