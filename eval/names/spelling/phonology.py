"""A name in, how it sounds out: rough keys that bring the scripts together, and French spellings put into English ones.

The keys only narrow a search (`sketch`, `skeleton`); what is near is judged by the learned edit model.
"""

from __future__ import annotations

import re
from functools import lru_cache

from corpora.script import fold

_ARABIC_SKETCH = str.maketrans({
    "ا": "a", "ع": "a", "ء": "", "ب": "b", "ت": "t", "ث": "t", "ج": "j", "ح": "h", "خ": "k", "د": "d", "ذ": "d",
    "ر": "r", "ز": "z", "س": "s", "ش": "S", "ص": "s", "ض": "d", "ط": "t", "ظ": "z", "غ": "g", "ف": "f", "ق": "k",
    "ك": "k", "ل": "l", "م": "m", "ن": "n", "ه": "h", "ة": "a", "و": "u", "ي": "i",
})  # fmt: skip
# Digraphs first; then what single letters sound like to an Arabic ear, which knows no p, v, e, o.
_LATIN_SKETCH = [
    ("tsch", "tS"), ("tch", "tS"), ("sch", "S"), ("sh", "S"), ("ch", "S"), ("ph", "f"), ("kh", "k"), ("gh", "g"),
    ("th", "t"), ("dh", "d"), ("zh", "j"), ("dj", "j"), ("ck", "k"), ("qu", "k"), ("ou", "u"), ("oo", "u"), ("ee", "i"),
    ("eau", "u"), ("au", "u"), ("ce", "se"), ("ci", "si"), ("cy", "si"), ("x", "ks"), ("c", "k"), ("q", "k"),
    ("p", "b"), ("v", "f"), ("w", "u"), ("o", "u"), ("e", "i"), ("y", "i"), ("œ", "u"), ("æ", "a"), ("ß", "s"),
    ("ð", "d"),
]  # fmt: skip
_LATIN = re.compile("|".join(spelling for spelling, _ in _LATIN_SKETCH))
_LATIN_SOUND = dict(_LATIN_SKETCH)
_DOUBLED = re.compile(r"(.)\1+")
_CLASSES = str.maketrans({
    "p": "b", "d": "t", "j": "k", "g": "k", "q": "k", "z": "s", "S": "s", "v": "f",
    "a": None, "i": None, "u": None, "h": None, " ": None,
})  # fmt: skip

# French letters for sounds that English writes otherwise, longest first; e at the end is silent.
_FRENCH = [
    (r"tch", "ch"), (r"(?<!s)ch", "sh"), (r"dj", "j"), (r"ou(?=[aeéèi])", "w"), (r"ou", "u"), (r"eau|aux?\b", "o"),
    (r"gn", "ny"), (r"gu(?=[eéèiy])", "g"), (r"qu", "k"), (r"(?<=[aeiou])ï", "y"), (r"ine\b", "in"), (r"ss", "s"),
    (r"(?<=[^aeiou])e\b", ""),
]  # fmt: skip
_FRENCH_SPELLING = re.compile("|".join(f"({spelling})" for spelling, _ in _FRENCH))


@lru_cache(maxsize=1 << 16)
def sketch(name: str) -> str:
    """A rough common spelling of a name in Arabic or Latin letters; capital S is the sound of sh.

    >>> sketch("Schultz"), sketch("شولتز")
    ('Sultz', 'Sultz')
    """
    plain = fold(name, case=True).text
    sounds = _LATIN.sub(lambda match: _LATIN_SOUND[match[0]], plain.translate(_ARABIC_SKETCH))
    return _DOUBLED.sub(r"\1", re.sub(r"[^a-zS ]", "", sounds))


def skeleton(name: str) -> str:
    """The classes of a name's consonants: what is left when vowels and shades of one sound are taken away."""
    return consonants(sketch(name))


def consonants(sketched: str) -> str:
    """The skeleton of a name whose sketch is known."""
    return _DOUBLED.sub(r"\1", sketched.translate(_CLASSES))


def anglicised(name: str) -> str:
    """A French spelling by sound as English would spell it.

    >>> anglicised("Poutine"), anglicised("Khrouchtchev"), anglicised("Moustafa")
    ('putin', 'khrushchev', 'mustafa')
    """
    heard = _FRENCH_SPELLING.sub(lambda match: _FRENCH[(match.lastindex or 1) - 1][1], name.casefold())
    return fold(heard).text
