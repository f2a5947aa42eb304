"""A Latin name and the Arabic word that renders it in, the spelling it should have had out: one edit away, or longer.

The noisy-channel view of spelling (Kernighan, Church and Gale 1990): a rendering is suspect when a neighbour of it, one
letter away, is far more probable under the learned model of how names are transliterated. Variation among
transliterators moves the probability little, a slip of the pen moves it a lot; how much is little depends on the edit:
of 392 words of names in the development news and their renderings .5 % are held suspect by the limits below, of their
corruptions two thirds. No translator puts letters in another order; a vowel more or less is often a habit. A
rendering is cut off when the name without its end fits it far better than the whole name does (none of the 392, and
97 of 100 truncations). A name that is also a word may stand there with an Arabic ending (إندونيسي).
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import Literal

import numpy as np

from eval.names.spelling.sounds import letters_for, spelling_variants

Edit = Literal["swapped", "removed", "added", "replaced"]

# Log of how many times as probable a neighbour must be, by what turns the rendering into it; less for one that sounds
# otherwise than for one that another transliterator might have chosen, and more for one that nobody has seen.
_OTHER_SOUNDS: Mapping[Edit, float] = {"swapped": 5.5, "removed": 7.0, "added": 7.0, "replaced": 7.0}
_SAME_SOUNDS: Mapping[Edit, float] = {"swapped": 5.5, "removed": 7.0, "added": 5.5, "replaced": 10.0}
_UNDOUBLED, _NEW = 3.0, 2.5
# Who puts letters in another order or one too many slips oftener than who takes another.
_OFTENER: Mapping[Edit, float] = {"swapped": 3.0, "removed": 1.0, "added": 0.0, "replaced": 0.0}
# Probability of a letter (geometric mean): a rendering above the first needs no second look, a neighbour must reach the
# second.
_FINE, _GOOD = 0.55, 0.1
# Of two corrections this near in log probability the one that exists is meant.
_AS_LIKELY = 1.5
# Endings of Arabic words for who and what belongs to a place or a faith, and their plurals.
_INFLECTED, _PLURAL = re.compile("(?:ي|ية|يه|يين|يون)$"), re.compile("(?:ية|يه|يين|يون)$")
_JUDGED = 24
_GLUED = 4.0
_CLITICS = "وفبكل"
_NEAR_SOUNDS = frozenset("تطثسصزذظ")
# A rendering that is cut off: how much better, in log probability, the name without its last letters fits it, and how
# many those can be.
_CUT_OFF, _MOST_LOST = 5.0, 5
_SHORTEST_HEAD = 4
_LONGEST_TAIL, _BEAM = 4, 6


@dataclass(frozen=True, slots=True)
class Correction:
    """A likelier spelling, the log of how many times as likely it is, and whether it is known to exist.

    Attributes:
        cut_off: the rendering is a head of it.
        rank: log probability by which corrections of one rendering are compared.
    """

    spelling: str
    gain: float
    known: bool = False
    cut_off: bool = False
    rank: float = 0.0


def correction(
    latin: str,
    arabic: str,
    exists: Callable[[str], bool] = lambda _: False,
    *,
    inflects: bool = False,
    in_company: bool = False,
) -> Correction | None:
    """What an Arabic rendering should have been, where that is far more probable; None where it may stand.

    Args:
        exists: whether a spelling is a known word or name: such a neighbour needs less to be believed.
        inflects: the name is also a word, which may stand there with an Arabic ending.
        in_company: another word of the name stands beside it, so that it is no adjective.
    """
    if exists(arabic) or is_fine(latin, arabic):
        return None
    if (in_company or not _INFLECTED.search(arabic)) and (whole := _completed(latin, arabic)) is not None:
        return replace(whole, known=exists(whole.spelling))
    found = [one for one in _neighbours(latin, arabic) if not inflects or one.spelling[-1] == arabic[-1]]
    if not found or _PLURAL.search(arabic) or _has_more(latin, arabic, max(one.gain for one in found)):
        return None
    best = next((one for one in found if exists(one.spelling) and one.rank >= found[0].rank - _AS_LIKELY), None)
    if best is not None:
        return replace(best, known=True)
    return next((one for one in found if _is_sure(arabic, one)), None)


def gain(latin: str, arabic: str, other: str) -> float:
    """Log of how many times as probable `other` is as `arabic` for a rendering of a Latin name."""
    from eval.names.spelling.edit_model import EditModel

    model = EditModel.bundled()
    first, second = model.log_joint(model.latin_names([latin]), model.arabic_names([arabic, other]))
    return float(second - first)


@lru_cache(maxsize=4096)
def is_fine(latin: str, arabic: str) -> bool:
    """Whether a rendering is so likely itself that no other needs to be looked for."""
    from eval.names.spelling.edit_model import EditModel

    model = EditModel.bundled()
    query = model.latin_names([latin])
    log = float(model.log_joint(query, model.arabic_names([arabic]))[0]) - float(query.log_alone[0])
    return bool(np.exp(log / (len(arabic) + 2)) >= _FINE)


@lru_cache(maxsize=4096)
def _completed(latin: str, arabic: str) -> Correction | None:
    """The whole rendering that an Arabic word is the head of; None where it may be whole."""
    from eval.names.spelling.edit_model import EditModel

    heads = [latin[:-lost] for lost in range(1, _MOST_LOST + 1) if len(latin) - lost >= 2]
    if len(arabic) < _SHORTEST_HEAD or not heads:
        return None
    model = EditModel.bundled()
    query, first = model.arabic_names([arabic]), np.arange(len(heads) + 1)
    names = model.latin_names([latin, *heads])
    fits = model.log_joint_in_context(query, names, first) - names.log_alone
    if float(fits[1:].max() - fits[0]) < _CUT_OFF:
        return None
    now = float(fits[0] + names.log_alone[0])
    best, log = arabic, now
    beam = [arabic]
    for _ in range(_LONGEST_TAIL):
        tried = [head + letter for head in beam for letter in letters_for(latin)]
        logs = model.log_joint_in_context(model.latin_names([latin]), model.arabic_names(tried), np.arange(len(tried)))
        order = sorted(range(len(tried)), key=lambda i: (-round(float(logs[i]), 6), tried[i]))
        beam = [tried[i] for i in order[:_BEAM]]
        if float(logs[order[0]]) > log:
            best, log = beam[0], float(logs[order[0]])
    if len(best) < len(arabic) + 2:
        return None
    return Correction(best, round(log - now, 2), cut_off=True)


@lru_cache(maxsize=4096)
def _neighbours(latin: str, arabic: str) -> list[Correction]:
    """The likely spellings one edit away that are likelier than the rendering, the likeliest first."""
    from eval.names.spelling.edit_model import EditModel

    model = EditModel.bundled()
    query = model.latin_names([latin])
    alone = float(query.log_alone[0])
    now = float(model.log_joint(query, model.arabic_names([arabic]))[0])
    spellings = sorted(set(_one_edit(arabic, letters_for(latin))) - {arabic})
    names = model.arabic_names(spellings)
    logs = model.log_joint(query, names)
    best = np.array(sorted(range(len(spellings)), key=lambda i: (-round(float(logs[i]), 6), spellings[i]))[:_JUDGED])
    in_context = dict(zip(best.tolist(), model.log_joint_in_context(query, names, best).tolist(), strict=True))
    found = [
        Correction(
            spellings[i],
            round(float(logs[i]) - now, 2),
            rank=round((float(logs[i]) + in_context[i]) / 2 + _OFTENER[_edit(arabic, spellings[i])], 6),
        )
        for i in best.tolist()
        if np.exp((logs[i] - alone) / (len(spellings[i]) + 2)) >= _GOOD
    ]
    found = [one for one in found if _excess(arabic, one) >= 0]
    return sorted(found, key=lambda one: (-one.rank, one.spelling))


def _is_sure(arabic: str, one: Correction) -> bool:
    """Whether a neighbour that nobody has seen is likely enough: a consonant too few is often a silent one (Combs)."""
    if _undoubles(one.spelling, arabic):
        return True
    return _excess(arabic, one) >= _NEW and _edit(arabic, one.spelling) != "added"


def _has_more(latin: str, arabic: str, gain: float) -> bool:
    """Whether a word is rather a rendering with another word glued to it, كلاركإن for كلارك إن, than a slip.

    Args:
        gain: of the likeliest neighbour.
    """
    from eval.names.spelling.edit_model import EditModel

    parts = [arabic[:end] for end in range(3, len(arabic) - 1)] + [
        arabic[start:] for start in range(2, len(arabic) - 2)
    ]
    if not parts:
        return False
    model = EditModel.bundled()
    logs = model.log_joint(model.latin_names([latin]), model.arabic_names([arabic, *parts]))
    return float(logs[1:].max() - logs[0]) >= gain + _GLUED


def _excess(arabic: str, one: Correction) -> float:
    """By how much a neighbour is likelier than it needs to be."""
    return one.gain - _limit(arabic, one.spelling)


def _limit(arabic: str, spelling: str) -> float:
    changed = {letter for a, b in zip(spelling, arabic, strict=False) if a != b for letter in (a, b)}
    if spelling == arabic[1:] and arabic[0] in _CLITICS:
        return math.inf
    if spelling.startswith(arabic) or (len(spelling) == len(arabic) and changed <= _NEAR_SOUNDS):
        # Who ends in silent letters (Lacroix) and who has a sibilant or a dental (Hillsborough) is written either way.
        return math.inf
    if _undoubles(spelling, arabic):
        return _UNDOUBLED
    alike = spelling_variants(arabic, spelling)
    return (_SAME_SOUNDS if alike else _OTHER_SOUNDS)[_edit(arabic, spelling)]


def _edit(arabic: str, spelling: str) -> Edit:
    if len(spelling) != len(arabic):
        return "removed" if len(spelling) < len(arabic) else "added"
    return "swapped" if sum(a != b for a, b in zip(arabic, spelling, strict=True)) > 1 else "replaced"


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
