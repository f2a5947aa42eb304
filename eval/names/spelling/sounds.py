"""A Latin and an Arabic spelling in, how well one renders the other out: by their consonants first, their vowels
second.

Quick and deliberately rough: it decides whether a word of the translation can be the name at all. Ranking names
against each other is the business of `eval.names.match`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

from corpora.script import fold

_ARABIC = str.maketrans(
    {
        **dict.fromkeys("اأإآىةءئؤعٱ", "a"),
        **dict.fromkeys("تط", "t"),
        **dict.fromkeys("دضذظ", "d"),
        **dict.fromkeys("سص", "s"),
        **dict.fromkeys("جغ", "g"),
        **dict.fromkeys("قك", "k"),
        **dict.fromkeys("حه", "h"),
        "ب": "b", "ث": "t", "خ": "k", "ر": "r", "ز": "z", "ش": "c", "ف": "f", "ل": "l", "م": "m",
        "ن": "n", "و": "w", "ي": "y",
    }
)  # fmt: skip
_LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهويةإأ"
_LATIN_GROUPS = (
    ("tsch", "c"), ("sch", "c"), ("tch", "c"), ("sh", "c"), ("ch", "c"), ("ph", "f"), ("th", "t"), ("gh", "g"), ("kh",
    "k"),
    ("ck", "k"), ("qu", "k"), ("dj", "g"), ("dg", "g"), ("zh", "g"), ("wh", "w"), ("wr", "r"), ("kn", "n"), ("tz",
    "z"), ("x", "ks"),
)  # fmt: skip
_LATIN = str.maketrans(
    {"p": "b", "v": "f", "q": "k", "c": "k", "j": "g", "e": "a", "o": "w", "u": "w", "i": "y", "y": "y", "z": "z"}
)
_READINGS = (
    ("ch", "k"),
    ("c", "s"),
    ("g", "y"),
    ("j", "h"),
    ("j", "y"),
    ("w", "f"),
    ("s", "z"),
    ("gh", ""),
    ("th", "d"),
    ("ti", "ci"),
)
_CONSONANTS = 0.75
_HARD = str.maketrans("kz", "gs")
_VOWELS = re.compile("[awy]")
_REPEAT = re.compile(r"(.)\1+")


@lru_cache(maxsize=1 << 15)
def resemblance(latin: str, arabic: str) -> float:
    """How well an Arabic word renders a Latin one, 0 to 1; the best over the ways to read its letters.

    >>> resemblance("Lenschow", "لينشو") > 0.8
    True
    """
    target = _arabic_sounds(arabic)
    return max((_alike(sounds, target) for sounds in _latin_sounds(latin)), default=0.0)


def resemblances(latin: str, arabic: Sequence[str]) -> list[float]:
    """`resemblance` of each of several Arabic words, all compared at once."""
    readings, targets = _latin_sounds(latin), [_arabic_sounds(word) for word in arabic]
    if not targets:
        return []
    whole = cdist(readings, targets, scorer=OSA.normalized_similarity, dtype=np.float64)
    skeletons = list(map(_skeleton, readings)), list(map(_skeleton, targets))
    consonants = cdist(*skeletons, scorer=OSA.normalized_similarity, dtype=np.float64)
    best: list[float] = (_CONSONANTS * consonants + (1 - _CONSONANTS) * whole).max(axis=0).tolist()
    return [round(score, 4) for score in best]


def initial_sounds(word: str) -> frozenset[str]:
    """The sounds a Latin or Arabic word can begin with: two words that share none do not sound alike."""
    if word.isascii():
        return frozenset(sounds[:1] for sounds in _latin_sounds(word))
    return frozenset({_arabic_sounds(word)[:1]})


def letters_for(latin: str) -> str:
    """The Arabic letters that can stand in a rendering of a Latin word: those of its sounds, and the vowels."""
    sounds = {sound for reading in _latin_sounds(latin) for sound in reading} | set("awy")
    return "".join(letter for letter in _LETTERS if letter.translate(_ARABIC) in sounds)


def same_sounds(a: str, b: str) -> bool:
    """Whether two Arabic spellings write the same sounds with other letters: ليفينجستون, ليفينغستون."""
    return _arabic_sounds(a).translate(_HARD) == _arabic_sounds(b).translate(_HARD) and len(a) == len(b)


def spelling_variants(a: str, b: str) -> bool:
    """Whether two Arabic spellings differ only as transliterators do: long vowels, ج غ ق ك for one sound, ت ط, س ص."""
    first, second = (_skeleton(_arabic_sounds(word)).translate(_HARD) for word in (a, b))
    return first.lstrip("awy") == second.lstrip("awy")


def _alike(a: str, b: str) -> float:
    """Consonants weigh most; a missing vowel is the rule in Arabic, an h often silent."""
    consonants = OSA.normalized_similarity(_skeleton(a), _skeleton(b))
    return round(float(_CONSONANTS * consonants + (1 - _CONSONANTS) * OSA.normalized_similarity(a, b)), 4)


@lru_cache(maxsize=65536)
def _skeleton(sounds: str) -> str:
    bare = _VOWELS.sub("", sounds)
    return (sounds[0] if sounds[:1] in "awy" and sounds else "") + (bare.replace("h", "") or bare)


@lru_cache(maxsize=65536)
def _arabic_sounds(word: str) -> str:
    folded = fold(word, case=True).text.replace("تش", "ش").replace("كس", "كس")
    return _REPEAT.sub(r"\1", re.sub("[^a-z]", "", folded.translate(_ARABIC)))


@lru_cache(maxsize=16384)
def _latin_sounds(word: str) -> tuple[str, ...]:
    """Every way to read a Latin word that its letters allow, one letter group read otherwise at a time."""
    plain = re.sub("[^a-z]", "", fold(word, case=True).text)
    plain = re.sub(r"(?<=..)e$", "", plain)
    spellings = [plain, *(plain.replace(group, sound) for group, sound in _READINGS if group in plain)]
    spellings += [plain[:-1]] if re.search(r"[aeiou][tdsxzn]$", plain) and len(plain) > 4 else []
    return tuple(dict.fromkeys(_read(spelling) for spelling in spellings))


def _read(spelling: str) -> str:
    for group, sound in _LATIN_GROUPS:
        if group != "ch" or "ch" in spelling:
            spelling = spelling.replace(group, sound.upper())
    return _REPEAT.sub(r"\1", spelling.translate(_LATIN).lower())
