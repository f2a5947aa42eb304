"""A text read for names in, the stretches out that may hide a name which no base knows: what is held against names.

Unknown mentions and their words; in scripts without case, where nothing shows a name, every word and its neighbours.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from corpora.script import Word
from eval.names.base.lexicon import is_function_word, is_listed, is_ordinary
from eval.names.mentions import CASED_SCRIPTS, Reading

_SHORT = 4
# The first of several Arabic words may have two letters (لي, آي).
_SHORT_FIRST = 2
_SHORTEST_STRANGE = 5
_LONGEST = 5
_SPACES = frozenset({" ", "\u00a0", "-", "."})
_GLUE = ("", "و", "ف", "ب", "ل", "ك", "ال", "وب", "ول", "وال", "بال")
# Shapes that show a name: a capital where it counts, or more.
_SURE = frozenset({"capitalised", "mixed", "foreign"})


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of the article that no base knows, as it is held against names."""

    start: int
    end: int
    surface: str
    sentence: int


def stretches_of(reading: Reading) -> Iterator[Stretch]:
    """What may hide a name: unknown mentions and their words; in scripts without case every word and pair of words."""
    for mention in reading.mentions:
        if mention.hit is None:
            yield Stretch(mention.start, mention.end, mention.surface, mention.sentence)
    unknown = {position for m in reading.mentions if m.hit is None for position in range(m.start, m.end)}
    covered = {position for m in reading.mentions if m.hit is not None for position in range(m.start, m.end)}
    for sentence, words in reading.words_by_sentence.items():
        free = [word.start not in covered and word.end - 1 not in covered for word in words]
        for word, is_free in zip(words, free, strict=True):
            if not is_free:
                continue
            if word.script not in CASED_SCRIPTS:
                yield from _glued(reading.text, word, word.end, sentence, _SHORT_FIRST + 1)
            elif word.start in unknown and not is_function_word(word.text) and len(word.text) >= _SHORT:
                yield Stretch(word.start, word.end, word.text, sentence)
        yield from _windows(reading, words, sentence, free)


def _windows(reading: Reading, words: Sequence[Word], sentence: int, free: Sequence[bool]) -> Iterator[Stretch]:
    """Neighbouring words. Those that the base knows take part beside a word that no dictionary has (Scael AI, Texas
    Instrumenits), and so does everything in cased scripts, where mentions have been tried already.
    """
    text = reading.text
    lang = reading.lang
    cased = [word.script in CASED_SCRIPTS for word in words]
    strange = [is_free and _is_strange(word, lang) for word, is_free in zip(words, free, strict=True)]
    # Whether a word is free and of a script without case, and whether a stretch goes on to the word behind it.
    open_ = [is_free and not is_cased for is_free, is_cased in zip(free, cased, strict=True)]
    joins = [text[before.end : after.start] in _SPACES for before, after in pairwise(words)]
    for first, opening in enumerate(words):
        all_open, any_strange = open_[first], strange[first]
        for last in range(first + 1, min(first + _LONGEST, len(words))):
            if not joins[last - 1]:
                break
            all_open = all_open and open_[last]
            any_strange = any_strange or strange[last]
            if not (all_open or any_strange):
                continue
            end = words[last].end
            if cased[first]:
                yield Stretch(opening.start, end, text[opening.start : end], sentence)
            else:
                yield from _glued(text, opening, end, sentence, _SHORT_FIRST)


def _glued(text: str, opening: Word, end: int, sentence: int, shortest: int) -> Iterator[Stretch]:
    """Words from an Arabic one on as one stretch, with and without each of the letters that may be glued in front.

    Args:
        shortest: so many letters must be left of the first word.
    """
    for length in _glue_of(opening.text):
        start = opening.start + length
        if opening.end - start >= shortest and end - start >= _SHORT:
            yield Stretch(start, end, text[start:end], sentence)


@lru_cache(maxsize=1 << 16)
def _glue_of(word: str) -> tuple[int, ...]:
    """How many letters each glue has that a word begins with, in the order of `_GLUE`."""
    return tuple(len(glue) for glue in _GLUE if word.startswith(glue))


def _is_strange(word: Word, lang: str) -> bool:
    """Whether a word is in no dictionary, so that it may be what slipped in a name of several words."""
    if word.script not in CASED_SCRIPTS:
        return len(word.text) >= _SHORT and not is_listed(word.text, lang)
    return len(word.text) >= _SHORTEST_STRANGE and not is_ordinary(word.text, lang) and not is_ordinary(word.text, "en")


def unknown_names(reading: Reading) -> Iterator[Stretch]:
    """The mentions that the base does not know and whose shape shows that they are names."""
    for mention in reading.mentions:
        if mention.hit is None and mention.shape in _SURE:
            yield Stretch(mention.start, mention.end, mention.surface, mention.sentence)
