"""A name of the source that nothing in its place renders in, whether the translation left it out out.

That a name is not found proves little: a translator may spell out an acronym, say "the French" for France or "the
company" for its name. So a name counts as left out only if no word there shares a stem with a form of it, none sounds
like it and none means what it means; for a name no base knows, only if the grammar of the sentence shows the hole too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpora.script import Word, dominant_script
from eval.names.base.lexicon import is_function_word, is_ordinary
from eval.names.entity import Entity
from eval.names.mentions import Mention
from eval.names.rules.claims import folded, likeness, right_forms
from eval.names.rules.gaps import shows_gap
from eval.names.rules.meaning import MEANS_THE_SAME, nearness
from eval.names.rules.reckoning import Account, entities
from eval.names.rules.rendering import SOUNDS_ALIKE, beginnings, best_rendering, free_words, how_likely, pieces
from eval.names.rules.scene import Judgement, Scene

# Forms of 70 known names against the words of sentences that render them: .6 to 1. Where they were left out: below.
_RENDERED = 0.6
# Probability of a letter (geometric mean) under the edit model: unrelated words stay below.
_MAY_SOUND = 0.15
# Even a free rendering keeps more of a name than this.
_FAINT = 0.5
_SHORTEST_STEM = 3
# So many sentences back a place is still in the reader's mind.
_STILL_KNOWN = 4
_OFTEN_PARAPHRASED = frozenset({"event", "work", "currency"})
_CENTURY = re.compile(r"[IVX]+(?:e|ème|er|th|st|nd|rd)")
_NEXT = re.compile(r"[’']s\b| (?P<word>[A-Za-z]+)")
# A word longer than this is several whose spaces were lost: what stands in there cannot be told.
_LONGEST_WORD = 14


def judge_omission(scene: Scene, account: Account, name: Mention, entity: Entity | None) -> Judgement | None:
    """A name that nothing in the translation stands for; `entity` is None where no base knows it."""
    return _of_known(scene, account, name, entity) if entity is not None else _of_unknown(scene, account, name)


def _of_known(scene: Scene, account: Account, name: Mention, entity: Entity) -> Judgement | None:
    """A name of the base of which no form, no sound and no meaning is left in its place."""
    if account.role != "source" or is_function_word(name.surface) or _is_run_together(scene, account):
        return None
    gap = _has_gap(scene, account)
    if not gap and (
        (entity.common_word and not name.surface.isupper()) or entity.type in {"event", "work", "currency"}
    ):
        return None
    words = account.words(scene.reading)
    if stands_in_short(scene, entity, words) or _stands_in_another(scene, account, entity):
        return None
    if _is_surname(account, name, entity) or _stem_stands(scene, account, entity) or sounds_alike(scene, name, words):
        return None
    forms = [form.text for form in right_forms(entity, scene.lang)][:6]
    if nearness([name.surface, *forms], words) >= _RENDERED:
        return None
    dispensable = _is_attribute(account, name, entity) or _is_understood(scene, account, entity)
    sure = gap or not (_may_be_spelled_out(name, forms) or dispensable)
    return _missing(scene, account, name, entity, "missing.source" if sure else "missing.source.weak", gap=gap)


def _of_unknown(scene: Scene, account: Account, name: Mention) -> Judgement | None:
    """A name no base knows of which no word stands in the translation or sounds like one there."""
    parts = [piece for _, piece in pieces(name) if len(piece) > 1]
    if account.role != "source" or not parts or dominant_script(name.surface) != "Latn":
        return None
    if _is_run_together(scene, account):
        return None
    if _resists_translation(scene, account, name, [part for part in parts if len(part) > 2]):
        around = sorted({sentence + step for sentence in account.targets for step in (-1, 0, 1)})
        words = free_words(scene.reading, around, set())
        if not any(_keeps_something(part, words) for part in parts if len(part) > 2):
            return _missing(scene, account, name, None, "missing.source", gap=_has_gap(scene, account), doubt=0.8)
    if name.shape == "initial" or not _has_gap(scene, account) or is_function_word(name.surface):
        return None
    words = account.words(scene.reading)
    if any(how_likely(part, words) >= _MAY_SOUND for part in parts):
        return None
    if nearness([name.surface], words) >= MEANS_THE_SAME + 0.05:
        return None
    return _missing(scene, account, name, None, "missing.source", gap=True)


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


def _is_initialism(name: Mention, entity: Entity) -> bool:
    """Whether capitals show that the letters are meant, not the word they also spell: WHO."""
    return entity.type == "organisation" and name.surface.isupper() and len(name.surface) > 2 and name.surface.isalpha()


def _missing(
    scene: Scene,
    account: Account,
    name: Mention,
    entity: Entity | None,
    rule: str,
    *,
    gap: bool,
    doubt: float = 1.0,
) -> Judgement:
    end = scene.reading.sentences[account.targets[-1]].end
    if gap and rule == "missing.source":
        rule, doubt = "missing.source.gap", 1.0
    return Judgement(end, end, rule, entity, None, (account.evidence(name),), account.targets[-1], doubt)


def _has_gap(scene: Scene, account: Account) -> bool:
    return any(shows_gap(scene.reading.sentences[target].text, scene.lang) for target in account.targets)


def _is_run_together(scene: Scene, account: Account) -> bool:
    words = (word for target in account.targets for word in scene.reading.words_by_sentence.get(target, ()))
    return any(word.script == "Arab" and len(word.text) > _LONGEST_WORD for word in words)


def _stands_in_another(scene: Scene, account: Account, entity: Entity) -> bool:
    """Whether a form stands there as part of a longer name: the UN in its General Assembly."""
    text = " ".join(folded(scene.reading.sentences[target].text) for target in account.targets)
    forms = [re.escape(folded(form.text)) for form in right_forms(entity, scene.lang)]
    return bool(forms) and re.search(rf"(?:\b|\bال|لل)(?:{'|'.join(forms)})\b", text) is not None


def _stem_stands(scene: Scene, account: Account, entity: Entity) -> bool:
    """Whether an adjective, a family name alone or another form of the name is there: russe for Russia."""
    texts = [form.text for form in right_forms(entity, scene.lang)] + [entity.name]
    stems = {stem for text in texts for part in re.split(r"[\s’'-]+", text) for stem in _stems(part)}
    if not stems:
        return False
    words = account.words(scene.reading)
    ours = {folded(scene.reading.text[start : word.end]) for word in words for start in beginnings(word)}
    return any(word.startswith(tuple(stems)) for word in ours)


def _stems(part: str) -> list[str]:
    """What the inflected forms of a word of a name begin with; none for words of grammar."""
    bare = part[2:] if part.startswith("ال") and len(part) > _SHORTEST_STEM + 1 else part
    key = folded(bare)
    if len(key) < _SHORTEST_STEM or is_function_word(part):
        return []
    if dominant_script(bare) == "Arab":
        return [key[: max(_SHORTEST_STEM, len(key) - 2)]]
    return [key[: max(_SHORTEST_STEM + 1, min(len(key) - 2, 4))]]


def _is_surname(account: Account, name: Mention, entity: Entity) -> bool:
    """Whether the witness has somebody whose family name a company's name also is: Christine Ford."""
    if entity.type == "person" or " " in name.surface or name.surface.isupper():
        return False
    people = re.finditer(rf"([A-Z][a-z]+) {re.escape(name.surface)}\b", account.testimony.reading.text)
    return any(not is_function_word(match[1]) for match in people)


