"""A sentence in, whether its grammar shows a hole where a word was left out: "la depuis 2006", "الطلب على ينمو".

A preposition governs a noun. Where it is followed by the end of the clause, by another preposition or by a verb, or an
elision by a space, what it governed is gone. Closed classes only: nothing here parses.
"""

from __future__ import annotations

import re

from eval.names.base.lexicon import is_listed

_ARABIC_GOVERNS = frozenset(
    [
        "في",
        "على",
        "إلى",
        "عن",
        "مع",
        "بين",
        "حول",
        "بشأن",
        "لدى",
        "عبر",
        "ضد",
        "نحو",
        "تجاه",
        "لشركة",
        "شركة",
        "بشركة",
        "وفي",
        "وعلى",
        "وإلى",
        "وعن",
        "ومع",
        "وبين",
    ]
)
_ARABIC_NO_NOUN = frozenset(
    ["في", "على", "إلى", "عن", "مع", "حول", "لدى", "ضد", "منذ", "التي", "الذي", "قد", "وقد", "كما", "لكن", "إذا", "حيث"]
)
_ARABIC_ALONE = frozenset(["و", "ب", "ل", "ك", "لل", "لـ", "بـ", "كـ"])
_ARABIC_WORD = re.compile(r"[\u0621-\u0652\u0640]+")
_FRENCH_GOVERNS = frozenset(["la", "le", "les", "du", "des", "de", "à", "au", "aux", "dans", "chez", "entre", "contre"])
_FRENCH_NO_NOUN = frozenset(["au", "aux", "depuis", "pendant", "et", "mais", "car", "est", "sont", "était", "ont"])
_FRENCH_NEVER_LAST = _FRENCH_GOVERNS | {"vers", "selon"}
_ENGLISH_GOVERNS = frozenset(["the", "a", "an", "of", "at", "from", "into", "between"])
_ENGLISH_NO_NOUN = frozenset(["of", "into", "and", "but", "is", "are", "was", "were", "has", "have", "had"])
_MONTHS = frozenset(["يناير", "يونيو", "يوليو", "يونيه", "يوليه"])
_CLOSES = re.compile(r"\s*(?:[.,;:،؛؟!?)\]»”]|$)")
_LATIN_WORD = re.compile(r"[^\W\d_]+(?:[-‐‑][^\W\d_]+)*[’']?")
_ELIDED = re.compile(r"(?<!\w)(?:l|d|qu|jusqu)[’'](?:\s|[.,;:!?)»]|$)", re.IGNORECASE)
_UNELIDED = re.compile(r"(?<![\w’'-])(?:de|le|la|que|je|ne|se)\s+(?P<next>[aàâeéèêiîoôuû]\w+)", re.IGNORECASE)
# French does not elide before these.
_ASPIRATED = re.compile(
    r"^(?:onz|oui|uhlan|un$|une$|ouistiti|iota|yaourt|à|a$|au|aux|et$|est$|en$|y$|ont$|ai)", re.IGNORECASE
)


def shows_gap(sentence: str, lang: str) -> bool:
    """Whether a sentence has a hole that only a missing word explains; False for languages without rules.

    >>> shows_gap("Le Conseil a renforcé les sanctions contre la depuis 2006.", "fr")
    True
    """
    language = lang.split("-")[0]
    if language == "ar":
        return _arabic_gap(sentence)
    if language == "fr":
        return _lost_head(sentence) or _french_gap(sentence)
    if language == "en":
        return _lost_head(sentence) or _governs_nothing(
            sentence, _ENGLISH_GOVERNS, _ENGLISH_NO_NOUN, frozenset({"the"})
        )
    return False


def _arabic_gap(sentence: str) -> bool:
    found = list(_ARABIC_WORD.finditer(sentence))
    for i, match in enumerate(found):
        word = _bare(match[0])
        after = sentence[match.end() :]
        if word in _ARABIC_ALONE and re.match(r"\s+(?:[لب]|في|على|إلى|من|قد)|\s*[.،؛]", after):
            return True
        if word not in _ARABIC_GOVERNS:
            continue
        if _CLOSES.match(after) and not after.lstrip().startswith((":", ")")):
            return True
        following = found[i + 1] if i + 1 < len(found) else None
        if following is None or sentence[match.end() : following.start()].strip():
            continue
        then = _bare(following[0])
        if then in _ARABIC_NO_NOUN or _is_imperfect(then):
            return True
    return False


def _bare(word: str) -> str:
    return re.sub("[\u064b-\u0652\u0640]", "", word) or word


def _is_imperfect(word: str) -> bool:
    """Whether a word can only be a verb: one that begins with ي and stands in the dictionary with ت as well."""
    return (
        len(word) >= 4
        and word[0] == "ي"
        and is_listed(word, "ar")
        and is_listed(f"ت{word[1:]}", "ar")
        and word not in _MONTHS
    )


def _lost_head(sentence: str) -> bool:
    """Whether a sentence begins with a small letter or a comma: what stood before it is gone."""
    start = sentence.lstrip("\"“«‘'(–—- \u00a0\u202f")
    return bool(start) and (start[0] in ",." or (start[0].islower() and not re.match(r"\w*[A-Z0-9]|\w+\.\w", start)))


def _french_gap(sentence: str) -> bool:
    if _ELIDED.search(sentence) or re.search(r"[,(]\s*[,(]", sentence):
        return True
    for match in _UNELIDED.finditer(sentence):
        if match["next"].islower() and not _ASPIRATED.match(match["next"]) and is_listed(match["next"], "fr"):
            return True
    return _governs_nothing(sentence, _FRENCH_GOVERNS, _FRENCH_NO_NOUN, _FRENCH_NEVER_LAST)


def _governs_nothing(
    sentence: str, governs: frozenset[str], no_noun: frozenset[str], never_last: frozenset[str]
) -> bool:
    """Whether a word that governs a noun is followed by the clause's end or by a word that cannot begin one."""
    found = list(_LATIN_WORD.finditer(sentence))
    for i, match in enumerate(found):
        word = match[0].lower()
        if word not in governs and word not in never_last:
            continue
        after = sentence[match.end() :]
        if word in never_last and _CLOSES.match(after) and not after.lstrip().startswith((":", "»", "”")):
            return True
        following = found[i + 1] if i + 1 < len(found) else None
        if following is None or sentence[match.end() : following.start()] != " ":
            continue
        if following[0] in no_noun:
            return True
    return False
