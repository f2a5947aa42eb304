"""A name and the words of a translation in, the stretch that says what the name's words mean out: Seal as الختم.

Sentence vectors that know both languages place a word beside its translation. They are asked only about a name of the
base that nothing in the translation renders, since they cost a thousand times what a comparison of letters does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from corpora.script import Word

if TYPE_CHECKING:
    from alignment.encoders import Encoder

# Measured on literal translations of names against the other words of their sentences: those lie below .5, these above.
MEANS_THE_SAME = 0.5
_LONGEST = 4
_SPAN = 3


@dataclass(frozen=True, slots=True)
class Meaning:
    """The stretch that means what a name's words mean: words `[first, last]`, and how near it lies (a cosine)."""

    first: int
    last: int
    nearness: float


def literal_translation(name: str, words: Sequence[Word], text: str) -> Meaning | None:
    """The stretch of neighbouring words that translates a name word by word, if there is one."""
    if not words:
        return None
    surfaces = [word.text for word in words]
    windows = [(i, i) for i in range(len(words)) if len(words[i].text) > 1]
    best = _nearest(name, windows, surfaces)
    if best is None:
        return None
    around = [
        (first, last)
        for first in range(max(0, best.first - _SPAN), best.first + 1)
        for last in range(best.first, min(len(words), first + _LONGEST))
        if _adjacent(words[first : last + 1], text)
    ]
    best = _nearest(name, around, surfaces) or best
    return best if best.nearness >= MEANS_THE_SAME else None


def nearness(names: Sequence[str], words: Sequence[Word]) -> float:
    """How near the nearest stretch of one to four words lies to any of some spellings of a name: a cosine."""
    texts = [word.text for word in words]
    if not texts:
        return 0.0
    phrases = {" ".join(texts[i : i + n]) for n in range(1, _LONGEST + 1) for i in range(len(texts) - n + 1)}
    encoder = _encoder()
    return float((encoder.encode(sorted(phrases)) @ encoder.encode(list(names)).T).max())


def nearness_of(name: str, phrases: Sequence[str]) -> list[float]:
    """How near each phrase lies to a name: cosines, in the phrases' order."""
    encoder = _encoder()
    return [float(cosine) for cosine in encoder.encode(list(phrases)) @ encoder.encode([name])[0]]


def _adjacent(words: Sequence[Word], text: str) -> bool:
    return all(text[a.end : b.start] in {" ", "", "-", "’", "'", "\u00a0"} for a, b in pairwise(words))


def _nearest(name: str, windows: Sequence[tuple[int, int]], surfaces: Sequence[str]) -> Meaning | None:
    """The window whose vector lies nearest to the name's; the shorter one of two that lie equally near."""
    if not windows:
        return None
    phrases = [" ".join(surfaces[first : last + 1]) for first, last in windows]
    encoder = _encoder()
    nearness = encoder.encode(phrases) @ encoder.encode([name.lower()])[0]
    order = sorted(range(len(windows)), key=lambda i: (-round(float(nearness[i]), 3), windows[i][1] - windows[i][0], i))
    first, last = windows[order[0]]
    return Meaning(first, last, round(float(nearness[order[0]]), 4))


@lru_cache(maxsize=1)
def _encoder() -> Encoder:
    from alignment.encoders import get

    return get("use")
