"""Sentences of two articles in, an alignment out: every sentence of both sides in exactly one bead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from alignment import encoders
from alignment.beads import Alignment, Bead
from alignment.crossing import crossings, without
from alignment.encoders import Encoder
from alignment.model import bundled
from alignment.search import Found, search
from alignment.settings import AlignmentSettings
from alignment.side import Lines, Side, sides
from alignment.threads import one_thread
from corpora.article import Sentence
from corpora.errors import UsageError
from corpora.progress import SILENT, Progress

_FEW = 6  # beads whose similarities say nothing as an average
_LEAST_SURE = 0.5
# Between the cosines of best matches and of strangers: news of two events reach 0.26, the worst noised pair 0.34.
_LEAST_CONTRAST = 0.3


def align(
    source: Sequence[Sentence],
    target: Sequence[Sentence],
    *,
    source_lang: str,
    target_lang: str,
    encoder: Encoder | None = None,
    bridge: Sequence[str] | None = None,
    settings: AlignmentSettings | None = None,
    progress: Progress = SILENT,
) -> Alignment:
    """Which sentences belong together.

    Args:
        source, target: sentences of both articles, blank ones and repeats included.
        source_lang, target_lang: BCP-47 codes.
        encoder: what compares sentences; `settings.encoder` by default.
        bridge: the source's sentences re-translated into the target's language, one each.
        settings: how; the defaults suit news and freer texts alike.
        progress: hears of the steps, and of weak evidence.

        >>> align_texts(["Hello.", "How are you?"], ["Bonjour.", "Comment allez-vous ?"], "en", "fr").beads[0].target
        (0,)
    """
    settings = settings or AlignmentSettings()
    encoder = encoder or encoders.get(settings.encoder)
    if bridge is not None and len(bridge) != len(source):
        raise UsageError(
            f"the bridge has {len(bridge)} lines, the source {len(source)} sentences", cure="translate them one to one"
        )
    lines = Lines.of(source, source_lang), Lines.of(target, target_lang)
    empty = [name for name, side in zip(("source", "target"), lines, strict=True) if not side.texts]
    if empty:
        progress.warn(f"no text to align in the {' and the '.join(empty)}: no sentence has a partner")
        return Alignment(tuple(_alone(len(source), len(target))), encoder.name)
    with one_thread():
        left, right = sides(*lines, encoder, bridge, progress)
        swapped = (len(right), right.texts, right.lang) < (len(left), left.texts, left.lang)
        beads = _aligned(*((right, left) if swapped else (left, right)), settings, progress)
    if swapped:
        beads = [replace(bead, source=bead.target, target=bead.source) for bead in beads]
    beads = _in_order(
        [bead for bead in beads if not bead.crossing],
        sorted((bead for bead in beads if bead.crossing), key=lambda bead: bead.source),
    )
    kept = [replace(bead, kept=bead.score >= settings.min_score) for bead in beads]
    return Alignment(tuple(_with_absent(kept, left, right)), encoder.name)


def align_texts(
    source: Sequence[str],
    target: Sequence[str],
    source_lang: str,
    target_lang: str,
    *,
    encoder: Encoder | None = None,
    bridge: Sequence[str] | None = None,
    settings: AlignmentSettings | None = None,
    progress: Progress = SILENT,
) -> Alignment:
    """Align plain strings, a sentence each."""
    return align(
        [Sentence(0, len(text), text) for text in source],
        [Sentence(0, len(text), text) for text in target],
        source_lang=source_lang,
        target_lang=target_lang,
        encoder=encoder,
        bridge=bridge,
        settings=settings,
        progress=progress,
    )


def _alone(n: int, m: int) -> list[Bead]:
    """Gap beads of all sentences."""
    return [Bead((i,), (), 1.0) for i in range(n)] + [Bead((), (j,), 1.0) for j in range(m)]


def _aligned(source: Side, target: Side, settings: AlignmentSettings, progress: Progress) -> list[Bead]:
    """Beads of the sentences that take part, in places of the whole articles."""
    model = bundled()
    found = search(source, target, model, settings)
    _warn_of_weak_evidence(found, progress)
    moved = crossings(source, target, found, found.scale, model, settings)
    if moved:
        found = without(found, moved)
    edges = found.edges
    beads = [
        _bead(source, target, int(edges.i[e]), int(edges.j[e]), int(edges.a[e]), int(edges.b[e]), p)
        for e, p in enumerate(found.probability.tolist())
    ]
    crossing = [
        replace(_bead(source, target, bead.i, bead.j, bead.a, bead.b, bead.probability), crossing=True)
        for bead in moved
    ]
    return beads + crossing


def _warn_of_weak_evidence(found: Found, progress: Progress) -> None:
    """Say so where translations stand out little from strangers, or hardly a bead is surer than its rivals.

    Few beads say it by what they pair: on each side less than half of the sentences, counted by probability. That
    hits nine of ten texts of other events, and fewer than one of a hundred translations with every sort of noise.
    """
    if len(found.edges) < _FEW:
        if _paired(found) < _LEAST_SURE:
            progress.warn("the alignment is uncertain: hardly a sentence has a likely partner")
        return
    sure = float(found.probability.mean())
    if found.scale.match - found.scale.background < _LEAST_CONTRAST:
        progress.warn("the sentences of both texts hardly resemble each other: do the texts translate each other?")
    elif sure < _LEAST_SURE:
        progress.warn(f"the alignment is uncertain: a bead is right with probability {sure:.2f} on average")


def _paired(found: Found) -> float:
    """The share of sentences with a partner that may be expected, on the side where it is greater."""
    edges = found.edges
    both = found.probability * ((edges.a > 0) & (edges.b > 0))
    return max(float((size * both).sum() / size.sum()) for size in (edges.a, edges.b))


def _bead(source: Side, target: Side, i: int, j: int, a: int, b: int, probability: float) -> Bead:
    return Bead(source.index[i : i + a], target.index[j : j + b], round(probability, 4))


def _in_order(beads: Sequence[Bead], others: Sequence[Bead]) -> list[Bead]:
    """Beads with others among them that have their places by the source, or else by the target."""
    done: list[Bead] = []
    waiting = list(others)
    for bead in beads:
        while waiting and _comes_before(waiting[0], bead):
            done.append(waiting.pop(0))
        done.append(bead)
    return done + waiting


def _comes_before(one: Bead, other: Bead) -> bool:
    if one.source:
        return bool(other.source) and one.source < other.source
    return bool(other.target) and not other.crossing and one.target < other.target


def _with_absent(beads: Sequence[Bead], source: Side, target: Side) -> list[Bead]:
    """Add a gap bead for each sentence that took no part, where it stands in its own order."""
    with_source = _in_order(beads, [Bead((i,), (), 1.0) for i in _absent(source)])
    return _in_order(with_source, [Bead((), (j,), 1.0) for j in _absent(target)])


def _absent(side: Side) -> list[int]:
    return sorted(set(range(side.total)) - set(side.index))
