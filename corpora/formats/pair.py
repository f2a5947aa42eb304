"""The noun of this package: a text and its translation, with what a format may say about them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from corpora.errors import FormatError

UNDETERMINED = "und"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts that translate each other.

    Attributes:
        source, target: the texts as they are, line breaks and all; either may be empty.
        source_lang, target_lang: BCP-47 tags as the file gives them; `und` where nobody said.
        id: the file's own name for the pair.
        score: probability that the two belong together, four digits.
        metadata: whatever else was said about the pair, by name.
    """

    source: str
    target: str
    source_lang: str = UNDETERMINED
    target_lang: str = UNDETERMINED
    id: str | None = None
    score: float | None = None
    metadata: Mapping[str, str] = field(default_factory=dict)


class OtherLanguagesError(FormatError):
    """A file of pairs that has none in the languages asked for."""


def same_language(left: str, right: str) -> bool:
    """Whether two tags agree as far as the shorter one goes: `en` and `en-US` do, `en-GB` and `en-US` do not."""
    first, second = (tag.lower().replace("_", "-").split("-") for tag in (left, right))
    length = min(len(first), len(second))
    return first[:length] == second[:length]
