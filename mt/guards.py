"""A sentence and its output in; what is wrong with it, and what to try next, out.

What counts as wrong is judged in `eval.adequacy`; here it is only decided which of it is worth another try, and in
which way.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from corpora.article import Sentence
from eval.adequacy import CHECKS
from eval.checks.segment import Passage, Segment
from eval.settings import DEFAULT
from mt.engines.base import Search

# In the order of how much they spoil: an output without the earlier ones beats one without the later ones.
WEIGHTS: Final[dict[str, int]] = {
    "empty": 64,
    "wrong_script": 32,
    "repetition": 16,
    "untranslated": 8,
    "length_ratio": 4,
    "number_mismatch": 2,
    "unknown_pieces": 1,
}
UNKNOWN_SHARE: Final = 0.5
SERIOUS: Final = frozenset({"critical", "major"})


@dataclass(frozen=True, slots=True)
class Attempt:
    """Another way to translate a sentence: with another search, or clause by clause."""

    search: Search
    by_clause: bool = False


def faults(
    source: str, output: str, *, source_lang: str, target_lang: str, unknown_share: float = 0.0
) -> tuple[str, ...]:
    """What is wrong with an output, in the order of `WEIGHTS`; empty when nothing is.

    Args:
        unknown_share: share of the source's pieces that the model does not know: another language than it was made for.
    """
    found = {"empty"} if not output.strip() else _judged(source, output, source_lang, target_lang)
    if unknown_share > UNKNOWN_SHARE:
        found.add("unknown_pieces")
    return tuple(name for name in WEIGHTS if name in found)


def weight(flags: Sequence[str]) -> int:
    """How bad these faults are together; 0 is a clean output."""
    return sum(WEIGHTS[flag] for flag in flags)


def curable(flags: Sequence[str]) -> bool:
    """Whether another way of translating may help: not against a language that the model was not made for."""
    return any(flag != "unknown_pieces" for flag in flags)


def attempts(search: Search, count: int) -> list[Attempt]:
    """The first `count` other ways, the most promising first."""
    wider = replace(search, beam=search.beam + 2, no_repeat=3, shortlist=False)
    ways = [
        Attempt(wider),
        Attempt(wider, by_clause=True),
        Attempt(replace(wider, beam=2 * search.beam + 4, no_repeat=2)),
    ]
    return ways[:count]


def _judged(source: str, output: str, source_lang: str, target_lang: str) -> set[str]:
    segment = Segment(_passage(source), _passage(output), source_lang, target_lang)
    flags = (flag for check in CHECKS for flag in check(segment, DEFAULT))
    return {flag.kind for flag in flags if flag.severity in SERIOUS}


def _passage(text: str) -> Passage:
    return Passage.of([Sentence(0, len(text), text)])
