"""An account's open names in, words of the translation that no language has out, where such a name should stand.

A name that is translated (the United Kingdom, the General Assembly) is written in words of the language. Where one of
them is no word, is one letter from a word, and with that word the stretch says what the source's name means, a slip of
the pen made it: Royaaume-Uni, المملككة المتحدة.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from corpora.script import Word
from eval.names.base.fingerprint import fold_keys
from eval.names.base.lexicon import frequency, is_ordinary, usual_words
from eval.names.entity import Entity, Evidence
from eval.names.mentions import CASED_SCRIPTS, Mention
from eval.names.rules.claims import folded, right_forms
from eval.names.rules.meaning import nearness_of
from eval.names.rules.parts import name_parts
from eval.names.rules.reckoning import Account, entities
from eval.names.rules.rendering import beginnings, best_rendering, pieces
from eval.names.rules.scene import Judgement, Scene
from eval.names.spelling.slips import romanised_alike, slip_between

_SHORTEST = 5
# A cosine of two names of one thing; what only stands near lies below .5.
_SAME = 0.6
_NEARER = 0.12
_USUAL = 500
# Who writes a word that is none so many times means it.
_OFTEN = 2
_REACH = 2
_TRIED = 4
_MAY_SOUND = 0.65
_ARABIC_LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهويةىءأإآؤئ"
_LATIN_LETTERS = "abcdefghijklmnopqrstuvwxyzàâçéèêëîïôûùüœ"


@dataclass(frozen=True, slots=True)
class _Slip:
    """A word that is none, behind what is glued to it, and the words it may have been."""

    place: int
    start: int
    end: int
    meant: tuple[str, ...]


def judge_miswritten(scene: Scene, account: Account, names: Sequence[Mention]) -> Iterator[Judgement]:
    """Words that are none where one of `names` should stand in the language's own words."""
    words = account.words(scene.reading)
    for slip in _slips(scene, account, words) if names else ():
        for name in names:
            judgement = _as_form(scene, account, name, slip) or _as_meaning(scene, account, name, words, slip)
            if judgement is not None:
                yield judgement
                break


def _slips(scene: Scene, account: Account, words: Sequence[Word]) -> Iterator[_Slip]:
    for place, word in enumerate(words):
        if len(word.text) < _SHORTEST or word.script != scene.script or is_ordinary(word.text, scene.lang):
            continue
        if scene.reading.vocabulary[word.text.lower()] > _OFTEN or (
            word.text.isascii() and is_ordinary(word.text, "en")
        ):
            # What is said in English is no slip: Member (of the Welsh Parliament) for Membre.
            continue
        for start in beginnings(word):
            surface = scene.reading.text[start : word.end]
            meant = _words_near(scene, surface.lower())
            if meant and not _is_somebodys(scene, account, word):
                yield _Slip(place, start, word.end, tuple(_in_case(one, surface) for one in meant))
                break


def _words_near(scene: Scene, word: str) -> list[str]:
    """Usual words of the language, and words of names that the base has, that one slip turns into `word`."""
    lang = scene.lang.split("-")[0]
    near, key = _one_letter_away(word, lang), folded(word)
    usual = set(near & usual_words(lang, _USUAL))
    parts = name_parts(scene.knowledge, scene.lang)
    # Folding keeps slips apart at most by one, so that a look at the folded neighbours says whether any part is near.
    if not parts.isdisjoint(_one_letter_away(key, lang) | {key}):
        others = list(near)
        usual |= {other for other, folded_other in zip(others, fold_keys(others), strict=True) if folded_other in parts}
    usual = {other for other in usual if not romanised_alike(key, folded(other))}
    if scene.script == "Arab":
        # An adjective is no slip of its noun, and the dictionary has few of them.
        usual = {other for other in usual if slip_between(key, folded(other)) == "misspelt"}
    return sorted(usual, key=lambda other: (-frequency(other, scene.lang), other))


