"""Text in, its words by script out; and the folded text that names are matched in, with its way back to the original.

A word boundary here depends on the script, since `\\b` sees none where Arabic glues a clitic to a Latin name:

- scripts are cut apart: `وOpenAI` is و + OpenAI, `لـOpenAI` is لـ + OpenAI, `الـGPU` is الـ + GPU; digits are cut from
  Arabic, Han and kana letters (`ب20` is ب + 20), but stay with alphabets that have case: GB200, H100, 4o, 5G;
- a Romance elision is a word of its own with its apostrophe: `d’Openai` is d’ + Openai, `l'AGI` is l' + AGI (so is the
  D’ of D’Angelo: without the language nobody can tell); other apostrophes join: O’Brien, don’t, aujourd’hui;
- the English possessive is cut off: `ChatGPT’s` is ChatGPT + ’s;
- a hyphen joins only what a digit follows (GPT-4o, DGX-1, Covid-19), a full stop only digits or single letters
  (GPT-3.5, U.S), an ampersand letters (AT&T). Everything else cuts: `Saint-Denis` is two words, `openai.com` too;
- Latin, Greek and Cyrillic letters are not cut apart, since a word that mixes them is a forgery or a slip (`Оpenai`
  with a Cyrillic О) that `mixed_scripts` should get to see;
- scripts without spaces (Han, kana, Thai …) give one word per run: who looks for names there must look inside.

Scripts are named by their ISO 15924 codes; `Zyyy` is what belongs to all of them (digits, punctuation).
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

COMMON = "Zyyy"
UNKNOWN = "Zzzz"

# Letters (with the marks of their own block) of each script, as the body of a regular expression's character class.
# Source: Scripts.txt of the Unicode Character Database, reduced to what running text uses.
_LETTERS: dict[str, str] = {
    "Latn": (
        "A-Za-zªµºÀ-ÖØ-öø-\u02b8\u02e0-\u02e4\u1d00-\u1d25\u1d2c-\u1d5c\u1d62-\u1d65\u1d6b-\u1d77\u1d79-\u1dbe\u1e00-\u1eff"
        "\u2071\u207f\u2090-\u209c\u212a\u212b\u2132\u214e\u2160-\u2188\u2c60-\u2c7f\ua722-\ua787\ua78b-\ua7ca\ua7f2-\ua7ff"
        "\uab30-\uab5a\uab5c-\uab64\ufb00-\ufb06\uff21-\uff3a\uff41-\uff5a\U0001d400-\U0001d6a5"
    ),
    "Grek": (
        "\u0370-\u0373\u0375-\u0377\u037a-\u037d\u037f\u0386\u0388-\u03e1\u03f0-\u03ff\u1f00-\u1fbc\u1fc2-\u1ffc\u2126"
    ),
    "Cyrl": "\u0400-\u0481\u0483-\u052f\u1c80-\u1c88\u1d2b\u1d78\u2de0-\u2dff\ua640-\ua66e\ua67f-\ua69f",
    "Arab": (
        "\u0620-\u063f\u0641-\u064a\u066e\u066f\u0671-\u06d3\u06d5\u06e5\u06e6\u06ee\u06ef\u06fa-\u06fc\u06ff\u0750-\u077f"
        "\u0870-\u0887\u0889-\u088e\u08a0-\u08c9\ufb50-\ufbb1\ufbd3-\ufd3d\ufd50-\ufdfb\ufe70-\ufefc"
    ),
    "Hebr": "\u05d0-\u05ea\u05ef-\u05f2\ufb1d-\ufb4f",
    "Syrc": "\u0710-\u072f\u074d-\u074f",
    "Armn": "\u0531-\u0556\u0559\u0560-\u0588\ufb13-\ufb17",
    "Geor": "\u10a0-\u10fa\u10fc-\u10ff\u1c90-\u1cbf\u2d00-\u2d2d",
    "Deva": "\u0900-\u0963\u0971-\u097f\ua8e0-\ua8ff",
    "Beng": "\u0980-\u09e3\u09f0-\u09fe",
    "Guru": "\u0a01-\u0a5e\u0a70-\u0a76",
    "Gujr": "\u0a81-\u0ae3\u0af9-\u0aff",
    "Orya": "\u0b01-\u0b63\u0b71",
    "Taml": "\u0b82-\u0bd7",
    "Telu": "\u0c00-\u0c63",
    "Knda": "\u0c80-\u0ce3",
    "Mlym": "\u0d00-\u0d63",
    "Sinh": "\u0d81-\u0de5\u0df2\u0df3",
    "Thai": "\u0e01-\u0e3a\u0e40-\u0e4e",
    "Laoo": "\u0e81-\u0ecd\u0edc-\u0edf",
    "Tibt": "\u0f00\u0f40-\u0fbc",
    "Mymr": "\u1000-\u103f\u1050-\u1088\u1090-\u109d",
    "Ethi": "\u1200-\u135f\u1380-\u138f\u2d80-\u2dde",
    "Khmr": "\u1780-\u17d3\u17dc\u17dd",
    "Mong": "\u1820-\u1878",
    "Hang": "\u1100-\u11ff\u3131-\u318e\ua960-\ua97c\uac00-\ud7fb\uffa0-\uffdc",
    "Hira": "\u3041-\u3096\u309d-\u309f",
    "Kana": "\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\uff66-\uff9f",
    "Bopo": "\u3105-\u312f\u31a0-\u31bf",
    "Hani": (
        "\u2e80-\u2fd5\u3005\u3007\u3021-\u3029\u3038-\u303b\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufad9\U00020000-\U000323af"
    ),
}

_TATWEEL = "\u0640"
_ARABIC_MARKS = (
    "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed"
    "\u0898-\u089f\u08ca-\u08e1\u08e3-\u08ff"
)
_HEBREW_MARKS = "\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
_COMBINING = "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
_MARKS = f"{_ARABIC_MARKS}{_HEBREW_MARKS}{_COMBINING}\ufe00-\ufe0f"
_INVISIBLE = "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff"

_ALPHABETS = ("Latn", "Grek", "Cyrl")
_CASED = "".join(_LETTERS[name] for name in _ALPHABETS)
_APOSTROPHE = "['\u2019\u02bc\uff07]"
_ELIDED = "c d j l m n s t qu jusqu lorsqu puisqu quoiqu dell nell sull dall all coll un quell quest"

_SCRIPT = re.compile("|".join(f"(?P<{name}>[{letters}]+)" for name, letters in _LETTERS.items()))


def _word_pattern() -> re.Pattern[str]:
    letter, invisible, apostrophe = f"[{_CASED}]", f"[{_INVISIBLE}]", _APOSTROPHE
    # Spelled out, since a case-insensitive group would halve the speed.
    elided = "|".join("".join(f"[{char}{char.upper()}]" for char in word) for word in _ELIDED.split())
    possessive = f"{apostrophe}[sS](?![{_CASED}0-9])"
    joined = "|".join(
        (
            f"[{_CASED}0-9{_COMBINING}]++",
            f"{invisible}++(?=[{_CASED}0-9])",
            f"(?!{possessive}){apostrophe}(?={letter})",
            "[-\u2010\u2011](?=[0-9])",
            "(?<=[0-9])\\.(?=[0-9])",
            f"&(?={letter})",
        )
    )
    alternatives = [
        f"(?P<elision>(?:{elided}){apostrophe}(?={letter}))",
        f"(?P<initials>{letter}(?:\\.{letter}(?!{letter}))++)",
        f"(?P<cased>[0-9]*+{letter}(?:{joined})*+)",
        "(?P<number>\\d++(?:[.,\u066b\u066c]\\d++)*+)",
        f"(?P<possessive>(?<={letter}){possessive})",
    ]
    for name, letters in _LETTERS.items():
        if name not in _ALPHABETS:
            marks = _MARKS + (_TATWEEL if name == "Arab" else "")
            alternatives.append(f"(?P<{name}>[{letters}](?:[{letters}{marks}]++|{invisible}++(?=[{letters}]))*+)")
    alternatives.append(f"(?P<{UNKNOWN}>[^\\W\\d_])")
    return re.compile(f"(?=[^\\W_]|{apostrophe})(?:{'|'.join(alternatives)})")


_WORD = _word_pattern()
_GROUP_SCRIPT = {
    **{name: name for name in (*_LETTERS, UNKNOWN)},
    **dict.fromkeys(("elision", "initials", "cased", "possessive"), "Latn"),
    "number": COMMON,
}
_NOT_LATIN = re.compile(f"[{_LETTERS['Grek']}{_LETTERS['Cyrl']}]")


@dataclass(frozen=True, slots=True)
class Word:
    """A run of letters or digits: `text` is what stands at `[start, end)`; `script` its ISO 15924 code."""

    start: int
    end: int
    text: str
    script: str


@lru_cache(maxsize=1 << 14)
def script_of(char: str) -> str:
    """ISO 15924 code of a character's script; `Zyyy` for digits, marks, punctuation, `Zzzz` for unlisted scripts."""
    found = _SCRIPT.match(char)
    if found is not None and found.lastgroup is not None:
        return found.lastgroup
    return UNKNOWN if char.isalpha() else COMMON


