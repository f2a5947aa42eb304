"""A name of one text and the words aligned with it in, the stretch that renders it out, with how well it does.

Names are rendered word by word, so that "Raimo Lenschow" and a bare "Lenschow" later on teach each other. Within one
script a rendering is the same word or a slip of it; across Latin and Arabic it is what sounds alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from corpora.script import Word, dominant_script, fold
from eval.names.base.lexicon import is_function_word
from eval.names.mentions import Mention, Reading
from eval.names.rules.claims import folded
from eval.names.spelling.sounds import resemblance, resemblances

_SHORTEST_REST = 3
_GLUE = ("و", "ف", "ب", "ك", "ل", "ال", "لل", "وب", "ول", "وال", "بال", "كال", "فال")
_PIECES = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)*|\S*\d\S*")
SOUNDS_ALIKE = 0.7
# What a reading that takes letters for glue is worth less.
_BEHIND_GLUE = 0.01


@dataclass(frozen=True, slots=True)
class Rendering:
    """Where and how well a word of a name is rendered: `likeness` 0 to 1, 1 for the very same letters."""

    start: int
    end: int
    surface: str
    likeness: float


def pieces(mention: Mention) -> Iterator[tuple[int, str]]:
    """The words of a mention that carry the name, with where each begins; particles and titles left out."""
    for place, word in _pieces_of(mention.surface):
        yield mention.start + place, word


@lru_cache(maxsize=1 << 14)
def _pieces_of(surface: str) -> tuple[tuple[int, str], ...]:
    words = ((match.start(), re.sub(r"[’'][sS]$", "", match[0])) for match in _PIECES.finditer(surface))
    return tuple((place, word) for place, word in words if len(word) > 1 and not is_function_word(word))


def free_words(reading: Reading, sentences: Sequence[int], used: set[int]) -> list[Word]:
    """The words of some sentences that no name accounted for so far covers."""
    return [
        word
        for sentence in sentences
        for word in reading.words_by_sentence.get(sentence, ())
        if word.start not in used and word.end - 1 not in used
    ]


def beginnings(word: Word) -> Iterator[int]:
    """Where a name can begin within a word: at its start, or behind what Arabic glues in front of it."""
    yield word.start
    if word.script == "Arab":
        yield from (word.start + length for length in _glue_of(word.text)[1:])


def how_likely(piece: str, candidates: Sequence[Word]) -> float:
    """How likely the best of some words renders a word of a name, 0 to 1: by the learned edit model, per letter."""
    from eval.names.match import likeness

    keys = {folded(word.text[start - word.start :]) for word in candidates for start in beginnings(word)}
    return max(likeness(piece, folded(piece), sorted(keys)), default=0.0)


def best_rendering(piece: str, candidates: Sequence[Word]) -> Rendering | None:
    """The candidate that renders a word of a name best; the earlier one of two."""
    script = dominant_script(piece)
    tried: list[tuple[Word, int, float]] = []
    if script != "Zyyy" and len(piece) >= 2:
        tried = _heard(piece, script, candidates)
    key = fold(piece, case=True).text
    same = ((word, 0, 1.0) for word in candidates if word.script == script or script == "Zyyy")
    tried += [one for one in same if _cased(one[0].text) == key]
    if not tried:
        return None
    word, offset, likeness = max(tried, key=lambda one: (one[2], -one[0].start, -one[1]))
    return Rendering(word.start + offset, word.end, word.text[offset:], likeness)


def _heard(piece: str, script: str, candidates: Sequence[Word]) -> list[tuple[Word, int, float]]:
    """How well each word of the other script renders a piece, with and without what Arabic glues in front of it."""
    if script == "Latn":
        tried = [(word, offset) for word in candidates if word.script == "Arab" for offset in _glue_of(word.text)]
        scores = resemblances(piece, [word.text[offset:] for word, offset in tried])
        return [
            (word, offset, score - _BEHIND_GLUE if offset else score)
            for (word, offset), score in zip(tried, scores, strict=True)
        ]
    if script == "Arab":
        return [(word, 0, resemblance(word.text, piece)) for word in candidates if word.script == "Latn"]
    return []


@lru_cache(maxsize=1 << 16)
def _glue_of(word: str) -> tuple[int, ...]:
    """How many letters may be glued in front of an Arabic name: none, then those of each glue that it begins with."""
    return 0, *(len(glue) for glue in _GLUE if word.startswith(glue) and len(word) >= len(glue) + _SHORTEST_REST)


@lru_cache(maxsize=1 << 14)
def _cased(word: str) -> str:
    return fold(word, case=True).text
