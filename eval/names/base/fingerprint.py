"""Text in, its folded letters and 64-bit fingerprints of any span out, all as arrays.

A fingerprint is a polynomial over the folded code points, modulo 2⁶⁴, so that prefix sums give the one of every span at
the price of a subtraction and a product: names are then looked up by the thousand in one array operation. Equal strings
have equal fingerprints; who finds one compares the strings all the same.

The letters are those of `corpora.script.fold` with case folded; hyphens, spaces and single line ends become one space,
so that "GPT 4" and "GPT-4" are one name here. A blank line stays, since no name crosses it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from corpora.script import fold, script_of

Codes = NDArray[np.uint32]
Hashes = NDArray[np.uint64]
Positions = NDArray[np.int64]

SPACE, NEWLINE = 0x20, 0x0A
# Classes of characters: what a word is made of. A change of class is a word boundary; each Han sign is a word.
BREAK, CASED, ARABIC, SIGN, OTHER = 0, 1, 2, 3, 4

_UNKNOWN, _DROP, _MANY = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_POINTS = 0x110000
_BASE = 0x9E3779B97F4A7C15
_MODULUS = 1 << 64
_INVERSE = pow(_BASE, -1, _MODULUS)
_ALPHABETS = frozenset({"Latn", "Grek", "Cyrl"})
_SIGNS = frozenset({"Hani", "Hira", "Kana", "Thai", "Khmr", "Laoo", "Mymr"})
_DASHES = "-\u2013\u2014\u30fb\u00b7"


class _Table:
    """What each code point folds to, and its class; filled as code points are met, since most never are."""

    def __init__(self) -> None:
        self.folded = np.full(_POINTS, _UNKNOWN, dtype=np.uint32)
        self.classes = np.zeros(_POINTS, dtype=np.uint8)
        self.pieces: dict[int, Codes] = {}
        self.fold(np.arange(0x20, 0x7F, dtype=np.uint32))

    def fold(self, points: Codes) -> Codes:
        """One code for each point; `_MANY` where the point folds to several, which `pieces` has."""
        folded = self.folded[points]
        new = folded == _UNKNOWN
        if new.any():
            for point in set(points[new].tolist()):
                self._learn(point)
            folded = self.folded[points]
        return folded

    def _learn(self, point: int) -> None:
        char = chr(point)
        piece = _piece(char)
        if len(piece) > 1:
            self.pieces[point] = code_points(piece)
        self.folded[point] = ord(piece) if len(piece) == 1 else _DROP if not piece else _MANY
        self.classes[point] = _class_of(char)


@lru_cache(maxsize=1 << 14)
def _piece(char: str) -> str:
    """What a character folds to."""
    if char in _DASHES or (char.isspace() and char != "\n"):
        return " " if char != "\r" else ""
    return fold(char, case=True).text


def _class_of(char: str) -> int:
    script = script_of(char)
    if script in _ALPHABETS or char.isdecimal():
        return CASED
    if script == "Arab":
        return ARABIC
    if script in _SIGNS:
        return SIGN
    return OTHER if char.isalpha() else BREAK


@lru_cache(maxsize=1)
def _table() -> _Table:
    return _Table()


def code_points(text: str) -> Codes:
    """The code points of a text as an array."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


def _decoded(codes: Codes) -> str:
    return codes.tobytes().decode("utf-32-le", "surrogatepass")


