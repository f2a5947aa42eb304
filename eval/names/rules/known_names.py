"""An open name that the base knows in, what became of it in the translation out.

Tried in turn: a slip of one of its forms; a form of which one word is right and the one beside it is not. Then, when
other names in its place have been looked at as well: another transliteration; the meaning of its words. What is left is
nowhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from rapidfuzz.distance import OSA

from corpora.script import Word, dominant_script
from eval.names.base.lexicon import is_function_word, is_listed, is_ordinary
from eval.names.entity import Entity, Evidence
from eval.names.mentions import CASED_SCRIPTS, Mention
from eval.names.rules.claims import folded, likeness, right_forms
from eval.names.rules.correction import gain
from eval.names.rules.habit import preferred_form
from eval.names.rules.reckoning import Account
from eval.names.rules.rendering import beginnings, pieces
from eval.names.rules.scene import Judgement, Scene
from eval.names.spelling.slips import Slip, slip_between
from eval.names.spelling.sounds import resemblance, spelling_variants

_SHORTEST = 4
_SHORT_PIECE = 3
_SAME_GIVEN_NAME = 0.6
_CARRIED = 0.6
# What a language counts or makes an adjective of: livres sterling, Olympic.
_TAKES_A_PLURAL = frozenset({"currency", "event"})
# Log of how many times as likely the accepted spelling must be for one that sounds the same to be a slip.
_FAR_LIKELIER = 5.0


def judge_known_name(scene: Scene, account: Account, name: Mention, entity: Entity) -> Judgement | None:
    """What the translation did with a name of the base that none of its forms renders."""
    words = account.words(scene.reading)
    for attempt in (_as_slip, _in_part):
        judgement = attempt(scene, account, name, entity, words)
        if judgement is not None:
            return judgement
    return None


def is_carried_over(scene: Scene, entity: Entity, name: Mention) -> bool:
    """Whether the article's language takes the name over, letters or sounds, and does not translate it.

    The Security Council has many right translations; Wall Street has none. Nor does a witness that translates the name
    (الحزب الديمقراطي) say that the article, in the name's own language, should have it (Democrats, Democratic Party).
    """
    if entity.type in {"place", "event", "acronym"}:
        return False
    forms = [form.text for form in right_forms(entity, scene.lang)]
    if scene.script != "Arab":
        theirs = {folded(form.text) for form in entity.forms if form.lang in {"en", "mul"}} | {folded(entity.name)}
        return any(folded(form) in theirs and _is_taken_over(form, name.surface) for form in forms)
    native = [form.split() for form in forms if dominant_script(form) == "Arab"]
    if forms and not native:
        # Nobody writes it in the language's own letters: it stays as it is.
        return True
    latin = [piece for piece in re.split(r"[\s-]+", entity.name) if not is_function_word(piece) and len(piece) > 1]
    return bool(latin) and any(
        all(max(resemblance(piece, word) for word in words) >= _CARRIED for piece in latin) for words in native
    )


def _is_taken_over(form: str, surface: str) -> bool:
    """Whether a witness's surface has a word of a Latin form, in letters or in sound."""
    ours, theirs = (re.split(r"[\s-]+", text) for text in (form, surface))
    if dominant_script(surface) != "Arab":
        return not {folded(word) for word in ours}.isdisjoint(folded(word) for word in theirs)
    return any(resemblance(piece, word) >= _CARRIED for piece in ours for word in theirs if not is_function_word(piece))


def _as_slip(scene: Scene, account: Account, name: Mention, entity: Entity, words: Sequence[Word]) -> Judgement | None:
    """The stretch nearest to one of the entity's forms, if only a slip separates the two."""
    forms = {folded(form.text): form.text for form in right_forms(entity, scene.lang)}
    forms.setdefault(folded(name.surface), name.surface)
    forms = {key: text for key, text in forms.items() if len(key) >= _SHORTEST}
    slips: list[tuple[int, Slip, str, int, int]] = []
    for length in sorted({len(key.split()) for key in forms}, reverse=True):
        for stretch in _windows(words, length):
            for start in beginnings(stretch[0]):
                surface = scene.reading.text[start : stretch[-1].end]
                if may_be_name(scene, stretch, surface):
                    slips += [(*one, start, stretch[-1].end) for one in _slips(scene, surface, forms, entity)]
    if not slips:
        return None
    _, slip, text, start, end = min(slips)
    surface = scene.reading.text[start:end]
    if is_habit(surface, text, latin_names(entity)) and gain(entity.name, surface, text) < _FAR_LIKELIER:
        return None
    if _is_part_of_another(scene, account, start, end):
        return None
    family = "garbled" if slip == "truncated" else "misspelling"
    if is_ordinary(surface, scene.lang) and scene.script in CASED_SCRIPTS:
        family = "common_word"
    return judgement_of(scene, account, name, entity, (start, end), text, family)


def _is_part_of_another(scene: Scene, account: Account, start: int, end: int) -> bool:
    """Whether a word of the language is one word of a longer name: the News of CBC News is no slip of CNews."""
    surface = scene.reading.text[start:end]
    plain = is_ordinary(surface, scene.lang) or (surface.isascii() and is_ordinary(surface, "en"))
    return plain and any(
        mention.start <= start and end <= mention.end and end - start < mention.end - mention.start
        for mention in account.ours
    )


def _slips(scene: Scene, surface: str, forms: Mapping[str, str], entity: Entity) -> Iterator[tuple[int, Slip, str]]:
    """The forms that a surface is a slip of: how many edits away, which slip, the form."""
    key = folded(surface)
    place = entity.type == "place"
    if place and is_listed(surface, scene.lang):
        return
    for form, text in forms.items():
        if _is_inflected(key, form, entity):
            continue
        slip = slip_between(key, form, inflects=place, grounded=True)
        if slip is not None and not _is_itself(scene, surface, entity, text):
            yield OSA.distance(key, form), slip, text


