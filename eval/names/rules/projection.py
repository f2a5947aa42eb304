"""A scene in, judgements by its witnesses out: every name of an aligned sentence is accounted for in the translation.

    a name of the source is … rendered by an accepted form · letter by letter · a slip of it · in another case ·
    right in one word and wrong in the next · replaced by another name · nowhere

Names that no base knows are judged all the same.
"""

from __future__ import annotations

from collections.abc import Iterator

from eval.names.mentions import Mention
from eval.names.rules.known_names import judge_known_name
from eval.names.rules.ledger import Ledger
from eval.names.rules.literal import judge_nowhere, judge_unknown_nowhere
from eval.names.rules.miswritten import judge_miswritten
from eval.names.rules.omissions import judge_omissions
from eval.names.rules.reckoning import Account, entity_of, reckon
from eval.names.rules.renderings import judge_renderings
from eval.names.rules.scene import Judgement, Scene
from eval.names.rules.strangers import judge_strangers
from eval.names.rules.topic import Topic
from eval.names.rules.unknown_names import judge_unknown_name


def judge_projection(scene: Scene, topic: Topic) -> Iterator[Judgement]:
    """What each witness's names say about the names of the article."""
    for testimony in [*scene.sources, *scene.others]:
        accounts = list(reckon(scene, testimony))
        left: list[tuple[Account, list[Mention]]] = []
        for account in accounts:
            judgements, names = explain(scene, account)
            yield from judgements
            left.append((account, names))
        if testimony.witness.role == "source":
            yield from judge_omissions(Ledger(scene, accounts), left)
            yield from judge_renderings(scene, accounts)


def explain(scene: Scene, account: Account) -> tuple[list[Judgement], list[Mention]]:
    """What became of a bead's open names, and those of which no trace was found."""
    judgements = list(_slips_of_repeated(scene, account))
    left: list[Mention] = []
    for name in account.open:
        found = list(_became(scene, account, name))
        for judgement in found:
            account.take(judgement.start, judgement.end)
        judgements += found
        if not found:
            left.append(name)
    for judgement in judge_miswritten(scene, account, [*left, *account.again]):
        account.take(judgement.start, judgement.end)
        judgements.append(judgement)
    judgements += judge_strangers(scene, account, left)
    gone: list[Mention] = []
    for name in left:
        translated = _in_words(scene, account, name)
        if translated is None:
            gone.append(name)
        else:
            account.take(translated.start, translated.end)
            judgements.append(translated)
    return judgements, gone


def _slips_of_repeated(scene: Scene, account: Account) -> Iterator[Judgement]:
    for name in account.again:
        known = entity_of(name)
        slip = judge_known_name(scene, account, name, known) if known is not None else None
        if slip is not None:
            account.take(slip.start, slip.end)
            yield slip


def _became(scene: Scene, account: Account, name: Mention) -> Iterator[Judgement]:
    entity = entity_of(name)
    if entity is None:
        yield from judge_unknown_name(scene, account, name)
        return
    judgement = judge_known_name(scene, account, name, entity)
    if judgement is not None:
        yield judgement


def _in_words(scene: Scene, account: Account, name: Mention) -> Judgement | None:
    entity = entity_of(name)
    if entity is None:
        return judge_unknown_nowhere(scene, account, name)
    return judge_nowhere(scene, account, name, entity)
