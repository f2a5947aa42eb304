"""A Latin name and the Arabic word that renders it in, the spelling it should have had, one edit away, out.

The noisy-channel view of spelling (Kernighan, Church and Gale 1990): a rendering is suspect when a neighbour of it, one
letter away, is far more probable under the learned model of how names are transliterated. Variation among
transliterators moves the probability little, a slip of the pen moves it a lot: of 666 right pairs of the development
names .8 % have a neighbour more than e^7 times as probable, of their corruptions three quarters do. A neighbour that
only writes the same sounds otherwise (Hillsborough with ز or س) is no correction, unless it takes a doubled letter
back; nor is one with another ending (إندونيسي) for a name that is also a word.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

import numpy as np

from eval.names.spelling.sounds import letters_for, spelling_variants

# Log of how many times as probable a neighbour must be: any neighbour, and one that is a word or name known to exist.
_FAR_LIKELIER, _LIKELIER = 9.0, 7.0
# Probability of a letter (geometric mean): a rendering above the first needs no second look, a neighbour must reach the
# second.
_FINE, _GOOD = 0.5, 0.2
# Of two corrections this near in log probability the one that exists is meant.
_AS_LIKELY = 3.0
_JUDGED = 8
_NEAR_SOUNDS = frozenset("تطثسصزذظ")


@dataclass(frozen=True, slots=True)
class Correction:
    """A likelier spelling, the log of how many times as likely it is, and whether it is known to exist."""

    spelling: str
    gain: float
    known: bool = False


def correction(
    latin: str, arabic: str, exists: Callable[[str], bool] = lambda _: False, *, inflects: bool = False
) -> Correction | None:
    """What an Arabic rendering should have been, where one edit makes it far more probable; None where it may stand.

    Args:
        exists: whether a spelling is a known word or name: such a neighbour needs less to be believed.
        inflects: the name is also a word, which may stand there with an Arabic ending.
    """
    if exists(arabic):
        return None
    found = [one for one in _neighbours(latin, arabic) if not inflects or one.spelling[-1] == arabic[-1]]
    for one in found:
        if one.gain >= max(_LIKELIER, found[0].gain - _AS_LIKELY) and exists(one.spelling):
            return replace(one, known=True)
    return found[0] if found and found[0].gain >= _FAR_LIKELIER else None


def gain(latin: str, arabic: str, other: str) -> float:
    """Log of how many times as probable `other` is as `arabic` for a rendering of a Latin name."""
    from eval.names.spelling.edit_model import EditModel

    model = EditModel.bundled()
    first, second = model.log_joint(model.latin_names([latin]), model.arabic_names([arabic, other]))
    return float(second - first)


@lru_cache(maxsize=4096)
def _neighbours(latin: str, arabic: str) -> list[Correction]:
    """The likeliest spellings one edit away, the likeliest first; none for a rendering that is likely itself."""
    from eval.names.spelling.edit_model import EditModel

    model = EditModel.bundled()
    query = model.latin_names([latin])
    alone = float(query.log_alone[0])
    now = float(model.log_joint(query, model.arabic_names([arabic]))[0])
    if np.exp((now - alone) / (len(arabic) + 2)) >= _FINE:
        return []
    spellings = sorted(set(_one_edit(arabic, letters_for(latin))) - {arabic})
    logs = model.log_joint(query, model.arabic_names(spellings))
    best = sorted(range(len(spellings)), key=lambda i: (-round(float(logs[i]), 6), spellings[i]))[:_JUDGED]
    return [
        Correction(spellings[i], round(float(logs[i]) - now, 2))
        for i in best
        if np.exp((logs[i] - alone) / (len(spellings[i]) + 2)) >= _GOOD
        and (not _sounds_near(spellings[i], arabic) or _undoubles(spellings[i], arabic))
    ]


def _sounds_near(spelling: str, arabic: str) -> bool:
    """Whether a transliterator may choose either: the same sounds, or one sibilant or dental for another."""
    changed = {letter for a, b in zip(spelling, arabic, strict=False) if a != b for letter in (a, b)}
    return spelling_variants(arabic, spelling) or (len(spelling) == len(arabic) and changed <= _NEAR_SOUNDS)


def _undoubles(spelling: str, arabic: str) -> bool:
    # At the start the first of two may be a conjunction or a preposition.
    return any(i and a == b and arabic[:i] + arabic[i + 1 :] == spelling for i, (a, b) in enumerate(pairwise(arabic)))


def _one_edit(word: str, letters: str) -> Iterator[str]:
    for i in range(len(word) + 1):
        yield from (word[:i] + letter + word[i:] for letter in letters)
    for i in range(len(word)):
        if len(word) > 2:
            yield word[:i] + word[i + 1 :]
        yield from (word[:i] + letter + word[i + 1 :] for letter in letters)
        if i + 1 < len(word):
            yield word[:i] + word[i + 1] + word[i] + word[i + 2 :]
