"""A text in, whether it denies something out: negation by the words of its language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from corpora.script import folded

# Words and endings that negate, as they stand in folded text (no vowel marks, one shape of apostrophe). Left out is
# what only sometimes negates: `plus` and `personne` in French, ما in Arabic, `but` in English.
_NEGATION: Mapping[str, str] = {
    "en": r"\b(?:not|never|no|none|nobody|nothing|nor|neither|without|cannot|unable|refus\w+|den(?:y|ied|ies)|lack\w*|"
    r"fail\w*|unlike\w*|hardly|barely|few|little|except|unless|reject\w*|\w+n't|un(?!it|i|der)\w+|in(?:capable|ability)|"
    r"im(?:possible)|less|avoid\w*|stop\w*|prevent\w*|against|absence|ban\w*)\b",
    "fr": r"\b(?:ne|n'\w+|non|jamais|aucun\w*|sans|ni|rien|pas|refus\w+|ni[ae]\w*|manqu\w+|echou\w+|impossible\w*|"
    r"incapable\w*|ignor\w+|moins|plutot|absence|hormis|sauf|peu|guere|interdi\w+|rejet\w+|empech\w+|evit\w+|contre|dement\w*|in\w+able\w*)\b",
    "ar": r"(?<!\w)[وف]?(?:لا|لم|لن|ليس|ليست|ليسوا|لست|لسنا|غير|دون|بدون|بلا|عدم|بعدم|كلا|ابدا|مستحيل|استحاله|رفض\w*|"
    r"ترفض|يرفض\w*|نفي|نفت|ينفي|تنفي|انكر\w*|انعدام|سوي|الا|ماعدا|ضد|منع\w*|يمنع|تجنب|فشل\w*|قليل\w*|نادرا|بالكاد|لانه|"
    r"والا|بدل\w*|نقص\w*|ينقص\w*|اقل|حظر\w*|انتفاء|خلو|افتقار|تفتقر|يفتقر)(?!\w)",
}
_PLAIN: Mapping[str, str] = {
    "en": r"\b(?:not|never|nobody|nothing|neither|cannot|\w+n't)\b",
    "fr": r"\b(?:ne|n'\w+|jamais|aucune?)\b",
    "ar": r"(?<!\w)[وف]?(?:لا|لم|لن|ليس|ليست|ليسوا|لست|لسنا)(?!\w)",
}


def negates(text: str, lang: str) -> bool | None:
    """Whether a text holds a plain negation (not, ne … pas, لا لم لن ليس); None for a language that is not known."""
    pattern = _compiled(lang.split("-")[0], plain=True)
    return None if pattern is None else pattern.search(folded(text, case=True)) is not None


def may_negate(text: str, lang: str) -> bool | None:
    """Whether a text holds anything that could deny something: also `without`, `refuse`, `impossible`."""
    pattern = _compiled(lang.split("-")[0], plain=False)
    return None if pattern is None else pattern.search(folded(text, case=True)) is not None


@lru_cache(maxsize=16)
def _compiled(lang: str, *, plain: bool) -> re.Pattern[str] | None:
    source = (_PLAIN if plain else _NEGATION).get(lang)
    return re.compile(source) if source else None
