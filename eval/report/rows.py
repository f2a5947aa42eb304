"""A check's result in, one row for each bead out: what stands on each side, what is marked in it, and its repair.

Every report format is drawn from these rows, so that all of them tell the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from alignment.beads import Bead
from corpora.article import Mark, Sentence
from eval.mqm import of_finding
from eval.names.entity import NameFinding
from eval.result import CheckResult, Flag, FlagSeverity, SegmentScore, Witness
from eval.settings import DEFAULT, EvalSettings


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a row: its sentences, with their numbers in their article (from 0)."""

    indices: tuple[int, ...]
    sentences: tuple[Sentence, ...]

    @property
    def text(self) -> str:
        """The sentences joined by a space."""
        return " ".join(sentence.text for sentence in self.sentences)


@dataclass(frozen=True, slots=True)
class Row:
    """One bead as a report shows it.

    Attributes:
        number: from 1, in the order of the report; `s{number}` is the row's stable id.
        bead: None for an article without a witness, whose rows are its sentences.
        retranslation: of this bead's sentences, None where there is none.
        repaired: the translation with every sure finding put right; None where nothing changes.
        mark: set where every sentence of the row is a repeat or boilerplate.
    """

    number: int
    bead: Bead | None
    source: Side
    target: Side
    retranslation: str | None
    score: SegmentScore | None
    findings: tuple[NameFinding, ...]
    repaired: str | None
    mark: Mark | None

    @property
    def id(self) -> str:
        """The row's id in a report, for links."""
        return f"s{self.number}"

    @property
    def is_gap(self) -> bool:
        """Whether a side is empty although there is a witness."""
        return self.bead is not None and self.bead.is_gap

    @property
    def flags(self) -> tuple[Flag, ...]:
        """What looks wrong in the row apart from names."""
        return self.score.flags if self.score else ()


def main_witness(result: CheckResult) -> Witness | None:
    """What the article is shown beside: the source where there is one."""
    return result.witnesses[0] if result.witnesses else None


def rows(result: CheckResult, *, settings: EvalSettings = DEFAULT) -> list[Row]:
    """All rows of a result, in the order of its main witness (of the article where there is none)."""
    witness = main_witness(result)
    beads = witness.alignment.beads if witness else tuple(Bead((), (i,), 0.0) for i in range(len(result.sentences)))
    scores = {score.bead: score for score in result.segments}
    by_sentence = _findings_by_sentence(result)
    made = []
    for index, bead in enumerate(beads):
        target = _side(result.sentences, bead.target)
        findings = tuple(finding for number in bead.target for finding in by_sentence.get(number, ()))
        source = _side(witness.sentences if witness else (), bead.source)
        made.append(
            Row(
                number=index + 1,
                bead=bead if witness else None,
                source=source,
                target=target,
                retranslation=_retranslation(result, bead),
                score=scores.get(index),
                findings=findings,
                repaired=_repaired(target, findings, settings.min_repair_confidence),
                mark=_mark(source, target),
            )
        )
    return made


_WEIGHTS: Mapping[FlagSeverity, float] = {"critical": 25.0, "major": 5.0, "minor": 1.0, "neutral": 0.0}
"""Penalties of an MQM score (Freitag et al., 2021, weigh a non-translation as 25, a major error 5, a minor one 1)."""


def gravest(all_rows: Sequence[Row], most: int = 8) -> list[Row]:
    """The rows to look at first: those whose errors and flags weigh most, in the order of the report."""
    weights = {row.number: _weight(row) for row in all_rows if not row.mark}
    chosen = sorted((row for row in all_rows if weights.get(row.number)), key=lambda r: (-weights[r.number], r.number))
    return sorted(chosen[:most], key=lambda row: row.number)


def _weight(row: Row) -> float:
    names = sum(_WEIGHTS[of_finding(finding).severity] for finding in row.findings if finding.severity == "error")
    return names + sum(_WEIGHTS[flag.severity] for flag in row.flags)


def _side(sentences: Sequence[Sentence], indices: tuple[int, ...]) -> Side:
    return Side(indices, tuple(sentences[index] for index in indices))


def _findings_by_sentence(result: CheckResult) -> dict[int, list[NameFinding]]:
    """Findings by the sentence they stand in; one between two sentences goes with the sentence before it."""
    found: dict[int, list[NameFinding]] = {}
    starts = [sentence.start for sentence in result.sentences]
    for finding in result.findings:
        number = finding.sentence
        if number is None:
            number = max((i for i, start in enumerate(starts) if start <= finding.start), default=0)
        found.setdefault(number, []).append(finding)
    for several in found.values():
        several.sort(key=lambda finding: (finding.start, -finding.end, finding.id))
    return found


def _retranslation(result: CheckResult, bead: Bead) -> str | None:
    """The re-translation of a bead: of its source sentences (forward) or of its target sentences (back)."""
    translation = result.retranslation
    if translation is None:
        return None
    indices = bead.source if translation.direction == "forward" else bead.target
    texts = [translation.texts[index] for index in indices if index < len(translation.texts)]
    return " ".join(texts) if texts else None


def _repaired(target: Side, findings: Sequence[NameFinding], least: float) -> str | None:
    """The row's translation with its errors put right, or None where no repair is sure."""
    chosen = sorted((f for f in findings if repairable(f, least)), key=lambda f: (f.start, -f.end))
    if not chosen:
        return None
    parts = []
    for sentence in target.sentences:
        at, text = sentence.start, []
        for finding in chosen:
            if at <= finding.start and finding.end <= sentence.end:
                text += [sentence.text[at - sentence.start : finding.start - sentence.start], finding.canonical or ""]
                at = finding.end
        parts.append("".join([*text, sentence.text[at - sentence.start :]]))
    return " ".join(parts)


def repairable(finding: NameFinding, least: float) -> bool:
    """Whether a repair is known and sure enough to be made without asking."""
    sure = finding.severity == "error" and finding.confidence >= least
    return sure and finding.canonical is not None and finding.start < finding.end


def _mark(source: Side, target: Side) -> Mark | None:
    marks = [sentence.mark for sentence in (*target.sentences, *source.sentences)]
    return marks[0] if marks and all(marks) else None
