"""A scene in, judgements by its witnesses out: every name of an aligned sentence is accounted for in the translation.

    a name of the source is … rendered by an accepted form · letter by letter · a slip of it · in another case ·
    right in one word and wrong in the next · replaced by another name · nowhere

Names that no base knows are judged all the same.
"""

from __future__ import annotations

from collections.abc import Iterator

from eval.names.entity import Entity
from eval.names.mentions import Mention
from eval.names.rules.claims import claims
from eval.names.rules.known_names import judge_known_name
from eval.names.rules.literal import judge_nowhere, judge_unknown_nowhere
from eval.names.rules.miswritten import judge_miswritten
from eval.names.rules.omissions import judge_omission
from eval.names.rules.reckoning import Account, reckon
from eval.names.rules.renderings import judge_renderings
from eval.names.rules.scene import Judgement, Scene
from eval.names.rules.strangers import judge_strangers
from eval.names.rules.topic import Topic
from eval.names.rules.unknown_names import judge_unknown_name


def judge_projection(scene: Scene, topic: Topic) -> Iterator[Judgement]:
    """What each witness's names say about the names of the article."""
    for testimony in [*scene.sources, *scene.others]:
        accounts = list(reckon(scene, testimony))
        for account in accounts:
            yield from _judge_account(scene, account)
        if testimony.witness.role == "source":
            yield from judge_renderings(scene, accounts)


def _judge_account(scene: Scene, account: Account) -> Iterator[Judgement]:
    for name in account.again:
        known = _entity(name)
        slip = judge_known_name(scene, account, name, known) if known is not None else None
        if slip is not None:
            account.take(slip.start, slip.end)
            yield slip
    left: list[Mention] = []
    for name in account.open:
        entity = _entity(name)
        judgements = [judge_known_name(scene, account, name, entity)] if entity is not None else []
        found = [judgement for judgement in judgements if judgement is not None]
        if entity is None:
            found = list(judge_unknown_name(scene, account, name))
        for judgement in found:
            account.take(judgement.start, judgement.end)
        yield from found
        if not found:
            left.append(name)
    for judgement in judge_miswritten(scene, account, [*left, *account.again]):
        account.take(judgement.start, judgement.end)
        yield judgement
    yield from judge_strangers(scene, account, left)
    for name in left:
        entity = _entity(name)
        nowhere = (
            judge_nowhere(scene, account, name, entity)
            if entity is not None
            else judge_unknown_nowhere(scene, account, name)
        )
        if nowhere is not None:
            account.take(nowhere.start, nowhere.end)
            yield nowhere
            continue
        missing = judge_omission(scene, account, name, entity)
        if missing is not None:
            yield missing


def _entity(name: Mention) -> Entity | None:
    readings = [claim for claim in claims(name) if claim.right]
    return readings[0].entity if readings else None
