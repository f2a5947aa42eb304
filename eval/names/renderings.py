"""The accounts of a source in another script in, judgements on names no base knows out: one name, two spellings.

What a name unknown to every base should look like in Arabic, the article itself says: the rendering it uses most. A
rendering of the same source name that is a slip away from it is misspelt.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpora.script import dominant_script
from eval.names.entity import Evidence
from eval.names.fingerprint import fold_key
from eval.names.known_names import is_habit
from eval.names.lexicon import is_ordinary
from eval.names.mentions import Mention
from eval.names.reckoning import Account
from eval.names.rendering import SOUNDS_ALIKE, Rendering, best_rendering, pieces
from eval.names.scene import Judgement, Scene
from eval.names.slips import slip_between
from eval.names.sounds import resemblance

_SHORTEST = 4
# A corrupted rendering sounds a little less like its name than the right one does.
_STILL_ALIKE = SOUNDS_ALIKE - 0.15


@dataclass(frozen=True, slots=True)
class _Heard:
    """A word of a name of the witness, and what renders it in one bead."""

    account: Account
    name: Mention
    rendering: Rendering


def judge_renderings(scene: Scene, accounts: Sequence[Account]) -> Iterator[Judgement]:
    """Renderings of one name that differ by a slip from the one the article uses."""
    if scene.script != "Arab":
        return
    for heard in _by_piece(scene, accounts).values():
        usual = _usual(scene, heard)
        if usual is None:
            continue
        right = fold_key(usual.surface)
        for one in heard:
            slip = slip_between(fold_key(one.rendering.surface), right, inflects=False)
            if slip is None:
                continue
            if is_habit(one.rendering.surface, usual.surface, [_piece_of(one)]):
                yield _judgement(one, usual, "spelling.article")
            else:
                yield _judgement(one, usual, "garbled.source" if slip == "truncated" else "misspelling.source.script")


def _by_piece(scene: Scene, accounts: Sequence[Account]) -> dict[str, list[_Heard]]:
    groups: dict[str, list[_Heard]] = {}
    for account in accounts:
        words = account.words(scene.reading)
        for name in account.open:
            if name.hit is not None or dominant_script(name.surface) != "Latn":
                continue
            for _, piece in pieces(name):
                if len(piece) < _SHORTEST or is_ordinary(piece, account.testimony.reading.lang):
                    # Democratic and Korean are translated, not transliterated.
                    continue
                rendering = best_rendering(piece, words)
                if rendering is not None and rendering.likeness >= _STILL_ALIKE:
                    groups.setdefault(piece.casefold(), []).append(_Heard(account, name, rendering))
    return {piece: heard for piece, heard in groups.items() if len(heard) > 1}


def _usual(scene: Scene, heard: Sequence[_Heard]) -> Rendering | None:
    """The rendering used most; of two used as often the one that sounds more like the name, if it clearly does."""
    counts: dict[str, list[Rendering]] = {}
    for one in heard:
        counts.setdefault(fold_key(one.rendering.surface), []).append(one.rendering)
    if len(counts) < 2:
        return None
    order = sorted(counts.values(), key=lambda same: (-len(same), -same[0].likeness, same[0].start))
    first, second = order[0], order[1]
    if len(first) > len(second) or first[0].likeness > second[0].likeness + 0.05:
        return first[0] if first[0].likeness >= SOUNDS_ALIKE else None
    return None


def _piece_of(heard: _Heard) -> str:
    return max(
        (piece for _, piece in pieces(heard.name)), key=lambda piece: resemblance(piece, heard.rendering.surface)
    )


def _judgement(one: _Heard, usual: Rendering, rule: str) -> Judgement:
    detail = f"elsewhere the article writes this name “{usual.surface}”"
    evidence = (one.account.evidence(one.name), Evidence("article", detail, None, usual.start, usual.end))
    span = one.rendering.start, one.rendering.end
    return Judgement(*span, rule, None, usual.surface, evidence, one.account.targets[0])
