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
from eval.names.spelling.sounds import resemblance

_SHORTEST_REST = 3
_GLUE = ("و", "ف", "ب", "ك", "ل", "ال", "لل", "وب", "ول", "وال", "بال", "كال", "فال")
_PIECES = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)*|\S*\d\S*")
SOUNDS_ALIKE = 0.7


@dataclass(frozen=True, slots=True)
class Rendering:
    """Where and how well a word of a name is rendered: `likeness` 0 to 1, 1 for the very same letters."""

    start: int
    end: int
    surface: str
    likeness: float


def pieces(mention: Mention) -> Iterator[tuple[int, str]]:
    """The words of a mention that carry the name, with where each begins; particles and titles left out."""
    for match in _PIECES.finditer(mention.surface):
        word = re.sub(r"[’'][sS]$", "", match[0])
        if not is_function_word(word) and (len(word) > 1):
            yield mention.start + match.start(), word


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
        for glue in _GLUE:
            if word.text.startswith(glue) and len(word.text) >= len(glue) + _SHORTEST_REST:
                yield word.start + len(glue)


def how_likely(piece: str, candidates: Sequence[Word]) -> float:
    """How likely the best of some words renders a word of a name, 0 to 1: by the learned edit model, per letter."""
    from eval.names.match import likeness

    keys = {folded(word.text[start - word.start :]) for word in candidates for start in beginnings(word)}
    return max(likeness(piece, folded(piece), sorted(keys)), default=0.0)


def best_rendering(piece: str, candidates: Sequence[Word]) -> Rendering | None:
    """The candidate that renders a word of a name best; the earlier one of two."""
    best: Rendering | None = None
    script, key = dominant_script(piece), fold(piece, case=True).text
    for word in candidates:
        if word.script == script or script == "Zyyy":
            likenesses = iter([(0, 1.0)] if _cased(word.text) == key else [])
        elif {word.script, script} == {"Latn", "Arab"} and len(piece) >= 2:
            likenesses = _likenesses(piece, word, latin_first=script == "Latn")
        else:
            continue
        for offset, likeness in likenesses:
            if best is None or likeness > best.likeness:
                best = Rendering(word.start + offset, word.end, word.text[offset:], likeness)
    return best


@lru_cache(maxsize=1 << 14)
def _cased(word: str) -> str:
    return fold(word, case=True).text


def _likenesses(piece: str, word: Word, *, latin_first: bool) -> Iterator[tuple[int, float]]:
    """How well a word of the other script renders a piece, with and without what Arabic glues in front of it."""
    yield 0, _sound(piece, word.text, latin_first=latin_first)
    for glue in _GLUE if word.script == "Arab" else ():
        if word.text.startswith(glue) and len(word.text) >= len(glue) + 3:
            yield len(glue), _sound(piece, word.text[len(glue) :], latin_first=latin_first) - 0.01


def _sound(piece: str, word: str, *, latin_first: bool) -> float:
    latin, arabic = (piece, word) if latin_first else (word, piece)
    return resemblance(latin, arabic)
