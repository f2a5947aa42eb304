"""A name finding in, its place in the MQM typology out: the category and the severity that a report shows.

Categories are those of MQM as the WMT metrics tasks use it (Freitag et al., 2021), written `Dimension/Type`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from eval.names.entity import FindingKind, NameFinding
from eval.result import FlagKind, FlagSeverity


@dataclass(frozen=True, slots=True)
class Mqm:
    """An MQM category with a severity."""

    category: str
    severity: FlagSeverity


NAMES: Mapping[FindingKind, Mqm] = {
    "casing": Mqm("Fluency/Spelling", "minor"),
    "misspelling": Mqm("Fluency/Spelling", "major"),
    "romanised_foreign_name": Mqm("Accuracy/Mistranslation", "major"),
    "acronym_misexpansion": Mqm("Accuracy/Mistranslation", "critical"),
    "name_translated_as_common_word": Mqm("Accuracy/Mistranslation", "major"),
    "truncated_or_garbled": Mqm("Accuracy/Mistranslation", "major"),
    "untranslated_pivot_residue": Mqm("Accuracy/Untranslated", "major"),
    "wrong_script": Mqm("Fluency/Character encoding", "major"),
    "inconsistent_spelling": Mqm("Terminology/Inconsistent use", "minor"),
    "missing_name": Mqm("Accuracy/Omission", "major"),
}

FLAGS: Mapping[FlagKind, Mqm] = {
    "number_mismatch": Mqm("Accuracy/Mistranslation", "major"),
    "untranslated": Mqm("Accuracy/Untranslated", "major"),
    "wrong_script": Mqm("Fluency/Character encoding", "major"),
    "repetition": Mqm("Accuracy/Addition", "major"),
    "length_ratio": Mqm("Accuracy/Omission", "minor"),
    "omission": Mqm("Accuracy/Omission", "major"),
    "addition": Mqm("Accuracy/Addition", "major"),
    "unbalanced_marks": Mqm("Fluency/Punctuation", "minor"),
    "low_similarity": Mqm("Accuracy/Mistranslation", "major"),
    "contradicts_retranslation": Mqm("Accuracy/Mistranslation", "major"),
}

LABELS: Mapping[str, str] = {
    "casing": "wrong capitals",
    "misspelling": "misspelt name",
    "romanised_foreign_name": "name in foreign romanisation",
    "acronym_misexpansion": "acronym expanded wrongly",
    "name_translated_as_common_word": "name translated as a word",
    "truncated_or_garbled": "garbled name",
    "untranslated_pivot_residue": "left in another language",
    "wrong_script": "wrong script",
    "inconsistent_spelling": "inconsistent spelling",
    "missing_name": "missing name",
    "number_mismatch": "number does not match",
    "untranslated": "left untranslated",
    "repetition": "repetition loop",
    "length_ratio": "unusual length",
    "omission": "sentence left out",
    "addition": "sentence added",
    "unbalanced_marks": "unbalanced marks",
    "low_similarity": "low similarity",
    "contradicts_retranslation": "contradicts re-translation",
}


def of_finding(finding: NameFinding) -> Mqm:
    """The category of a name finding's kind; a `variant` is never more than minor."""
    known = NAMES[finding.kind]
    return known if finding.severity == "error" else Mqm(known.category, "minor")


def label(kind: str) -> str:
    """What a kind is called in a sentence for people."""
    return LABELS.get(kind, kind.replace("_", " "))
