"""What an article talks about, sentence by sentence: which of an entity's context words stand near a mention, and
which far.

Context words decide where a form has two readings and no witness speaks: منظمة العفو الدولية beside data centres and
chips is a wrong expansion of AI, beside prisoners it is Amnesty International.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from corpora.script import fold
from eval.names.entity import Entity
from eval.names.mentions import Reading

if TYPE_CHECKING:
    from eval.names.knowledge import Knowledge

_PROCLITICS = re.compile(r"^(?:[وف]?(?:[بكل]?ال|لل)|[وفبكل])(?=..)")


@lru_cache(maxsize=1 << 16)
def stems(word: str) -> tuple[str, ...]:
    """A word as context words are compared: folded, lower case, with and without what Arabic glues in front of it."""
    whole = fold(word, case=True).text
    found = [whole]
    stripped = _PROCLITICS.sub("", whole)
    if stripped != whole:
        found += [stripped, _PROCLITICS.sub("", stripped)]
    elif len(whole) > 4 and whole.isascii() and whole.endswith("s"):
        found.append(whole[:-1])
    return tuple(dict.fromkeys(found))


@dataclass(frozen=True)
class Topic:
    """Where which words stand in an article."""

    reading: Reading

    @cached_property
    def _places(self) -> Mapping[str, Sequence[int]]:
        """For each stem the sentences it stands in, in order."""
        places: dict[str, list[int]] = {}
        for sentence, words in sorted(self.reading.words_by_sentence.items()):
            for word in words:
                for form in stems(word.text):
                    found = places.setdefault(form, [])
                    if not found or found[-1] != sentence:
                        found.append(sentence)
        return places

    def near(self, entity: Entity, sentence: int, reach: int = 1, *, without: str = "") -> list[str]:
        """The entity's context words that stand within `reach` sentences, those of the surface `without` left out."""
        own = {form for word in without.split() for form in stems(word)}
        return [word for word in _context(entity) if word not in own and self._stands_near(word, sentence, reach)]

    def anywhere(self, entity: Entity, *, without: str = "") -> list[str]:
        """The entity's context words that stand anywhere in the article."""
        own = {form for word in without.split() for form in stems(word)}
        return [word for word in _context(entity) if word not in own and word in self._places]

    def supported(self, knowledge: Knowledge, mentioned: Iterable[str] = ()) -> list[Entity]:
        """The entities that something in the article speaks for: a mention, or one of their context words."""
        index = _context_index(knowledge)
        ids = {id_ for stem in self._places for id_ in index.get(stem, ())}
        ids.update(entity.id for m in self.reading.mentions if m.hit is not None for entity in m.hit.entities)
        ids.update(mentioned)
        return [knowledge.entities[id_] for id_ in sorted(ids) if id_ in knowledge.entities]

    def _stands_near(self, word: str, sentence: int, reach: int) -> bool:
        places = self._places.get(word, ())
        at = bisect_left(places, sentence - reach)
        return at < len(places) and places[at] <= sentence + reach


def _context(entity: Entity) -> tuple[str, ...]:
    return tuple(dict.fromkeys(fold(word, case=True).text for word in entity.context))


@lru_cache(maxsize=8)
def _context_index(knowledge: Knowledge) -> Mapping[str, Sequence[str]]:
    """For each context word the ids of the entities it speaks for."""
    index: dict[str, list[str]] = {}
    for entity in knowledge.entities.values():
        for word in _context(entity):
            index.setdefault(word, []).append(entity.id)
    return index
