"""A scene in, judgements on names a letter or two off out, where the article itself says who is meant.

Likeness alone proves nothing (Meta and Beta, Cloud and Claude, GB200 and GB300). So a stretch is held only against the
names that something in the article speaks for: a right mention elsewhere, a witness, or words that go with the entity.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

from corpora.script import Word, dominant_script
from eval.names.claims import claims, folded, right_entities, right_forms
from eval.names.entity import Entity, Evidence
from eval.names.fingerprint import fold_keys
from eval.names.habit import preferred_form
from eval.names.known_names import is_habit, latin_names
from eval.names.lexicon import has_dictionary, is_function_word, is_ordinary
from eval.names.mentions import CASED_SCRIPTS, Mention, Reading
from eval.names.neighbours import Neighbours, neighbours
from eval.names.scene import Judgement, Scene
from eval.names.slips import Slip, slip_between
from eval.names.topic import Topic, stems

_SHORTEST = 5
# Without other evidence only names of this length can be told from a stranger's.
_SHORTEST_ALONE = 6
_SHORTEST_LATIN = 7
_CUTOFF = 0.72
# Names of more words than this are looked for in cased scripts only, where capitals show how far they go.
_LONGEST = 4
_CHUNK = 2048
_GLUE = ("", "و", "ف", "ب", "ل", "ك", "ال", "وب", "ول", "وال", "بال")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of the article that no base knows, as it is held against names."""

    start: int
    end: int
    surface: str
    sentence: int


def judge_misspelling(scene: Scene, topic: Topic) -> Iterator[Judgement]:
    """Stretches that differ by a slip from a name that the article speaks for."""
    supported = topic.supported(scene.knowledge)
    pool = _pool(scene, supported)
    stretches = [stretch for stretch in _stretches(scene.reading) if not _is_vouched_for(scene, stretch)]
    for stretch, form, entity, slip in _matches(stretches, pool):
        judgement = _judge(scene, topic, stretch, form, entity, slip)
        if judgement is not None and not _is_ordinary(scene, stretch.surface):
            yield judgement
    yield from _judge_by_article(scene)
    yield from _judge_by_dictionary(scene, stretches)


def _judge_by_dictionary(scene: Scene, stretches: Sequence[Stretch]) -> Iterator[Judgement]:
    """Words that no dictionary has and that are one letter off a long name of the base: Microsft, Antropic."""
    if scene.sources or not has_dictionary(scene.lang):
        # A source that does not have the name speaks against it; one that has it spoke already.
        return
    index = neighbours(scene.knowledge, scene.lang.split("-")[0], _SHORTEST_ALONE)
    surfaces = list(dict.fromkeys(stretch.surface for stretch in stretches))
    keys = dict(zip(surfaces, fold_keys(surfaces), strict=True))
    seen: dict[str, str | None] = {}
    for stretch in stretches:
        if stretch.surface not in seen:
            seen[stretch.surface] = _nearest(scene, stretch.surface, keys[stretch.surface], index)
        key = seen[stretch.surface]
        entity = index.entities[key] if key is not None else None
        if key is None or entity is None:
            continue
        form = _written(entity, key)
        detail = f"no dictionary has “{stretch.surface}”; one letter off it is “{form}” ({entity.name})"
        evidence = (Evidence("knowledge", detail),)
        yield Judgement(stretch.start, stretch.end, "misspelling.dictionary", entity, form, evidence, stretch.sentence)


def _nearest(scene: Scene, surface: str, key: str, index: Neighbours) -> str | None:
    """The only long name one edit from a surface that is rare in the article and no word of a dictionary."""
    if len(key) < _SHORTEST_ALONE - 1 or key in index.entities:
        return None
    near = index.near(key)
    if not near or scene.reading.surfaces[surface] > 2 or _is_ordinary(scene, surface, every=False):
        return None
    if key.isascii() and " " not in key and len(near[0]) < _SHORTEST_LATIN:
        return None
    entity = index.entities[near[0]]
    if entity is not None and is_habit(surface, near[0], latin_names(entity)):
        return None
    inflects = not (entity is not None and entity.type == "person" and " " in key)
    return near[0] if slip_between(key, near[0], inflects=inflects) is not None else None


