"""Vectors of overlaps: one vector for every window of 1 to k neighbouring sentences of a document.

A span (i, k) is the text of the sentences i … i + k - 1 joined by a space. How its vector comes about is the encoder's
business: the embedded one sums token features and gets all spans at little more than the price of the sentences, any
other encodes the joined texts.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]


class SpanVectors(Protocol):
    """All spans of a document, computed block by block so that a long document needs little memory."""

    @property
    def longest(self) -> int:
        """Most sentences in a span."""

    def __len__(self) -> int:
        """How many sentences the document has."""

    def block(self, start: int, stop: int, sizes: int) -> Vectors:
        """Vectors of the spans of 1 … `sizes` sentences that begin at `start` … `stop` - 1.

        Shape (stop - start, sizes, dimension), L2-normalised; zero where a span would run over the end.
        """


@dataclass(frozen=True, slots=True)
class DenseSpans:
    """Vectors that are there already: an array (sentences, sizes, dimension), zero where a span runs over the end."""

    vectors: NDArray[np.floating]

    @property
    def longest(self) -> int:
        """Most sentences in a span."""
        return int(self.vectors.shape[1])

    def __len__(self) -> int:
        return int(self.vectors.shape[0])

    def block(self, start: int, stop: int, sizes: int) -> Vectors:
        """See `SpanVectors.block`."""
        vectors = self.vectors[start:stop, :sizes]
        if vectors.dtype == np.float16:
            from alignment.kernels.halves import widened

            return widened(vectors)
        return vectors.astype(np.float32, copy=False)


@dataclass(frozen=True, slots=True)
class SummedSpans:
    """Spans from per-sentence sums of projected token features.

    The encoder adds up its token features before the last layers, so a span's sum is that of its sentences, corrected
    at each seam: the markers at the seam go away, and the tokens next to it see each other.

    Attributes:
        sums: per sentence, its tokens' features with begin and end marker (n, width).
        seams: what changes where sentence i meets i + 1 (n - 1, width).
        tokens: tokens of each sentence without the two markers (n,).
        head: the layers after the sum, from sums and token counts to normalised vectors.
        longest: most sentences in a span.
    """

    sums: Vectors
    seams: Vectors
    tokens: NDArray[np.int64]
    head: Callable[[Vectors, NDArray[np.int64]], Vectors]
    longest: int

    def __len__(self) -> int:
        return len(self.tokens)

    def block(self, start: int, stop: int, sizes: int) -> Vectors:
        """See `SpanVectors.block`."""
        rows, n = stop - start, len(self)
        sums = np.zeros((rows, sizes, self.sums.shape[1]), np.float32)
        counts = np.ones((rows, sizes), np.int64)
        for size in range(1, sizes + 1):
            fits = max(0, min(stop, n - size + 1) - start)
            last = slice(start + size - 1, start + size - 1 + fits)
            if size == 1:
                sums[:, 0], counts[:, 0] = self.sums[last], self.tokens[last] + 2
                continue
            place = size - 1
            np.add(sums[:fits, place - 1], self.sums[last], out=sums[:fits, place])
            sums[:fits, place] += self.seams[last.start - 1 : last.stop - 1]
            np.add(counts[:fits, place - 1], self.tokens[last], out=counts[:fits, place])
        vectors = self.head(sums.reshape(rows * sizes, -1), counts.ravel()).reshape(rows, sizes, -1)
        for size in range(2, sizes + 1):
            vectors[max(0, min(rows, n - size + 1 - start)) :, size - 1] = 0
        return vectors


def encoded_spans(
    texts: Sequence[str], longest: int, encode: Callable[[Sequence[str]], Vectors], dimension: int
) -> DenseSpans:
    """Spans the plain way, for any encoder: join the texts and encode each window."""
    n = len(texts)
    vectors = np.zeros((n, longest, dimension), np.float32)
    for size in range(1, min(longest, n) + 1):
        windows = [" ".join(texts[i : i + size]) for i in range(n - size + 1)]
        vectors[: len(windows), size - 1] = encode(windows)
    return DenseSpans(vectors)
