"""A bead in, the reason why it is no good training pair out, or None.

The rules are the section `[filters]` of muwazi.toml; the first that a bead breaks is its reason, so that every pair
that is not in a dataset is listed with one.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from corpora.records import BeadRecord
from corpora.script import dominant_script, folded


@dataclass(frozen=True, slots=True)
class FilterSettings:
    """What a pair must be to stand in a dataset.

    Attributes:
        min_chars, max_chars: letters and digits of each side.
        max_length_ratio: how many times longer or shorter than usual for the language pair the target may be; not
            asked of sides shorter than `ratio_chars`, where a word more changes it much.
        min_score: probability that both sides belong together.
        min_similarity: cosine of both sides' vectors.
        check_language: refuse a side that surely is in another language than its article.
        check_script: refuse a side that is mostly in another script than its language's.
        identical: keep pairs whose sides are the same text.
        flags: kinds of flags (`muwazi check` explains each) that refuse a pair where they are major or critical.
    """

    min_chars: int = 3
    max_chars: int = 2000
    max_length_ratio: float = 3.0
    ratio_chars: int = 20
    min_score: float = 0.5
    min_similarity: float = 0.2
    check_language: bool = True
    check_script: bool = True
    identical: bool = False
    flags: tuple[str, ...] = (
        "number_mismatch",
        "untranslated",
        "wrong_script",
        "repetition",
        "omission",
        "addition",
        "low_similarity",
    )

    def __post_init__(self) -> None:
        if not 0 <= self.min_chars <= self.max_chars:
            raise ValueError("min_chars must lie between 0 and max_chars")
        if self.max_length_ratio < 1:
            raise ValueError("max_length_ratio must be at least 1")
        if not 0 <= self.min_score <= 1 or not -1 <= self.min_similarity <= 1:
            raise ValueError("min_score must lie between 0 and 1, min_similarity between -1 and 1")


_SIGN: Final = re.compile(r"[\W_]+")
_FEW_LETTERS: Final = 8  # a title like "iPhone 17" is in Latin letters in every language


def reason(bead: BeadRecord, source_lang: str, target_lang: str, settings: FilterSettings) -> str | None:
    """Why the pair is refused, in one word that stands in `rejected.parquet`; None where it may stay."""
    if bead.mark is not None:
        return bead.mark
    if bead.is_gap:
        return "no_counterpart"
    return next((name for name, broken in RULES.items() if broken(bead, source_lang, target_lang, settings)), None)


def _length(bead: BeadRecord, settings: FilterSettings) -> bool:
    sizes = [len(_SIGN.sub("", text)) for text in (bead.source, bead.repaired)]
    return min(sizes) < settings.min_chars or max(sizes) > settings.max_chars


def _ratio(bead: BeadRecord, settings: FilterSettings) -> bool:
    if bead.length_ratio is None or min(len(bead.source), len(bead.target)) < settings.ratio_chars:
        return False
    return not 1 / settings.max_length_ratio <= bead.length_ratio <= settings.max_length_ratio


def _identical(bead: BeadRecord, settings: FilterSettings) -> bool:
    return not settings.identical and comparable(bead.source) == comparable(bead.repaired)


def _script(bead: BeadRecord, source_lang: str, target_lang: str, settings: FilterSettings) -> bool:
    if not settings.check_script:
        return False
    return _other_script(bead.source, source_lang) or _other_script(bead.repaired, target_lang)


def _other_script(text: str, lang: str) -> bool:
    from corpora.language import info

    if sum(map(str.isalpha, text)) < _FEW_LETTERS:
        return False
    found = dominant_script(text)
    return bool(found) and not _same_script(found, info(lang).script)


def _same_script(found: str, wanted: str) -> bool:
    """Chinese and Japanese are written in several scripts; all else in one."""
    east_asian = {"Hans", "Hant", "Hani", "Jpan", "Hira", "Kana"}
    return found == wanted or {found, wanted} <= east_asian or {found, wanted} <= {"Kore", "Hang", "Hani"}


# In the order in which a reader would ask. To add a rule, add an entry; its name is the reason.
RULES: Final[dict[str, Callable[[BeadRecord, str, str, FilterSettings], bool]]] = {
    "score": lambda bead, _a, _b, settings: bead.score < settings.min_score,
    "length": lambda bead, _a, _b, settings: _length(bead, settings),
    "identical": lambda bead, _a, _b, settings: _identical(bead, settings),
    "script": _script,
    "language": lambda bead, _a, _b, settings: (
        settings.check_language and (bead.source_detected, bead.target_detected) != (None, None)
    ),
    "length_ratio": lambda bead, _a, _b, settings: _ratio(bead, settings),
    "similarity": lambda bead, _a, _b, settings: (
        bead.similarity is not None and bead.similarity < settings.min_similarity
    ),
    "flagged": lambda bead, _a, _b, settings: any(kind in settings.flags for kind in bead.serious),
}


@lru_cache(maxsize=4)  # the rules and the search for duplicates ask for both sides of a pair, one after the other
def comparable(text: str) -> str:
    """The text as duplicates are looked for: its letters and digits alone, folded."""
    return _SIGN.sub(" ", folded(text, case=True)).strip()
