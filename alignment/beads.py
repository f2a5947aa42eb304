"""The nouns of the second floor: a bead (sentences that belong together), an alignment (all beads of two articles)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bead:
    """Source sentences and the target sentences that translate them.

    Attributes:
        source: indices into the source's sentences, consecutive; empty for an insertion.
        target: indices into the target's sentences, consecutive; empty for a deletion.
        score: probability that the bead is right, 0 to 1, four digits.
        kept: False below `--min-score`: JSON keeps the bead, exports drop it.
        crossing: True for a bead of a block that was moved out of order.

    A gap bead (one side empty) holds exactly one sentence.
    """

    source: tuple[int, ...]
    target: tuple[int, ...]
    score: float
    kept: bool = True
    crossing: bool = False

    @property
    def is_gap(self) -> bool:
        """Whether one side is empty."""
        return not self.source or not self.target

    @property
    def shape(self) -> tuple[int, int]:
        """How many sentences stand on each side."""
        return len(self.source), len(self.target)


@dataclass(frozen=True, slots=True)
class Alignment:
    """All beads of two articles: every sentence of both sides is in exactly one bead, in the order of the source.

    Gap beads of the target stand where they stand in the target's order.
    """

    beads: tuple[Bead, ...]
    encoder: str

    def __iter__(self) -> Iterator[Bead]:
        return iter(self.beads)

    def __len__(self) -> int:
        return len(self.beads)

    def mirrored(self) -> Alignment:
        """The same alignment seen from the other side."""
        return Alignment(tuple(Bead(b.target, b.source, b.score, b.kept, b.crossing) for b in self.beads), self.encoder)
