"""How far each rule is to be believed: the one table of rules, one row for each rule and kind of evidence.

A rule starts with a confidence that was set by hand; what it did on planted errors moves it (`rule_counts.tsv`,
written by `tests/benchmarks/calibrate_names.py`, which also measures how reliable the outcome is on held-out folds).
Rules whose evidence does not suffice for an `error` say `variant`; nothing is planted for those: they keep their start.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from eval.names.entity import FindingKind, Severity


@dataclass(frozen=True, slots=True)
class Rule:
    """What a rule's findings are called, how bad they are, and how likely right.

    Attributes:
        confidence: what it starts with; `calibrated` says what came of it.
        rank: strength of its evidence: 4 the source, 3 another translation, 2 the article, 1 the base or the word
        itself.
            Of two findings about one stretch the one with the stronger evidence stays.
    """

    kind: FindingKind
    confidence: float
    rank: int
    severity: Severity = "error"


COUNTS = "rule_counts.tsv"
# A start weighs as much as so many findings.
_START_WEIGHT = 20
_MOST = 0.99

Counts = Mapping[str, tuple[int, int]]

RULES: dict[str, Rule] = {
    "casing.source": Rule("casing", 0.98, 4),
    "casing.other": Rule("casing", 0.98, 3),
    "casing.known": Rule("casing", 0.97, 1),
    "casing.article": Rule("casing", 0.9, 2),
    "misspelling.source": Rule("misspelling", 0.97, 4),
    "misspelling.source.word": Rule("misspelling", 0.93, 4),
    "misspelling.source.script": Rule("misspelling", 0.9, 4),
    "misspelling.source.sound": Rule("misspelling", 0.93, 4),
    "misspelling.source.sound.new": Rule("misspelling", 0.88, 4),
    "misspelling.other": Rule("misspelling", 0.94, 3),
    "misspelling.article": Rule("misspelling", 0.92, 2),
    "misspelling.context": Rule("misspelling", 0.92, 1),
    "misspelling.dictionary": Rule("misspelling", 0.92, 1),
    "misspelling.likeness": Rule("misspelling", 0.5, 1, "variant"),
    "misspelling.attested": Rule("misspelling", 0.95, 1),
    "romanised.source": Rule("romanised_foreign_name", 0.99, 4),
    "romanised.other": Rule("romanised_foreign_name", 0.99, 3),
    "romanised.article": Rule("romanised_foreign_name", 0.97, 2),
    "romanised.known": Rule("romanised_foreign_name", 0.95, 1),
    "romanised.sounds": Rule("romanised_foreign_name", 0.91, 2),
    "acronym.source": Rule("acronym_misexpansion", 0.99, 4),
    "acronym.other": Rule("acronym_misexpansion", 0.98, 3),
    "acronym.context": Rule("acronym_misexpansion", 0.93, 1),
    "common_word.source": Rule("name_translated_as_common_word", 0.95, 4),
    "common_word.other": Rule("name_translated_as_common_word", 0.94, 3),
    "common_word.context": Rule("name_translated_as_common_word", 0.91, 1),
    "garbled.source": Rule("truncated_or_garbled", 0.97, 4),
    "garbled.source.sound": Rule("truncated_or_garbled", 0.93, 4),
    "garbled.source.sound.new": Rule("truncated_or_garbled", 0.88, 4),
    "garbled.other": Rule("truncated_or_garbled", 0.92, 3),
    "garbled.article": Rule("truncated_or_garbled", 0.91, 2),
    "garbled.context": Rule("truncated_or_garbled", 0.9, 1),
    "pivot.word": Rule("untranslated_pivot_residue", 0.93, 1),
    "pivot.acronym": Rule("untranslated_pivot_residue", 0.92, 2),
    "pivot.letters": Rule("untranslated_pivot_residue", 0.8, 2, "variant"),
    "pivot.compound": Rule("untranslated_pivot_residue", 0.9, 2),
    "pivot.possessive": Rule("untranslated_pivot_residue", 0.95, 1),
    "pivot.stem": Rule("untranslated_pivot_residue", 0.8, 2),
    "script.mixed": Rule("wrong_script", 0.98, 5),
    "script.alien": Rule("wrong_script", 0.95, 1),
    "script.latin": Rule("wrong_script", 0.85, 2, "variant"),
    "spelling.article": Rule("inconsistent_spelling", 0.85, 2, "variant"),
    "spelling.style": Rule("inconsistent_spelling", 0.95, 2, "variant"),
    # These two come with a probability of their own (`eval.names.rules.absence`), as each case's doubt.
    "missing.source": Rule("missing_name", 0.99, 4),
    "missing.source.weak": Rule("missing_name", 0.99, 4, "variant"),
}


def calibrated(rule: str) -> float:
    """The probability that a finding of a rule is right, as far as the counts that ship with muwazi tell."""
    return _calibrated()[rule]


def probability(rule: str, counts: Counts) -> float:
    """The probability that a finding of a rule is right, given how often it was right and wrong."""
    right, wrong = counts.get(rule, (0, 0))
    start = RULES[rule].confidence
    return round(min(_MOST, (right + _START_WEIGHT * start) / (right + wrong + _START_WEIGHT)), 4)


@cache
def _calibrated() -> Mapping[str, float]:
    text = resources.files("eval.names.data").joinpath(COUNTS).read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.split("\n") if line and not line.startswith("#")]
    counts = {rule: (int(right), int(wrong)) for rule, right, wrong in rows}
    return {rule: probability(rule, counts) for rule in RULES}
