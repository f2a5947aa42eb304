"""A segment in, its length over what is usual for the two languages out, with a flag where that is far off.

The log of target length over source length is close to normal, with a spread that grows as sentences get shorter. On
the development data (1,007 sentences) it is √(0.008 + 2.2 / characters) for all three pairs of ar, en and fr.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from functools import lru_cache

from corpora.script import folded
from eval.checks.segment import Segment
from eval.result import Flag
from eval.settings import EvalSettings

# Characters that say what 100 English characters say. ar and fr are measured on the development data; the others are
# rough, and their spread is widened below.
_CHARACTERS: Mapping[str, float] = {
    "en": 100, "ar": 93.5, "fr": 117,
    "zh": 31, "ja": 44, "ko": 52, "de": 115, "es": 112, "it": 114, "pt": 110, "nl": 110, "ru": 108, "uk": 104,
    "pl": 107, "tr": 104, "fa": 97, "ur": 100, "he": 81, "hi": 99, "vi": 108, "id": 109,
}  # fmt: skip
_MEASURED = frozenset({"en", "ar", "fr"})
_FLOOR, _PER_CHARACTER, _ROUGH = 0.008, 2.2, 0.03
_SHORTEST = 15


def length_ratio(segment: Segment) -> float | None:
    """Target over source length, over the usual ratio of the two languages; None where a side is empty."""
    source, target = _length(segment.source.text), _length(segment.target.text)
    if not source or not target:
        return None
    return target / source / (_usual(segment.target_lang) / _usual(segment.source_lang))


def deviation(segment: Segment, ratio: float) -> float:
    """How many standard deviations the log of a ratio is from the usual."""
    shorter = max(min(_length(segment.source.text), _length(segment.target.text) / ratio), 1)
    variance = _FLOOR + _PER_CHARACTER / shorter
    for lang in (segment.source_lang, segment.target_lang):
        variance += 0 if _primary(lang) in _MEASURED else _ROUGH
    return math.log(ratio) / math.sqrt(variance)


def check(segment: Segment, settings: EvalSettings) -> Iterator[Flag]:
    """Flag a translation much shorter or longer than it should be."""
    ratio = length_ratio(segment)
    if ratio is None or not segment.certain or _length(segment.source.text) < _SHORTEST:
        return
    off = deviation(segment, ratio)
    if abs(off) < settings.length_deviations:
        return
    short = off < 0
    yield Flag(
        "length_ratio",
        "major" if abs(off) >= 1.5 * settings.length_deviations else "minor",
        "Accuracy/Omission" if short else "Accuracy/Addition",
        f"{ratio:.2f} times the usual length for {segment.other_side}: something may be "
        f"{'missing' if short else 'added'}",
    )


@lru_cache(maxsize=256)  # of one segment every step asks for it
def _length(text: str) -> int:
    """Characters that count: vowel marks, tatweel and invisible ones do not."""
    return len(" ".join(folded(text).split()))


def _usual(lang: str) -> float:
    return _CHARACTERS.get(_primary(lang), 100)


def _primary(lang: str) -> str:
    return lang.split("-")[0]
