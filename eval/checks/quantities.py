"""A segment in, flags for numbers that came out different: another amount, another order of magnitude, none at all.

`corpora.numbers` says what numbers a text holds. What matches there by value is settled; this module judges the rest,
and only where it is sure: people write numbers in words, round them, convert miles and pounds, and leave dates to
context.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from corpora.numbers import Number, numbers
from corpora.script import folded
from eval.checks.segment import Segment
from eval.result import Flag, FlagSeverity
from eval.settings import EvalSettings

# Factors between units that translators convert: miles, feet, inches, yards, pounds, ounces, gallons, acres, pints.
_CONVERSIONS = (
    1.609,
    0.3048,
    30.48,
    2.54,
    25.4,
    0.9144,
    0.4536,
    28.35,
    3.785,
    4.546,
    0.4047,
    0.473,
    0.568,
    2.59,
    14,
    12,
)
_CONVERSION_SLACK = 0.08
_THREE_PLACES = re.compile(r"(?<!\d)\d{1,3}[.,٫]\d{3}(?!\d)")
_UNIT = re.compile(
    r"mile|mille|mph|\bkm|kilo|\bf(?:oo|ee)?t\b|pieds?\b|inch|pouce|\bc?m\b|cm\b|met(?:er|re)|yard|pound|\blbs?\b|livre|ounce|\boz\b|"
    r"\bk?g\b|gram|gallon|lit(?:er|re)|acre|hectare|pint|stone|degre|°|ميل|اميال|كيلو|كم\b|متر|امتار|قدم|اقدام|بوص|ياردة|"
    r"رطل|ارطال|اوقي|غرام|جرام|جالون|غالون|لتر|فدان|هكتار|درج"
)
_KINDS = (("percent", "points"), ("money", "plain", "ordinal", "date"), ("year",))
_MILDER: Mapping[FlagSeverity, FlagSeverity] = {"critical": "major", "major": "minor"}
_SLIPS = {3, 6, 9, 12, -3, -6, -9, -12}
_WORDS = {3: "thousand", 6: "million", 9: "billion", 12: "trillion"}


def check(segment: Segment, settings: EvalSettings) -> Iterator[Flag]:
    """Flag scale slips, amounts that differ, and amounts that are not there."""
    if not segment.certain:
        return
    theirs, ours = _unmatched(
        numbers(segment.source.text, segment.source_lang), numbers(segment.target.text, segment.target_lang)
    )
    for source, target in _slips(theirs, ours):
        theirs, ours = [n for n in theirs if n is not source], [n for n in ours if n is not target]
        yield _flag(segment, source, target, "critical", _slip_told(source, target, segment))
    for source, target in _changed(theirs, ours, segment):
        detail = f"{segment.other_side} has “{source.text}”, {segment.this_side} “{target.text}”"
        yield _flag(segment, source, target, "major", detail)
    if not ours or not theirs:
        yield from _alone(theirs, ours, segment)


def _unmatched(theirs: Sequence[Number], ours: Sequence[Number]) -> tuple[list[Number], list[Number]]:
    """What is left of both when equal values are taken away, each with one of the other side."""
    left, right = [], list(ours)
    for number in theirs:
        same = next((other for other in right if _equal(number, other)), None)
        if same is None:
            left.append(number)
        else:
            right.remove(same)
    # A number may be said once on one side and twice on the other.
    return (
        [n for n in left if not any(_equal(n, other) for other in ours)],
        [n for n in right if not any(_equal(n, other) for other in theirs)],
    )


def _equal(left: Number, right: Number) -> bool:
    if left.value == right.value:
        return True
    if "time" in (left.kind, right.kind):
        return _hours(left) == _hours(right)
    return _ambiguous(left, right) or _ambiguous(right, left)


def _ambiguous(left: Number, right: Number) -> bool:
    """`15.000`: fifteen or fifteen thousand, as the writer's habit has it; the other side decides."""
    return left.value * 1000 == right.value and _THREE_PLACES.search(left.text) is not None


def _hours(number: Number) -> Decimal:
    """A time as hours of a twelve-hour clock, any other number as it is."""
    return (
        (number.value / 60) % 12 if number.kind == "time" else number.value % 12 if number.value <= 24 else number.value
    )


def _slips(theirs: Sequence[Number], ours: Sequence[Number]) -> Iterator[tuple[Number, Number]]:
    """Pairs of the same digits with another thousand, million, billion or trillion."""
    free = list(ours)
    for source in theirs:
        for target in free:
            if _is_slip(source, target):
                free.remove(target)
                yield source, target
                break


