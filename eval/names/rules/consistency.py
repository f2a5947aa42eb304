"""A scene in, judgements on right but inconsistent names out: two accepted spellings of one entity in one article.

Nothing here is an error. The canonical form is the one that the article itself uses most, unless house style says
other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from corpora.script import dominant_script
from eval.names.entity import Entity, Evidence
from eval.names.mentions import Mention
from eval.names.rules.claims import claims, folded
from eval.names.rules.habit import is_right
from eval.names.rules.scene import Judgement, Scene


def judge_consistency(scene: Scene) -> Iterator[Judgement]:
    """Mentions whose form is accepted, but not the article's usual one or not the house's."""
    groups: dict[str, tuple[Entity, list[Mention]]] = {}
    for mention in scene.reading.mentions:
        readings = [claim for claim in claims(mention) if claim.right]
        if len(readings) == 1 and is_right(mention, readings[0].entity):
            entity = readings[0].entity
            groups.setdefault(entity.id, (entity, []))[1].append(mention)
    for entity, mentions in groups.values():
        yield from _judge_group(scene, entity, mentions)


def _judge_group(scene: Scene, entity: Entity, mentions: Sequence[Mention]) -> Iterator[Judgement]:
    counts: dict[str, int] = {}
    for mention in mentions:
        counts[mention.surface] = counts.get(mention.surface, 0) + scene.reading.counts(mention.sentence)
    house = scene.knowledge.house_form(entity, scene.lang)
    usual = house or max(counts, key=lambda surface: counts[surface])
    for mention in mentions:
        if mention.surface == usual or not _is_rival(entity, mention.surface, usual):
            continue
        if house is not None:
            reason = f"house style writes “{usual}”"
        elif counts[usual] > counts[mention.surface]:
            reason = (
                f"the article writes “{usual}” {counts[usual]} times, “{mention.surface}” {counts[mention.surface]}"
            )
        else:
            reason = f"the article also writes “{usual}”, which comes first"
        other_script = dominant_script(mention.surface) != dominant_script(usual)
        foreign = other_script and dominant_script(mention.surface) != scene.script
        rule = "spelling.style" if house is not None else "script.latin" if foreign else "spelling.article"
        evidence = (Evidence("rule" if house else "article", reason),)
        yield Judgement(mention.start, mention.end, rule, entity, usual, evidence, mention.sentence)


def _is_rival(entity: Entity, surface: str, usual: str) -> bool:
    """Whether two forms are two spellings of one name, and not a long form and a short one (Federal Reserve, Fed)."""
    if entity.type == "acronym" and dominant_script(surface) == dominant_script(usual):
        return False
    ours, theirs = folded(surface).split(), folded(usual).split()
    if dominant_script(surface) != dominant_script(usual):
        return len(ours) == len(theirs)
    return len(ours) == len(theirs) and surface != usual and not (surface.isupper() and len(surface) <= 4)
