"""The open names of a source, of which no trace was found, in; judgements on those that were left out, out.

That a name is not found proves little: a translator may spell out an acronym, say "the French" for France or "the
company" for its name. How probable it is that nothing stands for it, `eval.names.rules.absence` says; here is what is
no name to begin with, and what a finding about it looks like.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpora.script import Word, dominant_script
from eval.names.base.lexicon import is_function_word
from eval.names.entity import Entity
from eval.names.mentions import Mention
from eval.names.rules.absence import absence
from eval.names.rules.claims import folded, right_forms
from eval.names.rules.ledger import Ledger
from eval.names.rules.reckoning import Account, entity_of
from eval.names.rules.rendering import SOUNDS_ALIKE, beginnings, best_rendering, pieces
from eval.names.rules.scene import Judgement, Scene

# Chosen on held-out folds (`tests/benchmarks/train_absence.py`).
_SURE = 0.9
# The weights were learned with an English source; what they say with another one is too high.
_LEARNED_WITH = "en"
_SURE_WITH_ANOTHER = 0.98
_LIKELY = 0.6
_CENTURY = re.compile(r"[IVX]+(?:e|ème|er|th|st|nd|rd)")
# A word longer than this is several whose spaces were lost: what stands in there cannot be told.
_LONGEST_WORD = 14
# Beads less sure than this may not belong together.
_SURE_BEAD = 0.5


def judge_omissions(ledger: Ledger, left: Sequence[tuple[Account, Sequence[Mention]]]) -> Iterator[Judgement]:
    """The names of each account in `left` that nothing stands for. Those of a bead that no base knows are one finding:
    what was left out is a stretch of the source.
    """
    for account, names in left:
        unknown: list[Judgement] = []
        for name in names:
            judgement = _judge(ledger, account, name, entity_of(name))
            if judgement is not None and judgement.entity is None:
                unknown.append(judgement)
            elif judgement is not None:
                yield judgement
        if unknown:
            yield _together(unknown)


def may_be_left_out(scene: Scene, account: Account, name: Mention) -> bool:
    """Whether a mention can be judged at all: a name in Latin letters, against words that stand apart."""
    if is_function_word(re.split("[’']", name.surface)[0]) or _CENTURY.fullmatch(name.surface):
        return False
    if name.hit is not None and name.surface.islower() and not name.hit.exact_case:
        # Of start-ups the company UPS is no part.
        return False
    if dominant_script(name.surface) != "Latn" or not any(len(piece) > 1 for _, piece in pieces(name)):
        return False
    return not (_is_run_together(scene, account) or _has_other_letters(scene, account, name))


def _has_other_letters(scene: Scene, account: Account, name: Mention) -> bool:
    """Whether an acronym has another one in its place, as the language has it: VIH for HIV, ONU for UN."""
    if not name.surface.replace(".", "").isupper():
        return False
    theirs = {word.text for word in account.source_words()}
    words = [word.text for word in account.words(scene.reading) if word.text.isupper() and len(word.text) > 1]
    return any(word not in theirs for word in words)


def sounds_alike(scene: Scene, name: Mention, words: Sequence[Word]) -> bool:
    """Whether every word of the name is there in another transliteration than the base has."""
    if scene.script != "Arab" or dominant_script(name.surface) != "Latn":
        return False
    renderings = [best_rendering(piece, words) for _, piece in pieces(name) if len(piece) > 1]
    return bool(renderings) and all(r is not None and r.likeness >= SOUNDS_ALIKE for r in renderings)


def stands_in_short(scene: Scene, entity: Entity, words: Sequence[Word]) -> bool:
    """Whether a person is there by the family name alone."""
    if entity.type != "person":
        return False
    families = {folded(form.text).split()[-1] for form in right_forms(entity, scene.lang)}
    return any(folded(scene.reading.text[start : word.end]) in families for word in words for start in beginnings(word))


def _judge(ledger: Ledger, account: Account, name: Mention, entity: Entity | None) -> Judgement | None:
    if not may_be_left_out(ledger.scene, account, name):
        return None
    probability = absence(ledger, account, name, entity)
    if probability < _LIKELY:
        return None
    learned = account.testimony.reading.lang.split("-")[0] == _LEARNED_WITH
    least = _SURE if learned else _SURE_WITH_ANOTHER
    sure = probability >= least and account.bead.score >= _SURE_BEAD and not _is_country_of(account, name, entity)
    end = ledger.scene.reading.sentences[account.targets[-1]].end
    rule = "missing.source" if sure else "missing.source.weak"
    return Judgement(end, end, rule, entity, None, (account.evidence(name),), account.targets[-1], probability)


def _is_country_of(account: Account, name: Mention, entity: Entity | None) -> bool:
    """Whether a place only says where another one is: Manchester, England; the Baja California peninsula of Mexico."""
    before = account.testimony.reading.text[max(0, name.start - 36) : name.start]
    return (
        entity is not None and entity.type == "place" and re.search(r"[A-Z]\w+(?:,| [a-z]+ of) $", before) is not None
    )


def _together(judgements: Sequence[Judgement]) -> Judgement:
    """One judgement for names left out of the same place, as sure as the surest."""
    surest = max(judgements, key=lambda judgement: judgement.doubt)
    reasons = {reason.start: reason for judgement in (surest, *judgements) for reason in judgement.evidence}
    return replace(surest, evidence=tuple(reasons.values()))


def _is_run_together(scene: Scene, account: Account) -> bool:
    words = (word for target in account.targets for word in scene.reading.words_by_sentence.get(target, ()))
    return any(word.script == "Arab" and len(word.text) > _LONGEST_WORD for word in words)
