"""Patterns and words in, sentence triples of the sublanguage out, repeatable by seed."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from string import Formatter

from mt.demo_model.lexicon import LANGS, SLOTS, Draw, Slot
from mt.train import TrainingPair

_NAMES = ("c", "p", "man", "prod")
DIRECTIONS = tuple((source, target) for source in LANGS for target in LANGS if source != target)


@dataclass(frozen=True, slots=True)
class Triple:
    """One sentence in English, French and Arabic, and the number of its pattern.

    Attributes:
        names: companies, people and products, each as every language's sentence has it.
    """

    pattern: int
    texts: dict[str, str]
    names: tuple[dict[str, str], ...] = ()


@cache
def patterns() -> tuple[dict[str, str], ...]:
    """Every sentence pattern, by language."""
    text = files("mt.demo_model").joinpath("patterns.txt").read_text(encoding="utf-8")
    lines = "\n".join(line for line in text.split("\n") if not line.startswith("#"))
    blocks = [block.split("\n") for block in re.split(r"\n{2,}", lines.strip())]
    return tuple(dict(zip(LANGS, block, strict=True)) for block in blocks)


def triples(seed: int, *, held_out: bool = False, without: frozenset[str] = frozenset()) -> Iterator[Triple]:
    """Triples without end, each pattern as often as any other.

    Args:
        held_out: only names and pairs of names that training never sees; else only the others.
        without: English sentences to leave out.
    """
    chance = random.Random(seed)
    while True:
        for number in chance.sample(range(len(patterns())), len(patterns())):
            triple = _fill(number, chance, held_out)
            if triple.texts["en"] not in without:
                yield triple


def pairs(drawn: Sequence[Triple]) -> list[TrainingPair]:
    """The training pairs of some triples: each in all six directions."""
    return [
        TrainingPair(triple.texts[source], triple.texts[target], source, target)
        for triple in drawn
        for source, target in DIRECTIONS
    ]


def _fill(number: int, chance: random.Random, held_out: bool) -> Triple:
    slots: dict[str, Slot] = {}
    for name in _slot_names(number):
        slots[name] = SLOTS[name.rstrip("0123456789")](Draw(chance, held_out, slots))
    texts = {
        lang: pattern.format(**{name: slot[lang] for name, slot in slots.items()})
        for lang, pattern in patterns()[number].items()
    }
    named = (_as_said(slot, texts) for name, slot in slots.items() if name.rstrip("0123456789") in _NAMES)
    return Triple(number, texts, tuple(one for one in named if one is not None))


def _as_said(slot: Slot, texts: Mapping[str, str]) -> dict[str, str] | None:
    """A name as every sentence has it: of a person the whole name, or the family name alone."""
    for form in ("", "last"):
        said = {lang: getattr(filler, form, "") if form else f"{filler}" for lang, filler in slot.items()}
        if all(said[lang] and said[lang] in texts[lang] for lang in LANGS):
            return said
    return None


@cache
def _slot_names(number: int) -> tuple[str, ...]:
    """The slots of a pattern in the order in which they are drawn: persons first, since roles agree with them."""
    fields = (field for pattern in patterns()[number].values() for _, field, _, _ in Formatter().parse(pattern))
    names = dict.fromkeys(field.partition(".")[0] for field in fields if field)
    return tuple(sorted(names, key=lambda name: name != "p"))
