"""The accounts of one witness as a whole in, what they say of one name out: where else it stands and what stands there.

What a translation writes wherever the source has a name, and nowhere else, renders that name, whatever the languages:
it need neither sound like it nor be in any base (Pays de Galles for Wales). Where a bead has the name and not that
word, the name is gone. Association in the manner of Melamed, *Models of translational equivalence* (2000).
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from corpora.script import Word
from eval.names.base.lexicon import is_function_word
from eval.names.mentions import Mention
from eval.names.rules.claims import folded
from eval.names.rules.reckoning import Account
from eval.names.rules.rendering import SOUNDS_ALIKE, beginnings, best_rendering
from eval.names.rules.scene import Scene

_SHORTEST = 3
# Letters added to both sides of a bead before their lengths are compared, so that headlines do not stand out.
_SLACK = 5
# So many words that may render a name are kept, and so many of its other beads looked at: both to bound the cost.
_PARTNERS = 64
_NEAREST = 8


@dataclass(frozen=True, slots=True)
class Companion:
    """What goes with a word of the source in its other beads.

    Attributes:
        strongest: how surely the surest word of the translation goes with it, 0 to 1.
        here: how surely the surest of those that stand in this bead do.
        others: how many other beads have the word.
    """

    strongest: float
    here: float
    others: int


@dataclass(frozen=True, slots=True)
class Links:
    """How far each word of a sentence goes with each of its translation.

    Attributes:
        similarity: cosines, or likenesses of letters where those are greater (source words, target words).
        probability: that two words translate each other, in the same shape.
    """

    similarity: NDArray[np.float64]
    probability: NDArray[np.float64]
    source: Sequence[Word]
    target: Sequence[Word]


@dataclass(frozen=True)
class Ledger:
    """All accounts of a witness, in order."""

    scene: Scene
    accounts: Sequence[Account]
    _found: dict[str, Sequence[tuple[str, int]]] = field(default_factory=dict, repr=False)
    _links: dict[tuple[int, tuple[int, ...]], Links] = field(default_factory=dict, repr=False)

    @cached_property
    def _bags(self) -> Sequence[frozenset[str]]:
        return [frozenset(self.keys(account)) for account in self.accounts]

    @cached_property
    def _spread(self) -> Counter[str]:
        """In how many beads the translation has each word."""
        return Counter(word for bag in self._bags for word in bag)

    @cached_property
    def _beads_with(self) -> Mapping[str, Sequence[int]]:
        """For each word of the source the beads that have it."""
        found: dict[str, list[int]] = {}
        for place, account in enumerate(self.accounts):
            for word in dict.fromkeys(word.text for word in account.source_words()):
                found.setdefault(word, []).append(place)
        return found

    @cached_property
    def _places(self) -> Mapping[int, int]:
        return {account.bead.source[0]: place for place, account in enumerate(self.accounts)}

    @cached_property
    def _usual_length(self) -> float:
        lengths = sorted(self._log_length(account) for account in self.accounts)
        return lengths[len(lengths) // 2]

    def _log_length(self, account: Account) -> float:
        theirs, ours = account.testimony.reading, self.scene.reading
        source = sum(len(theirs.sentences[i].text) for i in account.bead.source)
        target = sum(len(ours.sentences[i].text) for i in account.targets)
        return math.log((target + _SLACK) / (source + _SLACK))

    def keys(self, account: Account) -> list[str]:
        """The translation's words in a bead, folded, with and without what is glued to them."""
        reading = self.scene.reading
        words = (word for target in account.targets for word in reading.words_by_sentence.get(target, ()))
        return [folded(reading.text[start : word.end]) for word in words for start in beginnings(word)]

    def excess(self, account: Account) -> float:
        """How much longer than usual the translation of a bead is: a log ratio, below 0 where it is shorter."""
        return self._log_length(account) - self._usual_length

    def companion(self, account: Account, piece: str) -> Companion:
        """What goes with a word of the source elsewhere, and whether it stands in this bead."""
        here = self._places[account.bead.source[0]]
        beads, bag = self._beads_with.get(piece, ()), self._bags[here]
        inside = self._is_in(beads, here)
        others = len(beads) - inside
        strongest = standing = 0.0
        for word, times in self._partners(piece) if others else ():
            elsewhere = times - (word in bag and inside)
            if elsewhere < min(2, others):
                continue
            outside = self._spread[word] - elsewhere - (word in bag)
            score = (elsewhere - 0.5) / others * elsewhere / (elsewhere + outside + 0.5)
            strongest = max(strongest, score)
            standing = max(standing, score if word in bag else 0.0)
        return Companion(strongest, standing, others)

    @staticmethod
    def _is_in(beads: Sequence[int], place: int) -> bool:
        at = bisect_left(beads, place)
        return at < len(beads) and beads[at] == place

    def _partners(self, piece: str) -> Sequence[tuple[str, int]]:
        """The words that stand most exclusively where the source has `piece`, with in how many of its beads."""
        if piece not in self._found:
            together = Counter(word for place in self._beads_with[piece] for word in self._bags[place])
            kept = [pair for pair in together.items() if len(pair[0]) >= _SHORTEST and not is_function_word(pair[0])]
            kept.sort(key=lambda pair: (-pair[1] * pair[1] / self._spread[pair[0]], pair[0]))
            self._found[piece] = kept[:_PARTNERS]
        return self._found[piece]

    def rendered(self, account: Account, name: Mention, piece: str) -> tuple[int, int]:
        """Of the nearest other beads that have a name, how many have a form, the letters or the sound of it; of how
        many.
        """
        here = self._places[account.bead.source[0]]
        beads = self._beads_with.get(piece, ())
        at = bisect_left(beads, here)
        around = beads[max(0, at - _NEAREST) : at + _NEAREST + 1]
        others = sorted((abs(place - here), place) for place in around if place != here)
        near = [self.accounts[place] for _, place in others[:_NEAREST]]
        return sum(self._is_rendered(other, name, piece) for other in near), len(near)

    def _is_rendered(self, account: Account, name: Mention, piece: str) -> bool:
        named = any(other.surface == name.surface for other in account.names)
        if named and all(other.surface != name.surface for other in account.open):
            return True
        if self.scene.script != "Arab":
            return False
        reading = self.scene.reading
        words = [word for target in account.targets for word in reading.words_by_sentence.get(target, ())]
        rendering = best_rendering(piece, words)
        return rendering is not None and rendering.likeness >= SOUNDS_ALIKE

    def links(self, account: Account, sentence: int) -> Links:
        """The word links of one of the source's sentences in its bead; asked of the encoder once."""
        key = sentence, account.targets
        if key not in self._links:
            self._links[key] = self._linked(account, sentence)
        return self._links[key]

    def _linked(self, account: Account, sentence: int) -> Links:
        from alignment import encoders
        from alignment.words import compared

        theirs, ours = account.testimony.reading, self.scene.reading
        begin, end = ours.sentences[account.targets[0]].start, ours.sentences[account.targets[-1]].end
        left = theirs.words_by_sentence.get(sentence, ())
        right = [word for target in account.targets for word in ours.words_by_sentence.get(target, ())]
        start = theirs.sentences[sentence].start
        similarity, probability = compared(
            theirs.sentences[sentence].text,
            [_moved(word, start) for word in left],
            ours.text[begin:end],
            [_moved(word, begin) for word in right],
            encoders.get(),
        )
        return Links(similarity, probability, left, right)


def _moved(word: Word, start: int) -> Word:
    return Word(word.start - start, word.end - start, word.text, word.script)