def _may_be_spelled_out(name: Mention, forms: Sequence[str]) -> bool:
    """Whether the letters stand for words that the base does not have in this language: DARPA."""
    letters = name.surface.replace(".", "")
    return (
        letters.isupper()
        and len(letters) > 1
        and not any(" " in form and len(form) > 2 * len(letters) + 4 for form in forms)
    )


def _is_understood(scene: Scene, account: Account, entity: Entity) -> bool:
    """Whether a place has been named shortly before, so that a translator may leave it at that."""
    if entity.type != "place":
        return False
    near = range(min(account.targets) - _STILL_KNOWN, min(account.targets))
    mentions = (mention for sentence in near for mention in scene.reading.mentions_by_sentence.get(sentence, ()))
    return any(entity.id == one.id for mention in mentions for one in entities(mention))


def _is_attribute(account: Account, name: Mention, entity: Entity) -> bool:
    """Whether a place only says whose or where something is (China's Council, Manchester, England): droppable."""
    if entity.type != "place":
        return False
    text = account.testimony.reading.text
    before = text[max(0, name.start - 24) : name.start]
    if re.search(r"[A-Z]\w+, $", before):
        return True
    following = _NEXT.match(text, name.end)
    word = following["word"] if following else ""
    # What is no word of grammar and no verb form is the noun that the place's name stands before.
    return following is not None and not (word and (is_function_word(word) or word.endswith(("ed", "s", "said"))))


def _resists_translation(scene: Scene, account: Account, name: Mention, parts: Sequence[str]) -> bool:
    """Whether a name has no word that a dictionary has: then no language translates it. What has capitals within
    (ExxonMobil, DeFi) stays as it is in Latin letters only.
    """
    lang = account.testimony.reading.lang
    if (
        not parts
        or _CENTURY.fullmatch(name.surface)
        or any(is_ordinary(piece, lang) or is_ordinary(piece, "en") for piece in parts)
    ):
        return False
    return (name.shape == "capitalised" and len(parts) >= 2) or (
        name.shape == "mixed" and len(name.surface) >= 4 and scene.script == "Latn"
    )


def _keeps_something(part: str, words: Sequence[Word]) -> bool:
    rendering = best_rendering(part, words)
    if rendering is not None and rendering.likeness >= _FAINT:
        return True
    return any(likeness(part, word.text) >= _FAINT for word in words if word.script == "Latn")
