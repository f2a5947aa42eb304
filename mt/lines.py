"""Files of segments in, as many texts from each, out: hypotheses, references and sources that go line by line.

A line file has a sentence a line, blank ones too. A file of pairs (TMX, XLIFF, TSV, JSONL …) has two sides: its
translations serve as hypotheses or references, its sources as the source.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import exp, log
from pathlib import Path
from typing import Literal

from corpora.errors import InputError, UsageError
from corpora.formats.base import FORMATS, read_pairs
from corpora.formats.pair import UNDETERMINED
from corpora.language import parse

Side = Literal["source", "target"]
_SUFFIXES = tuple(suffix for entry in FORMATS.values() for suffix in entry.suffixes)
# More lines than these are not compared when two files do not match: the first place is wanted, and it is near.
_COMPARED = 20_000
_CLEAR = 0.05


@dataclass(frozen=True, slots=True)
class Lines:
    """The segments of one file.

    Attributes:
        lang: BCP-47 code where the file says it, else None.
        partner: the other side of a file of pairs, None for a line file.
    """

    path: str
    texts: tuple[str, ...]
    lang: str | None = None
    partner: Lines | None = None


def holds_pairs(path: str) -> bool:
    """Whether a path names a file of pairs rather than of lines."""
    return path.lower().removesuffix(".gz").endswith(_SUFFIXES)


def read_lines(path: str, *, side: Side = "target") -> Lines:
    """The segments of a line file, or of one side of a file of pairs.

    Raises:
        InputError, FormatError: it cannot be read, or has no lines.
    """
    if holds_pairs(path):
        return _of_pairs(path, side)
    from corpora.readers.base import decode_file

    text = decode_file(path).text
    if not text:
        raise InputError("the file is empty", where=path, cure="it needs a segment a line")
    return Lines(path, tuple(line.removesuffix("\r") for line in text.removesuffix("\n").split("\n")))


def _of_pairs(path: str, side: Side) -> Lines:
    pairs = list(read_pairs(path))
    if not pairs:
        raise InputError("holds no pairs", where=path, cure="a line or unit is a source and its translation")
    sources = Lines(path, tuple(pair.source for pair in pairs), _language([pair.source_lang for pair in pairs]))
    targets = Lines(path, tuple(pair.target for pair in pairs), _language([pair.target_lang for pair in pairs]))
    one, other = (sources, targets) if side == "source" else (targets, sources)
    return Lines(path, one.texts, one.lang, other)


def _language(codes: Sequence[str]) -> str | None:
    return next((parse(code) for code in codes if code and code != UNDETERMINED), None)


def require_same_number(one: Lines, other: Lines) -> None:
    """Refuse two files that cannot go line by line.

    Raises:
        InputError: it says how many lines each has, and where they seem to part.
    """
    if len(one.texts) == len(other.texts):
        return
    place = parting(one.texts, other.texts)
    names = _short(one.path), _short(other.path)
    said = ""
    if place is not None and place == min(len(one.texts), len(other.texts)):
        longer = names[0] if len(one.texts) > len(other.texts) else names[1]
        said = f"; {longer} seems to go on after line {place}"
    elif place is not None:
        said = f"; they seem to part at line {place + 1}"
    raise InputError(
        f"{names[0]} has {len(one.texts):,} lines and {names[1]} has {len(other.texts):,}{said}",
        cure="both need one line for each line of the other; an empty line is a segment, too",
    )


def _short(path: str) -> str:
    return "standard input" if path == "-" else Path(path).name


def parting(one: Sequence[str], other: Sequence[str]) -> int | None:
    """How many first lines go together, if one cut explains the difference; None where nothing tells.

    Lines before the cut are held against each other as they stand, those after it shifted by as many lines as one text
    has too many. The cut with the greatest likeness in all wins, if it is clearly better than the worst one.
    """
    if len(one) < len(other):
        one, other = other, one
    one, other = one[:_COMPARED], other[:_COMPARED]
    shift = len(one) - len(other)
    if not shift or not other:
        return None
    long, short = [_features(text) for text in one], [_features(text) for text in other]
    before = [_likeness(a, b) for a, b in zip(long, short, strict=False)]
    after = [_likeness(a, b) for a, b in zip(long[shift:], short, strict=True)]
    head = list(accumulate(before, initial=0.0))
    tail = list(accumulate(reversed(after), initial=0.0))[::-1]
    totals = [left + right for left, right in zip(head, tail, strict=True)]
    best = max(totals)
    if best - min(totals) < _CLEAR * len(other):
        return None
    return totals.index(best)


def _features(text: str) -> tuple[frozenset[str], int]:
    folded = " ".join(text.lower().split())
    return frozenset(folded[at : at + 3] for at in range(max(len(folded) - 2, bool(folded)))), len(folded)


def _likeness(one: tuple[frozenset[str], int], other: tuple[frozenset[str], int]) -> float:
    """0 to 1: shared trigrams, which tell most in one language (in two: names and numbers), and similar length."""
    grams = len(one[0]) + len(other[0])
    shared = 2 * len(one[0] & other[0]) / grams if grams else 1.0
    return 0.7 * shared + 0.3 * exp(-2 * abs(log((one[1] + 5) / (other[1] + 5))))


def common_name(paths: Sequence[str]) -> list[str]:
    """Short names for files, as short as they stay different: the file's name, else the path.

    Raises:
        UsageError: the same file twice.
    """
    if len(set(paths)) < len(paths):
        twice = next(path for path in paths if list(paths).count(path) > 1)
        raise UsageError("the same file is given twice", where=twice, cure="compare different systems")
    names = [_short(path) for path in paths]
    return names if len(set(names)) == len(names) else list(paths)