def _is_somebodys(scene: Scene, account: Account, word: Word) -> bool:
    """Whether a word is a name that the base or the witness has, in letters or in sound."""
    parts = name_parts(scene.knowledge, scene.lang)
    if any(folded(scene.reading.text[start : word.end]) in parts for start in beginnings(word)):
        return True
    if account.testimony.reading.vocabulary[word.text.lower()]:
        return True
    theirs = {piece for name in account.names for _, piece in pieces(name)}
    theirs |= {"".join(piece for _, piece in pieces(name)) for name in account.names}
    heard = [best_rendering(piece, [word]) for piece in theirs] if scene.script not in CASED_SCRIPTS else []
    return any(one is not None and one.likeness >= _MAY_SOUND for one in heard)


def _as_form(scene: Scene, account: Account, name: Mention, slip: _Slip) -> Judgement | None:
    """A word of a form that the base has for the name."""
    surface = scene.reading.text[slip.start : slip.end]
    for entity in entities(name):
        theirs = {
            folded(word) for form in right_forms(entity, scene.lang) for word in form.text.replace("-", " ").split()
        }
        for meant in slip.meant:
            if folded(meant) in theirs and slip_between(folded(surface), folded(meant)) == "misspelt":
                return _judgement(scene, account, name, entity, slip, meant)
    return None


def _as_meaning(scene: Scene, account: Account, name: Mention, words: Sequence[Word], slip: _Slip) -> Judgement | None:
    """A word with which the stretch around it means what the name means, better than without."""
    if name.shape == "initial":
        return None
    before = [word.text for word in words[max(0, slip.place - _REACH) : slip.place]]
    after = [word.text for word in words[slip.place + 1 : slip.place + 1 + _REACH]]

    surface, meant = scene.reading.text[slip.start : slip.end], slip.meant[:_TRIED]
    around = [(before[i:], after[:j]) for i in range(len(before) + 1) for j in range(len(after) + 1)]
    if scene.script == "Arab":
        around = [(head, tail) for head, tail in around if head or tail]
    if not around:
        return None
    right = nearness_of(name.surface, [" ".join([*head, word, *tail]) for head, tail in around for word in meant])
    places = [place for place in range(len(right)) if right[place] >= _SAME]
    # Most say nothing of the kind; only for the others the words that stand there are looked at.
    beside = sorted({place // len(meant) for place in places})
    written = [" ".join([*around[i][0], surface, *around[i][1]]) for i in beside]
    wrong = dict(zip(beside, nearness_of(name.surface, written) if written else (), strict=True))
    found = [
        (round(right[place], 4), meant[place % len(meant)])
        for place in places
        if right[place] >= wrong[place // len(meant)] + _NEARER
    ]
    return _judgement(scene, account, name, None, slip, max(found)[1]) if found else None


def _judgement(
    scene: Scene, account: Account, name: Mention, entity: Entity | None, slip: _Slip, meant: str
) -> Judgement:
    surface = scene.reading.text[slip.start : slip.end]
    detail = f"“{surface}” is no word; one letter away, “{meant}” says what the name means"
    evidence = (account.evidence(name), Evidence("rule", detail))
    return Judgement(slip.start, slip.end, "misspelling.source.word", entity, meant, evidence, account.targets[0])


def _in_case(word: str, surface: str) -> str:
    return word[:1].upper() + word[1:] if surface[:1].isupper() else word


@lru_cache(maxsize=4096)
def _one_letter_away(word: str, lang: str) -> frozenset[str]:
    """Whatever one slip turns into `word`."""
    letters = _ARABIC_LETTERS if lang == "ar" else _LATIN_LETTERS
    splits = [(word[:i], word[i:]) for i in range(len(word) + 1)]
    near = {head + letter + tail for head, tail in splits for letter in letters}
    near |= {head + tail[1:] for head, tail in splits if tail}
    near |= {head + letter + tail[1:] for head, tail in splits if tail for letter in letters}
    near |= {head + tail[1] + tail[0] + tail[2:] for head, tail in splits if len(tail) > 1}
    return frozenset(near - {word})
