"""Similarity of letters: texts of one language in, vectors of their character 4-grams out, for all windows.

For a bridge (the source re-translated into the target's language) beside the encoder's vectors, and where the encoder
does not know a language. Grams are hashed into buckets, and a bucket that many sentences share weighs little.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from alignment.items import Letters
from alignment.spans import SpanVectors, Vectors

_GRAM = 4
_BUCKETS = 1024
_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
_SHIFT = np.uint64(54)  # 64 bits less those of a bucket's number


@dataclass(frozen=True, slots=True)
class AddedSpans:
    """Spans whose vectors are the normalised sums of their sentences' vectors."""

    sentences: NDArray[np.floating]
    longest: int

    def __len__(self) -> int:
        return len(self.sentences)

    def block(self, start: int, stop: int, sizes: int) -> Vectors:
        """See `SpanVectors.block`."""
        n, width = self.sentences.shape
        out = np.zeros((stop - start, sizes, width), np.float32)
        total = self.sentences[start:stop].astype(np.float32)
        for size in range(1, sizes + 1):
            fits = max(0, min(stop, n - size + 1) - start)
            if size > 1:
                total[:fits] += self.sentences[start + size - 1 : start + size - 1 + fits]
            norms = np.sqrt(np.einsum("ij,ij->i", total[:fits], total[:fits]))
            out[:fits, size - 1] = total[:fits] / np.maximum(norms, 1e-6)[:, None]
        return out


@dataclass(frozen=True, slots=True)
class JoinedSpans:
    """Two kinds of evidence as one: the cosine of joined vectors is the weighted mean of both cosines."""

    first: SpanVectors
    second: SpanVectors
    share: float  # of the second

    @property
    def longest(self) -> int:
        """Most sentences in a span."""
        return min(self.first.longest, self.second.longest)

    def __len__(self) -> int:
        return len(self.first)

    def block(self, start: int, stop: int, sizes: int) -> Vectors:
        """See `SpanVectors.block`."""
        left = self.first.block(start, stop, sizes) * np.float32(np.sqrt(1 - self.share))
        right = self.second.block(start, stop, sizes) * np.float32(np.sqrt(self.share))
        return np.concatenate([left, right], axis=2)


def surface_spans(source: Sequence[str], target: Sequence[str], longest: int) -> tuple[AddedSpans, AddedSpans]:
    """Span vectors of both sides by their letters, on one scale."""
    left, right = _counts(source), _counts(target)
    present = (left > 0).sum(axis=0) + (right > 0).sum(axis=0)
    rarity = np.log((len(left) + len(right) + 1) / (present + 1)).astype(np.float32)
    return AddedSpans(left * rarity, longest), AddedSpans(right * rarity, longest)


def _counts(texts: Sequence[str]) -> NDArray[np.float32]:
    """How often each sentence has the grams of each bucket, damped."""
    letters = Letters(texts)
    plain = letters.classed(_plain)
    kept = np.flatnonzero(plain)
    # A run of anything but letters and digits counts as one space.
    code = plain[kept]
    kept = kept[~((code == 1) & (np.concatenate([[0], code[:-1]]) == 1))] if len(kept) else kept
    counts = np.zeros((len(texts), _BUCKETS), np.float32)
    if len(kept) < _GRAM:
        return counts
    code = plain[kept].astype(np.uint64)
    sentence = np.repeat(np.arange(letters.count), np.diff(letters.first))[kept]
    gram = np.zeros(len(kept) - _GRAM + 1, np.uint64)
    for offset in range(_GRAM):
        gram = (gram + code[offset : offset + len(gram)]) * _MULTIPLIER
    whole = sentence[: len(gram)] == sentence[_GRAM - 1 :]
    np.add.at(counts, (sentence[: len(gram)][whole], (gram[whole] >> _SHIFT).astype(np.int64)), 1.0)
    return np.log1p(counts)


def _plain(char: str) -> int:
    """Letter without case and accent, digit as its value, 1 for what separates, 0 for an accent."""
    if unicodedata.combining(char):
        return 0
    if char.isdigit():
        return ord(str(unicodedata.digit(char, 0)))
    return ord(unicodedata.normalize("NFD", char.casefold())[0]) if char.isalpha() else 1
