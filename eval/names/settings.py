"""How names are looked for: section `[names]` of `muwazi.toml`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NameSettings:
    """How names are looked for.

    Attributes:
        allowed: surfaces that the user called right, for this article or project: never a finding.
        min_confidence: findings below it are not reported.
    """

    allowed: tuple[str, ...] = ()
    min_confidence: float = 0.3
