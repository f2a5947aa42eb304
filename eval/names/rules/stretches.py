"""A text read for names in, the stretches out that may hide a name which no base knows: what is held against names.

Unknown mentions and their words; in scripts without case, where nothing shows a name, every word and its neighbours.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

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
        free = [word for word in words if word.start not in covered and word.end - 1 not in covered]
        for word in free:
            if word.script not in CASED_SCRIPTS:
                yield from _glued(reading.text, [word], sentence)
            elif word.start in unknown and not is_function_word(word.text) and len(word.text) >= _SHORT:
                yield Stretch(word.start, word.end, word.text, sentence)
        yield from _windows(reading, words, sentence, {word.start for word in free})


def _windows(reading: Reading, words: Sequence[Word], sentence: int, free: set[int]) -> Iterator[Stretch]:
    """Neighbouring words. Those that the base knows take part beside a word that no dictionary has (Scael AI, Texas
    Instrumenits), and so does everything in cased scripts, where mentions have been tried already.
    """
    text = reading.text
    strange = [word.start in free and _is_strange(word, reading.lang) for word in words]
    for first, opening in enumerate(words):
        for last in range(first + 1, min(first + _LONGEST, len(words))):
            if text[words[last - 1].end : words[last].start] not in _SPACES:
                break
            parts = words[first : last + 1]
            uncased = all(word.script not in CASED_SCRIPTS for word in parts)
            if (uncased and all(word.start in free for word in parts)) or any(strange[first : last + 1]):
                if opening.script in CASED_SCRIPTS:
                    yield Stretch(opening.start, parts[-1].end, text[opening.start : parts[-1].end], sentence)
                else:
                    yield from _glued(text, parts, sentence)


def _glued(text: str, words: Sequence[Word], sentence: int) -> Iterator[Stretch]:
    """Arabic words as one stretch, with and without each of the letters that may be glued in front of the first."""
    opening, end = words[0], words[-1].end
    shortest = _SHORT_FIRST if len(words) > 1 else _SHORT_FIRST + 1
    for glue in _GLUE:
        start = opening.start + len(glue)
        if opening.text.startswith(glue) and opening.end - start >= shortest and end - start >= _SHORT:
            yield Stretch(start, end, text[start:end], sentence)


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
