"""A scene in, judgements on names that no base knows out, where the article itself writes them otherwise elsewhere.

Two spellings a letter apart in one article may be two names (Marin, Martin). One of them is a slip where the other is
the usual one, or where the dictionary has the other and the rest of the name is the same (Unitde Kingdom).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from corpora.script import dominant_script
from eval.names.base.lexicon import is_listed, is_ordinary
from eval.names.base.near import NearIndex
from eval.names.entity import Evidence
from eval.names.mentions import CASED_SCRIPTS
from eval.names.rules.claims import folded
from eval.names.rules.misspelling import is_plain, is_vouched_for
from eval.names.rules.own_words import judge_own_words
from eval.names.rules.scene import Judgement, Scene
from eval.names.rules.stretches import unknown_names
from eval.names.rules.topic import stems
from eval.names.spelling.slips import slip_between
from eval.names.spelling.sounds import spelling_variants

_SHORTEST = 5


def judge_own_names(scene: Scene) -> Iterator[Judgement]:
    """Names that no base knows, or words of them, a slip off what the article itself writes elsewhere."""
    yield from judge_own_words(scene)
    places = list(unknown_names(scene.reading))
    counts = Counter(place.surface for place in places if scene.reading.counts(place.sentence))
    index = NearIndex(sorted({folded(surface) for surface in counts if len(surface) >= _SHORTEST}))
    spellings = {folded(surface): surface for surface in sorted(counts, key=lambda one: counts[one])}
    wrong = {
        surface: right
        for surface in counts
        if len(surface) >= _SHORTEST
        for right in [_usual(scene, surface, [spellings[key] for key in index.one_edit_from(folded(surface))], counts)]
        if right is not None
    }
    for place in places:
        right = wrong.get(place.surface)
        if right is not None and not is_vouched_for(scene, place):
            times = f"{counts[right]} times" if counts[right] > 1 else "elsewhere"
            evidence = (Evidence("article", f"the article itself writes “{right}” {times}"),)
            doubt = 0.98 if counts[right] > 2 * counts[place.surface] else 0.95
            yield Judgement(place.start, place.end, "misspelling.article", None, right, evidence, place.sentence, doubt)


def _usual(scene: Scene, surface: str, near: Sequence[str], counts: Mapping[str, int]) -> str | None:
    """The name of the article that a rare one is a slip of; None where either may be right, or both."""
    for other in near:
        ours, theirs = surface.split(), other.split()
        if surface == other or len(ours) != len(theirs) or is_plain(scene, surface, other):
            continue
        slipped = [pair for pair in zip(ours, theirs, strict=True) if folded(pair[0]) != folded(pair[1])]
        if len(slipped) != 1 or slip_between(folded(surface), folded(other)) != "misspelt":
            continue
        (word, right), company = slipped[0], len(ours) > 1
        if set(stems(word)) & set(stems(right)) or spelling_variants(word, right):
            continue
        if dominant_script(word) not in CASED_SCRIPTS and is_ordinary(word, scene.lang):
            continue
        # A surname that stands alone elsewhere speaks for the full name.
        rare, usual = (scene.reading.vocabulary[one.lower()] for one in (word, right))
        often = usual > (rare if company else 2 * rare)
        listed = _is_listed(scene, right) and not _is_listed(scene, word) and counts[other] >= counts[surface]
        if often or (listed and (company or scene.script in CASED_SCRIPTS)):
            return other
    return None


def _is_listed(scene: Scene, word: str) -> bool:
    return is_listed(word, scene.lang) or (word.isascii() and is_listed(word, "en"))
