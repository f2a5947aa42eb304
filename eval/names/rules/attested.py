"""A scene in, judgements on attested corruptions out: forms that the base lists as wrong for an entity.

A wrong form convicts nobody by itself: منظمة العفو الدولية is an organisation, "Liu Yang" may be somebody else. It
takes a witness, the article's own right mentions, or the words around it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpora.script import dominant_script
from eval.names.base.lexicon import is_ordinary
from eval.names.base.records import READING
from eval.names.entity import Entity, Evidence
from eval.names.mentions import CASED_SCRIPTS, Mention, begins_sentence
from eval.names.rules.calibration import RULES
from eval.names.rules.claims import Claim, claims, likeness, right_entities, right_forms
from eval.names.rules.habit import preferred_form
from eval.names.rules.scene import Judgement, Scene, Testimony
from eval.names.rules.topic import Topic

# A reading of three syllables is hardly ever anybody else's; Li Ke and Liu Yang are the names of thousands.
_LONG_READING = 8
_ENOUGH = 4
# Behind the first the source of an article is named; the second follows the name of one in a list of references.
_SOURCE = re.compile(r"(?:source|original|المصدر|الأصلي|نقلا عن|نقلًا عن|via)\s*[:：]\s*$", re.IGNORECASE)
_TITLE = re.compile(r"\s*[:：]\s*[\"“«”]")


@dataclass(frozen=True, slots=True)
class _Proof:
    """Which evidence convicts (`source`, `other`, `article`, `context`, `known`), how much of it, and in what words."""

    ground: str
    evidence: Evidence
    doubt: float = 1.0


def judge_attested(scene: Scene, topic: Topic) -> Iterator[Judgement]:
    """Mentions of forms that the base calls wrong for somebody, where the evidence says that somebody is meant."""
    for mention in scene.reading.mentions:
        readings = claims(mention)
        wrong = [claim for claim in readings if not claim.right]
        if not wrong:
            continue
        right = [claim for claim in readings if claim.right]
        for claim in sorted(wrong, key=lambda one: one.entity.id):
            family = family_of(claim, mention.surface, scene.lang)
            proof = _prove(scene, topic, mention, claim, right, family)
            if proof is not None:
                yield _judgement(scene, mention, claim, family, proof)
                break


def _judgement(scene: Scene, mention: Mention, claim: Claim, family: str, proof: _Proof) -> Judgement:
    rule = f"{family}.{proof.ground}"
    if rule not in RULES:
        rule = f"{family}.context" if f"{family}.context" in RULES else f"{family}.known"
    known = Evidence("knowledge", f"“{mention.surface}” is a known corruption of {claim.entity.name}")
    script = dominant_script(mention.surface) if family in {"misspelling", "garbled"} else None
    canonical = preferred_form(scene, claim.entity, script=script)
    # An ordinary word may stand for itself even where its name is near (Gemini, the sign): not repaired unasked.
    doubt = proof.doubt * (0.9 if family == "common_word" and claim.entity.common_word else 1.0)
    return Judgement(
        mention.start,
        mention.end,
        rule,
        claim.entity,
        canonical,
        (proof.evidence, known),
        mention.sentence,
        doubt,
    )


def family_of(claim: Claim, surface: str, lang: str) -> str:
    """Which family of rules speaks about a corruption: how did it come about?"""
    if claim.form.lang == READING or (claim.entity.type == "person" and _has_hanzi(claim.entity)):
        return "romanised"
    if claim.entity.type == "acronym":
        return "acronym"
    script = dominant_script(surface)
    rivals = [form.text for form in right_forms(claim.entity, lang) if dominant_script(form.text) == script]
    best = max((likeness(surface, rival) for rival in rivals), default=0.0)
    if any(rival.casefold().startswith(surface.casefold()) for rival in rivals):
        return "garbled"
    return "misspelling" if best >= 0.7 else "common_word"


def _has_hanzi(entity: Entity) -> bool:
    return any(form.lang.startswith("zh") for form in entity.forms)


def _prove(
    scene: Scene,
    topic: Topic,
    mention: Mention,
    claim: Claim,
    right: Sequence[Claim],
    family: str,
) -> _Proof | None:
    for testimony in [*scene.sources, *scene.others]:
        if family != "acronym" and _is_served(scene, testimony, mention, claim.entity):
            return None
        verdict = _ask(testimony, mention, claim, right, family)
        if verdict is not None:
            return verdict if verdict.ground else None
    return _judge_alone(scene, topic, mention, claim, right, family)


def _is_served(scene: Scene, testimony: Testimony, mention: Mention, entity: Entity) -> bool:
    """Whether the sentence has a right mention already for each that the witness has: then this one is only a word."""
    theirs = sum(entity.id in right_entities([name]) for name in testimony.across(mention.sentence))
    ours = scene.reading.mentions_by_sentence.get(mention.sentence, ())
    return 0 < theirs <= sum(entity.id in right_entities([name]) for name in ours)


def _ask(testimony: Testimony, mention: Mention, claim: Claim, right: Sequence[Claim], family: str) -> _Proof | None:
    """What a witness says: convicted, cleared (a proof without ground), or nothing (None)."""
    for reach in (0, 1):
        named = right_entities(testimony.across(mention.sentence, reach))
        if any(one.entity.id in named for one in right):
            return _Proof("", Evidence("rule", ""))
        if claim.entity.id in named and testimony.may_mean(claim.entity, named[claim.entity.id]):
            theirs = named[claim.entity.id]
            role = "the source" if testimony.witness.role == "source" else "the other translation"
            detail = f"{role} has “{theirs.surface}” ({claim.entity.name}) here, not “{mention.surface}”"
            return _Proof(testimony.witness.role, testimony.evidence(theirs, detail), 1.0 if reach == 0 else 0.98)
    named = testimony.named
    if family == "common_word" or (claim.entity.common_word and claim.entity.type != "acronym"):
        # A black rock is one even where the text is about BlackRock: only the sentence itself can say.
        return None
    if claim.entity.id in named and not any(one.entity.id in named for one in right):
        theirs = named[claim.entity.id]
        detail = f"“{theirs.surface}” ({claim.entity.name}) runs through the {testimony.witness.role} text"
        if right:
            detail += f", which never mentions {right[0].entity.name}"
        return _Proof(testimony.witness.role, testimony.evidence(theirs, detail), 0.96)
    return None


def _judge_alone(
    scene: Scene, topic: Topic, mention: Mention, claim: Claim, right: Sequence[Claim], family: str
) -> _Proof | None:
    """Without a witness: the article's right mentions and the words around."""
    if claim.entity.type == "outlet" and not right and _is_credit(scene, mention):
        detail = f"a source is named here, and “{mention.surface}” is {claim.entity.name} put into words"
        return _Proof("context", Evidence("article", detail))
    ordinary = family == "common_word" or (family != "acronym" and is_ordinary(mention.surface, scene.lang))
    if ordinary and not _is_told_apart(scene, topic, mention, claim):
        return None
    near = topic.near(claim.entity, mention.sentence, 1, without=mention.surface)
    around = topic.anywhere(claim.entity, without=mention.surface)
    against = [word for one in right for word in topic.near(one.entity, mention.sentence, 1, without=mention.surface)]
    against_far = [word for one in right for word in topic.anywhere(one.entity, without=mention.surface)]
    same = scene.named.get(claim.entity.id)
    if family == "acronym" and not _is_of_the_sentence(topic, mention, claim, right):
        return None
    if right:
        # The organisation is what the words say, so each word that speaks for it weighs double.
        ours = 2 * len(near) + len(around) + (3 if same is not None else 0)
        theirs = 2 * len(against) + 2 * len(against_far)
        if ours < _ENOUGH or ours <= 2 * theirs:
            return None
        words = ", ".join((near or around)[:4])
        detail = (
            f"the text around it is about {claim.entity.name} ({words})"
            if words
            else f"the article is about {claim.entity.name}"
        )
        return _Proof("context", Evidence("article", detail), 1.0 if near else 0.97)
    if same is not None:
        detail = f"the article itself has “{same.surface}” ({claim.entity.name}) elsewhere"
        return _Proof("article", Evidence("article", detail, None, same.start, same.end))
    if family == "romanised" and len(mention.surface.replace(" ", "")) >= _LONG_READING and " " in mention.surface:
        detail = f"“{mention.surface}” is the Chinese name of {claim.entity.name} spelled by its sound"
        return _Proof("known", Evidence("knowledge", detail), 1.0 if near or around else 0.96)
    if near or around:
        words = ", ".join((near or around)[:4])
        return _Proof(
            "context", Evidence("article", f"words that go with {claim.entity.name}: {words}"), 1.0 if near else 0.97
        )
    return None


