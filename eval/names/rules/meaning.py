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
# The same for the words of a name one by one: the least of them, and their mean.
_EACH_WORD, _WORDS_MEAN_THE_SAME = 0.48, 0.6
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


def word_by_word(names: Sequence[str], words: Sequence[Word], text: str) -> Meaning | None:
    """The stretch in which each of a name's words stands by its meaning, in any order: Numérique de l’Ouest.

    Vectors of whole phrases miss a translation that nobody would have chosen; those of its words do not.

    Args:
        names: the words of the name that carry meaning.
    """
    if len(names) < 2 or not words:
        return None
    encoder = _encoder()
    cosines = encoder.encode([word.text for word in words]) @ encoder.encode([name.lower() for name in names]).T
    found: list[tuple[float, int, int]] = []
    for first in range(len(words)):
        for last in range(first + len(names) - 1, min(len(words), first + len(names) + _SPAN)):
            if not _adjacent(words[first : last + 1], text):
                break
            window = cosines[first : last + 1]
            each = window.argmax(axis=0)
            if len(set(each.tolist())) < len(names) or not {0, last - first} <= set(each.tolist()):
                continue
            best = window.max(axis=0)
            if float(best.min()) >= _EACH_WORD:
                found.append((round(float(best.mean()), 4), first, last))
    best_of_all = max(found, key=lambda one: (one[0], one[1] - one[2], -one[1]), default=None)
    if best_of_all is None or best_of_all[0] < _WORDS_MEAN_THE_SAME:
        return None
    return Meaning(best_of_all[1], best_of_all[2], best_of_all[0])


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

    return get()
