"""Many keys in, the few that a misspelt or transliterated name may stand for out, without looking at the others.

Two strings are one edit apart only if they share a spelling with at most one letter left out of each (Mor and Fraenkel
1982; SymSpell): so each key is filed under the fingerprints of itself and of all its one-letter deletions. The same is
done with the consonant skeletons, which brings together what sounds alike in whatever script.

Both files are sorted arrays, made in memory when they are first asked for, or mapped from disk
(`eval.names.base.index`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from eval.names.base.arrays import Array, Pieces, gathered
from eval.names.base.fingerprint import Hashes, deletions, deletions_of
from eval.names.spelling.phonology import consonants, skeleton, sketch

Numbers = NDArray[np.uint32]

_LONGEST = 48
_SHORTEST = 3
_JUDGED = 40
_HEARD = 8
# A skeleton of a letter or two (Mai, Mao) is shared by thousands: so many are looked at, the likeliest first.
_GATHERED = 1 << 12
_CHUNK = 1 << 16
_AT_ONCE = 1 << 23


@dataclass(frozen=True, slots=True)
class Deletions:
    """Strings filed under themselves and under each of their one-letter deletions.

    Attributes:
        hashes: (D) the fingerprints, ascending.
        numbers: (D) the number of the string of each.
    """

    hashes: Hashes
    numbers: Numbers

    def near(self, string: str) -> list[int]:
        """Numbers of the strings at most one edit away, ascending, with some that are two away."""
        from eval.names.base.shortlist import filed_under

        numbers: list[int] = filed_under(_queries(string), self.hashes, self.numbers).tolist()
        return numbers


class NearIndex:
    """Finds near keys among many.

    >>> index = NearIndex(["claude", "cloud", "openai"])
    >>> index.spelt_like("cloude")
    [0, 1]

    Args:
        arrays: what `near_pieces` gave for these keys; made here when it is None.
    """

    def __init__(self, keys: Sequence[str], arrays: dict[str, Array] | None = None) -> None:
        self.keys = keys
        self._arrays = arrays

    def like(self, key: str) -> list[int]:
        """Keys that are spelt or that sound nearly so, without repeats."""
        return list(dict.fromkeys([*self.spelt_like(key), *self.sounding_like(key, _HEARD)]))

    def spelt_like(self, key: str) -> list[int]:
        """Keys at most one edit away, in the keys' order; some that are two away come along."""
        if not _SHORTEST <= len(key) <= _LONGEST:
            return []
        return self._by_letters.near(key)

    def one_edit_from(self, key: str) -> list[str]:
        """The keys at most one insertion, deletion, substitution or transposition from a key, the nearest first."""
        from rapidfuzz.distance import OSA

        found = {self.keys[number] for number in self.spelt_like(key)}
        close = sorted((OSA.distance(key, other, score_cutoff=1), other) for other in found)
        return [other for distance, other in close if distance <= 1]

    def sounding_like(self, name: str, most: int = _JUDGED) -> list[int]:
        """Keys in any script whose consonants are at most one apart, the `most` that sound most alike, best first."""
        sound = skeleton(name)
        if not sound or len(name) > 4 * _LONGEST:
            return []
        from eval.names.base.shortlist import letter_masks, shortlist

        length, masks = letter_masks(sketch(name))
        sounds = self._sounds
        found = shortlist(
            _queries(sound),
            sounds.file.hashes,
            sounds.file.numbers,
            sounds.starts,
            sounds.members,
            _GATHERED,
            masks,
            length,
            sounds.sketches,
            sounds.offsets,
            most,
        )
        return [int(number) for number in found]

    @cached_property
    def _by_letters(self) -> Deletions:
        arrays = self._arrays or _joined(_deletion_pieces("near", _Spellings(self.keys)))
        return Deletions(arrays["near_hashes"], arrays["near_keys"])

    @cached_property
    def _sounds(self) -> _Sounds:
        arrays = self._arrays or _joined(_sound_pieces(self.keys))
        file = Deletions(arrays["sound_hashes"], arrays["sound_keys"])
        return _Sounds(
            file, *(arrays[name] for name in ("sound_starts", "sound_members", "sketches", "sketch_offsets"))
        )


@dataclass(frozen=True, slots=True)
class _Sounds:
    """Keys by their skeletons: those that share one lie together, since a look-up goes through all of them.

    Attributes:
        file: the deletions of the skeletons.
        starts: the keys of skeleton `s` are `members[starts[s]:starts[s + 1]]`.
        members: numbers of keys.
        sketches, offsets: the sketch of `members[m]` is `sketches[offsets[m]:offsets[m + 1]]`.
    """

    file: Deletions
    starts: NDArray[np.int64]
    members: Numbers
    sketches: NDArray[np.uint8]
    offsets: NDArray[np.int64]


NEAR_ARRAYS = (
    *("near_hashes", "near_keys", "sound_hashes", "sound_keys"),
    *("sound_starts", "sound_members", "sketches", "sketch_offsets"),
)


def near_pieces(keys: Sequence[str]) -> Iterator[tuple[str, Pieces]]:
    """The arrays of a `NearIndex`, piece by piece: beside the sketches, memory hardly grows with the keys."""
    yield from _deletion_pieces("near", _Spellings(keys))
    yield from _sound_pieces(keys)


