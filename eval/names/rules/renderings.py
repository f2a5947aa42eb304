"""The accounts of a source in another script in, judgements on names no base knows out: one name, two spellings.

What a name unknown to every base should look like in Arabic, the article itself says: the rendering it uses most. A
rendering of the same source name that is a slip away from it is misspelt.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from corpora.script import Word, dominant_script
from eval.names.base.lexicon import is_listed, is_ordinary
from eval.names.entity import Evidence
from eval.names.mentions import Mention
from eval.names.rules.claims import folded
from eval.names.rules.correction import correction, gain, is_fine
from eval.names.rules.known_names import is_habit
from eval.names.rules.parts import name_parts
from eval.names.rules.reckoning import Account
from eval.names.rules.rendering import SOUNDS_ALIKE, Rendering, best_rendering, how_likely, pieces
from eval.names.rules.scene import Judgement, Scene
from eval.names.spelling.slips import slip_between
from eval.names.spelling.sounds import resemblance

_SHORTEST = 4
_HARAKAT = dict.fromkeys([*range(0x64B, 0x653), 0x670])
# A corrupted rendering sounds a little less like its name than the right one does.
_STILL_ALIKE = SOUNDS_ALIKE - 0.15
_SHORT_WORDS = ("في", "من", "على", "إلى", "عن", "أن")
# Log of how many times as likely the usual rendering must be for another to be a slip of it.
_LIKELIER, _LEAST_LIKELIER = 6.0, 2.0
# The same, for a word of the language that stands where another word of the name is beside it.
_SURELY = 12.0
# Probability of a letter (geometric mean) of a word that surely renders a name.
_RENDERS = 0.15


@dataclass(frozen=True, slots=True)
class _Heard:
    """A word of a name of the witness, and what renders it in one bead."""

    account: Account
    name: Mention
    word: Word
    rendering: Rendering


def judge_renderings(scene: Scene, accounts: Sequence[Account]) -> Iterator[Judgement]:
    """Renderings of one name that differ by a slip from the one the article uses, or from how the name sounds."""
    if scene.script != "Arab":
        return
    for piece, heard in _by_piece(scene, accounts).items():
        usual = _usual(heard) if len(heard) > 1 else None
        for one in heard:
            judgement = _judge(scene, piece, one, usual)
            if judgement is not None and not _renders_another(one, piece):
                yield judgement


def _judge(scene: Scene, piece: str, one: _Heard, usual: Rendering | None) -> Judgement | None:
    surface = one.rendering.surface
    if usual is not None:
        slip = slip_between(folded(surface), folded(usual.surface), inflects=False, grounded=True)
        if slip is not None:
            habit = is_habit(surface, usual.surface, [piece]) or gain(piece, surface, usual.surface) < _needed(
                scene, surface, usual.surface
            )
            rule = "garbled.source" if slip == "truncated" else "misspelling.source.script"
            return _by_usage(one, usual, "spelling.article" if habit else rule)
    return None if _runs_on(piece, surface) else _by_sound(scene, piece, one)


def _by_sound(scene: Scene, piece: str, one: _Heard) -> Judgement | None:
    surface = one.rendering.surface
    if is_fine(piece, surface) or _exists(scene, surface):
        return None
    # Democratic and Korean are translated, not transliterated: what is also a word may stand there inflected.
    word, company = _is_word(one.account, piece), _in_company(scene, one, piece)
    better = correction(piece, surface, partial(_exists, scene), inflects=word, in_company=company)
    if better is None or scene.reading.vocabulary[surface] > max(1, scene.reading.vocabulary[better.spelling]):
        return None
    if company:
        doubtful = word and not better.known and not better.cut_off and better.gain < _SURELY
    else:
        doubtful = (word and not better.known) or (better.cut_off and is_ordinary(surface, scene.lang))
    if doubtful:
        return None
    how = "which it is the head of" if better.cut_off else "one letter away and far more usual"
    detail = f"by its sound “{piece}” is rather “{better.spelling}”, {how}"
    evidence = (one.account.evidence(one.name), Evidence("rule", detail))
    span = one.rendering.start, one.rendering.end
    family = "garbled" if better.cut_off else "misspelling"
    rule = f"{family}.source.sound{'' if better.known else '.new'}"
    return Judgement(*span, rule, None, better.spelling, evidence, one.account.targets[0])


def _needed(scene: Scene, surface: str, usual: str) -> float:
    """How much likelier the usual rendering must be: the less, the oftener the article has it against a single one."""
    counts = scene.reading.vocabulary
    return max(_LEAST_LIKELIER, _LIKELIER - counts[usual] + 1) if counts[surface] == 1 else _LIKELIER


def _in_company(scene: Scene, one: _Heard, piece: str) -> bool:
    """Whether the name's word before or after this one stands beside it, so that it is surely the name."""
    theirs = [other for _, other in pieces(one.name)]
    place = theirs.index(piece)
    words = scene.reading.words_by_sentence.get(one.account.targets[0], ())
    ours = next((i for i, word in enumerate(words) if word.start == one.word.start), None)
    if ours is None:
        return False
    return any(
        0 <= place + step < len(theirs)
        and 0 <= ours + step < len(words)
        and (rendering := best_rendering(theirs[place + step], [words[ours + step]])) is not None
        and rendering.likeness >= SOUNDS_ALIKE
        for step in (-1, 1)
    )


