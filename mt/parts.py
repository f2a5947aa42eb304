"""A sentence that is too long for a model in, parts that are not out: cut at clause boundaries, else between words."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

# What ends a clause, also in Arabic and Chinese, with the white space behind it; a comma in a number does not.
_CLAUSE: Final = re.compile(r".*?(?:[;:؛،、，；：](?!\d)\s*|,(?!\d)\s*|\s[–—-]\s+|$)", re.DOTALL)
_WORD: Final = re.compile(r"\S*\s*")


def clauses(text: str) -> list[str]:
    """The clauses of a sentence, each with what ends it; joined they are the sentence."""
    return [part for part in _CLAUSE.findall(text) if part]


def fit(text: str, limit: int, count: Callable[[str], int]) -> list[str]:
    """Parts of at most `limit` pieces, as `count` counts them; the text itself where it fits.

    As few parts as clause boundaries allow, each filled before the next begins. A clause that is too long is cut
    between words, a word that is too long (a megabyte without a space) anywhere.
    """
    # Nothing has more pieces than characters and the mark of its beginning.
    if len(text) < limit or (len(text) < 20 * limit and count(text) <= limit):
        return [text]
    return [part.strip() for part in _fill(clauses(text), limit, count, deeper=_words) if part.strip()]


def _words(clause: str, limit: int, count: Callable[[str], int]) -> list[str]:
    return _fill([part for part in _WORD.findall(clause) if part], limit, count, deeper=_letters)


def _letters(word: str, limit: int, count: Callable[[str], int]) -> list[str]:
    step = max(limit // 4, 1)  # a rare letter may take several pieces (its bytes)
    return [word[start : start + step] for start in range(0, len(word), step)]


def _fill(
    parts: list[str],
    limit: int,
    count: Callable[[str], int],
    *,
    deeper: Callable[[str, int, Callable[[str], int]], list[str]],
) -> list[str]:
    filled: list[str] = []
    room = 0
    for part in parts:
        size = count(part)
        if size > limit:
            filled += deeper(part, limit, count)
            room = 0
        elif size <= room:
            filled[-1] += part
            room -= size
        else:
            filled.append(part)
            room = limit - size
    return filled
