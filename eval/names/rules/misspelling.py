"""A scene in, judgements on names a letter or two off out, where the article itself says who is meant.

Likeness alone proves nothing (Meta and Beta, Cloud and Claude, GB200 and GB300). So a stretch is held only against the
names that something in the article speaks for: a right mention elsewhere, a witness, or words that go with the entity.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

from corpora.script import dominant_script
from eval.names.base.fingerprint import fold_keys
from eval.names.base.lexicon import has_dictionary, is_listed, is_ordinary
from eval.names.entity import Entity, Evidence
from eval.names.rules.claims import claims, folded, right_entities, right_forms
from eval.names.rules.habit import preferred_form
from eval.names.rules.known_names import is_habit, latin_names
from eval.names.rules.scene import Judgement, Scene
from eval.names.rules.stretches import Stretch, stretches_of
from eval.names.rules.topic import Topic
from eval.names.spelling.slips import Slip, slip_between

if TYPE_CHECKING:
    from eval.names.knowledge import Knowledge

_SHORTEST = 5
# Without other evidence only names of this length can be told from a stranger's.
_SHORTEST_ALONE = 6
_SHORTEST_LATIN = 7
_LONG_LATIN = 9
_CUTOFF = 0.72
_CHUNK = 2048


def judge_misspelling(scene: Scene, topic: Topic) -> Iterator[Judgement]:
    """Stretches that differ by a slip from a name that the article speaks for."""
    supported = topic.supported(scene.knowledge)
    pool = _pool(scene, supported)
    vouched = set[str]().union(*(testimony.reading.surfaces for testimony in scene.testimonies))
    stretches = [stretch for stretch in stretches_of(scene.reading) if stretch.surface not in vouched]
    for stretch, form, entity, slip in _matches(stretches, pool):
        judgement = _judge(scene, topic, stretch, form, entity, slip)
        if judgement is not None and not is_plain(scene, stretch.surface, form):
            yield judgement
    yield from _judge_by_dictionary(scene, stretches)


def _judge_by_dictionary(scene: Scene, stretches: Sequence[Stretch]) -> Iterator[Judgement]:
    """Words that no dictionary has and that are one letter off a long name of the base: Microsft, Weztern Digital.

    Likeness alone is no error. In a name of several words the other words testify (nobody else is called Weztern
    Digital), and so does a shape that only brands have (BlalaCar); a single word may be somebody else's name (Zambia,
    Toyoda, Stamford) and is no more than worth a look.
    """
    if scene.sources or not has_dictionary(scene.lang):
        # A source that does not have the name speaks against it; one that has it spoke already.
        return
    surfaces = list(dict.fromkeys(stretch.surface for stretch in stretches))
    keys = dict(zip(surfaces, fold_keys(surfaces), strict=True))
    nearest = {surface: _nearest(scene, surface, key) for surface, key in keys.items()}
    for stretch in stretches:
        found = nearest[stretch.surface]
        if found is None:
            continue
        key, entity = found
        form = _written(entity, key)
        rule = "misspelling.dictionary" if _is_nobody_else(scene, stretch.surface, key) else "misspelling.likeness"
        detail = f"no dictionary has “{stretch.surface}”; one letter off it is “{form}” ({entity.name})"
        evidence = (Evidence("knowledge", detail),)
        yield Judgement(stretch.start, stretch.end, rule, entity, form, evidence, stretch.sentence)


def _is_nobody_else(scene: Scene, surface: str, key: str) -> bool:
    """Whether a surface one letter off a name can hardly be another name."""
    if " " in key:
        return True
    if dominant_script(surface) != "Latn":
        return False
    return any(char.isupper() for char in surface[1:]) or len(key) >= _LONG_LATIN


def _nearest(scene: Scene, surface: str, key: str) -> tuple[str, Entity] | None:
    """The only long name one edit from a surface that is rare in the article and no word of a dictionary."""
    if len(key) < _SHORTEST_ALONE - 1 or scene.reading.surfaces[surface] > 2:
        return None
    if all(is_listed(word, scene.lang) for word in surface.split()):
        return None
    near = scene.knowledge.one_edit_from(key)
    if not near or near[0] == key:
        return None
    found = next(((other, entity) for other in near for entity in _who_is(scene, other)), None)
    if found is None or is_plain(scene, surface, found[0], every=False):
        return None
    other, entity = found
    if key.isascii() and " " not in key and len(other) < _SHORTEST_LATIN:
        return None
    if is_habit(surface, other, latin_names(entity)):
        return None
    inflects = not (entity.type == "person" and " " in key)
    return found if slip_between(key, other, inflects=inflects) is not None else None


def _who_is(scene: Scene, key: str) -> Iterator[Entity]:
    """Who bears a name in the article's language, of those that it always means."""
    if len(key) < _SHORTEST_ALONE:
        return
    for entity, form in scene.knowledge.claims(key):
        right = form.status != "wrong" and form.lang.split("-")[0] in {scene.lang.split("-")[0], "mul"}
        if right and (not entity.common_word or " " in key):
            yield entity


