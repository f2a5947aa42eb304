"""Texts in, signatures out; signatures in, which of them are nearly the same out. Deterministic, in linear memory.

MinHash (Broder 1997) over hashed character n-grams, candidates by locality-sensitive hashing of bands of the signature,
judged by the share of the signature that agrees. All of it is array arithmetic: hashing, permutations and banding take
about 100 µs a sentence pair, and no index is built – each band is sorted once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import numpy as np
import numpy.typing as npt

Signatures = npt.NDArray[np.uint32]
PERMUTATIONS: Final = 128
_SEED: Final = 20_240_607
_BLOCK: Final = 1 << 16
_COLUMNS: Final = 4096
_MIX: Final = (np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB))  # splitmix64's finaliser


@dataclass(frozen=True, slots=True)
class Likeness:
    """What counts as nearly the same.

    Attributes:
        ngram: characters that are hashed together.
        bands: into how many bands of `PERMUTATIONS // bands` rows a signature is cut; more find less similar texts.
        threshold: Jaccard similarity of the n-grams from which two texts are the same.
    """

    ngram: int
    bands: int
    threshold: float


# Sentences share many short n-grams by chance, articles hardly any long one.
SENTENCES: Final = Likeness(ngram=5, bands=32, threshold=0.8)
ARTICLES: Final = Likeness(ngram=16, bands=64, threshold=0.3)


def signature(texts: Sequence[str], ngram: int) -> Signatures:
    """The MinHash signature (128,) of some texts together: of both sides of a pair, or of one article.

    The same n-gram counts differently in the first text and in the second one.
    """
    hashes = np.concatenate([_ngrams(text, ngram) for text in texts])
    for shift, factor in zip((30, 27), _MIX, strict=True):
        hashes ^= hashes >> np.uint64(shift)
        hashes *= factor
    hashes ^= hashes >> np.uint64(31)
    at = 0
    for side, text in enumerate(texts):
        count = _count(text, ngram)
        hashes[at : at + count] *= np.uint64(2 * side + 1)
        at += count
    short = (hashes >> np.uint64(32)).astype(np.uint32)
    factors, shifts = _permutations()
    lowest: Signatures = np.full(PERMUTATIONS, np.iinfo(np.uint32).max, np.uint32)
    for start in range(0, len(short), _COLUMNS):
        part = short[start : start + _COLUMNS, None] * factors
        part += shifts
        np.minimum(lowest, part.min(axis=0), out=lowest)
    return lowest


def _count(text: str, ngram: int) -> int:
    """How many n-grams a text has; one where it is shorter than that, or empty."""
    return max(len(text) - ngram + 1, 1)


def _ngrams(text: str, ngram: int) -> npt.NDArray[np.uint64]:
    """A polynomial in the code points of each n-gram, or of the whole text where it is shorter."""
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.uint64)
    points += np.uint64(1)
    count = _count(text, ngram)
    hashes = np.zeros(count, np.uint64)
    for place in range(min(ngram, len(points))):
        hashes *= np.uint64(0x100000001B3)
        hashes += points[place : place + count]
    return hashes


@cache
def _permutations() -> tuple[Signatures, Signatures]:
    """Odd factors and shifts: `hash · factor + shift` modulo 2³² orders the hashes anew."""
    generator = np.random.Generator(np.random.PCG64(_SEED))
    factors = generator.integers(0, 2**31, PERMUTATIONS, np.uint32) * np.uint32(2) + np.uint32(1)
    return factors, generator.integers(0, 2**32, PERMUTATIONS, np.uint32)


def near(signatures: Signatures, likeness: Likeness) -> npt.NDArray[np.int64]:
    """Pairs `(i, j)`, i < j, of signatures (n, 128) that are nearly the same: (pairs, 2), in order.

    Of many texts that share a band each is compared with the first and with the one before it, which keeps the work
    linear; texts that are all alike are all found.
    """
    count = len(signatures)
    seen = np.zeros(0, np.int64)
    rows = PERMUTATIONS // likeness.bands
    for band in range(likeness.bands):
        pairs = _sharing(signatures[:, band * rows : (band + 1) * rows])
        fresh = np.setdiff1d(pairs[:, 0] * count + pairs[:, 1], seen)
        alike = [fresh[:0]]
        for start in range(0, len(fresh), _BLOCK):
            block = fresh[start : start + _BLOCK]
            agreed = (signatures[block // count] == signatures[block % count]).mean(axis=1)
            alike.append(block[agreed >= likeness.threshold])
        seen = np.union1d(seen, np.concatenate(alike))
    return np.stack([seen // max(count, 1), seen % max(count, 1)], axis=1)


def _sharing(band: Signatures) -> npt.NDArray[np.int64]:
    """Pairs of rows that are equal in a band: each row of a run with the run's first, and with the one before it."""
    keys = np.zeros(len(band), np.uint64)
    for column in band.T:
        keys = (keys ^ column) * _MIX[0]
        keys ^= keys >> np.uint64(29)
    order = np.argsort(keys, kind="stable")
    ordered = keys[order]
    same = np.flatnonzero(ordered[1:] == ordered[:-1]) + 1
    starts = np.maximum.accumulate(np.where(np.r_[True, ordered[1:] != ordered[:-1]], np.arange(len(order)), 0))
    pairs: npt.NDArray[np.int64] = np.concatenate(
        [np.stack([order[starts[same]], order[same]], 1), np.stack([order[same - 1], order[same]], 1)]
    ).astype(np.int64)
    return pairs


def keep_best(
    keys: Sequence[bytes], signatures: Signatures, qualities: Sequence[Any], likeness: Likeness = SENTENCES
) -> dict[int, tuple[str, int]]:
    """Which texts go, why (`duplicate`, `near_duplicate`), and for which one that stays.

    Args:
        keys: equal for texts that are exactly the same.
        qualities: what the best has most of; of equals the first stays.
    """
    order = sorted(range(len(keys)), key=lambda index: qualities[index], reverse=True)
    dropped: dict[int, tuple[str, int]] = {}
    first: dict[bytes, int] = {}
    for index in order:
        kept = first.setdefault(keys[index], index)
        if kept != index:
            dropped[index] = ("duplicate", kept)
    left = np.array([index for index in order if index not in dropped], np.int64)
    if len(left):
        for better, worse in _pairs(near(signatures[left], likeness), left):
            if better not in dropped and worse not in dropped:
                dropped[worse] = ("near_duplicate", better)
    return dropped


def _pairs(edges: npt.NDArray[np.int64], places: npt.NDArray[np.int64]) -> Iterator[tuple[int, int]]:
    """Edges between ranks as edges between places, the best first."""
    yield from zip(places[edges[:, 0]].tolist(), places[edges[:, 1]].tolist(), strict=True)
