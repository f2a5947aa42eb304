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
from eval.names.entity import Entity, Evidence
from eval.names.mentions import CASED_SCRIPTS, Mention, Reading, begins_sentence
from eval.names.rules.claims import right_forms
from eval.names.rules.cues import has_class_noun, is_brand, is_called_a_company, shows_name
from eval.names.rules.expansion import judge_expansion
from eval.names.rules.known_names import is_carried_over, judgement_of
from eval.names.rules.meaning import Meaning, literal_translation, word_by_word
from eval.names.rules.omissions import sounds_alike, stands_in_short
from eval.names.rules.reckoning import Account
from eval.names.rules.rendering import SOUNDS_ALIKE, beginnings, best_rendering, free_words, how_likely, pieces
from eval.names.rules.scene import Judgement, Scene

if TYPE_CHECKING:
    from eval.names.knowledge import Knowledge

# A name that no dictionary has (Moderna) is taken for a word only by what lies very near.
_SURELY_THE_SAME = 0.75
# One word that the text calls a company, a paper or a product.
_NEAR = 0.6
# Probability of a letter (geometric mean) above which a word sounds like a name.
_SOUNDS = 0.2
# Languages that give a capital to names alone.
_NAMES_HAVE_CAPITALS = frozenset({"en", "fr", "es", "it", "pt"})


def judge_nowhere(scene: Scene, account: Account, name: Mention, entity: Entity) -> Judgement | None:
    """A name that no stretch resembles and no other name replaced, if it was translated by its meaning."""
    if name.surface.isupper():
        expanded = judge_expansion(scene, account, name, entity)
        if expanded is not None:
            return expanded
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
    expanded = judge_expansion(scene, account, name, None) if name.shape == "acronym" else None
    return expanded or _as_meaning_of_unknown(scene, account, name)


def _as_meaning_of_unknown(scene: Scene, account: Account, name: Mention) -> Judgement | None:
    """A name that no base knows, put into words of the language: only where it is a brand's by what stands around it,
    or where the translation keeps it in another place. Bodies, offices and events are rightly translated.
    """
    theirs = account.testimony.reading
    parts = [piece for _, piece in pieces(name) if piece.isalpha()]
    if account.role != "source" or not parts or name.shape == "acronym" or not shows_name(theirs, name):
        return None
    if not all(is_ordinary(part, theirs.lang) and len(part) > 2 for part in parts) or _stands_beside_a_capital(
        theirs, name
    ):
        return None
    kept = _kept_elsewhere(scene, account, name)
    brand = not has_class_noun(name, theirs.lang) and is_brand(theirs, name)
    if (kept is None and not brand) or (kept is not None and len(parts) == 1 and not brand):
        return None
    words = account.words(scene.reading)
    found = literal_translation(_plain_name(name), words, scene.reading.text) or word_by_word(
        parts, words, scene.reading.text
    )
    if found is None:
        return None
    stretch = _trimmed(words[found.first : found.last + 1])
    called = is_called_a_company(words, words.index(stretch[0]), scene.lang)
    if len(parts) == 1 and found.nearness < (_NEAR if called else _SURELY_THE_SAME):
        return None
    if is_function_word(stretch[-1].text):
        return None
    if not all(is_function_word(word.text.rstrip("’'")) or is_ordinary(word.text, scene.lang) for word in stretch):
        return None
    # A brand of several words that was translated well enough is one even in lower case: groupe de fourmis.
    if not _is_noun(stretch, called=called or (brand and len(parts) > 1 and found.nearness >= _NEAR)):
        return None
    if _sounds(scene, parts, stretch) or _is_kept(name, stretch):
        return None
    return _translated(scene, account, name, None, stretch, kept or name.surface)


def _trimmed(stretch: Sequence[Word]) -> Sequence[Word]:
    """A stretch without the words of grammar at both ends."""
    first, last = 0, len(stretch)
    while first < last - 1 and is_function_word(stretch[first].text):
        first += 1
    while last - 1 > first and is_function_word(stretch[last - 1].text):
        last -= 1
    return stretch[first:last]


def _foreign_parts(account: Account, name: Mention) -> set[str]:
    """The words of a name that the witness's dictionary does not have: Deutsche, Palo, Alto."""
    lang = account.testimony.reading.lang
    return {piece for _, piece in pieces(name) if piece.isalpha() and not is_ordinary(piece, lang)}