def _is_ordinary(scene: Scene, surface: str, *, every: bool = True) -> bool:
    """Whether a dictionary has the words of a surface: all of them, or at least one."""
    langs = [scene.lang] if dominant_script(surface) == scene.script else []
    langs += ["en"] if dominant_script(surface) == "Latn" else []
    known = [any(is_ordinary(word, lang) for lang in langs) for word in surface.split()]
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
    named = [(form.text, entity) for entity in supported for form in right_forms(entity, scene.lang)]
    keys = fold_keys([text for text, _ in named])
    pool: dict[str, Entity] = {}
    for key, (_, entity) in zip(keys, named, strict=True):
        if len(key) >= _SHORTEST:
            pool.setdefault(key, entity)
    return pool


def _is_vouched_for(scene: Scene, stretch: Stretch) -> bool:
    """Whether a witness writes the very same thing: then it is a name of its own."""
    return any(stretch.surface in testimony.reading.surfaces for testimony in scene.testimonies)


def _stretches(reading: Reading) -> Iterator[Stretch]:
    """What may hide a name: unknown mentions and their words; in scripts without case every word and pair of words."""
    for mention in reading.mentions:
        if mention.hit is None:
            yield Stretch(mention.start, mention.end, mention.surface, mention.sentence)
    taken = [(mention.start, mention.end) for mention in reading.mentions if mention.hit is not None]
    unknown = {position for m in reading.mentions if m.hit is None for position in range(m.start, m.end)}
    covered = {position for start, end in taken for position in range(start, end)}
    for sentence, words in reading.words_by_sentence.items():
        free = [word for word in words if word.start not in covered and word.end - 1 not in covered]
        yield from _word_stretches(reading.text, free, sentence, unknown)


def _word_stretches(text: str, words: Sequence[Word], sentence: int, unknown: set[int]) -> Iterator[Stretch]:
    for i, word in enumerate(words):
        if word.script in CASED_SCRIPTS:
            if word.start in unknown and not is_function_word(word.text) and len(word.text) >= 4:
                yield Stretch(word.start, word.end, word.text, sentence)
            continue
        starts = [
            word.start + len(glue) for glue in _GLUE if word.text.startswith(glue) and len(word.text) > len(glue) + 2
        ]
        for last in range(i, min(i + _LONGEST, len(words))):
            if last > i and text[words[last - 1].end : words[last].start] != " ":
                break
            for start in starts:
                if words[last].end - start >= 4:
                    yield Stretch(start, words[last].end, text[start : words[last].end], sentence)


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
        for row, surface in zip(scores, chunk, strict=True):
            best = int(np.argmax(row))
            if row[best] > 0 and (slip := _slip(keys[surface], forms[best], pool)) is not None:
                found[surface] = forms[best], slip
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


def _judge_by_article(scene: Scene) -> Iterator[Judgement]:
    """Names that no base knows, once a letter off what the article itself writes again and again."""
    counts = scene.reading.surfaces
    unknown = [m for m in scene.reading.mentions if m.hit is None and m.shape not in {"initial", "acronym"}]
    parts = {m.surface for m in unknown}
    usual = [s for s in parts if counts[s] >= 2 and len(s) >= _SHORTEST + 1]
    rare = [s for s in parts if counts[s] > 0 and len(s) >= _SHORTEST]
    wrong: dict[str, str] = {}
    for surface in rare:
        for other in usual:
            if (
                abs(len(other) - len(surface)) <= 1
                and counts[other] >= 2 * counts[surface] + 1
                and not set(stems(surface)) & set(stems(other))
                and slip_between(folded(surface), folded(other)) == "misspelt"
            ):
                wrong[surface] = other
    for mention in unknown:
        right = wrong.get(mention.surface)
        if right is None or _is_ordinary(scene, mention.surface):
            continue
        if not _is_vouched_for(scene, _as_stretch(mention)):
            detail = f"the article itself writes “{right}” {counts[right]} times"
            evidence = (Evidence("article", detail),)
            yield Judgement(
                mention.start, mention.end, "misspelling.article", None, right, evidence, mention.sentence, 0.95
            )


def _as_stretch(mention: Mention) -> Stretch:
    return Stretch(mention.start, mention.end, mention.surface, mention.sentence)