def _sound_pieces(keys: Sequence[str]) -> Iterator[tuple[str, Pieces]]:
    blob, offsets = _sketched(keys)
    skeletons = _Skeletons(blob, offsets)
    parts = [skeletons.part(begin, begin + _CHUNK) for begin in range(0, len(skeletons), _CHUNK)]
    hashes = np.concatenate([np.zeros(0, dtype=np.uint64), *(deletions(part)[0][: len(part)] for part in parts)])
    del parts
    order = np.argsort(hashes, kind="stable")
    order = order[hashes[order] != 0]
    heads = np.flatnonzero(np.append(True, np.diff(hashes[order]) != 0)[: len(order)])
    first_sketches = gathered(blob, np.diff(offsets), order[heads])
    yield from _deletion_pieces("sound", _Skeletons(*first_sketches))
    sketches, places = gathered(blob, np.diff(offsets), order)
    yield "sound_starts", (np.int64, [np.append(heads, len(order))])
    yield "sound_members", (np.uint32, [order])
    yield "sketches", (np.uint8, [sketches])
    yield "sketch_offsets", (np.int64, [places])


class _Spellings:
    """Keys as they are filed by letters: none that is too short or too long to be told from others."""

    def __init__(self, keys: Sequence[str]) -> None:
        self._keys = keys

    def __len__(self) -> int:
        return len(self._keys)

    def part(self, begin: int, end: int) -> list[str]:
        return [key if _SHORTEST <= len(key) <= _LONGEST else "" for key in self._keys[begin:end]]


class _Skeletons:
    """Keys as they are filed by sound."""

    def __init__(self, sketches: Array, offsets: Array) -> None:
        self._sketches = sketches
        self._offsets = offsets

    def __len__(self) -> int:
        return len(self._offsets) - 1

    def part(self, begin: int, end: int) -> list[str]:
        cuts = self._offsets[begin : end + 1]
        blob = self._sketches[cuts[0] : cuts[-1]].tobytes().decode("ascii")
        places = (cuts - cuts[0]).tolist()
        return [consonants(blob[start:stop]) for start, stop in pairwise(places)]


def _sketched(keys: Sequence[str]) -> tuple[Array, Array]:
    """The sketches of all keys one behind the other, and where each begins."""
    blobs, lengths = [np.zeros(0, dtype=np.uint8)], [np.zeros(1, dtype=np.int64)]
    for begin in range(0, len(keys), _CHUNK):
        sketches = [sketch(key) for key in keys[begin : begin + _CHUNK]]
        blobs.append(np.frombuffer("".join(sketches).encode("ascii"), dtype=np.uint8))
        lengths.append(np.fromiter(map(len, sketches), dtype=np.int64, count=len(sketches)))
    return np.concatenate(blobs), np.cumsum(np.concatenate(lengths))


def _joined(pieces: Iterator[tuple[str, Pieces]]) -> dict[str, Array]:
    return {
        name: np.concatenate([np.zeros(0, dtype=dtype), *parts]).astype(dtype, copy=False)
        for name, (dtype, parts) in pieces
    }


def _queries(string: str) -> Hashes:
    """What to look a string up by: itself, then itself without each of its letters."""
    return np.array(list(dict.fromkeys(hash for hash in deletions_of(string) if hash)), dtype=np.uint64)


def _filed(strings: Sequence[str]) -> tuple[Hashes, Numbers]:
    """What to file strings under: nothing is filed under the empty string, which everything short would share."""
    hashes, numbers = deletions(strings)
    filled = hashes != 0
    return hashes[filled], numbers[filled].astype(np.uint32)


def _deletion_pieces(name: str, strings: _Spellings | _Skeletons) -> Iterator[tuple[str, Pieces]]:
    """Hashes and numbers, sorted; range by range of the hashes, so that not all entries are in memory at once."""
    chunks = range(0, len(strings), _CHUNK)
    total = sum(
        len(string) + 1 for begin in chunks[: len(chunks) - 1] for string in strings.part(begin, begin + _CHUNK)
    )
    ranges = max(1, -(-total // _AT_ONCE))
    if ranges == 1:
        hashes, numbers = _range(strings, 0, 1)
        yield f"{name}_hashes", (np.uint64, [hashes])
        yield f"{name}_keys", (np.uint32, [numbers])
        return
    yield f"{name}_hashes", (np.uint64, (_range(strings, part, ranges)[0] for part in range(ranges)))
    yield f"{name}_keys", (np.uint32, (_range(strings, part, ranges)[1] for part in range(ranges)))


def _range(strings: _Spellings | _Skeletons, part: int, ranges: int) -> tuple[Hashes, Numbers]:
    """The entries whose hashes lie in one of `ranges` equal parts of all hashes, sorted."""
    bounds = [np.uint64(min(-(-(bound << 64) // ranges), (1 << 64) - 1)) for bound in (part, part + 1)]
    kept = [(np.zeros(0, dtype=np.uint64), np.zeros(0, dtype=np.uint32))]
    for begin in range(0, len(strings), _CHUNK):
        hashes, numbers = _filed(strings.part(begin, begin + _CHUNK))
        if ranges > 1:
            inside = (hashes >= bounds[0]) & ((hashes < bounds[1]) | (part == ranges - 1))
            hashes, numbers = hashes[inside], numbers[inside]
        kept.append((hashes, numbers + np.uint32(begin)))
    hashes, numbers = (np.concatenate(column) for column in zip(*kept, strict=True))
    order = np.argsort(hashes, kind="stable")
    return hashes[order], numbers[order]
