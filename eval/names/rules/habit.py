"""An entity and an article in, the form to write there out: house style, the article's own habit, then the base, in the
capitals that the source has.
"""

from __future__ import annotations

from corpora.script import dominant_script
from eval.names.entity import Entity
from eval.names.mentions import Mention
from eval.names.rules.claims import claims, right_forms
from eval.names.rules.scene import Scene

_LATIN = "Latn"
# Who is written in the article's own letters even where brands stand in Latin ones.
_OWN_SCRIPT_TYPES = frozenset({"person", "place", "acronym", "event"})


def preferred_form(scene: Scene, entity: Entity, *, script: str | None = None) -> str | None:
    """How this article should write an entity; None where only a person can say.

    Args:
        script: ISO 15924 code; asks for a form in that script only.
    """
    house = scene.knowledge.house_form(entity, scene.lang)
    if house is not None and script in (None, dominant_script(house)):
        return house
    own = own_form(scene, entity, script)
    if own is not None:
        return own
    wanted = script or _habitual_script(scene, entity)
    form = scene.knowledge.canonical(entity, scene.lang, script=wanted) or (
        None if script else scene.knowledge.canonical(entity, scene.lang)
    )
    return form and (_as_the_witness_writes(scene, entity, form) or form)


def _as_the_witness_writes(scene: Scene, entity: Entity, form: str) -> str | None:
    """The witnesses' usual writing of a form that the article's language takes over as it is: Nvidia or NVIDIA."""
    if any(one.text == form and one.lang == scene.lang.split("-")[0] for one in entity.forms):
        return None
    letters = _letters(form)
    accepted = {one.text for one in right_forms(entity, scene.lang) if _letters(one.text) == letters}
    if len(accepted) < 2:
        return None
    for testimony in [*scene.sources, *scene.others]:
        counts = {text: testimony.reading.surfaces[text] for text in sorted(accepted)}
        best = max(counts, key=lambda text: (counts[text], text == form))
        if counts[best]:
            return best
    return None


def _letters(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())


def own_form(scene: Scene, entity: Entity, script: str | None = None) -> str | None:
    """The accepted form that the article itself uses most for an entity; the earlier one of two.

    What was left in letters that the language never uses (通用人工智能) is nobody's habit.
    """
    key = entity.id, script
    if key not in scene.own_forms:
        scene.own_forms[key] = _own_form(scene, entity, script)
    return scene.own_forms[key]


def _own_form(scene: Scene, entity: Entity, script: str | None) -> str | None:
    counts: dict[str, int] = {}
    for mention in scene.mentions_of(entity):
        written = dominant_script(mention.surface)
        if is_right(mention, entity) and written in {scene.script, _LATIN, "Zyyy"} and script in (None, written):
            counts[mention.surface] = counts.get(mention.surface, 0) + 1
    return max(counts, key=lambda surface: counts[surface], default=None)


def is_right(mention: Mention, entity: Entity) -> bool:
    """Whether a mention writes the entity as an accepted form does, letter by letter."""
    return (
        mention.hit is not None
        and mention.hit.exact_case
        and any(claim.right and claim.entity.id == entity.id for claim in claims(mention))
    )


def _habitual_script(scene: Scene, entity: Entity) -> str | None:
    """Latin letters for a brand in an Arabic text that writes its brands so; else no wish."""
    if entity.type in _OWN_SCRIPT_TYPES or scene.script == _LATIN:
        return None
    return _LATIN if scene.writes_brands_in_latin else None
