"""A name and many candidates in, the candidates ranked out, whatever scripts they are in.

Arabic against Latin is judged by the learned edit model, as P(name | candidate), for the candidates that sound roughly
alike (the right one was among the best 300 for each of 716 evaluation queries); the best of these are judged again with
costs that depend on context. A French spelling counts as it sounds too, a hanzi name by how it may be read; within one
script the edit distance decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from corpora.script import dominant_script, fold
from eval.names.spelling.edit_model import EditModel, Names
from eval.names.spelling.phonology import anglicised, skeleton, sketch
from eval.names.spelling.romanise import readings

JUDGED = 300
_JUDGED_AGAIN = 25
# Weights of the model without context in the (geometric) mixture and of the candidate's own probability: chosen on a
# tenth of the training pairs, held out from a training on the rest.
_PLAIN_SHARE, _OWN_SHARE = 0.6, 0.9
# A spelling that has to be read as French, or a hanzi name by one of several readings, is a little less likely.
_RESPELT = 0.9


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate and how near it is: 0 to 1, comparable among the candidates of one name."""

    candidate: str
    score: float


@dataclass(frozen=True, slots=True)
class Query:
    """A name that was looked for, and its best candidates."""

    name: str
    ranked: tuple[Ranked, ...]


def rank(name: str, candidates: Sequence[str], *, top: int = 10) -> list[Ranked]:
    """The candidates that a name most likely stands for, best first.

    >>> rank("جنسن هوانغ", ["Johnson Wang", "Jensen Huang", "Hans Jensen"], top=1)[0].candidate
    'Jensen Huang'
    """
    return Matcher(candidates).rank(name, top=top)


def match_names(names: Iterable[str], candidates: Sequence[str], *, top: int = 10) -> list[Query]:
    """Each name with its best candidates, in the names' order; candidates are prepared once for all."""
    matcher = Matcher(candidates)
    return [Query(name, tuple(matcher.rank(name, top=top))) for name in names]


def likeness(surface: str, key: str, keys: Sequence[str]) -> list[float]:
    """How near a surface (folded: `key`) is to a few folded names of either script, 0 to 1, in their order.

    Within one script the normalised edit distance; between Arabic and Latin the geometric mean probability of a letter
    of the Arabic spelling, given the Latin one; 0 between other scripts.
    """
    from rapidfuzz.distance import OSA

    script = name_script(key)
    scripts = [name_script(other) for other in keys]
    scores = [
        float(OSA.normalized_similarity(key, other)) if script == its else 0.0
        for other, its in zip(keys, scripts, strict=True)
    ]
    across = [place for place, its in enumerate(scripts) if {script, its} == _MODELLED]
    if across:
        others = [keys[place] for place in across]
        found = EditModel.bundled().letter_probabilities(surface, others, arabic=script == "Arab")
        for place, score in zip(across, found, strict=True):
            scores[place] = score
    return scores


def similarity(left: str, right: str) -> float:
    """How near two names are, 0 to 1; across scripts the geometric mean probability of a letter of `left`."""
    found = Matcher([right]).rank(left, top=1)
    return found[0].score if found else 0.0


class Matcher:
    """Candidates prepared once for many names."""

    def __init__(self, candidates: Sequence[str]) -> None:
        self.candidates = list(dict.fromkeys(candidates))
        self._spellings: dict[str, _Spellings] = {}
        by_script: dict[str, list[tuple[str, int, float]]] = {}
        for number, candidate in enumerate(self.candidates):
            for spelling, weight in _spellings(candidate):
                by_script.setdefault(name_script(spelling), []).append((spelling, number, weight))
        for script, items in by_script.items():
            self._spellings[script] = _Spellings(items)

    def rank(self, name: str, *, top: int = 10) -> list[Ranked]:
        """The best candidates for a name, best first; ties in the candidates' order."""
        best: dict[int, float] = {}
        for spelling, weight in _spellings(name):
            script = name_script(spelling)
            for other, spellings in self._spellings.items():
                alike = (
                    spellings.alike if script == other else spellings.across if {script, other} <= _MODELLED else None
                )
                if alike is None:
                    continue
                for number, score in alike(spelling, max(JUDGED, top)):
                    best[number] = max(best.get(number, 0.0), score * weight)
        order = sorted(best.items(), key=lambda item: (-item[1], item[0]))[:top]
        return [Ranked(self.candidates[number], round(score, 4)) for number, score in order]