def is_plain(scene: Scene, surface: str, form: str, *, every: bool = True) -> bool:
    """Whether a dictionary has the words of a surface: all of them, or at least one; of a name of several words only
    those that differ from its form count, as they stand.
    """
    langs = [scene.lang] if dominant_script(surface) == scene.script else []
    langs += ["en"] if dominant_script(surface) == "Latn" else []
    ours, theirs = surface.split(), form.split()
    if len(ours) == len(theirs) > 1:
        other = [word for word, right in zip(ours, theirs, strict=True) if folded(word) != folded(right)]
        return all(any(is_listed(word, lang) for lang in langs) for word in other)
    known = [any(is_ordinary(word, lang) for lang in langs) for word in ours]
    return all(known) if every or len(known) > 1 else any(known)


def _judge(scene: Scene, topic: Topic, stretch: Stretch, form: str, entity: Entity, slip: Slip) -> Judgement | None:
    script = dominant_script(stretch.surface)
    evidence = [*_witnesses(scene, entity, stretch), *_own_mentions(scene, entity)]
    near = topic.near(entity, stretch.sentence, 1, without=stretch.surface)
    if near:
        evidence.append(Evidence("article", f"words that go with {entity.name} stand beside it: {', '.join(near[:4])}"))
    if (
        not evidence
        or is_habit(stretch.surface, form, latin_names(entity))
        or (entity.common_word and evidence[0].source not in {"source", "other"})
    ):
        return None
    ground = {"source": "source", "other": "other"}.get(
        evidence[0].source, "article" if _own_mentions(scene, entity) else "context"
    )
    family = "garbled" if slip == "truncated" else "misspelling"
    detail = f"“{stretch.surface}” is nearly “{form}” ({entity.name})"
    canonical = preferred_form(scene, entity, script=script) or form
    if len(stretch.surface.split()) < len(canonical.split()) and len(form.split()) < len(canonical.split()):
        canonical = form
    return Judgement(
        stretch.start,
        stretch.end,
        f"{family}.{ground}",
        entity,
        canonical,
        (*evidence, Evidence("knowledge", detail)),
        stretch.sentence,
    )


def _witnesses(scene: Scene, entity: Entity, stretch: Stretch) -> Iterator[Evidence]:
    for testimony in [*scene.sources, *scene.others]:
        mention = right_entities(testimony.across(stretch.sentence)).get(entity.id)
        if mention is not None:
            role = "the source" if testimony.witness.role == "source" else "the other translation"
            yield testimony.evidence(mention, f"{role} has “{mention.surface}” here")


def _own_mentions(scene: Scene, entity: Entity) -> list[Evidence]:
    for mention in scene.mentions_of(entity):
        if any(claim.right and claim.entity.id == entity.id for claim in claims(mention)):
            detail = f"the article itself has “{mention.surface}” elsewhere"
            return [Evidence("article", detail, None, mention.start, mention.end)]
    return []


def _pool(scene: Scene, supported: Sequence[Entity]) -> Mapping[str, Entity]:
    """Every form that a stretch may be a slip of, folded, with its entity."""
    known = _folded_forms(scene.knowledge, scene.lang)
    pool: dict[str, Entity] = {}
    for entity in supported:
        keys = known.get(entity.id)
        if keys is None:
            forms = fold_keys([form.text for form in right_forms(entity, scene.lang)])
            keys = known[entity.id] = [key for key in forms if len(key) >= _SHORTEST]
        for key in keys:
            pool.setdefault(key, entity)
    return pool


@lru_cache(maxsize=8)
def _folded_forms(knowledge: Knowledge, lang: str) -> dict[str, list[str]]:
    """The folded forms of each entity, by id; filled as articles speak for them."""
    return {}


def is_vouched_for(scene: Scene, stretch: Stretch) -> bool:
    """Whether a witness writes the very same thing: then it is a name of its own."""
    return any(stretch.surface in testimony.reading.surfaces for testimony in scene.testimonies)


def _matches(stretches: Sequence[Stretch], pool: Mapping[str, Entity]) -> Iterator[tuple[Stretch, str, Entity, Slip]]:
    """Stretches with the form each is a slip of; the longest stretch first where several overlap."""
    if not stretches or not pool:
        return
    forms = list(pool)
    surfaces = list(dict.fromkeys(stretch.surface for stretch in stretches))
    keys = dict(zip(surfaces, fold_keys(surfaces), strict=True))
    unique = [surface for surface, key in keys.items() if len(key) >= 4 and key not in pool]
    found: dict[str, tuple[str, Slip]] = {}
    for begin in range(0, len(unique), _CHUNK):
        chunk = unique[begin : begin + _CHUNK]
        scores = cdist(
            [keys[s] for s in chunk], forms, scorer=OSA.normalized_similarity, score_cutoff=_CUTOFF, workers=1
        )
        best = scores.argmax(axis=1)
        for row in np.flatnonzero(scores.max(axis=1) > 0).tolist():
            surface, form = chunk[row], forms[int(best[row])]
            if (slip := _slip(keys[surface], form, pool)) is not None:
                found[surface] = form, slip
    last = -1
    for stretch in sorted(stretches, key=lambda s: (s.start, -s.end)):
        if stretch.surface in found and stretch.start >= last:
            key, slip = found[stretch.surface]
            last = stretch.end
            yield stretch, _written(pool[key], key), pool[key], slip


def _slip(key: str, form: str, pool: Mapping[str, Entity]) -> Slip | None:
    return slip_between(key, form, inflects=not (pool[form].type == "person" and " " in form))


def _written(entity: Entity, key: str) -> str:
    return next(
        (form.text for form in entity.forms if form.status != "wrong" and folded(form.text) == key), entity.name
    )
