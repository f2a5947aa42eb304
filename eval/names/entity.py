"""The nouns of names: an entity that the knowledge base knows, and a finding about one name in one text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

EntityType = Literal["person", "organisation", "product", "place", "outlet", "acronym", "work", "event", "currency"]
FormStatus = Literal["canonical", "accepted", "wrong"]
FindingKind = Literal[
    "casing",
    "misspelling",
    "romanised_foreign_name",
    "acronym_misexpansion",
    "name_translated_as_common_word",
    "truncated_or_garbled",
    "untranslated_pivot_residue",
    "wrong_script",
    "inconsistent_spelling",
    "missing_name",
]
Severity = Literal["error", "variant"]


@dataclass(frozen=True, slots=True)
class Form:
    """One way to write an entity in one language.

    Attributes:
        text: as it is written.
        lang: BCP-47 code; `mul` for a form that every language uses (a Latin brand name).
        status: `canonical` (what a repair writes), `accepted` (right, left alone) or `wrong` (an attested corruption,
            wrong only where the evidence says that this entity is meant).
    """

    text: str
    lang: str
    status: FormStatus = "accepted"


@dataclass(frozen=True, slots=True)
class Entity:
    """One person, organisation, product, place or acronym of the knowledge base.

    Attributes:
        id: stable, lower case, `type:slug` (`person:jensen-huang`).
        name: the English name; what `NameFinding.entity` holds.
        type: what it is.
        forms: every known form, the canonical one of each language first.
        common_word: its surface is also an ordinary word (Meta, Apple, Oracle, Orange): never repaired *into*.
        context: lower-case words that speak for this reading where a form is ambiguous.
    """

    id: str
    name: str
    type: EntityType
    forms: tuple[Form, ...]
    common_word: bool = False
    context: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """One reason for a finding.

    Attributes:
        source: where the reason stands, strongest first in a finding: the aligned `source` sentence, an `other`
            translation, the `article`, the `knowledge` base, the word's own `script`, or a `rule`.
        detail: one sentence for the editor.
        path: file of the witness, where there is one.
        start, end: code points in that file's `Article.text` (the witness's own name), where there are any.
    """

    source: Literal["source", "other", "article", "knowledge", "script", "rule"]
    detail: str
    path: str | None = None
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class NameFinding:
    """One name that is wrong, or right but inconsistent.

    Attributes:
        id: stable within the file: the same text gives the same id (`n1`, `n2` … in text order).
        start, end: code points of `Article.text`; the name alone, clitics outside, the fused article inside.
        surface: `text[start:end]`.
        kind: what happened to it.
        entity: English name in the base; None for what no base knows.
        canonical: ready to be put in its place; None where only a person can say.
        confidence: probability that the finding is right, 0 to 1, four digits.
        severity: `error` (repair it) or `variant` (acceptable, but inconsistent or against house style).
        evidence: why, strongest first.
        sentence: index of the sentence it stands in.
        rule: which rule found it: a key of `eval.names.rules.calibration.RULES`.
    """

    id: str
    start: int
    end: int
    surface: str
    kind: FindingKind
    entity: str | None
    canonical: str | None
    confidence: float
    severity: Severity
    evidence: tuple[Evidence, ...]
    sentence: int | None = None
    rule: str = ""
