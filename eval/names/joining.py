"""A replacement and its place in, the replacement joined to what stands before it out: ل + الـ, l’/le, d’/de.

A finding's offsets cover the name alone; what is glued to its left (an Arabic preposition, a French elision) belongs to
the sentence. Where the new name begins in another way than the old one, that join has to change with it, or the text
reads "لالذكاء" or "de IA".
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

TATWEEL = "ـ"
_ARABIC_LETTER = re.compile(r"[\u0621-\u063a\u0641-\u064a\u0671-\u06d3]")
_ARABIC_PROCLITIC = re.compile(
    r"(?:^|[^\u0621-\u064a\u0671-\u06d3])(?P<before>[وف]?)(?P<preposition>[بكل])(?P<stretch>ـ*[ \u00a0]?)$"
)
_FRENCH_ELIDED = re.compile(r"(?<!\w)(?P<word>l|d|j|n|s|c|m|t|qu|jusqu|lorsqu|puisqu|quoiqu)[’']$", re.IGNORECASE)
_FRENCH_FULL = re.compile(
    r"(?<!\w)(?P<word>le|la|de|du|au|je|ne|se|ce|me|te|que|jusque|lorsque|puisque|quoique)(?P<space>[ \u00a0])$",
    re.IGNORECASE,
)
_FRENCH_CONTRACTED = {"du": "de l", "au": "à l"}
_ENGLISH_ARTICLE = re.compile(r"(?<!\w)(?P<word>an?)(?P<space>[ \u00a0])$", re.IGNORECASE)
_ENGLISH_VOWEL_LETTERS = frozenset("AEFHILMNORSX")
# Longer than any word the patterns above look for, with room for stretched letters.
_REACH = 16


@dataclass(frozen=True, slots=True)
class Joined:
    """What is written where, once the join is right: `text[start:end]` becomes `replacement`.

    `note` tells the editor what was guessed or left alone.
    """

    start: int
    end: int
    replacement: str
    note: str | None = None


def join(text: str, start: int, end: int, replacement: str, lang: str) -> Joined:
    """Put `replacement` in the place of `text[start:end]` as the language wants it joined to its left.

    >>> join("لمنظمة العفو الدولية", 1, 20, "الذكاء الاصطناعي", "ar").replacement
    'لذكاء الاصطناعي'
    """
    before = text[max(0, start - _REACH) : start]
    language = lang.split("-")[0]
    if language == "ar":
        return _join_arabic(before, text[start:end], start, end, replacement)
    if language == "fr":
        return _join_french(text, before, start, end, replacement)
    if language == "en":
        return _join_english(before, text[start:end], start, end, replacement)
    return Joined(start, end, replacement)


def _join_arabic(before: str, surface: str, start: int, end: int, replacement: str) -> Joined:
    match = _ARABIC_PROCLITIC.search(before)
    if match is None or not surface:
        return Joined(start, end, replacement)
    preposition, stretch = match["preposition"], match["stretch"]
    becomes_arabic = _ARABIC_LETTER.match(replacement) is not None
    if becomes_arabic and (not stretch or TATWEEL in stretch):
        # The preposition is written onto an Arabic word, and the lam swallows the alef of the article.
        tail = replacement[1:] if preposition == "ل" and replacement.startswith("ال") else replacement
        return Joined(start - len(stretch), end, tail)
    if not becomes_arabic and not stretch and _ARABIC_LETTER.match(surface):
        return Joined(start, end, f"{TATWEEL} {replacement}")
    return Joined(start, end, replacement)


def _begins_with_vowel(word: str) -> bool | None:
    """Whether French elides before the word; None where only a dictionary knows (an h)."""
    first = unicodedata.normalize("NFD", word[:1]).lower()[:1]
    if first == "h" or not first.isalpha():
        return None
    return first in "aeiouœæ"


def _join_french(text: str, before: str, start: int, end: int, replacement: str) -> Joined:
    old, new = _begins_with_vowel(text[start:end]), _begins_with_vowel(replacement)
    if old is None or new is None or old == new:
        return Joined(start, end, replacement)
    if new and (match := _FRENCH_FULL.search(before)):
        word = match["word"]
        apostrophe = "'" if text.count("'") > text.count("’") else "’"
        elided = _match_case(_FRENCH_CONTRACTED.get(word.lower(), word.lower()[:-1]), word)
        return Joined(start - len(match.group()), end, f"{elided}{apostrophe}{replacement}")
    if not new and (match := _FRENCH_ELIDED.search(before)):
        word = match["word"]
        full = _match_case(word.lower() + "e", word)
        note = "the article's gender was guessed" if word.lower() == "l" else None
        return Joined(start - len(match.group()), end, f"{full} {replacement}", note)
    return Joined(start, end, replacement)


def _match_case(written: str, model: str) -> str:
    return written[:1].upper() + written[1:] if model[:1].isupper() else written


def _join_english(before: str, surface: str, start: int, end: int, replacement: str) -> Joined:
    match = _ENGLISH_ARTICLE.search(before)
    if match is None or _sounds_like_vowel(surface) == _sounds_like_vowel(replacement):
        return Joined(start, end, replacement)
    article = _match_case("an" if _sounds_like_vowel(replacement) else "a", match["word"])
    return Joined(start - len(match.group()), end, f"{article}{match['space']}{replacement}")


def _sounds_like_vowel(word: str) -> bool:
    first_word = word.split(" ", 1)[0]
    if len(first_word) <= 4 and first_word.isupper():
        return first_word[0] in _ENGLISH_VOWEL_LETTERS
    return word[:1].upper() in "AEIO" or (word[:1].upper() == "U" and not word.lower().startswith(("uni", "us", "uk")))
