"""A text in, the loops in it out: a phrase said again and again, as a decoder that lost its way does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpora.script import Word
from eval.checks.segment import Segment, excerpt, words_and_keys
from eval.result import Flag
from eval.settings import EvalSettings

_LONGEST_PHRASE = 12
_TWICE = 4


@dataclass(frozen=True, slots=True)
class Loop:
    """A phrase that stands several times in a row: `[start, end)` covers all of it."""

    start: int
    end: int
    phrase: str
    times: int
    size: int


def loops(text: str, *, times: int) -> list[Loop]:
    """Phrases of 1 to 12 words that stand at least so many times in a row, the longest cover first found.

    A phrase of four words or more counts from twice on: nobody says that again by intention. Case, vowel marks and
    punctuation make no difference; words of digits alone are no loop.
    """
    found_words, keys = words_and_keys(text)
    again = {key for key, count in Counter(keys).items() if count > 1}
    found, at = [], 0
    while at < len(keys):
        if keys[at] not in again:
            at += 1
            continue
        size, count = _longest_run(keys, at)
        if count >= (2 if size >= _TWICE else times) and any(
            key.isalpha() and len(key) > 1 for key in keys[at : at + size]
        ):
            found.append(_loop(text, found_words, at, size, count))
            at += size * count
        else:
            at += 1
    return found


def _longest_run(keys: Sequence[str], at: int) -> tuple[int, int]:
    """Size and times of the phrase that, standing at a place in a row, covers most; (0, 0) where none is said again."""
    runs = [
        (size, count)
        for size in range(1, min(_LONGEST_PHRASE, len(keys) - at - 1) + 1)
        if keys[at + size] == keys[at] and (count := _times(keys, at, size)) > 1
    ]
    return max(runs, key=lambda run: run[0] * run[1], default=(0, 0))


def _times(keys: Sequence[str], at: int, size: int) -> int:
    """How often the phrase of `size` words at a place stands there in a row."""
    count = 1
    while keys[at : at + size] == keys[at + size * count : at + size * (count + 1)]:
        count += 1
    return count


def _loop(text: str, found: Sequence[Word], at: int, size: int, count: int) -> Loop:
    first, last = found[at].start, found[at + size * count - 1].end
    return Loop(first, last, text[first : found[at + size - 1].end], count, size)


def check(segment: Segment, settings: EvalSettings) -> Iterator[Flag]:
    """Flag loops of the translation that the source has not as well."""
    mine = loops(segment.target.text, times=settings.repeats)
    if not mine:
        return
    most = max((loop.times for loop in loops(segment.source.text, times=2)), default=1)
    for loop in mine:
        if loop.times <= most:
            continue
        share = (loop.end - loop.start) / max(len(segment.target.text), 1)
        yield Flag(
            "repetition",
            "critical" if share > 0.5 else "major",
            "Accuracy/Addition",
            f"“{excerpt(loop.phrase)}” stands {loop.times} times in a row",
            segment.target.spans(loop.start, loop.end),
        )