def _sounds(scene: Scene, parts: Sequence[str], stretch: Sequence[Word]) -> bool:
    """Whether some word of a name is transliterated in a stretch, which only another script needs."""
    return any(dominant_script(part) != scene.script and how_likely(part, stretch) >= _SOUNDS for part in parts)


def _kept_elsewhere(scene: Scene, account: Account, name: Mention) -> str | None:
    """How the translation has the name where the witness has it again: its own letters, or its sound."""
    theirs = account.testimony.reading
    again = {other.sentence for other in theirs.mentions_by_surface.get(name.surface, ())} - set(account.bead.source)
    for bead in account.testimony.witness.alignment.beads if again else ():
        if again.isdisjoint(bead.source):
            continue
        if any(name.surface in scene.reading.sentences[target].text for target in bead.target):
            return name.surface
        if scene.script == "Arab":
            words = free_words(scene.reading, bead.target, set())
            heard = [best_rendering(piece, words) for _, piece in pieces(name) if len(piece) > 1]
            if heard and all(one is not None and one.likeness >= SOUNDS_ALIKE for one in heard):
                return " ".join(one.surface for one in heard if one is not None)
    return None


def _stands_beside_a_capital(reading: Reading, name: Mention) -> bool:
    """Whether the name is only part of a longer capitalised span, the rest of which something else explains."""
    before, after = reading.text[max(0, name.start - 24) : name.start], reading.text[name.end : name.end + 4]
    return re.search(r"[A-Z]\w+(?:[’']s)?[ -]$", before) is not None or re.match(r"[ -][A-Z]", after) is not None


def _as_meaning(scene: Scene, account: Account, name: Mention, entity: Entity) -> Judgement | None:
    """A stretch that says what the words of the name mean: the seal, for a car called Seal."""
    if name.surface.isupper() or _has_capital_beside(account, name, entity):
        # Letters of an acronym mean nothing, and the Office of "Coroner's Office" is not the product.
        return None
    if not account.testimony.may_mean(entity, name) and not _is_named(account, name):
        return None
    words = account.words(scene.reading)
    found = literal_translation(_plain_name(name), words, scene.reading.text) or _by_each_word(
        scene, name, entity, words
    )
    if found is None:
        return None
    stretch = _trimmed(words[found.first : found.last + 1])
    here = {word.text for word in stretch} if scene.script in CASED_SCRIPTS else set()
    foreign = _foreign_parts(account, name)
    if all(is_function_word(word.text) for word in stretch):
        return None
    if not foreign <= here:
        plain = all(is_ordinary(word.text, scene.lang) for word in stretch)
        if found.nearness < _SURELY_THE_SAME or not plain or entity.type == "person":
            return None
    if _sounds(scene, sorted(foreign) or [piece for _, piece in pieces(name)], stretch):
        # Half translated is a habit of its own: Microsoft Research is مايكروسوفت للأبحاث.
        return None
    if entity.common_word and found.nearness < _SURELY_THE_SAME and not _is_noun(stretch):
        return None
    return None if _is_kept(name, stretch) else _translated(scene, account, name, entity, stretch, None)


def _by_each_word(scene: Scene, name: Mention, entity: Entity, words: Sequence[Word]) -> Meaning | None:
    if entity.type not in {"organisation", "outlet", "product"}:
        return None
    return word_by_word([piece for _, piece in pieces(name) if piece.isalpha()], words, scene.reading.text)


def _translated(
    scene: Scene, account: Account, name: Mention, entity: Entity | None, stretch: Sequence[Word], form: str | None
) -> Judgement:
    start, end = stretch[0].start, stretch[-1].end
    if stretch[0].script == "Arab" and stretch[0].text[0] in "وفبلك" and len(list(beginnings(stretch[0]))) > 1:
        start = _without_preposition(stretch[0])
    detail = f"“{scene.reading.text[start:end]}” says what the name's words mean"
    if entity is None:
        evidence = (account.evidence(name), Evidence("rule", detail))
        rule = f"common_word.{account.role}"
        return Judgement(start, end, rule, None, form, evidence, account.targets[0], 0.97)
    return judgement_of(scene, account, name, entity, (start, end), form, "common_word", detail)


def _is_noun(stretch: Sequence[Word], *, called: bool = False) -> bool:
    """Whether a stretch may stand for a name: in Arabic what has the article, elsewhere what has a capital; anything
    that the text calls a company or a paper.
    """
    if called:
        return True
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
