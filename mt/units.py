"""Articles that say the same in, texts that go line by line out: units that all of them have in common.

The first article is the spine; the others are aligned with it. A unit is the fewest of its sentences that no alignment
cuts apart. What stands in another article alone goes with the unit before it, so that nothing is lost.
"""

from __future__ import annotations

from collections.abc import Sequence

from alignment.beads import Alignment
from corpora.progress import SILENT, Progress
from mt.config import Settings
from mt.document import Document


def common_units(
    documents: Sequence[Document], *, settings: Settings, progress: Progress = SILENT
) -> list[tuple[str, ...]]:
    """The texts of each document, as many from each."""
    from mt.pipeline import align_documents

    spine, *others = documents
    alignments = [align_documents(spine, other, settings=settings, progress=progress) for other in others]
    unit_of = _units(len(spine.sentences), alignments)
    texts = [_joined(spine, unit_of, unit_of)]
    texts += [
        _joined(other, _placed(alignment, unit_of, len(other.sentences)), unit_of)
        for other, alignment in zip(others, alignments, strict=True)
    ]
    return texts


def _units(size: int, alignments: Sequence[Alignment]) -> list[int]:
    """The unit of each sentence of the spine, counted from 0 in the order of their first sentences."""
    head = list(range(size))

    def find(index: int) -> int:
        while head[index] != index:
            index = head[index]
        return index

    for alignment in alignments:
        for bead in alignment.beads:
            for index in bead.source[1:]:
                one, other = sorted((find(bead.source[0]), find(index)))
                head[other] = one
    heads = [find(index) for index in range(size)]
    number = {one: place for place, one in enumerate(sorted(set(heads)))}
    return [number[one] for one in heads]


def _placed(alignment: Alignment, unit_of: Sequence[int], size: int) -> list[int]:
    """The unit of each sentence of an aligned article."""
    units: list[int | None] = [None] * size
    for bead in alignment.beads:
        for index in bead.target:
            units[index] = unit_of[bead.source[0]] if bead.source else None
    placed, before = [], 0
    for unit in units:
        before = before if unit is None else unit
        placed.append(before)
    return placed


def _joined(document: Document, units: Sequence[int], all_units: Sequence[int]) -> tuple[str, ...]:
    parts: list[list[str]] = [[] for _ in range(max(all_units, default=-1) + 1)]
    for sentence, unit in zip(document.sentences, units, strict=True):
        parts[unit].append(" ".join(sentence.text.split()))
    return tuple(" ".join(part) for part in parts)
