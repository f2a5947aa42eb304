"""A text and indexes of names in, every exact mention out: folded, in any case, longest first, clitics outside.

Instead of an automaton, every place where a word begins is looked up by the fingerprint of that word, and only where a
name begins so are the spans from there looked up, one word longer each time, all places at once. That costs a few array
operations a character, needs no building beyond a sort, and takes Arabic's glued letters in its stride: the places
behind و ف ب ك ل count as beginnings too, and behind ل an article that lost its alef is read as if it still had it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from eval.names.base.fingerprint import (
    ARABIC,
    BREAK,
    CASED,
    SIGN,
    FoldedText,
    Hashes,
    Positions,
    prepended,
    word_ends,
)
from eval.names.base.index import NameIndex

_CONJUNCTIONS = np.array([ord(char) for char in "وف"], dtype=np.uint32)
_PREPOSITIONS = np.array([ord(char) for char in "بكل"], dtype=np.uint32)
_LAM, _ALEF = ord("ل"), "ا"
_ELISIONS = frozenset(["c", "d", "j", "l", "m", "n", "s", "t", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu"])
_CHUNK = 1 << 16


@dataclass(frozen=True, slots=True)
class Span:
    """A name found: `text[start:end]` folds to `key`; `clitic` when letters are glued in front of it."""

    start: int
    end: int
    key: str
    clitic: bool


class Scanner:
    """Finds every mention of the keys of some indexes; which index has a key makes no difference.

    >>> index = NameIndex.of([Claims([fold_key("OpenAI"), fold_key("الذكاء الاصطناعي")], [0, 1], [0, 0])])
    >>> [(span.start, span.end) for span in Scanner([index]).scan("وOpenAI للذكاء الاصطناعي")]
    [(1, 7), (9, 24)]
    """

    def __init__(self, indexes: Sequence[NameIndex]) -> None:
        self._indexes = [index for index in indexes if len(index.keys)]
        self._longest = max((index.longest for index in self._indexes), default=0)

    def scan(self, text: str) -> list[Span]:
        """All mentions, leftmost and then longest first, none overlapping another; linear in the length of the text."""
        spans: list[Span] = []
        begin = last = 0
        for stop in _chunk_ends(text):
            # The look-ahead lets a name begin before the cut and end behind it; the look-behind shows its neighbours.
            behind = max(0, begin - 8)
            piece = text[behind : stop + 4 * self._longest + 8]
            for start, end, key, clitic in self._scan(piece):
                if begin <= start + behind < stop and start + behind >= last:
                    last = end + behind
                    spans.append(Span(start + behind, last, key, clitic))
            begin = stop
        return spans

    def _scan(self, piece: str) -> Iterator[tuple[int, int, str, bool]]:
        folded = FoldedText(piece)
        if not len(folded.codes) or not self._indexes:
            return
        ends = word_ends(folded.codes, folded.classes)
        starts, clitics, fused = _beginnings(folded)
        word = np.searchsorted(ends, starts, side="right")
        heads = self._hash(folded, starts, ends[word], fused)
        found = [
            (place, -stop, which, key)
            for which, index in enumerate(self._indexes)
            for place, stop, key in self._matches(index, folded, starts, fused, ends, word, heads)
        ]
        found.sort()  # the first place, and there the longest name
        last = 0
        for place, minus_stop, which, key in found:
            start, stop = int(starts[place]), -minus_stop
            if start < last:
                continue
            name = (_ALEF if fused[place] else "") + folded.letters[start:stop]
            if name == self._indexes[which].key(key) and _bounded(folded, start, stop):
                yield *folded.original(start, stop), name, bool(clitics[place])
                last = stop

    def _matches(
        self,
        index: NameIndex,
        folded: FoldedText,
        starts: Positions,
        fused: NDArray[np.bool_],
        ends: Positions,
        word: Positions,
        heads: Hashes,
    ) -> Iterator[tuple[int, int, int]]:
        """Place among the starts, end and key of each span with the fingerprint of a name."""
        first = index.heads.find(heads)
        alive = np.flatnonzero(first >= 0)
        most = index.most_words(first[alive])
        for length in range(int(most.max(initial=0))):
            kept = (most > length) & (word[alive] + length < len(ends))
            alive, most = alive[kept], most[kept]
            stops = ends[word[alive] + length]
            keys = index.whole.find(self._hash(folded, starts[alive], stops, fused[alive]))
            hits = np.flatnonzero(keys >= 0)
            yield from zip(alive[hits].tolist(), stops[hits].tolist(), keys[hits].tolist(), strict=True)

    @staticmethod
    def _hash(folded: FoldedText, starts: Positions, ends: Positions, fused: NDArray[np.bool_]) -> Hashes:
        hashes = folded.hashes(starts, ends)
        if fused.any():
            hashes[fused] = prepended(_ALEF, hashes[fused])
        return hashes


def _beginnings(folded: FoldedText) -> tuple[Positions, NDArray[np.bool_], NDArray[np.bool_]]:
    """Where a name may begin, in text order; which places have a clitic in front; which lost an alef to it."""
    codes = np.append(folded.codes, np.zeros(3, dtype=np.uint32))
    classes = np.append(folded.classes, np.zeros(3, dtype=np.uint8))
    follows = np.empty(len(folded.classes), dtype=bool)
    follows[0] = True
    np.not_equal(folded.classes[1:], folded.classes[:-1], out=follows[1:])
    words = np.flatnonzero((follows & (folded.classes != BREAK)) | (folded.classes == SIGN))
    arabic = words[classes[words] == ARABIC]
    behind_and = arabic[np.isin(codes[arabic], _CONJUNCTIONS)] + 1
    places = np.concatenate([arabic, behind_and])
    places = places[np.isin(codes[places], _PREPOSITIONS) & (classes[places] == ARABIC)]
    behind_to = places[(codes[places] == _LAM) & (codes[places + 1] == _LAM)] + 1
    glued = np.concatenate([behind_and, places + 1])
    glued = glued[classes[glued] == ARABIC]
    starts = np.concatenate([words, glued, behind_to])
    clitics = np.arange(len(starts)) >= len(words)
    fused = np.arange(len(starts)) >= len(words) + len(glued)
    order = np.argsort(starts, kind="stable")
    return starts[order], clitics[order], fused[order]


def _bounded(folded: FoldedText, start: int, stop: int) -> bool:
    """Whether the marks around a Latin span leave it a name of its own: not 4 in 4.5, AT in AT&T, Brien in O'Brien."""
    if folded.classes[start] != CASED:
        return True
    letters = folded.letters
    after, before = letters[stop : stop + 1], letters[start - 1 : start]
    follows = letters[stop + 1 : stop + 2]
    if after == "&" and follows.isalnum():
        return False
    if after in (".", ",") and letters[stop - 1].isdigit() and follows.isdigit():
        return False
    if not before or before not in ".,&'" or not letters[start - 2 : start - 1].isalnum():
        return True
    if before == "'":
        begin = start - 1
        while begin > max(0, start - 10) and letters[begin - 1].isalnum():
            begin -= 1
        return not letters[start - 2].isascii() or letters[begin : start - 1] in _ELISIONS
    return before != "&" and not (letters[start - 2].isdigit() and letters[start].isdigit())


def _chunk_ends(text: str) -> Iterator[int]:
    """Where to cut a long text, so that the arrays stay small: behind white space where there is any."""
    begin = 0
    while len(text) - begin > _CHUNK:
        cut = max(text.rfind(" ", begin, begin + _CHUNK), text.rfind("\n", begin, begin + _CHUNK)) + 1
        begin = cut if cut > begin else begin + _CHUNK
        yield begin
    yield len(text)
