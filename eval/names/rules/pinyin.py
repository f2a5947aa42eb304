"""A scene in, judgements on Chinese names spelled by sound in Arabic letters out: ليو داين for Liu Deyin, who is Mark
Liu.

Only people that the article speaks for are looked for: by a mention, a witness, or words that go with them. What a
translator makes of pinyin follows the letters as an English reader says them, or the sounds they stand for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

from corpora.script import Word
from eval.names.base.lexicon import is_listed, is_ordinary
from eval.names.base.records import READING
from eval.names.entity import Entity, Evidence
from eval.names.knowledge import Knowledge
from eval.names.rules.claims import claims, right_entities
from eval.names.rules.habit import preferred_form
from eval.names.rules.scene import Judgement, Scene
from eval.names.rules.topic import Topic
from eval.names.spelling.sounds import initial_sounds, resemblance

_ALIKE = 0.8
_ALIKE_EACH = 0.6
# Thousands of Chinese names sound roughly alike: without other evidence both words must be spelled sound by sound.
_EXACT = 0.95
_LONG_READING = 8
_SPOKEN = (("zh", "j"), ("x", "sh"), ("q", "ch"))


def judge_pinyin(scene: Scene, topic: Topic) -> Iterator[Judgement]:
    """Arabic word pairs that sound like the pinyin of somebody the article speaks of."""
    if scene.script != "Arab":
        return
    people = _readings(topic.supported(scene.knowledge, _witnessed(scene)))
    spoken_for = {entity.id for entity, _ in people}
    others = [] if scene.sources else [one for one in _long_readings(scene.knowledge) if one[0].id not in spoken_for]
    if not people and not others:
        return
    covered = {p for m in scene.reading.mentions if m.hit is not None for p in range(m.start, m.end)}
    by_sound, others_by_sound = _by_initial(people, turned=True), _by_initial(others, turned=False)
    for sentence, words in scene.reading.words_by_sentence.items():
        free = [word for word in words if word.script == "Arab" and word.start not in covered]
        for first, second in pairwise(free):
            if scene.reading.text[first.end : second.start] == " ":
                sound = _initial(second.text)
                yield from _judge_pair(scene, topic, by_sound.get(sound, ()), (first, second), sentence)
                yield from _judge_known(scene, others_by_sound.get(sound, ()), (first, second), sentence)


Reading = tuple[Entity, list[str]]


def _readings(people: Iterable[Entity]) -> list[Reading]:
    """Who has a Chinese name of two words, with each way to read it."""
    return [
        (entity, form.text.split())
        for entity in people
        for form in entity.forms
        if form.lang == READING and len(form.text.split()) == 2 and entity.type == "person"
    ]


def _by_initial(people: Sequence[Reading], *, turned: bool) -> Mapping[str, Sequence[Reading]]:
    """The readings by the sounds that the second word in the text may begin with.

    Args:
        turned: whether the family name may stand last.
    """
    groups: dict[str, list[Reading]] = {}
    for entity, reading in people:
        last = _initials(reading[1]) | (_initials(reading[0]) if turned else frozenset())
        for sound in last:
            groups.setdefault(sound, []).append((entity, reading))
    return groups


@lru_cache(maxsize=8)
def _long_readings(knowledge: Knowledge) -> list[Reading]:
    """Names of three syllables, which hardly anybody else has."""
    return [one for one in _readings(knowledge.entities.values()) if len("".join(one[1])) >= _LONG_READING]


def _judge_known(
    scene: Scene, people: Sequence[Reading], pair: tuple[Word, Word], sentence: int
) -> Iterator[Judgement]:
    """Without a word about somebody in the article: only a long name that is spelled sound by sound."""
    if all(is_listed(word.text, scene.lang) for word in pair):
        return
    exact = [
        (_sounds(reading[0], pair[0].text[skip:]) + _sounds(reading[1], pair[1].text), entity, reading, skip)
        for entity, reading in people
        for skip in [_skipped_clitics(reading, pair, each=_EXACT, turned=False)]
        if skip is not None
    ]
    if exact:
        _, entity, reading, skip = max(exact, key=lambda one: (one[0], one[1].id))
        surface = scene.reading.text[pair[0].start + skip : pair[1].end]
        detail = f"“{surface}” spells {' '.join(reading)}, the Chinese name of {entity.name}, sound by sound"
        canonical = preferred_form(scene, entity, script="Arab") or preferred_form(scene, entity)
        evidence = (Evidence("knowledge", detail),)
        yield Judgement(
            pair[0].start + skip, pair[1].end, "romanised.known", entity, canonical, evidence, sentence, 0.96
        )


def _witnessed(scene: Scene) -> set[str]:
    return {id_ for testimony in scene.testimonies for id_ in testimony.named}


def _judge_pair(
    scene: Scene,
    topic: Topic,
    people: Sequence[tuple[Entity, list[str]]],
    pair: tuple[Word, Word],
    sentence: int,
) -> Iterator[Judgement]:
    for entity, reading in people:
        skip = _skipped_clitics(reading, pair)
        evidence = [] if skip is None else list(_evidence(scene, topic, entity, sentence))
        if skip is None or not evidence:
            continue
        if evidence[0].start is None and any(is_ordinary(word.text, scene.lang) for word in pair):
            continue
        surface = scene.reading.text[pair[0].start + skip : pair[1].end]
        detail = f"“{surface}” spells {' '.join(reading)}, the Chinese name of {entity.name}, by its sound"
        canonical = preferred_form(scene, entity, script="Arab")
        yield Judgement(
            pair[0].start + skip,
            pair[1].end,
            "romanised.sounds",
            entity,
            canonical or preferred_form(scene, entity),
            (*evidence, Evidence("knowledge", detail)),
            sentence,
        )
        return


def _skipped_clitics(
    reading: Sequence[str], pair: tuple[Word, Word], *, each: float = _ALIKE_EACH, turned: bool = True
) -> int | None:
    """How many glued letters stand before the name if the two words spell it; None if they do not.

    Args:
        each: how well each word must sound.
        turned: whether the family name may stand last.
    """
    for order in (reading, reading[::-1]) if turned else (reading,):
        if _initial(pair[1].text) not in _initials(order[1]):
            continue
        second = _sounds(order[1], pair[1].text)
        if second < each:
            continue
        for skip in (0, 1):
            if skip and pair[0].text[:1] not in "وفبلك":
                continue
            if _initial(pair[0].text[skip:]) not in _initials(order[0]):
                continue
            first = _sounds(order[0], pair[0].text[skip:])
            if first >= each and first + second >= 2 * _ALIKE:
                return skip
    return None


@lru_cache(maxsize=4096)
def _initials(syllables: str) -> frozenset[str]:
    return initial_sounds(syllables) | initial_sounds(_spoken(syllables))


@lru_cache(maxsize=65536)
def _initial(word: str) -> str:
    return next(iter(initial_sounds(word))) if len(word) > 1 else ""


def _spoken(syllables: str) -> str:
    spoken = syllables.lower()
    for letters, sound in _SPOKEN:
        spoken = spoken.replace(letters, sound)
    return spoken


@lru_cache(maxsize=65536)
def _sounds(syllables: str, word: str) -> float:
    return max(resemblance(syllables, word), resemblance(_spoken(syllables), word))


def _evidence(scene: Scene, topic: Topic, entity: Entity, sentence: int) -> Iterator[Evidence]:
    for testimony in scene.testimonies:
        mention = right_entities(testimony.across(sentence, 1)).get(entity.id)
        if mention is not None:
            yield testimony.evidence(mention, f"a witness has “{mention.surface}” here")
    for mention in scene.mentions_of(entity):
        readings = [claim for claim in claims(mention) if claim.entity.id == entity.id]
        if readings:
            yield Evidence(
                "article", f"the article has “{mention.surface}” elsewhere", None, mention.start, mention.end
            )
            break
    near = topic.near(entity, sentence, 2)
    if near:
        yield Evidence("article", f"words that go with {entity.name}: {', '.join(near[:4])}")