def _is_of_the_sentence(topic: Topic, mention: Mention, claim: Claim, right: Sequence[Claim]) -> bool:
    """Whether the sentence itself does not say that the expansion is meant: the prisoners who write to Amnesty in an
    article on AI, a lawyer's "master en droit" beside a sentence on language models.
    """
    if topic.near(claim.entity, mention.sentence, 0, without=mention.surface):
        return True
    return bool(right) and not any(
        topic.near(one.entity, mention.sentence, 0, without=mention.surface) for one in right
    )


def _is_credit(scene: Scene, mention: Mention) -> bool:
    """Whether a mention stands where an article names its source: behind “Source:”, or before a quoted title."""
    if mention.sentence < 0:
        return False
    sentence = scene.reading.sentences[mention.sentence]
    before, after = scene.reading.text[sentence.start : mention.start], scene.reading.text[mention.end : sentence.end]
    if not before.strip(" *-–•"):
        return _TITLE.match(after) is not None
    return _SOURCE.search(before) is not None and not after.strip(" .*")


def _is_told_apart(scene: Scene, topic: Topic, mention: Mention, claim: Claim) -> bool:
    """Whether a word that is ordinary elsewhere is a name here: a capital shows it, or what its sentence is about."""
    same_sentence = topic.near(claim.entity, mention.sentence, 0, without=mention.surface)
    around = topic.near(claim.entity, mention.sentence, 1, without=mention.surface)
    words = mention.surface.split()
    if scene.script in CASED_SCRIPTS:
        capital = any(word[:1].isupper() for word in words) and not begins_sentence(scene.reading, mention)
        return bool(around) if capital else len(words) > 1 and bool(same_sentence)
    return bool(around) if len(words) > 1 else len(same_sentence) > 1