def words(text: str) -> list[Word]:
    """All words in order, cut as the module's docstring says.

    >>> [word.text for word in words("وOpenAI لـGB200 d’Openai")]
    ['و', 'OpenAI', 'لـ', 'GB200', 'd’', 'Openai']
    """
    found = []
    for match in _WORD.finditer(text):
        surface = match[0]
        script = _GROUP_SCRIPT[match.lastgroup or ""]
        if script == "Latn" and not surface.isascii() and _NOT_LATIN.search(surface):
            script = dominant_script(surface)
        start, end = match.span()
        found.append(Word(start, end, surface, script))
    return found


_ENGLISH = {
    "Latn": "Latin",
    "Arab": "Arabic",
    "Cyrl": "Cyrillic",
    "Grek": "Greek",
    "Hebr": "Hebrew",
    "Hani": "Chinese",
    "Hira": "Japanese",
    "Kana": "Japanese",
    "Hang": "Korean",
    "Deva": "Devanagari",
    "Thai": "Thai",
}


def script_name(code: str) -> str:
    """What a script is called in a sentence for people; the code itself where it is a rare one."""
    return _ENGLISH.get(code, code)


def dominant_script(text: str) -> str:
    """The script that most letters belong to; `Zyyy` without any letter; the earlier one where two have as many."""
    if text.isascii():
        return "Latn" if any(map(str.isalpha, text)) else COMMON
    # Characters in the order in which they first appear, so that scripts come in theirs.
    counts: dict[str, int] = {}
    for char, count in Counter(text).items():
        script = _SCRIPTS[char]
        if script:
            counts[script] = counts.get(script, 0) + count
    if counts:
        return max(counts, key=counts.__getitem__)
    return UNKNOWN if any(map(str.isalpha, text)) else COMMON


