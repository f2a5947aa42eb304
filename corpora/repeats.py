"""An article's sentences in, the same with later copies marked out: pages hold their article twice, the second time
with paragraphs missing.

A long sentence that stands again is a copy. A short one ("He laughed.") may recur in good prose, so it counts only
within a run of copies whose originals stand in the same order; so does a sentence that is nearly the same.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from corpora.article import Sentence

# Letters; an ideograph counts for three.
_LONG = 40
# How many sentences may be missing between two neighbours of the second copy.
_REACH = 12
_NEAR = 85.0
_NEAR_LENGTH = 20

_IDEOGRAPH = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_UNHEARD = re.compile(r"[\W_\u0640]+")


def mark_repeats(sentences: Sequence[Sentence]) -> list[Sentence]:
    """The sentences, later copies of earlier ones marked `repeat`. Takes linear time."""
    keys = [_key(sentence.text) for sentence in sentences]
    places: dict[str, list[int]] = defaultdict(list)
    for index, key in enumerate(keys):
        places[key].append(index)
    originals = {
        index: places[key][0] for index, key in enumerate(keys) if places[key][0] < index and _weight(key) >= _LONG
    }
    if originals:
        _grow(keys, places, originals, range(len(keys)), step=1)
        _grow(keys, places, originals, range(len(keys) - 1, -1, -1), step=-1)
    return [
        replace(sentence, mark="repeat") if index in originals else sentence for index, sentence in enumerate(sentences)
    ]


def _grow(
    keys: Sequence[str], places: dict[str, list[int]], originals: dict[int, int], order: range, *, step: int
) -> None:
    """Copies beside copies: each sentence next to one whose original is followed by this one, or nearly so."""
    for index in order:
        neighbour = originals.get(index - step)
        if index in originals or neighbour is None or not keys[index]:
            continue
        low, high = (neighbour + 1, neighbour + _REACH) if step > 0 else (neighbour - _REACH, neighbour - 1)
        low, high = max(low, 0), min(high, index - 1)
        found = _exact(places[keys[index]], low, high, step)
        if found is None and (index + step in originals or index - 2 * step in originals):
            found = _near(keys, originals, keys[index], low, high)
        if found is not None:
            originals[index] = found


def _exact(indices: Sequence[int], low: int, high: int, step: int) -> int | None:
    """The index between both ends that is nearest to the neighbour's original."""
    if step > 0:
        at = bisect_left(indices, low)
        return indices[at] if at < len(indices) and indices[at] <= high else None
    at = bisect_right(indices, high) - 1
    return indices[at] if at >= 0 and indices[at] >= low else None


def _near(keys: Sequence[str], originals: dict[int, int], key: str, low: int, high: int) -> int | None:
    """The sentence between both ends that this one nearly equals."""
    from rapidfuzz import fuzz

    if _weight(key) < _NEAR_LENGTH:
        return None
    scores = {
        index: fuzz.ratio(key, keys[index], score_cutoff=_NEAR)
        for index in range(low, high + 1)
        if index not in originals
    }
    best = max(scores, key=lambda index: scores[index], default=None)
    return best if best is not None and scores[best] > 0 else None


def _key(text: str) -> str:
    """What must be equal in a copy: letters and digits, without case, diacritics and tatweel."""
    return _UNHEARD.sub("", text).casefold()


def _weight(key: str) -> int:
    return len(key) + 2 * len(_IDEOGRAPH.findall(key))
