"""Two texts of one language in, the stretches of each that the other lacks out, word by word."""

from __future__ import annotations

import re
import unicodedata

Span = tuple[int, int]

# Combining marks are no word characters for `re`, and would cut vocalised Arabic into letters.
_LETTER = "[\\w\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u200c\u200d]"
_WORD = re.compile(f"{_LETTER}+(?:[’'\\-.,]{_LETTER}+)*")
_LIMIT = 2000


def differences(left: str, right: str) -> tuple[list[Span], list[Span]]:
    """Spans of `left` and of `right` that are not part of their longest common word sequence.

    Case, diacritics and tatweel do not make a difference. Neighbouring words that differ are one span. Texts of more
    than 2,000 words are not compared: what would be marked there helps nobody, and the comparison is quadratic.

        >>> differences("a black cat", "a white cat")
        ([(2, 7)], [(2, 7)])
    """
    from rapidfuzz.distance import LCSseq

    words = [_words(left), _words(right)]
    if not all(words) or max(len(words[0]), len(words[1])) > _LIMIT:
        return [], []
    marked: tuple[list[Span], list[Span]] = ([], [])
    for step in LCSseq.opcodes([key for _, _, key in words[0]], [key for _, _, key in words[1]]):
        if step.tag == "equal":
            continue
        for side, (first, last) in enumerate([(step.src_start, step.src_end), (step.dest_start, step.dest_end)]):
            if first < last:
                _extend(marked[side], (words[side][first][0], words[side][last - 1][1]))
    return marked


def _extend(spans: list[Span], span: Span) -> None:
    """Add a span, as part of the last one where only one space lies between them."""
    if spans and span[0] - spans[-1][1] <= 1:
        spans[-1] = (spans[-1][0], span[1])
    else:
        spans.append(span)


def _words(text: str) -> list[tuple[int, int, str]]:
    return [(*hit.span(), _key(hit[0])) for hit in _WORD.finditer(text)]


def _key(word: str) -> str:
    bare = "".join(char for char in unicodedata.normalize("NFD", word) if not unicodedata.combining(char))
    return bare.replace("ـ", "").casefold()
