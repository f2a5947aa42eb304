"""The nouns of a dataset: an aligned article pair with its beads and names, as the workspace keeps it between steps."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, fields
from hashlib import sha256
from operator import attrgetter
from typing import Any

from corpora.errors import StoreError


@dataclass(frozen=True, slots=True)
class BeadRecord:
    """Sentences that belong together, with all that filters, readers and auditors ask about them.

    Attributes:
        source, target: both sides in plain text, one line each; one is empty for a sentence without counterpart.
        repaired: the target with its names put right; the same text where nothing was wrong.
        source_start … target_end: `[start, end)` of both sides in code points of the articles' texts.
        score: probability that the sides belong together.
        similarity: cosine of their vectors; None for a gap.
        length_ratio: target / source characters, over the usual ratio of the language pair.
        chrf: chrF++ against a forward re-translation, where there is one.
        flags: what looks wrong, by kind; `serious` names those among them that are major or critical.
        mark: why the sentence does not count (`repeat`, `boilerplate`).
        source_detected, target_detected: another language that the text surely is in; None where the label holds.
    """

    source: str
    target: str
    repaired: str
    source_start: int
    source_end: int
    target_start: int
    target_end: int
    score: float
    similarity: float | None = None
    length_ratio: float | None = None
    chrf: float | None = None
    flags: tuple[str, ...] = ()
    serious: tuple[str, ...] = ()
    mark: str | None = None
    source_detected: str | None = None
    target_detected: str | None = None

    @property
    def is_gap(self) -> bool:
        """Whether one side is empty."""
        return not self.source or not self.target


@dataclass(frozen=True, slots=True)
class NameRecord:
    """One finding about a name of the target article, and what was done about it.

    Attributes:
        start, end: code points of the target article's text.
        replacement: what was written in its place; None where it was left alone.
        bead: index of the bead it stands in; None where it stands in none.
    """

    start: int
    end: int
    surface: str
    kind: str
    severity: str
    entity: str | None
    canonical: str | None
    confidence: float
    replacement: str | None
    evidence: tuple[str, ...] = ()
    bead: int | None = None


@dataclass(frozen=True, slots=True)
class SideRecord:
    """One article of a pair, in figures."""

    id: str
    lang: str
    sentences: int
    repeats: int
    boilerplate: int


@dataclass(frozen=True, slots=True)
class AlignedPair:
    """A source article and its translation: what the map step gives for each pair of the plan."""

    source: SideRecord
    target: SideRecord
    encoder: str
    beads: tuple[BeadRecord, ...]
    names: tuple[NameRecord, ...] = ()
    model: str | None = None
    model_revision: str | None = None

    def bead_id(self, bead: BeadRecord) -> str:
        """A name for a bead that no other article, and no other place, shares."""
        place = f"{bead.source_start}-{bead.source_end}|{bead.target_start}-{bead.target_end}"
        return sha256(f"{self.source.id}|{self.target.id}|{place}".encode("utf-8", "surrogatepass")).hexdigest()[:20]


# Every field in order, as it is: `astuple` would copy each.
_BEAD, _NAME, _SIDE = (
    attrgetter(*(field.name for field in fields(kind))) for kind in (BeadRecord, NameRecord, SideRecord)
)


def pack(pair: AlignedPair) -> bytes:
    """The pair as few bytes, the same for the same pair."""
    content = (
        _SIDE(pair.source),
        _SIDE(pair.target),
        pair.encoder,
        [_BEAD(bead) for bead in pair.beads],
        [_NAME(name) for name in pair.names],
        pair.model,
        pair.model_revision,
    )
    return zlib.compress(json.dumps(content, separators=(",", ":")).encode("ascii"), 6)


def unpack(data: bytes) -> AlignedPair:
    """What `pack` was given.

    Raises:
        StoreError: the bytes are damaged.
    """
    try:
        source, target, encoder, beads, names, model, revision = json.loads(zlib.decompress(data))
        return AlignedPair(
            SideRecord(*source),
            SideRecord(*target),
            encoder,
            tuple(BeadRecord(*_tuples(bead)) for bead in beads),
            tuple(NameRecord(*_tuples(name)) for name in names),
            model,
            revision,
        )
    except (zlib.error, ValueError, TypeError) as error:
        raise StoreError(f"a kept result is damaged ({error})", cure="run again with --force") from error


def _tuples(values: list[Any]) -> Iterator[Any]:
    return (tuple(value) if isinstance(value, list) else value for value in values)
