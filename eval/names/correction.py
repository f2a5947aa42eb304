"""A Latin name and the Arabic word that renders it in, the spelling it should have had, one edit away, out.

The noisy-channel view of spelling (Kernighan, Church and Gale 1990): a rendering is suspect when a neighbour of it, one
letter away, is several times more probable under the learned model of how names are transliterated. Variation among
transliterators moves the probability little, a slip of the pen moves it a lot. On 500 right pairs of the development
names none was suspected, on their corruptions 64 % were, and 87 % of those came back as they had been.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from eval.names.claims import folded
from eval.names.sounds import letters_for, spelling_variants

# Probability of a letter (geometric mean): a rendering below the first is worth looking at, a neighbour must reach the
# second, and be so many times as probable.
_DOUBTFUL, _GOOD, _TIMES = 0.4, 0.3, 3.0


@dataclass(frozen=True, slots=True)
class Correction:
    """A likelier spelling, and how many times likelier each of its letters is."""

    spelling: str
    times: float


@lru_cache(maxsize=4096)
def correction(latin: str, arabic: str) -> Correction | None:
    """What an Arabic rendering should have been, where one edit makes it far more probable; None where it may stand."""
    from eval.names.match import likeness

    key = folded(latin)
    [now] = likeness(latin, key, [folded(arabic)])
    if now >= _DOUBTFUL:
        return None
    neighbours = sorted(set(_one_edit(arabic, letters_for(latin))) - {arabic})
    scores = likeness(latin, key, [folded(neighbour) for neighbour in neighbours])
    best = max(range(len(scores)), key=lambda i: (round(scores[i], 6), neighbours[i]))
    times = scores[best] / max(now, 1e-6)
    if scores[best] < _GOOD or times < _TIMES or spelling_variants(arabic, neighbours[best]):
        return None
    return Correction(neighbours[best], round(times, 2))


def _one_edit(word: str, letters: str) -> Iterator[str]:
    for i in range(len(word) + 1):
        yield from (word[:i] + letter + word[i:] for letter in letters)
    for i in range(len(word)):
        if len(word) > 2:
            yield word[:i] + word[i + 1 :]
        yield from (word[:i] + letter + word[i + 1 :] for letter in letters)
        if i + 1 < len(word):
            yield word[:i] + word[i + 1] + word[i] + word[i + 2 :]
