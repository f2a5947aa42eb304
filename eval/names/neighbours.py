"""Names in, those at most one edit from a word out, without comparing it to each of them.

Every name is filed under itself and under itself less one letter; two strings within one edit share a file (the
symmetric deletion of FastSS, Bocek, Hunt and Stiller 2007, as SymSpell made it known). One look-up is as many
dictionary accesses as the word has letters.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from rapidfuzz.distance import OSA

from eval.names.claims import right_forms
from eval.names.entity import Entity
from eval.names.fingerprint import fold_keys

if TYPE_CHECKING:
    from eval.names.knowledge import Knowledge


class Neighbours:
    """An index of names by their deletion-1 variants.

    >>> Neighbours([("microsoft", None)]).near("microsft")
    ['microsoft']
    """

    def __init__(self, names: Iterable[tuple[str, Entity | None]]) -> None:
        self.entities: dict[str, Entity | None] = {}
        self._files: dict[str, list[str]] = {}
        for name, entity in names:
            if name in self.entities:
                continue
            self.entities[name] = entity
            for variant in _variants(name):
                self._files.setdefault(variant, []).append(name)

    def near(self, word: str) -> list[str]:
        """The names at most one edit (insertion, deletion, substitution, transposition) from a word, nearest first."""
        found = {name for variant in _variants(word) for name in self._files.get(variant, ())}
        close = [(OSA.distance(word, name), name) for name in found]
        return [name for distance, name in sorted(close) if distance <= 1]


def _variants(name: str) -> Iterator[str]:
    yield name
    yield from dict.fromkeys(name[:i] + name[i + 1 :] for i in range(len(name)))


@lru_cache(maxsize=8)
def neighbours(knowledge: Knowledge, lang: str, shortest: int) -> Neighbours:
    """The accepted forms of a base in one language that have at least `shortest` letters."""
    named = [
        (form.text, entity)
        for entity in knowledge.entities.values()
        if not entity.common_word
        for form in right_forms(entity, lang)
    ]
    keys = fold_keys([text for text, _ in named])
    return Neighbours((key, entity) for key, (_, entity) in zip(keys, named, strict=True) if len(key) >= shortest)