class _Scripts(dict[str, str]):
    """The listed script of each character, empty where none lists it; filled as characters are met."""

    def __missing__(self, char: str) -> str:
        found = _SCRIPT.match(char)
        self[char] = script = str(found.lastgroup) if found is not None else ""
        return script


_SCRIPTS = _Scripts()


# What Arabic may glue in front of a Latin name, and short words that a missing space may leave behind one.
_PROCLITICS = re.compile("[وف]?(?:[بكل]?(?:ال)?|لل|س)")
_SHORT_WORDS = re.compile("في|من|عن|أو|أم|ثم|هو|هي|لا|ما|لم|لن|قد|إن|أن|مع|كل")
# Scripts that one sound word may combine.
_TOGETHER = (frozenset({"Hani", "Hira", "Kana"}), frozenset({"Hani", "Hang"}), frozenset({"Hani", "Bopo"}))


def mixed_scripts(word: str) -> tuple[str, ...]:
    """The scripts that a token mixes letter by letter, in order of appearance; empty where the token is sound.

    `word` is a token as it stands between spaces. Unsound are a Cyrillic О in `Оpenai`, a Latin tail on an Arabic stem
    (`مايكروsoft`), a stray Arabic end on a Latin one (`Microsoفت`). Sound are Arabic clitics before a Latin name
    (`وOpenAI`, `الـGPU`), a whole Arabic word glued behind one (a space is missing, no letter is wrong), and whatever
    stands on two sides of a digit, hyphen or slash.
    """
    if len({_SCRIPTS[char] for char in word} - {""}) < 2:
        return ()
    for token in re.split(f"[^{_CASED}{''.join(_LETTERS.values())}{_MARKS}{_TATWEEL}{_INVISIBLE}]", word):
        runs = [(str(match.lastgroup), match[0]) for match in _SCRIPT.finditer(token)]
        scripts = tuple(dict.fromkeys(name for name, _ in runs))
        if len(scripts) < 2 or any(allowed.issuperset(scripts) for allowed in _TOGETHER):
            continue
        if not _glued(token, scripts):
            return scripts
    return ()


