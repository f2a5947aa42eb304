"""An open name of a witness and the words in its place in, whether those say what the name's words mean out.

Seal, a car, as الختم; the Guardian as الوصي. A capital in the middle of a sentence tells a name from a word, in the
languages that give capitals to names alone; vectors that know both languages tell what translates it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from corpora.script import Word, dominant_script
from eval.names.base.lexicon import is_function_word, is_ordinary
from eval.names.entity import Entity
from eval.names.mentions import CASED_SCRIPTS, Mention, begins_sentence
from eval.names.rules.claims import right_forms
from eval.names.rules.known_names import is_carried_over, judgement_of
from eval.names.rules.meaning import literal_translation
from eval.names.rules.omissions import sounds_alike, stands_in_short
from eval.names.rules.reckoning import Account
from eval.names.rules.rendering import beginnings, how_likely, pieces
from eval.names.rules.scene import Judgement, Scene

if TYPE_CHECKING:
    from eval.names.knowledge import Knowledge

# A name that no dictionary has (Moderna) is taken for a word only by what lies very near.
_SURELY_THE_SAME = 0.75
# Probability of a letter (geometric mean) above which a word sounds like a name.
_SOUNDS = 0.2
# Languages that give a capital to names alone.
_NAMES_HAVE_CAPITALS = frozenset({"en", "fr", "es", "it", "pt"})


def judge_nowhere(scene: Scene, account: Account, name: Mention, entity: Entity) -> Judgement | None:
    """A name that no stretch resembles and no other name replaced, if it was translated by its meaning."""
    words = account.words(scene.reading)
    if sounds_alike(scene, name, words) or stands_in_short(scene, entity, words):
        return None
    carried = not is_function_word(name.surface) and is_carried_over(scene, entity, name)
    return _as_meaning(scene, account, name, entity) if carried else None


def judge_unknown_nowhere(scene: Scene, account: Account, name: Mention) -> Judgement | None:
    """A name that no base knows, if it is the short form of one that it does (Rice, for Declan Rice), translated."""
    words = account.words(scene.reading)
    full = None if sounds_alike(scene, name, words) else _in_full(scene, account, name)
    if full is not None and _is_named(account, name) and is_ordinary(name.surface, account.testimony.reading.lang):
        found = literal_translation(name.surface, words, scene.reading.text)
        if found is not None and not _is_kept(name, words[found.first : found.last + 1]):
            return _translated(scene, account, name, full, words[found.first : found.last + 1], _short(scene, full))
    return None


def _as_meaning(scene: Scene, account: Account, name: Mention, entity: Entity) -> Judgement | None:
    """A stretch that says what the words of the name mean: the seal, for a car called Seal."""
    if name.surface.isupper() or _has_capital_beside(account, name, entity):
        # Letters of an acronym mean nothing, and the Office of "Coroner's Office" is not the product.
        return None
    if not account.testimony.may_mean(entity, name) and not _is_named(account, name):
        return None
    words = account.words(scene.reading)
    found = literal_translation(_plain_name(name), words, scene.reading.text)
    if found is None:
        return None
    stretch = words[found.first : found.last + 1]
    if not all(is_ordinary(piece, account.testimony.reading.lang) for _, piece in pieces(name) if piece.isalpha()):
        plain = all(is_ordinary(word.text, scene.lang) for word in stretch)
        if found.nearness < _SURELY_THE_SAME or not plain or entity.type == "person":
            return None
    if any(how_likely(piece, stretch) >= _SOUNDS for _, piece in pieces(name)):
        # Half translated is a habit of its own: Microsoft Research is مايكروسوفت للأبحاث.
        return None
    if entity.common_word and found.nearness < _SURELY_THE_SAME and not _is_noun(stretch):
        return None
    return None if _is_kept(name, stretch) else _translated(scene, account, name, entity, stretch, None)


def _translated(
    scene: Scene, account: Account, name: Mention, entity: Entity, stretch: Sequence[Word], form: str | None
) -> Judgement:
    start, end = stretch[0].start, stretch[-1].end
    if stretch[0].script == "Arab" and stretch[0].text[0] in "وفبلك" and len(list(beginnings(stretch[0]))) > 1:
        start = _without_preposition(stretch[0])
    detail = f"“{scene.reading.text[start:end]}” says what the name's words mean"
    return judgement_of(scene, account, name, entity, (start, end), form, "common_word", detail)


def _is_noun(stretch: Sequence[Word]) -> bool:
    """Whether a stretch may stand for a name: in Arabic what has the article, elsewhere what has a capital."""
    first = stretch[0].text
    if stretch[0].script == "Arab":
        return re.match(r"[وف]?(?:[بك]?ال|لل)", first) is not None
    return any(word.text[:1].isupper() for word in stretch)


def _is_kept(name: Mention, stretch: Sequence[Word]) -> bool:
    """Whether the stretch is the name itself, in some case."""
    return {word.text.lower() for word in stretch} <= {piece.lower() for _, piece in pieces(name)}


def _is_named(account: Account, name: Mention) -> bool:
    """Whether capitals in the middle of an ordinary sentence show that the witness means a name."""
    reading = account.testimony.reading
    if reading.lang.split("-")[0] not in _NAMES_HAVE_CAPITALS or begins_sentence(reading, name):
        return False
    if not all(piece[:1].isupper() for _, piece in pieces(name)) or dominant_script(name.surface) not in CASED_SCRIPTS:
        return False
    long = [word.text for word in reading.words_by_sentence.get(name.sentence, ()) if len(word.text) > 3]
    return sum(word[:1].isupper() for word in long) <= 0.8 * len(long)


def _has_capital_beside(account: Account, name: Mention, entity: Entity) -> bool:
    """Whether a name that is also a word is part of a longer capitalised span in the witness."""
    if not entity.common_word:
        return False
    text = account.testimony.reading.text
    before, after = text[max(0, name.start - 24) : name.start], text[name.end : name.end + 4]
    return re.search(r"[A-Z]\w+(?:[’']s)? $", before) is not None or re.match(r" [A-Z]", after) is not None


def _in_full(scene: Scene, account: Account, name: Mention) -> Entity | None:
    """The one entity whose name ends with this one, and whose other words the witness has: BYD … Seal."""
    theirs = account.testimony.reading.vocabulary
    found = [
        entity
        for entity in _by_tail(scene.knowledge).get(name.surface, ())
        if all(theirs[word.lower()] for word in entity.name.split()) and is_carried_over(scene, entity, name)
    ]
    return found[0] if len(found) == 1 else None


def _short(scene: Scene, entity: Entity) -> str | None:
    """The last word of an entity's form in the article's language: رايس."""
    forms = right_forms(entity, scene.lang)
    return forms[0].text.split()[-1] if forms else None


@lru_cache(maxsize=8)
def _by_tail(knowledge: Knowledge) -> Mapping[str, Sequence[Entity]]:
    """People and products whose English name has two words, by the second."""
    tails: dict[str, list[Entity]] = {}
    for entity in knowledge.entities.values():
        words = entity.name.split()
        if len(words) == 2 and entity.type in {"person", "product"}:
            tails.setdefault(words[1], []).append(entity)
    return tails


def _without_preposition(word: Word) -> int:
    """Where the noun with its article begins behind a conjunction or preposition; the start where none is sure."""
    for glue, kept in (("وال", 2), ("فال", 2), ("بال", 2), ("كال", 2), ("لل", 1)):
        if word.text.startswith(glue):
            return word.start + len(glue) - kept
    return word.start


def _plain_name(name: Mention) -> str:
    return re.sub(r"^(?:the|le|la|les)\s+", "", name.surface, flags=re.IGNORECASE)
