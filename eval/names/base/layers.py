"""Entities in, one layer of the base out: an index of their names, and the entity behind each of its numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Protocol

from eval.names.base.fingerprint import fold_keys
from eval.names.base.index import Claims, NameIndex
from eval.names.base.records import READING
from eval.names.entity import Entity, Form
from eval.names.spelling.romanise import split_pinyin

STATUS_RANK = {"canonical": 0, "accepted": 1, "wrong": 2}


class Layer(Protocol):
    """What the knowledge base asks of a store of entities."""

    @property
    def index(self) -> NameIndex:
        """The names of all entities, claimed by their numbers."""

    def numbered(self, number: int) -> Entity:
        """The entity of a number in the index."""

    def find(self, id: str) -> Entity | None:
        """The entity of an id, if there is one."""


class Memory:
    """A layer of entities in memory."""

    def __init__(self, entities: Iterable[Entity]) -> None:
        self.entities: Mapping[str, Entity] = {entity.id: entity for entity in entities}
        self._ordered = list(self.entities.values())

    @cached_property
    def index(self) -> NameIndex:
        """The names of all entities; made when it is first asked for."""
        return NameIndex.of([claims_of(enumerate(self._ordered))])

    def numbered(self, number: int) -> Entity:
        """The entity of a number in the index."""
        return self._ordered[number]

    def find(self, id: str) -> Entity | None:
        """The entity of an id, if there is one."""
        return self.entities.get(id)


def claims_of(numbered: Iterable[tuple[int, Entity]]) -> Claims:
    """The keys that entities are found by, with the numbers of each entity and of its form."""
    claims = [(number, place, form) for number, entity in numbered for place, form in enumerate(entity.forms)]
    keys: list[str] = []
    entities: list[int] = []
    forms: list[int] = []
    for (number, place, form), folded in zip(claims, fold_keys([form.text for *_, form in claims]), strict=True):
        for key in _keys_of(form, folded):
            keys.append(key)
            entities.append(number)
            forms.append(place)
    return Claims(keys, entities, forms)


def _keys_of(form: Form, key: str) -> Sequence[str]:
    """The keys that a form is found by; a hanzi name spelled by sound also turned round, in syllables, in one word."""
    if form.lang != READING or " " not in key:
        return [key] if key else []
    family, _, given = key.partition(" ")
    solid = given.replace(" ", "")
    spaced = " ".join(split_pinyin(solid) or [given])
    orders = [f"{first} {last}" for name in (given, solid, spaced) for first, last in ((family, name), (name, family))]
    return list(dict.fromkeys([key, *orders, f"{family}{solid}"]))


def layered(known: Entity, added: Entity) -> Entity:
    """The upper entry over the lower one: the canonical form gives way where the upper has one in that language."""
    own = {(form.text, form.lang) for form in added.forms}
    languages = {form.lang for form in added.forms if form.status == "canonical"}
    kept = [
        replace(form, status="accepted") if form.status == "canonical" and form.lang in languages else form
        for form in known.forms
        if (form.text, form.lang) not in own
    ]
    forms = sorted([*added.forms, *kept], key=lambda form: STATUS_RANK[form.status])
    context = tuple(dict.fromkeys((*added.context, *known.context)))
    return replace(added, forms=tuple(forms), common_word=added.common_word or known.common_word, context=context)


class Entities(Mapping[str, Entity]):
    """Entities by id: those in memory, and behind them those of the layers on disk.

    Going through it gives those in memory alone, since the others may be millions; asking for an id finds all.
    """

    def __init__(self, memory: Mapping[str, Entity], below: Sequence[Layer]) -> None:
        self._memory = memory
        self._below = below
        self._merged: dict[str, Entity | None] = {}

    def __getitem__(self, id: str) -> Entity:
        if not self._below:
            return self._memory[id]
        if id not in self._merged:
            self._merged[id] = self._merge(id)
        entity = self._merged[id]
        if entity is None:
            raise KeyError(id)
        return entity

    def resolve(self, entity: Entity, layer: Layer) -> Entity:
        """What an entity that one layer holds is over all layers."""
        if not self._below or (layer is self._below[0] and len(self._below) == 1 and entity.id not in self._memory):
            return entity
        return self[entity.id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._memory)

    def __len__(self) -> int:
        return len(self._memory)

    def _merge(self, id: str) -> Entity | None:
        entity = self._memory.get(id)
        for layer in self._below:
            lower = layer.find(id)
            if lower is not None:
                entity = lower if entity is None else layered(lower, entity)
        return entity
