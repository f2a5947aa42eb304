"""A mention the base knows in, who may be meant by it out: each entity with the form that the surface matches.

A form can be right for one entity and an attested corruption of another (منظمة العفو الدولية): both are claims, and
the evidence decides between them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from eval.names.base.fingerprint import fold_key
from eval.names.entity import Entity, Form
from eval.names.mentions import Mention


@dataclass(frozen=True, slots=True)
class Claim:
    """One reading of a mention: it is `form` of `entity`."""

    entity: Entity
    form: Form

    @property
    def right(self) -> bool:
        """Whether the form is an accepted one of this entity."""
        return self.form.status != "wrong"


def claims(mention: Mention) -> list[Claim]:
    """Every reading that the base has for a mention, the likeliest first; none for a mention it does not know."""
    if mention.hit is None:
        return []
    forms = mention.hit.forms or (mention.hit.form,) * len(mention.hit.entities)
    return [Claim(entity, form) for entity, form in zip(mention.hit.entities, forms, strict=True)]


def right_entities(mentions: Iterable[Mention]) -> Mapping[str, Mention]:
    """The entities that are mentioned by an accepted form, by id, each with its first mention."""
    found: dict[str, Mention] = {}
    for mention in mentions:
        for claim in claims(mention):
            if claim.right:
                found.setdefault(claim.entity.id, mention)
    return found


def right_forms(entity: Entity, lang: str) -> Sequence[Form]:
    """The accepted forms of an entity in one language: its own, then those that every language uses."""
    language = lang.split("-")[0]
    own = [form for form in entity.forms if form.status != "wrong" and form.lang.split("-")[0] == language]
    return own + [form for form in entity.forms if form.status != "wrong" and form.lang == "mul"]


def likeness(a: str, b: str) -> float:
    """How alike two spellings in one script are, 0 to 1: folded, transpositions count once."""
    return float(OSA.normalized_similarity(folded(a), folded(b)))


@lru_cache(maxsize=1 << 16)
def folded(text: str) -> str:
    """`fold_key`, remembered: the same few hundred names and words are folded again and again."""
    return fold_key(text)
