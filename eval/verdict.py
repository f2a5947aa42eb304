"""A summary, segment scores and findings in, a verdict out: a grade, a headline that an editor trusts, the reasons.

The headline says first whether the text can be used, then what must be done. Each reason is one line with its figures.
Thresholds are in `eval.settings`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from corpora.translation import Direction
from eval.names.entity import NameFinding
from eval.result import FlagKind, Grade, SegmentScore, Summary, Verdict
from eval.settings import DEFAULT, EvalSettings

_GRAVE = frozenset({"critical", "major"})
_ORDER: tuple[Grade, ...] = ("good", "usable", "poor", "unusable")
_REASONS: Mapping[FlagKind, tuple[str, str]] = {
    "number_mismatch": ("{n} number does not match {side}", "{n} numbers do not match {side}"),
    "untranslated": ("{n} stretch was left untranslated", "{n} stretches were left untranslated"),
    "wrong_script": ("{n} stretch is in the wrong script", "{n} stretches are in the wrong script"),
    "repetition": ("{n} phrase is repeated in a loop", "{n} phrases are repeated in loops"),
    "omission": ("{n} sentence of {side} has been left out", "{n} sentences of {side} have been left out"),
    "addition": ("{n} sentence has no counterpart in {side}", "{n} sentences have no counterpart in {side}"),
    "low_similarity": ("{n} sentence hardly says what {side} says", "{n} sentences hardly say what {side} says"),
    "length_ratio": ("{n} sentence has an unusual length", "{n} sentences have an unusual length"),
    "contradicts_retranslation": (
        "{n} sentence contradicts the {direction} re-translation",
        "{n} sentences contradict the {direction} re-translation",
    ),
    "unbalanced_marks": (
        "{n} quotation mark or bracket is not closed",
        "{n} quotation marks or brackets are not closed",
    ),
}


def decide(
    summary: Summary,
    segments: Sequence[SegmentScore],
    findings: Sequence[NameFinding],
    *,
    direction: Direction | None = None,
    role: Literal["source", "other"] = "source",
    settings: EvalSettings = DEFAULT,
) -> Verdict:
    """Grade an article.

    Args:
        direction: of the re-translation, where there is one; every reason that rests on it says so.
        role: what the article was held against.
    """
    grade = _grade(summary, segments, findings, settings)
    reasons = [
        *_name_reasons(summary, findings, settings),
        *_flag_reasons(segments, direction, role),
        *_score_reasons(summary),
    ]
    return Verdict(grade, _headline(grade, segments, findings), tuple(reasons))


def _grade(
    summary: Summary, segments: Sequence[SegmentScore], findings: Sequence[NameFinding], settings: EvalSettings
) -> Grade:
    """The worst of what the sentences and the names say for themselves."""
    grave = sum(any(flag.severity in _GRAVE for flag in segment.flags) for segment in segments)
    share = grave / max(summary.sentences, 1)
    limits = (settings.good_share, settings.usable_share, settings.poor_share)
    by_sentences = sum(share > limit for limit in limits)
    if summary.similarity is not None and summary.similarity < settings.good_similarity:
        by_sentences = max(by_sentences, 1 if summary.similarity >= settings.usable_similarity else 2)
    return _ORDER[max(by_sentences, _by_names(summary, findings, settings), 1 if grave else 0)]


def _by_names(summary: Summary, findings: Sequence[NameFinding], settings: EvalSettings) -> int:
    """Names alone never make an article unusable: they can be repaired."""
    errors = sum(finding.severity == "error" for finding in findings)
    if not errors:
        return 0
    fixable = sum(finding.severity == "error" and finding.canonical is not None for finding in findings)
    accuracy = summary.name_accuracy
    hopeless = accuracy is not None and accuracy < settings.usable_names and 2 * fixable < errors
    return 2 if hopeless else 1


def _headline(grade: Grade, segments: Sequence[SegmentScore], findings: Sequence[NameFinding]) -> str:
    errors = sum(finding.severity == "error" for finding in findings)
    names = f"{errors} name{' is' if errors == 1 else 's are'} corrupted" if errors else ""
    grave = sum(any(flag.severity in _GRAVE for flag in segment.flags) for segment in segments)
    sentences = f"{grave} sentence{' needs' if grave == 1 else 's need'} a second look" if grave else ""
    told = " and ".join(part for part in (names, sentences) if part)
    if grade == "good":
        return "Ready to publish: nothing serious was found"
    if grade == "usable":
        cure = "repair before publishing" if errors else "read them before publishing"
        return (
            f"Readable, but {told}: {cure}" if told else "Readable, but loosely translated: compare it with the source"
        )
    if grade == "poor":
        return f"Have it revised against the source: {told or 'it says too little of what the source says'}"
    return f"Translate it anew: {told or 'it hardly says what the source says'}"


def _name_reasons(summary: Summary, findings: Sequence[NameFinding], settings: EvalSettings) -> Iterator[str]:
    errors = [finding for finding in findings if finding.severity == "error"]
    if errors:
        least = settings.min_repair_confidence
        sure = sum(f.canonical is not None and f.confidence >= least and f.start < f.end for f in errors)
        commonest = Counter(f.surface for f in errors if f.surface).most_common(3)
        shown = ", ".join(f"“{name}”" + (f" (×{times})" if times > 1 else "") for name, times in commonest)
        detail = f": {shown}" if shown else ""
        yield f"{_plural(len(errors), 'name')} in error, {sure} of them can be repaired by muwazi names fix{detail}"
    variants = len(findings) - len(errors)
    if variants:
        yield f"{_plural(variants, 'name')} acceptable but inconsistent or against house style"
    if summary.name_accuracy is not None:
        within = ""
        if summary.name_interval is not None:
            low, high = summary.name_interval
            within = f" (95 % interval {100 * low:.1f} to {100 * high:.1f})"
        checked = _plural(summary.names_checked, "mention")
        yield f"Name accuracy {100 * summary.name_accuracy:.1f} % over {checked}{within}"


def _flag_reasons(
    segments: Sequence[SegmentScore], direction: Direction | None, role: Literal["source", "other"]
) -> Iterator[str]:
    side = "the source" if role == "source" else "the other translation"
    counts = Counter(flag.kind for segment in segments for flag in segment.flags)
    for kind, (one, many) in _REASONS.items():
        if counts[kind]:
            yield (one if counts[kind] == 1 else many).format(n=counts[kind], direction=direction or "", side=side)


def _score_reasons(summary: Summary) -> Iterator[str]:
    if summary.similarity is not None:
        yield f"Mean similarity of meaning {summary.similarity:.2f} (1 is the same)"
    for metric in summary.metrics:
        within = f" (95 % interval {metric.interval[0]:.1f} to {metric.interval[1]:.1f})" if metric.interval else ""
        yield f"{metric.name} {metric.value:.1f} against the {metric.against}{within}"


def _plural(amount: int, one: str) -> str:
    return f"{amount:,} {one}{'' if amount == 1 else 's'}"