_MODELLED = frozenset({"Arab", "Latn"})


class _Spellings:
    """Spellings of one script, each with the candidate it belongs to and what it weighs."""

    def __init__(self, items: Sequence[tuple[str, int, float]]) -> None:
        self.texts = [text for text, _, _ in items]
        self.numbers = [number for _, number, _ in items]
        self.weights = np.array([weight for _, _, weight in items])

    def alike(self, name: str, most: int) -> list[tuple[int, float]]:
        """Spellings of the same script, by edit distance over letters and over sounds."""
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        letters = process.cdist([_plain(name)], self._plain, scorer=OSA.normalized_similarity, dtype=np.float32)[0]
        sounds = process.cdist([sketch(name)], self._sketches, scorer=OSA.normalized_similarity, dtype=np.float32)[0]
        return self._best((0.75 * letters + 0.25 * sounds) * self.weights, most)

    def across(self, name: str, most: int) -> list[tuple[int, float]]:
        """Spellings of the other script, by the edit model."""
        model = EditModel.bundled()
        arabic = name_script(name) == "Arab"
        query = model.arabic_names([name]) if arabic else model.latin_names([name])
        chosen = self._rough(name, most)
        letters = max(int(query.offsets[1]) - 1, 1)
        joint, alone = model.log_joint(query, self._names, chosen), self._names.log_alone[chosen]
        scores = np.zeros(len(self.texts))
        scores[chosen] = np.exp((joint - alone) / letters)
        # The dearer model looks at the best ones again; what it did not look at cannot pass them.
        again = np.argsort(alone - joint, kind="stable")[:_JUDGED_AGAIN]
        mixed = _PLAIN_SHARE * joint[again]
        mixed += (1 - _PLAIN_SHARE) * model.log_joint_in_context(query, self._names, chosen[again])
        judged = np.exp((mixed - _OWN_SHARE * alone[again]) / letters)
        scores[chosen] = np.minimum(scores[chosen], judged.min(initial=1.0))
        scores[chosen[again]] = judged
        return self._best(scores * self.weights, most)

    def _rough(self, name: str, most: int) -> NDArray[np.int64]:
        """The spellings that sound most alike."""
        from rapidfuzz import process
        from rapidfuzz.distance import Indel

        if len(self.texts) <= most:
            return np.arange(len(self.texts))
        scorer = Indel.normalized_similarity
        near = process.cdist([sketch(name)], self._sketches, scorer=scorer, dtype=np.float32)[0]
        near += process.cdist([skeleton(name)], self._skeletons, scorer=scorer, dtype=np.float32)[0]
        return np.sort(np.argsort(-near, kind="stable")[:most])

    def _best(self, scores: NDArray[np.float64], most: int) -> list[tuple[int, float]]:
        order = np.argsort(-scores, kind="stable")[:most]
        return [(self.numbers[place], float(scores[place])) for place in order]

    @cached_property
    def _names(self) -> Names:
        model = EditModel.bundled()
        return model.arabic_names(self.texts) if name_script(self.texts[0]) == "Arab" else model.latin_names(self.texts)

    @cached_property
    def _plain(self) -> list[str]:
        return [_plain(text) for text in self.texts]

    @cached_property
    def _sketches(self) -> list[str]:
        return [sketch(text) for text in self.texts]

    @cached_property
    def _skeletons(self) -> list[str]:
        return [skeleton(text) for text in self.texts]


def _plain(name: str) -> str:
    return fold(name, case=True).text


@lru_cache(maxsize=1 << 16)
def name_script(name: str) -> str:
    """The script of a name; digits and marks alone count as Latin."""
    if name.isascii():
        return "Latn"
    script = dominant_script(name)
    return "Latn" if script == "Zyyy" else script


def _spellings(name: str) -> list[tuple[str, float]]:
    """What a name is compared as: itself; a Latin one also as French sounds; a hanzi one also as it may be read."""
    spellings = [(name, 1.0)]
    script = name_script(name)
    if script == "Latn":
        respelt = anglicised(name)
        if respelt != _plain(name):
            spellings.append((respelt, _RESPELT))
    elif script == "Hani":
        spellings += [(reading, _RESPELT) for reading in readings(name)]
    return spellings
