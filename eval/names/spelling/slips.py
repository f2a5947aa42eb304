"""Two folded spellings in, the kind of slip that separates them out, or None where they are simply two words.

What is no slip: other digits (GB200, GB300), an ending that a language puts on names (Israel, Israeli; أمريكا, أمريكي),
more letters than a slip of the pen changes.
"""

from __future__ import annotations

import re
from typing import Literal

from rapidfuzz.distance import OSA

Slip = Literal["misspelt", "truncated"]

_DIGIT = re.compile(r"\d")
_LATIN_ENDINGS = frozenset(
    [
        "s",
        "es",
        "n",
        "an",
        "ian",
        "ians",
        "ans",
        "ean",
        "eans",
        "ese",
        "ish",
        "i",
        "is",
        "er",
        "ers",
        "e",
        "ed",
        "en",
        "ens",
        "een",
        "eens",
        "in",
        "y",
        "'s",
        "'",
        "a",
        "o",
        "al",
        "ic",
        "ien",
        "iens",
        "ienne",
        "iennes",
        "ais",
        "aise",
        "ois",
        "oise",
        "ism",
        "isme",
        "ist",
        "iste",
        "ia",
        "ie",
        "ies",
    ]
)
_ARABIC_ENDINGS = frozenset(
    ["ي", "يه", "ية", "يا", "يين", "يون", "ين", "ون", "ان", "ات", "ا", "ه", "ة", "ها", "هم", "هن", "نا", "ك"]
)
_ENDINGS = _LATIN_ENDINGS | _ARABIC_ENDINGS
_SHORTEST_TRUNCATION = 5


def slip_between(surface: str, form: str, *, inflects: bool = True, grounded: bool = False) -> Slip | None:
    """Which slip makes `surface` out of `form`; both folded (`fingerprint.fold_key`).

    Of several words one or two may slip, each within itself: South Korea is no slip of North Korea.

    Args:
        inflects: whether the name takes endings in its language (Korea, Korean); the full name of a person does not.
        grounded: a witness has the name here, so that a head of it is the name cut off and not another word.
    """
    ours, theirs = surface.split(), form.split()
    if surface == form or len(ours) != len(theirs):
        return None
    slips = [_word_slip(a, b, inflects, grounded) for a, b in zip(ours, theirs, strict=True) if a != b]
    if None in slips or len(slips) > 2:
        return None
    return "truncated" if "truncated" in slips else "misspelt"


def romanised_alike(a: str, b: str) -> bool:
    """Whether two folded Latin words are one Slavic name as two languages romanise it: Gagarine, Gagarin; Dmitri,
    Dmitry; Poutine, Putin.
    """
    return _romanised(a) == _romanised(b)


def _romanised(word: str) -> str:
    for ours, theirs in (("ou", "u"), ("tch", "ch"), ("w", "v"), ("y", "i")):
        word = word.replace(ours, theirs)
    return re.sub("ine$", "in", word)


def _word_slip(surface: str, form: str, inflects: bool, grounded: bool) -> Slip | None:
    misspelt = OSA.distance(surface, form) <= _allowed(surface, form)
    if not misspelt and not form.startswith(surface):
        return None
    if _DIGIT.search(surface) or _DIGIT.search(form):
        return None
    if _is_truncation(surface, form, grounded):
        return "truncated"
    shorter, longer = sorted((surface, form), key=len)
    rest = longer[len(shorter) :]
    if longer.startswith(shorter) and (rest in _ENDINGS or len(rest) > 1) and inflects:
        return None
    if inflects and _differs_in_ending(surface, form):
        return None
    return "misspelt" if misspelt else None


def _allowed(surface: str, form: str) -> int:
    shortest = min(len(surface), len(form))
    if shortest < 4 or max(len(surface), len(form)) < 5:
        return 0
    return 1 if shortest < 11 else 2


def _is_truncation(surface: str, form: str, grounded: bool) -> bool:
    missing = len(form) - len(surface)
    return (
        form.startswith(surface)
        and 2 <= missing <= 4
        and len(surface) >= _SHORTEST_TRUNCATION
        and (grounded or form[len(surface) :] not in _ENDINGS)
        and not surface.endswith(" ")
    )


def _differs_in_ending(surface: str, form: str) -> bool:
    """Whether both are one stem with two endings of a language: Iranien, Iranian."""
    stem = 0
    for a, b in zip(surface, form, strict=False):
        if a != b:
            break
        stem += 1
    rests = surface[stem:], form[stem:]
    return stem >= 4 and all(rest in _ENDINGS for rest in rests)