def _is_inflected(key: str, form: str, entity: Entity) -> bool:
    """Whether letters were only added behind a name that takes endings: Amazonie is no slip of Amazon."""
    if key.removeprefix("ال") == form.removeprefix("ال"):
        return True
    if key.endswith(form) and key != form:
        # Only a space is missing between the name and the word before it.
        return True
    if entity.type in _TAKES_A_PLURAL and _without_plural(key) == _without_plural(form):
        return True
    return entity.type != "person" and key.startswith(form) and (len(key) > len(form) + 1 or key[-1] in "esيةه")


def _without_plural(key: str) -> list[str]:
    return [re.sub("(?<=...)s$", "", word) for word in key.split()]


def is_habit(surface: str, form: str, names: Sequence[str]) -> bool:
    """Whether another transliterator would write so: the same consonants, and it sounds as much like the name.

    Args:
        names: the Latin name that both render.
    """
    if dominant_script(surface) != "Arab" or not spelling_variants(surface, form) or _doubles(surface) - _doubles(form):
        return False
    ours, theirs = (max((_fit(name, spelling) for name in names), default=0.0) for spelling in (surface, form))
    return theirs >= _CARRIED and ours >= theirs - 0.005


def _fit(name: str, spelling: str) -> float:
    return resemblance(name.replace(" ", ""), spelling.replace(" ", ""))


def _doubles(word: str) -> set[str]:
    return {a for a, b in pairwise(folded(word)) if a == b}


def latin_names(entity: Entity) -> list[str]:
    """The Latin forms that an Arabic spelling of an entity may render."""
    return [
        entity.name,
        *(form.text for form in entity.forms if form.lang in {"mul", "en"} and form.status == "canonical"),
    ]


def _is_itself(scene: Scene, surface: str, entity: Entity, form: str) -> bool:
    """Whether what looks like a slip of a one-word name is an ordinary word in lower case."""
    if scene.script in CASED_SCRIPTS:
        return False
    return len(surface.split()) == 1 and is_ordinary(surface, scene.lang) and len(form) < _SHORTEST + 2


def _in_part(scene: Scene, account: Account, name: Mention, entity: Entity, words: Sequence[Word]) -> Judgement | None:
    """One word of a form stands there, and beside it another word than the form has: Elon Musc, إيلون المسك."""
    theirs = {folded(piece) for other in account.names for _, piece in pieces(other)}
    if not is_carried_over(scene, entity, name):
        # What is translated is translated in many ways: دوري أوروبا, الدوري الأوروبي.
        return None
    for form in right_forms(entity, scene.lang):
        parts = form.text.split()
        keys = [folded(part) for part in parts]
        if len(parts) != 2 or entity.type == "place":
            continue
        for first, second in pairwise(words):
            if scene.reading.text[first.end : second.start] not in {" ", "-", "\u00a0"}:
                continue
            for start in beginnings(first):
                ours = [folded(scene.reading.text[start : first.end]), folded(second.text)]
                same = [a.removeprefix("ال") == b.removeprefix("ال") for a, b in zip(ours, keys, strict=True)]
                if same.count(True) != 1 or min(len(key) for key in keys) < _SHORT_PIECE:
                    continue
                odd, part = (second, keys[1]) if same[0] else (first, keys[0])
                if not _may_stand_in(scene, odd, theirs) or spelling_variants(odd.text, part):
                    continue
                if same[1] and likeness(odd.text, part) < _SAME_GIVEN_NAME:
                    # A title or a verb before the family name alone: President Trump.
                    continue
                family = "common_word" if is_ordinary(odd.text, scene.lang) else "misspelling"
                if family == "common_word" and entity.type == "organisation":
                    # Half translated is a habit too: Microsoft Research is مايكروسوفت للأبحاث.
                    continue
                return judgement_of(scene, account, name, entity, (start, second.end), form.text, family)
    return None


def _may_stand_in(scene: Scene, word: Word, theirs: set[str]) -> bool:
    """Whether a word can be what became of a part of a name: in cased scripts only what has a capital."""
    if folded(word.text) in theirs or is_function_word(word.text) or len(word.text) < _SHORT_PIECE:
        return False
    return scene.script not in CASED_SCRIPTS or word.text[:1].isupper()


def judgement_of(
    scene: Scene,
    account: Account,
    name: Mention,
    entity: Entity,
    span: tuple[int, int],
    form: str | None,
    family: str,
    detail: str | None = None,
) -> Judgement:
    """What is wrong at `span`, and the form to put there: the article's own, or `form`."""
    surface = scene.reading.text[span[0] : span[1]]
    script = dominant_script(surface)
    canonical = preferred_form(scene, entity, script=script) or form or preferred_form(scene, entity)
    if form is not None and canonical is not None and len(canonical.split()) != len(form.split()):
        canonical = form
    why = detail or f"{entity.name} is written “{canonical}”, not “{surface}”"
    evidence = (account.evidence(name), Evidence("knowledge", why))
    return Judgement(*span, f"{family}.{account.role}", entity, canonical, evidence, account.targets[0])


def _windows(words: Sequence[Word], length: int) -> Iterator[Sequence[Word]]:
    for i in range(len(words) - length + 1):
        yield words[i : i + length]


def may_be_name(scene: Scene, words: Sequence[Word], surface: str) -> bool:
    """Whether a stretch can be a name at all: in cased scripts a capital shows it."""
    if words[0].script not in CASED_SCRIPTS or scene.script not in CASED_SCRIPTS:
        return True
    return any(char.isupper() for char in surface) and not is_function_word(surface)