class FoldedText:
    """A text as names are looked up in it.

    Attributes:
        codes: folded code points.
        letters: the same as a string.
        offsets: for each of them the index in the original text; `offsets[-1]` is the length of the text.
        classes: for each of them what kind of word it belongs to (`BREAK` where to none).
    """

    __slots__ = ("_powers", "_prefix", "classes", "codes", "letters", "offsets")

    def __init__(self, text: str) -> None:
        self.codes, origins = _fold(text)
        self.offsets = np.append(origins, len(text))
        self.letters = _decoded(self.codes)
        self.classes = classes_of(self.codes)
        self._powers = _powers(len(self.codes) + 1)
        self._prefix = np.zeros(len(self.codes) + 1, dtype=np.uint64)
        np.cumsum((self.codes + np.uint32(1)) * self._powers[0][: len(self.codes)], out=self._prefix[1:])

    def hashes(self, starts: Positions, ends: Positions) -> Hashes:
        """Fingerprints of the spans `[start, end)` of `codes`."""
        result: Hashes = (self._prefix[ends] - self._prefix[starts]) * self._powers[1][starts]
        return result

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Where a span stands in the original text, with the marks that hang on its last letter left out."""
        return int(self.offsets[start]), int(self.offsets[end - 1]) + 1


def prepended(char: str, hashes: Hashes) -> Hashes:
    """Fingerprints of the strings with one more letter in front."""
    result: Hashes = hashes * np.uint64(_BASE) + np.uint64(ord(char) + 1)
    return result


def fold_key(text: str) -> str:
    """The key that a name is looked up by."""
    if text.isascii() and text.isalnum():
        return text.lower()
    folded = "".join(map(_piece, text.replace("\n", " ")))
    return " ".join(filter(None, folded.split(" ")))


def fold_keys(texts: Sequence[str]) -> list[str]:
    """The keys of many names, in their order; much faster than one by one."""
    if not texts:
        return []
    codes, _ = _fold("\n\n".join(text.replace("\n", " ") for text in texts))
    return [key.strip(" ") for key in _decoded(codes).split("\n\n")]


def fingerprints(keys: Sequence[str]) -> tuple[Hashes, Hashes, Positions]:
    """Of each key its fingerprint, that of its first word, and how many words it has."""
    codes = code_points("\n".join(keys) + "\n")
    powers, inverse = _powers(len(codes) + 1)
    prefix = np.zeros(len(codes) + 1, dtype=np.uint64)
    np.cumsum((codes + np.uint32(1)) * powers[: len(codes)], out=prefix[1:])
    lengths = np.fromiter(map(len, keys), dtype=np.int64, count=len(keys))
    starts = np.cumsum(lengths + 1) - lengths - 1
    heads = word_ends(codes, classes_of(codes))
    first = np.searchsorted(heads, starts, side="right")
    words = np.searchsorted(heads, starts + lengths, side="right") - first
    if not len(heads):
        return prefix[:0], prefix[:0], words[:0]
    ends = heads[first.clip(max=len(heads) - 1)]
    whole = (prefix[starts + lengths] - prefix[starts]) * inverse[starts]
    return whole, (prefix[ends] - prefix[starts]) * inverse[starts], words


def deletions(strings: Sequence[str]) -> tuple[Hashes, Positions]:
    """Fingerprints of all strings and of each with one letter left out, and the number of the string of each."""
    codes = code_points("".join(strings))
    powers, inverse = _powers(len(codes) + 1)
    prefix = np.zeros(len(codes) + 1, dtype=np.uint64)
    np.cumsum((codes + np.uint32(1)) * powers[: len(codes)], out=prefix[1:])
    lengths = np.fromiter(map(len, strings), dtype=np.int64, count=len(strings))
    numbers = np.repeat(np.arange(len(strings)), lengths)
    ends = np.cumsum(lengths)
    starts = ends - lengths
    places = np.arange(len(codes))
    begin, end = starts[numbers], ends[numbers]
    without = (prefix[places] - prefix[begin]) + (prefix[end] - prefix[places + 1]) * np.uint64(_INVERSE)
    whole = (prefix[ends] - prefix[starts]) * inverse[starts]
    return np.append(whole, without * inverse[begin]), np.append(np.arange(len(strings)), numbers)


def deletions_of(string: str) -> list[int]:
    """The same fingerprints of one string, which a few numbers give sooner than arrays."""
    terms = []
    power = 1
    for char in string:
        terms.append((ord(char) + 1) * power)
        power = power * _BASE % _MODULUS
    whole = sum(terms)
    found = [whole % _MODULUS]
    before = 0
    for term in terms:
        found.append((before + (whole - before - term) * _INVERSE) % _MODULUS)
        before += term
    return found


def classes_of(codes: Codes) -> NDArray[np.uint8]:
    """The classes of folded code points; what has none yet is learned first."""
    table = _table()
    table.fold(codes)
    return table.classes[codes]


def word_ends(codes: Codes, classes: NDArray[np.uint8]) -> Positions:
    """Ends of all words; a mark that belongs to none (an apostrophe, an ampersand) is a word of its own here."""
    follows = np.append(classes[1:], BREAK)
    ends = (classes != follows) | (classes == SIGN) | (classes == BREAK)
    ends &= (codes != SPACE) & (codes != NEWLINE)
    return np.flatnonzero(ends) + 1


def _fold(text: str) -> tuple[Codes, Positions]:
    """Folded code points, and where in the text each came from."""
    points = code_points(text)
    folded = _table().fold(points)
    origins = np.arange(len(points))
    if (folded == _MANY).any():
        folded, origins = _expand(points, folded)
    folded = _join_lines(folded)
    keep = folded != _DROP
    spaces = np.flatnonzero(folded == SPACE)
    if len(spaces) > 1:
        kept_before = np.cumsum(keep)
        keep[spaces[1:][np.diff(kept_before[spaces]) == 1]] = False
    if keep.all():
        return folded, origins
    return folded[keep], origins[keep]


def _expand(points: Codes, folded: Codes) -> tuple[Codes, Positions]:
    """Ligatures and the like written out, each with its place."""
    pieces = _table().pieces
    places = np.flatnonzero(folded == _MANY)
    counts = np.ones(len(points), dtype=np.int64)
    counts[places] = [len(pieces[int(point)]) for point in points[places]]
    starts = np.cumsum(counts) - counts
    expanded = np.repeat(folded, counts)
    for place in places:
        piece = pieces[int(points[place])]
        expanded[starts[place] : starts[place] + len(piece)] = piece
    return expanded, np.repeat(np.arange(len(points)), counts)


def _join_lines(folded: Codes) -> Codes:
    """Single line ends become spaces; the ends around a blank line stay."""
    ends = np.flatnonzero(folded == NEWLINE)
    if not len(ends):
        return folded
    alone = np.ones(len(ends), dtype=bool)
    # A line that holds nothing but spaces and dropped characters is blank too.
    filled = np.cumsum((folded != NEWLINE) & (folded != SPACE) & (folded != _DROP))
    same = np.diff(filled[ends]) == 0
    alone[1:] &= ~same
    alone[:-1] &= ~same
    folded[ends[alone]] = SPACE
    return folded


def _powers(length: int) -> tuple[Hashes, Hashes]:
    """Powers of the base and of its inverse, at least `length` of each."""
    return _power_table(max(12, (length - 1).bit_length()))


@lru_cache(maxsize=8)
def _power_table(bits: int) -> tuple[Hashes, Hashes]:
    base, inverse = np.full((2, 1 << bits), [[_BASE], [_INVERSE]], dtype=np.uint64)
    base[0] = inverse[0] = 1
    return np.cumprod(base, dtype=np.uint64), np.cumprod(inverse, dtype=np.uint64)
