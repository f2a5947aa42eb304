"""A segment with its re-translation in, flags out for what they say differently and the third text says as the latter.

Forward, the translation is compared with the source translated anew; back, the source with the translation translated
back. A difference alone proves nothing, since two good translations differ: the third text must side with the
re-translation. Wherever a flag rests on a re-translation its text says which way that goes.
"""

from __future__ import annotations

from collections.abc import Iterator

from corpora.numbers import Number, numbers
from eval.checks.polarity import may_negate, negates
from eval.checks.segment import Segment, excerpt
from eval.result import Flag
from eval.settings import EvalSettings


def check(segment: Segment, settings: EvalSettings) -> Iterator[Flag]:
    """Flag a lost negation, a number in words that changed, and a re-translation that is about something else."""
    if segment.retranslation is None or not segment.certain:
        return
    reasons = [*_lost_negation(segment), *_changed_number(segment), *_unlike(segment, settings)]
    if reasons:
        told = f"against the {segment.direction} re-translation: {'; '.join(reasons)}"
        yield Flag("contradicts_retranslation", "major", "Accuracy/Mistranslation", told)


def _lost_negation(segment: Segment) -> Iterator[str]:
    """The source denies something, the re-translation says so too, and in the translation there is no trace of it.

    Back, the re-translation shows the translation: there it is the source that is denied by both.
    """
    again = segment.retranslation or ""
    denied = negates(segment.source.text, segment.source_lang)
    traceless = may_negate(segment.target.text, segment.target_lang) is False
    if segment.direction == "forward":
        backed = negates(again, segment.target_lang)
    else:
        backed = may_negate(again, segment.source_lang) is False
    if denied and traceless and backed:
        yield f"a negation is lost (“{excerpt(segment.source.text)}”)"


def _changed_number(segment: Segment) -> Iterator[str]:
    """The texts of one language have one number each that the other has not, and the third text has one of them."""
    again = segment.retranslation or ""
    forward = segment.direction == "forward"
    lang = segment.target_lang if forward else segment.source_lang
    ours = numbers(segment.target.text if forward else segment.source.text, lang)
    theirs = numbers(again, lang)
    other, other_lang = (segment.source, segment.source_lang) if forward else (segment.target, segment.target_lang)
    third = numbers(other.text, other_lang)
    left, right = _without(ours, theirs), _without(theirs, ours)
    if len(left) != 1 or len(right) != 1 or left[0].kind != right[0].kind:
        return
    backed = any(number.value == right[0].value for number in third)
    refuted = not any(number.value == left[0].value for number in third)
    if backed and refuted and (left[0].spelled or right[0].spelled):
        yield f"“{left[0].text}” here, “{right[0].text}” there"


def _without(numbers: list[Number], others: list[Number]) -> list[Number]:
    values = {number.value for number in others}
    return [number for number in numbers if number.value not in values and number.kind not in {"time", "ordinal"}]


def _unlike(segment: Segment, settings: EvalSettings) -> Iterator[str]:
    if segment.likeness is None or segment.chrf is None:
        return
    if segment.likeness < settings.contradiction_similarity and segment.chrf < settings.contradiction_chrf:
        yield f"hardly anything in common (similarity {segment.likeness:.2f}, chrF++ {segment.chrf:.0f})"