def _is_slip(source: Number, target: Number) -> bool:
    if not source.scale or not target.scale or source.vague != target.vague:
        return False
    same_digits = source.value.scaleb(-source.scale) == target.value.scaleb(-target.scale)
    return same_digits and target.scale - source.scale in _SLIPS


def _slip_told(source: Number, target: Number, segment: Segment) -> str:
    power = target.scale - source.scale
    times = f"a {_WORDS.get(abs(power), f'10^{abs(power)}')} times {'more' if power > 0 else 'less'}"
    return f"{segment.other_side} has “{source.text}”, {segment.this_side} “{target.text}”: {times}"


def _changed(theirs: Sequence[Number], ours: Sequence[Number], segment: Segment) -> Iterator[tuple[Number, Number]]:
    """Pairs of amounts that must be each other's rendering, since each side has just one left of its kind."""
    for kinds in _KINDS:
        left = [number for number in theirs if number.kind in kinds]
        right = [number for number in ours if number.kind in kinds]
        if len(left) != 1 or len(right) != 1:
            continue
        source, target = left[0], right[0]
        excused = _is_converted(source, target, segment) or _is_rounded(source, target)
        if _is_hard(source) and _is_hard(target) and not excused:
            yield source, target


def _alone(theirs: Sequence[Number], ours: Sequence[Number], segment: Segment) -> Iterator[Flag]:
    """Amounts that only one side has, where the other has nothing left that could be their rendering."""
    for number in theirs:
        if _is_weighty(number, segment.source.text):
            detail = f"{segment.other_side} has “{number.text}”, {segment.this_side} does not"
            yield _flag(segment, number, None, "major", detail)
    for number in ours:
        if _is_weighty(number, segment.target.text):
            detail = f"{segment.this_side} has “{number.text}”, {segment.other_side} does not"
            yield _flag(segment, None, number, "major", detail)


def _is_weighty(number: Number, text: str) -> bool:
    """Whether an amount is one that nobody leaves out or puts into words: not 100 %, not a conversion in brackets."""
    if not _is_hard(number) or number.kind in {"year", "date", "time", "ordinal"}:
        return False
    beside = text[max(number.start - 2, 0) : number.start] + text[number.end : number.end + 12]
    bracketed = "(" in beside and _measures(number, text)
    whole = number.kind == "percent" and number.value == 100
    return not bracketed and not whole and (number.kind != "plain" or number.scale >= 6 or abs(number.value) >= 100)


def _is_hard(number: Number) -> bool:
    """Whether an amount is written in digits: words leave room."""
    return not number.spelled and not number.vague


def _is_converted(source: Number, target: Number, segment: Segment) -> bool:
    """Whether one is the other in another unit or currency."""
    if source.unit and target.unit and source.unit != target.unit:
        return True
    measured = _measures(source, segment.source.text) or _measures(target, segment.target.text)
    if not measured or not source.value or not target.value:
        return False
    for fahrenheit, celsius in ((source.value, target.value), (target.value, source.value)):
        if abs((fahrenheit - 32) * 5 / 9 - celsius) <= 1:
            return True
    ratio = abs(float(target.value / source.value))
    return any(
        abs(ratio / factor - 1) < _CONVERSION_SLACK or abs(ratio * factor - 1) < _CONVERSION_SLACK
        for factor in _CONVERSIONS
    )


def _measures(number: Number, text: str) -> bool:
    """Whether a unit that people convert stands at or behind a number."""
    return _UNIT.search(folded(text[number.start : number.end + 24], case=True)) is not None


def _is_rounded(source: Number, target: Number) -> bool:
    """Whether the target is the source with fewer significant digits."""
    if not source.value:
        return False
    near = abs(target.value - source.value) <= abs(source.value) / 20
    return near and _significant(target.value) < _significant(source.value)


def _significant(value: Decimal) -> int:
    return len(value.normalize().as_tuple().digits)


def _flag(segment: Segment, source: Number | None, target: Number | None, severity: FlagSeverity, detail: str) -> Flag:
    # Of two translations that differ nobody knows from here which one is wrong.
    if segment.role == "other":
        severity, detail = _MILDER[severity], f"{detail} (one of them is wrong)"
    return Flag(
        "number_mismatch",
        severity,
        "Accuracy/Mistranslation",
        detail,
        segment.target.spans(target.start, target.end) if target else (),
        segment.source.spans(source.start, source.end) if source else (),
    )
