"""How far each rule is to be believed: the one table of probabilities, one row for each rule and kind of evidence.

The values were set by hand and then moved towards the share of each rule's findings that were right on planted errors
(`tests/benchmarks/names.py` prints that share, with a quarter of the entities held out of the base). Plants come by the
dozen where real errors are rare, so a rule that rests on likeness alone stays below the .9 from which repairs are made
unasked. Rules whose evidence does not suffice for an `error` say `variant`.
"""

from __future__ import annotations

from dataclasses import dataclass

from eval.names.entity import FindingKind, Severity


@dataclass(frozen=True, slots=True)
class Rule:
    """What a rule's findings are called, how bad they are, and how likely right.

    Attributes:
        rank: strength of its evidence: 4 the source, 3 another translation, 2 the article, 1 the base or the word
        itself.
            Of two findings about one stretch the one with the stronger evidence stays.
    """

    kind: FindingKind
    confidence: float
    rank: int
    severity: Severity = "error"


RULES: dict[str, Rule] = {
    "casing.source": Rule("casing", 0.98, 4),
    "casing.other": Rule("casing", 0.98, 3),
    "casing.known": Rule("casing", 0.97, 1),
    "casing.article": Rule("casing", 0.9, 2),
    "misspelling.source": Rule("misspelling", 0.97, 4),
    "misspelling.source.script": Rule("misspelling", 0.9, 4),
    "misspelling.sound": Rule("misspelling", 0.85, 4, "variant"),
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
    "garbled.other": Rule("truncated_or_garbled", 0.92, 3),
    "garbled.article": Rule("truncated_or_garbled", 0.91, 2),
    "garbled.context": Rule("truncated_or_garbled", 0.9, 1),
    "pivot.word": Rule("untranslated_pivot_residue", 0.93, 1),
    "pivot.acronym": Rule("untranslated_pivot_residue", 0.92, 2),
    "pivot.compound": Rule("untranslated_pivot_residue", 0.9, 2),
    "pivot.possessive": Rule("untranslated_pivot_residue", 0.95, 1),
    "pivot.stem": Rule("untranslated_pivot_residue", 0.8, 2),
    "script.mixed": Rule("wrong_script", 0.98, 5),
    "script.alien": Rule("wrong_script", 0.95, 1),
    "script.latin": Rule("wrong_script", 0.85, 2, "variant"),
    "spelling.article": Rule("inconsistent_spelling", 0.85, 2, "variant"),
    "spelling.style": Rule("inconsistent_spelling", 0.95, 2, "variant"),
    "missing.source": Rule("missing_name", 0.9, 4),
    "missing.source.gap": Rule("missing_name", 0.95, 4),
    "missing.source.weak": Rule("missing_name", 0.5, 4, "variant"),
}
