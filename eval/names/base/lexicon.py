"""Words that are no names: function words from a bundled list, ordinary words from the dictionaries of pyspellchecker.

A slip of the pen gives a word that no dictionary has; a word that one has (cloud, beta, Parlement) is itself.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files

from corpora.script import fold

_DICTIONARIES = frozenset({"ar", "de", "en", "es", "fa", "fr", "it", "nl", "pt", "ru"})
_ELISION = re.compile(r"^(?:[ldjnscmt]|qu)'")
_ARABIC_GLUE = re.compile(r"^(?:[وف]?(?:[بكل]?ال|لل|[بكلس])|[وف])(?=...)")
_ARABIC_TAIL = re.compile(r"(?<=...)(?:ها|هم|هن|نا|ه|ك|كم|ي)$")


@cache
def function_words() -> Mapping[str, frozenset[str]]:
    """The function words of each language that the bundled list covers, lower case, with a typographic apostrophe."""
    lists: dict[str, set[str]] = {}
    section: set[str] = set()
    text = files("eval.names.data").joinpath("function_words.txt").read_text(encoding="utf-8")
    for line in text.split("\n"):
        if line.startswith("["):
            section = lists.setdefault(line.strip("[] "), set())
        elif line and not line.startswith("#"):
            section.update(line.split())
    return {lang: frozenset(words) for lang, words in lists.items()}


@cache
def _article_function_words() -> frozenset[str]:
    lists = function_words()
    return lists["en"] | lists["fr"]


@lru_cache(maxsize=1 << 16)
def is_function_word(word: str) -> bool:
    """Whether a word of an English or French text carries grammar only."""
    return word.lower().replace("'", "’") in _article_function_words()


def has_dictionary(lang: str) -> bool:
    """Whether ordinary words of a language can be told from others at all."""
    return lang.split("-")[0] in _DICTIONARIES


@lru_cache(maxsize=1 << 16)
def is_ordinary(word: str, lang: str) -> bool:
    """Whether the language's dictionary has the word, with or without what Arabic glues to it; False without one."""
    language = lang.split("-")[0]
    if language not in _DICTIONARIES:
        return False
    if language != "ar":
        lower = _ELISION.sub("", word.lower().replace("’", "'"))
        return is_function_word(word) or lower in _dictionary(language)
    plain = fold(word).text
    without_glue = _ARABIC_GLUE.sub("", plain)
    forms = {
        word,
        plain,
        plain.removeprefix("و"),
        plain.removeprefix("ف"),
        without_glue,
        _ARABIC_TAIL.sub("", plain),
        _ARABIC_TAIL.sub("", without_glue),
    }
    forms |= {form[:-1] + end for form in forms for end in "يىةه" if form.endswith(("ي", "ة", "ه", "ت"))}
    return any(form in _dictionary("ar") for form in forms)


@lru_cache(maxsize=1 << 16)
def is_listed(word: str, lang: str) -> bool:
    """Whether the language's dictionary has the word as it stands."""
    return frequency(word, lang) > 0


def frequency(word: str, lang: str) -> int:
    """How often the dictionary's corpus has a word; 0 for one that it does not list."""
    language = lang.split("-")[0]
    return _dictionary(language).get(word.lower(), 0) if language in _DICTIONARIES else 0


@cache
def usual_words(lang: str, at_least: int) -> frozenset[str]:
    """The words that the dictionary's corpus has so many times, lower case."""
    return frozenset(word for word, times in _dictionary(lang.split("-")[0]).items() if times >= at_least)


@cache
def _dictionary(lang: str) -> Mapping[str, int]:
    """Each word with how often it was seen; the plain mapping, for the checker's own look-up costs ten times more."""
    from spellchecker import SpellChecker

    words: Mapping[str, int] = SpellChecker(language=lang).word_frequency.dictionary
    return words
