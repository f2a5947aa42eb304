"""Sentences of two articles in, an alignment out: every sentence of both sides in exactly one bead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from alignment import encoders
from alignment.beads import Alignment, Bead
from alignment.encoders import Encoder
from alignment.model import bundled
from alignment.search import search
from alignment.settings import AlignmentSettings
from alignment.side import Side
from corpora.article import Sentence
from corpora.progress import SILENT, Progress


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
    left, right = Side.of(source, source_lang, encoder), Side.of(target, target_lang, encoder)
    swapped = (len(right), right.texts, right.lang) < (len(left), left.texts, left.lang)
    beads = _aligned(right, left, settings) if swapped else _aligned(left, right, settings)
    if swapped:
        beads = [Bead(bead.target, bead.source, bead.score) for bead in beads]
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


def _aligned(source: Side, target: Side, settings: AlignmentSettings) -> list[Bead]:
    """Beads of the sentences that take part, in places of the whole articles."""
    n, m = len(source), len(target)
    if not n or not m:
        return [Bead((i,), (), 1.0) for i in source.index] + [Bead((), (j,), 1.0) for j in target.index]
    found = search(source, target, bundled(), settings)
    edges = found.edges
    return [
        Bead(
            tuple(source.index[i] for i in range(edges.i[e], edges.i[e] + edges.a[e])),
            tuple(target.index[j] for j in range(edges.j[e], edges.j[e] + edges.b[e])),
            round(float(found.probability[e]), 4),
        )
        for e in range(len(edges))
    ]


def _with_absent(beads: Sequence[Bead], source: Side, target: Side) -> list[Bead]:
    """Add a gap bead for each sentence that took no part, where it stands in its own order."""
    done: list[Bead] = []
    absent_source = _absent(source)
    absent_target = _absent(target)
    for bead in beads:
        while absent_source and bead.source and absent_source[0] < bead.source[0]:
            done.append(Bead((absent_source.pop(0),), (), 1.0))
        while absent_target and bead.target and absent_target[0] < bead.target[0]:
            done.append(Bead((), (absent_target.pop(0),), 1.0))
        done.append(bead)
    done += [Bead((i,), (), 1.0) for i in absent_source] + [Bead((), (j,), 1.0) for j in absent_target]
    return done


def _absent(side: Side) -> list[int]:
    return sorted(set(range(side.total)) - set(side.index))