def _glued(token: str, scripts: Sequence[str]) -> bool:
    """Whether a token of several scripts is only a sound Arabic or Hebrew piece beside a sound foreign one."""
    if "Hani" in scripts or "Hira" in scripts or "Kana" in scripts or "Thai" in scripts:
        return sum(name in _ALPHABETS for name in scripts) < 2
    if len(scripts) != 2 or not {"Arab", "Hebr"}.intersection(scripts):
        return False
    pieces = words(token)
    if len(pieces) != 2:
        return False
    first, last = pieces
    if first.script == "Arab":
        return _PROCLITICS.fullmatch(fold(first.text).text) is not None
    if first.script == "Hebr":
        return len(first.text) <= 3
    return len(last.text) > 3 or _SHORT_WORDS.fullmatch(last.text) is not None or last.text.startswith("و")


@dataclass(frozen=True)
class Folded:
    """A text as names are matched in it.

    Attributes:
        text: the folded text; for matching, never written out.
        original: what was folded.
        case: whether case was folded too.
    """

    text: str
    original: str = field(repr=False)
    case: bool = field(default=False, repr=False)

    @cached_property
    def offsets(self) -> Sequence[int]:
        """For each character of `text`, the index in `original` of the character it came from."""
        if self.original.isascii():
            return range(len(self.text))
        table = _TABLES[self.case]
        return array("L", (index for index, char in enumerate(self.original) for _ in table[char]))

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where `text[start:end]` stands in the original, with the marks that hang on its last letter."""
        if start >= end:
            place = self.offsets[start] if start < len(self.offsets) else len(self.original)
            return place, place
        stop = self.offsets[end - 1] + 1
        while stop < len(self.original) and _is_mark(self.original[stop]):
            stop += 1
        return self.offsets[start], stop


def fold(text: str, *, case: bool = False) -> Folded:
    """Take away what two spellings of one name may differ in, with an exact map back.

    Dropped: zero-width characters, bidi controls, soft hyphens, tatweel, harakat and other diacritics (also on Latin
    letters). Unified: presentation forms, ligatures, full-width and mathematical letters (NFKD); alef, yeh, waw and heh
    with their variants; Persian letters with the Arabic ones that stand in for them (ک ی پ چ ژ گ ڤ); all digits to
    ASCII; typographic apostrophes and hyphens; no-break spaces. `case=True` folds case as well. Linear in the
    length of the text.

    >>> folded = fold("مُوَازٍ")
    >>> folded.text, folded.span(0, 4)
    ('مواز', (0, 7))
    """
    if text.isascii():
        return Folded(text.lower() if case else text, text, case)
    return Folded("".join(map(_TABLES[case].__getitem__, text)), text, case)


def folded(text: str, *, case: bool = False) -> str:
    """The text of `fold` alone."""
    return fold(text, case=case).text


_UNIFIED = {
    **dict.fromkeys("ٱٲٳٵ", "ا"),
    **dict.fromkeys("ىیېۍےێ", "ي"),
    **dict.fromkeys("کڪڬگ", "ك"),
    **dict.fromkeys("ہھەۃ", "ه"),
    **dict.fromkeys("ۆۇۈۋ", "و"),
    "پ": "ب", "چ": "ج", "ژ": "ز", "ڤ": "ف", "ڨ": "ق", "ڭ": "ك",
    "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i",
    "\u2019": "'", "\u2018": "'", "\u02bc": "'", "\u02bb": "'", "\u2032": "'", "\u00b4": "'",
    "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2212": "-",
}  # fmt: skip
_DROPPED_MARK = re.compile(f"[{_MARKS}]")
_DROPPED = re.compile(f"[{_MARKS}{_INVISIBLE}{_TATWEEL}]")


@lru_cache(maxsize=4096)
def _is_mark(char: str) -> bool:
    return _DROPPED_MARK.match(char) is not None


def _fold_char(char: str) -> str:
    if char.isdecimal():
        return str(unicodedata.decimal(char))
    parts = _DROPPED.sub("", unicodedata.normalize("NFKD", char))
    if any(unicodedata.combining(part) or "\u1100" <= part <= "\u11ff" for part in parts):
        # Vowel signs, voicing marks and Hangul jamo are letters, not ornament: keep such characters composed.
        parts = unicodedata.normalize("NFKC", char)
    return "".join(_UNIFIED.get(part, part) for part in parts)


class _FoldTable(dict[str, str]):
    """What each character folds to, filled as characters are met."""

    def __init__(self, case: bool) -> None:
        super().__init__()
        self.case = case

    def __missing__(self, char: str) -> str:
        piece = _fold_char(char)
        self[char] = folded = _DROPPED.sub("", piece.casefold()) if self.case else piece
        return folded


_TABLES = (_FoldTable(case=False), _FoldTable(case=True))
