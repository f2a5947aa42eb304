"""Names and who claims them in, sorted arrays out that tell whether a string is a name, and whose.

Keys (`fold_key` of each form) are numbered in the order of their fingerprints, so that one sorted array is both the set
and the numbering. The same arrays serve a base in memory and one of millions of names that is mapped from disk.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple, overload

import numpy as np
from numpy.typing import NDArray

from eval.names.base.arrays import Array, Pieces, gathered, map_arrays
from eval.names.base.fingerprint import Hashes, Positions, fingerprints
from eval.names.base.near import NEAR_ARRAYS, NearIndex, near_pieces

_LOCAL = ("hashes", "heads", "head_words", "letters", "offsets", "claim_offsets", "claim_entities", "claim_forms")


_REMEMBERED = 1 << 15


class Claims(NamedTuple):
    """Keys, and of each the number of the entity that claims it and which of its forms it is."""

    keys: Sequence[str]
    entities: Sequence[int]
    forms: Sequence[int]


class Membership:
    """A sorted set of fingerprints: a bitmap says no at once nearly always, the array says which one it is."""

    def __init__(self, hashes: Hashes) -> None:
        self.hashes = hashes
        self._shift = np.uint64(64 - max(16, len(hashes).bit_length() + 4))
        self._bits = np.zeros(1 << int(64 - self._shift), dtype=bool)
        self._bits[hashes >> self._shift] = True

    def find(self, hashes: Hashes) -> Positions:
        """For each fingerprint the number of the member it is, −1 for none."""
        found = np.full(len(hashes), -1, dtype=np.int64)
        places = np.flatnonzero(self._bits[hashes >> self._shift])
        if len(places) and len(self.hashes):
            near = np.minimum(np.searchsorted(self.hashes, hashes[places]), len(self.hashes) - 1)
            equal = self.hashes[near] == hashes[places]
            found[places[equal]] = near[equal]
        return found


@dataclass(frozen=True, slots=True)
class _Exact:
    """The arrays that an exact look-up needs.

    Attributes:
        hashes: (K) fingerprints of the keys, ascending: key `k` is the one with the k-th fingerprint.
        heads, head_words: (H) fingerprints of first words, ascending, and how many words a name beginning so may have.
        letters, offsets: key `k` in UTF-8 is `letters[offsets[k]:offsets[k + 1]]`.
        claim_offsets: the claims on key `k` are `[claim_offsets[k], claim_offsets[k + 1])`.
        claim_entities, claim_forms: (C) number of the entity, and of the form among its forms.
    """

    hashes: Hashes
    heads: Hashes
    head_words: NDArray[np.uint8]
    letters: NDArray[np.uint8]
    offsets: NDArray[np.int64]
    claim_offsets: NDArray[np.int64]
    claim_entities: NDArray[np.uint32]
    claim_forms: NDArray[np.uint16]


class NameIndex:
    """Who claims which key; exact, and by `near` nearly.

    >>> index = NameIndex.of([Claims(["openai", "meta"], [0, 1], [0, 0])])
    >>> index.claims(index.number("meta"))
    [(1, 0)]
    """

    def __init__(self, exact: _Exact, near: dict[str, Array] | None = None) -> None:
        self._exact = exact
        self.keys: Sequence[str] = _Keys(exact.letters, exact.offsets)
        self._near_arrays = near
        self._decoded: dict[int, str] = {}

    @classmethod
    def of(cls, claims: Iterable[Claims]) -> NameIndex:
        """An index in memory."""
        return cls(_sorted(claims))

    @classmethod
    def mapped(cls, path: Path) -> NameIndex:
        """The index in a file that `pieces` was written to.

        Raises:
            FormatError: the file is damaged.
        """
        arrays = map_arrays(path, [*_LOCAL, *NEAR_ARRAYS])
        return cls(_Exact(**{name: arrays[name] for name in _LOCAL}), {name: arrays[name] for name in NEAR_ARRAYS})

    def pieces(self) -> Iterator[tuple[str, Pieces]]:
        """Every array of the index, those of the near look-up made piece by piece, for `write_arrays`."""
        for name in _LOCAL:
            array: Array = getattr(self._exact, name)
            yield name, (array.dtype, [array])
        yield from near_pieces(self.keys)

    def key(self, number: int) -> str:
        """The key of a number; remembered, since a text has the same few hundred names again and again."""
        found = self._decoded.get(number)
        if found is None:
            if len(self._decoded) >= _REMEMBERED:
                self._decoded.clear()
            found = self._decoded[number] = self.keys[number]
        return found

    def number(self, key: str) -> int:
        """The number of a key; −1 where there is none."""
        number = int(self.whole.find(fingerprints([key])[0])[0]) if key else -1
        return number if number >= 0 and self.keys[number] == key else -1

    def claims(self, number: int) -> list[tuple[int, int]]:
        """Who claims a key: number of the entity and of its form, in the order in which they came."""
        begin, end = self._exact.claim_offsets[number], self._exact.claim_offsets[number + 1]
        if end - begin == 1:
            return [(int(self._exact.claim_entities[begin]), int(self._exact.claim_forms[begin]))]
        entities, forms = self._exact.claim_entities[begin:end], self._exact.claim_forms[begin:end]
        return list(zip(entities.tolist(), forms.tolist(), strict=True))

    def most_words(self, heads: Positions) -> Positions:
        """How many words a name may have that begins with the heads of these numbers."""
        return self._exact.head_words[heads].astype(np.int64)

    @cached_property
    def whole(self) -> Membership:
        """The set of keys."""
        return Membership(self._exact.hashes)

    @cached_property
    def heads(self) -> Membership:
        """The set of first words."""
        return Membership(self._exact.heads)

    @cached_property
    def longest(self) -> int:
        """Bytes of the longest key: at least as many as it has letters."""
        return int(np.diff(self._exact.offsets).max(initial=0))

    @cached_property
    def near(self) -> NearIndex:
        """The look-up of near keys; made when it is first asked for."""
        return NearIndex(self.keys, self._near_arrays)


class _Keys(Sequence[str]):
    """The keys by their numbers, decoded when they are asked for."""

    def __init__(self, letters: NDArray[np.uint8], offsets: NDArray[np.int64]) -> None:
        self._letters = letters
        self._offsets = offsets

    def __len__(self) -> int:
        return len(self._offsets) - 1

    @overload
    def __getitem__(self, number: int) -> str: ...
    @overload
    def __getitem__(self, number: slice) -> list[str]: ...
    def __getitem__(self, number: int | slice) -> str | list[str]:
        if isinstance(number, slice):
            begin, end, _ = number.indices(len(self))
            cuts = self._offsets[begin : end + 1]
            blob = self._letters[cuts[0] : cuts[-1]].tobytes()
            places = (cuts - cuts[0]).tolist()
            return [blob[start:stop].decode() for start, stop in pairwise(places)]
        begin, end = self._offsets[number], self._offsets[number + 1]
        return self._letters[begin:end].tobytes().decode()


def _sorted(claims: Iterable[Claims]) -> _Exact:
    hashes, heads, words, entities, forms, lengths, blobs = [], [], [], [], [], [], []
    for part in claims:
        if not part.keys:
            continue
        whole, first, count = fingerprints(part.keys)
        encoded = [key.encode() for key in part.keys]
        hashes.append(whole)
        heads.append(first)
        words.append(count.clip(max=255).astype(np.uint8))
        entities.append(np.array(part.entities, dtype=np.uint32))
        forms.append(np.array(part.forms, dtype=np.uint16))
        lengths.append(np.fromiter(map(len, encoded), dtype=np.int64, count=len(encoded)))
        blobs.append(np.frombuffer(b"".join(encoded), dtype=np.uint8))
    if not hashes:
        return _empty()
    all_hashes = np.concatenate(hashes)
    order = np.argsort(all_hashes, kind="stable")
    ordered = all_hashes[order]
    begins = np.flatnonzero(np.append(True, ordered[1:] != ordered[:-1]))
    letters, offsets = gathered(np.concatenate(blobs), np.concatenate(lengths), order[begins])
    first_words, most = _heads(np.concatenate(heads), np.concatenate(words))
    return _Exact(
        hashes=ordered[begins],
        heads=first_words,
        head_words=most,
        letters=letters,
        offsets=offsets,
        claim_offsets=np.append(begins, len(order)).astype(np.int64),
        claim_entities=np.concatenate(entities)[order],
        claim_forms=np.concatenate(forms)[order],
    )


def _empty() -> _Exact:
    none = np.zeros(0, dtype=np.uint64)
    one = np.zeros(1, dtype=np.int64)
    small = np.zeros(0, dtype=np.uint8)
    return _Exact(none, none, small, small, one, one, none.astype(np.uint32), none.astype(np.uint16))


def _heads(first: Hashes, words: NDArray[np.uint8]) -> tuple[Hashes, NDArray[np.uint8]]:
    """First words without repeats, and the most words of a name that begins so."""
    order = np.argsort(first, kind="stable")
    ordered = first[order]
    begins = np.flatnonzero(np.append(True, ordered[1:] != ordered[:-1]))
    return ordered[begins], np.maximum.reduceat(words[order], begins)