def _exists(scene: Scene, spelling: str) -> bool:
    """Whether a spelling is a word of the language, or part of a name that the base or the article has."""
    plain = spelling.translate(_HARAKAT)
    if plain != spelling and is_ordinary(plain, scene.lang):
        return True
    if is_listed(spelling, scene.lang) or scene.reading.vocabulary[spelling] > 1:
        return True
    return folded(spelling) in name_parts(scene.knowledge, scene.lang)


def _runs_on(piece: str, surface: str) -> bool:
    """Whether only the space before the next word is missing: فريمانفي for فريمان في."""
    return any(
        surface.endswith(word) and resemblance(piece, surface[: -len(word)]) >= resemblance(piece, surface)
        for word in _SHORT_WORDS
        if len(surface) >= len(word) + _SHORTEST - 1
    )


def _renders_another(one: _Heard, piece: str) -> bool:
    """Whether the word, with what is glued to it, renders another name of the witness: لادبروكس is Ladbrokes."""
    rivals = {other for name in one.account.names for _, other in pieces(name)} - {piece}
    return any(how_likely(rival, [one.word]) >= _RENDERS for rival in rivals if len(rival) >= _SHORTEST)


def _by_piece(scene: Scene, accounts: Sequence[Account]) -> dict[str, list[_Heard]]:
    groups: dict[str, list[_Heard]] = {}
    for account in accounts:
        words = account.words(scene.reading)
        for name in account.open:
            if name.hit is not None or dominant_script(name.surface) != "Latn":
                continue
            for _, piece in pieces(name):
                if len(piece) < _SHORTEST:
                    continue
                rendering = best_rendering(piece, words)
                if rendering is not None and rendering.likeness >= _STILL_ALIKE:
                    word = next(word for word in words if word.end == rendering.end)
                    groups.setdefault(piece, []).append(_Heard(account, name, word, rendering))
    return groups


def _is_word(account: Account, piece: str) -> bool:
    return is_ordinary(piece, account.testimony.reading.lang) or is_ordinary(piece, "en")


def _usual(heard: Sequence[_Heard]) -> Rendering | None:
    """The rendering used most; of two used as often the one that sounds more like the name, if it clearly does."""
    counts: dict[str, list[Rendering]] = {}
    for one in heard:
        counts.setdefault(folded(one.rendering.surface), []).append(one.rendering)
    if len(counts) < 2:
        return None
    order = sorted(counts.values(), key=lambda same: (-len(same), -same[0].likeness, same[0].start))
    first, second = order[0], order[1]
    if len(first) > len(second) or first[0].likeness > second[0].likeness + 0.05:
        return first[0] if first[0].likeness >= SOUNDS_ALIKE else None
    return None


def _by_usage(one: _Heard, usual: Rendering, rule: str) -> Judgement:
    detail = f"elsewhere the article writes this name “{usual.surface}”"
    evidence = (one.account.evidence(one.name), Evidence("article", detail, None, usual.start, usual.end))
    span = one.rendering.start, one.rendering.end
    return Judgement(*span, rule, None, usual.surface, evidence, one.account.targets[0])
