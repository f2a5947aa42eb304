"""What can be set about alignment: one frozen dataclass, the section `[alignment]` of muwazi.toml."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AlignmentSettings:
    """How two articles are aligned.

    Attributes:
        encoder: name of the sentence encoder (`alignment.encoders`).
        min_score: beads below this probability are marked as not kept.
        exact_cells: grids of at most this many cells are searched whole, larger ones in a band.
        band_radius: half the width that the band begins with; it widens by itself.
        margin: candidates this much worse (log odds) than the best path in the first pass are dropped.
    """

    encoder: str = "use"
    min_score: float = 0.0
    exact_cells: int = 250_000
    band_radius: int = 12
    margin: float = 9.0

    def __post_init__(self) -> None:
        if not 0.0 <= self.min_score <= 1.0:
            raise ValueError("min_score must lie between 0 and 1")
        if self.exact_cells < 0 or self.band_radius < 4 or self.margin <= 0:
            raise ValueError("exact_cells must not be negative, band_radius at least 4, margin positive")
