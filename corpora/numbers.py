"""Text in, the numbers that stand in it out: where, how much, and of what kind.

One place that says what numbers a text holds, whatever its digits (Latin, Arabic-Indic, Persian, full-width), its
grouping and decimal signs (1 234,5 · 1,234.5 · ١٬٢٣٤٫٥), its scale words (billion, milliard, مليار, 亿; *billion* is
10^12 in French), and cardinals in words where those are safe ("three", "deux cents", "خمسة وعشرين", "三百二十"). What a
difference between two texts means is judged in `eval.adequacy`.

Left out on purpose: digits inside names (GPT-4, H100, 5G, Covid-19), versions with two dots, and words that are numbers
only sometimes ("one", "un", "neuf", "ألف" alone).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from corpora.digits import HAN_NUMERALS, HAN_SCALES, normalise, parse_digits, parse_han
from corpora.number_patterns import (
    ATTACHED,
    HALF_DAY,
    HOUR,
    MONEY_AFTER,
    MONEY_BEFORE,
    SHORT_MILLION,
    TWO_DIGITS_OF_YEAR,
    YEAR_BEFORE,
    Patterns,
    currency,
    patterns,
)
from corpora.number_words import CURRENCY_SIGNS

Kind = Literal["plain", "percent", "points", "money", "year", "date", "time", "ordinal"]

_ABBREVIATED = {"k": 3, "m": 6, "b": 9, "t": 12}
_UNITS = frozenset(
    {"km", "m", "cm", "mm", "nm", "kg", "g", "mg", "l", "ml", "ha", "km²", "m²", "m³", "km/h", "mph", "°c", "°f", "°"}
    | {"kw", "mw", "gw", "kwh", "mwh", "gwh", "twh", "hz", "khz", "mhz", "ghz", "go", "mo", "to", "ko"}
    | {"gb", "mb", "tb", "kb"}
)
_HAN_CHAIN = re.compile(f"[0-9.{HAN_NUMERALS}]+")
# A chain of scale words beyond this is no amount.
_LARGEST = 30


@dataclass(frozen=True, slots=True)
class Number:
    """One number as it stands in a text, with the words and signs that belong to it.

    Attributes:
        start, end: code points; `text` is what stands there.
        value: scale included (1.2 billion is 1200000000); minutes after midnight for a time.
        kind: `date` is the day or month of a date; `points` are percentage points.
        scale: power of ten that words or letters gave (9 in "1.2 billion"), 0 below a thousand.
        unit: family of the currency (`dollar`), or the unit that is glued to the digits (`km`).
        vague: an order of magnitude only ("billions of dollars", "مئات الملايين", "数十亿").
        spelled: no digit in it.
    """

    start: int
    end: int
    text: str
    value: Decimal
    kind: Kind = "plain"
    scale: int = 0
    unit: str | None = None
    vague: bool = False
    spelled: bool = False


def numbers(text: str, lang: str) -> list[Number]:
    """All numbers of a text, in order, without overlap.

    >>> [str(number.value) for number in numbers("Il a levé 1,2 milliard d’euros en 2024", "fr")]
    ['1200000000.0', '2024']
    """
    reader = _Reader(text, lang)
    found = _share_ranges(_add_up(list(reader.read()), reader), reader)
    return [replace(number, text=text[number.start : number.end]) for number in found]


def _power(exponent: int) -> Decimal:
    return Decimal(10) ** exponent


class _Reader:
    """Reads the numbers of one text, from left to right."""

    def __init__(self, text: str, lang: str) -> None:
        self.text = text
        self.norm = normalise(text)
        self.patterns: Patterns = patterns(lang)
        self.words = self.patterns.words
        # Where the number before ends: what belongs to that one does not belong to this one as well.
        self.done = 0
        self.counted = self.words.cardinals.keys() | self.words.scales.keys()

    def read(self) -> Iterator[Number]:
        """Every number on its own; amounts of several parts and ranges are put together afterwards."""
        for match in self.patterns.head.finditer(self.norm):
            if match.start() < self.done:
                continue
            for number in self._read_one(match):
                yield number
                self.done = number.end

    def _read_one(self, match: re.Match[str]) -> Iterator[Number]:
        groups = match.groupdict()
        if match["time"]:
            yield self._time(match)
        elif match["date"]:
            yield from self._each(match.start("date"), match["date"])
        elif match["digits"]:
            yield from self._digits(match.start("digits"), match.end("digits"), match["digits"])
        elif groups.get("many") or groups.get("han"):
            yield from self._han(match.start(), match.end())
        elif match["half"]:
            scale = self._scale(match["halved"])
            half = Number(match.start("half"), match.end("half"), "", 5 * _power(scale - 1), scale=scale, spelled=True)
            yield self._with_unit(half)
        elif match["vague"] or match["plural"]:
            yield self._vague(match)
        elif match["decade"]:
            yield Number(
                match.start("decade"),
                match.end("decade"),
                "",
                Decimal(self.words.decades[match["decade"]]),
                "year",
                spelled=True,
            )
        else:
            yield from self._spelled(match.start("word"), match["word"])

    def _scale(self, word: str) -> int:
        return self.words.scales.get(word, 0) or self.words.plurals.get(word, 0)

    def _money_before(self, start: int) -> re.Match[str] | None:
        return MONEY_BEFORE.search(self.norm[max(self.done, start - 6) : start])

    def _han_percent(self, start: int) -> bool:
        return start - 3 >= self.done and self.norm.startswith("百分之", start - 3)

    def _each(self, start: int, raw: str) -> Iterator[Number]:
        """Each run of digits by itself: a date in digits, or a list like `1,2,3`."""
        dated = "," not in raw
        for part in re.finditer("[0-9]+", raw):
            kind: Kind = "plain" if not dated else "year" if len(part[0]) == 4 else "date"
            yield Number(start + part.start(), start + part.end(), "", Decimal(part[0]), kind)

    def _time(self, match: re.Match[str]) -> Number:
        hours, minutes = (int(part) for part in re.findall("[0-9]+", match["time"]))
        half = HALF_DAY.match(self.norm, match.end())
        if half and half["half"][0] in "pم" and hours < 12:
            hours += 12
        end = half.end() if half else match.end()
        return Number(match.start("time"), end, "", Decimal(60 * hours + minutes), "time")

    def _digits(self, start: int, end: int, raw: str) -> Iterator[Number]:
        values = parse_digits(raw, self.words.grouping, dotted_thousands=self.words.dotted_thousands)
        if len(values) != 1:
            yield from self._each(start, raw) if values else ()
            return
        value = values[0]
        if self.norm[start - 1 : start] == "-" and (start < 2 or self.norm[start - 2] in " \u00a0\n("):
            start, value = start - 1, -value
        chain = _HAN_CHAIN.match(self.norm, end) if self.norm[end : end + 1] in HAN_SCALES else None
        if chain:
            yield from self._han(start, chain.end())
            return
        scaled, scale, after = self._scaled(value, end)
        if after > end:
            yield self._with_unit(Number(start, after, "", scaled, scale=scale))
            return
        dated = self._calendar(start, end, raw, value) if raw.isdecimal() else None
        attached = ATTACHED.match(self.norm, end)
        if dated:
            yield dated
        elif attached:
            yield from self._attached(start, end, value, attached)
        else:
            yield self._with_unit(Number(start, end, "", value))

    def _scaled(self, value: Decimal, end: int) -> tuple[Decimal, int, int]:
        """Multiply by the scale words that follow: the value, the power they gave, and where they end."""
        more = self.patterns.half_of_next.match(self.norm, end)
        if more:
            scale = self._scale(more["word"])
            return (value + Decimal("0.5")) * _power(scale), scale, more.end()
        scale = 0
        while scale < _LARGEST:
            match = self.patterns.following.match(self.norm, end)
            power = self._scale(match["word"]) if match else 0
            if not match or not power:
                break
            scale, end, value = scale + power, match.end(), value * _power(power)
        short = None if scale else SHORT_MILLION.match(self.text, end)
        if short:
            return value * _power(6), 6, short.end()
        half = self.patterns.half.match(self.norm, end) if scale else None
        return (value + 5 * _power(scale - 1), scale, half.end()) if half else (value, scale, end)

    def _calendar(self, start: int, end: int, raw: str, value: Decimal) -> Number | None:
        """The day or year of a date, or a time of day, if these plain digits are one."""
        norm, before = self.norm, self.norm[max(0, start - 16) : start]
        half = HALF_DAY.match(norm, end)
        if half and value <= 12 and len(half["half"]) > 1:
            hours = int(value) % 12 + (12 if half["half"][0] in "pم" else 0)
            return Number(start, half.end(), "", Decimal(60 * hours), "time")
        hour = HOUR.match(norm, end)
        if hour and value <= 24:
            return Number(start, hour.end(), "", 60 * value, "time")
        century = TWO_DIGITS_OF_YEAR.search(before) if len(raw) == 2 else None
        if century:
            return Number(start, end, "", Decimal(int(century["century"] or 19) * 100) + value, "year")
        if norm[end : end + 1] in {"年", "月", "日", "号"}:
            return Number(start, end, "", value, "year" if norm[end] == "年" and len(raw) == 4 else "date")
        month = self.patterns.month_before.search(before)
        if 1 <= value <= 31 and (month or self.patterns.month_after.match(norm, end)):
            return Number(start, end, "", value, "date")
        follows = norm[end : end + 1]
        decade = follows == "s" and not norm[end + 1 : end + 2].isalnum()
        amount = self.patterns.percent.match(norm, end) or MONEY_AFTER.match(norm, end) or self._money_before(start)
        if len(raw) != 4 or amount or ("a" <= follows <= "ÿ" and not decade):
            return None
        cued = month or YEAR_BEFORE.search(before)
        if 1900 <= value <= 2099 or (cued and value >= 1000):
            return Number(start, end + decade, "", value, "year")
        return None

    def _attached(self, start: int, end: int, value: Decimal, attached: re.Match[str]) -> Iterator[Number]:
        """Letters that touch the digits: an ordinal, a scale, a unit; anything else makes it a name (5G, 4o)."""
        letters, after = attached[0], attached.end()
        capital = self.text[end].isupper()
        money = self._money_before(start) or MONEY_AFTER.match(self.norm, after)
        if self.patterns.ordinal.fullmatch(letters):
            yield Number(start, after, "", value, "ordinal")
        elif letters in _ABBREVIATED and (money or letters == "k" or (capital and letters in {"m", "b"})):
            power = _ABBREVIATED[letters]
            yield self._with_unit(Number(start, after, "", value * _power(power), scale=power))
        elif letters in _UNITS and not (capital and len(letters) == 1):
            yield Number(start, after, "", value, unit=letters)
        elif letters in CURRENCY_SIGNS:
            yield self._with_unit(Number(start, end, "", value))

    def _with_unit(self, number: Number) -> Number:
        """The number with the percent sign or the currency that stands around it."""
        norm, start, end = self.norm, number.start, number.end
        points = self.patterns.points.match(norm, end)
        if points:
            return replace(number, end=points.end(), kind="points")
        percent = self.patterns.percent.match(norm, end)
        if percent:
            return replace(number, end=percent.end(), kind="percent")
        if self._han_percent(start):
            return replace(number, start=start - 3, kind="percent")
        before = self._money_before(start)
        if before:
            return replace(number, start=start - len(before[0]), kind="money", unit=currency(before))
        after = MONEY_AFTER.match(norm, end)
        if after:
            return replace(number, end=after.end(), kind="money", unit=currency(after))
        return number

    def _vague(self, match: re.Match[str]) -> Number:
        start = match.start("vague") if match["vague"] else match.start("plural")
        end, scale = match.end(), self._scale(match["rough"] or match["plural"])
        while scale < _LARGEST and (more := self.patterns.linked.match(self.norm, end)):
            scale, end = scale + self._scale(more["word"]), more.end()
        return self._with_unit(Number(start, end, "", _power(scale), scale=scale, vague=True, spelled=True))

    def _spelled(self, start: int, first: str) -> Iterator[Number]:
        """A cardinal in words, as long as each word can be added to or multiplied with what stands before it."""
        total, current, scale, count = Decimal(0), Decimal(0), 0, 0
        word, gap, position, end = first, "", start, start
        while scale < _LARGEST:
            if word in self.words.cardinals:
                value = self.words.cardinals[word]
                if count and not _addable(int(current), value, gap):
                    break
                current += value
                scale = max(scale, len(str(value)) - 1) if value >= 1000 else scale
            else:
                total, current, scale = _multiplied(total, current, scale, self.words.scales[word])
            count, end = count + 1, position + len(word)
            match = self.patterns.following.match(self.norm, end)
            if (
                not match
                or not match["gap"]
                or not (self.words.cardinals.keys() | self.words.scales.keys()) & {match["word"]}
            ):
                break
            word, gap, position = match["word"], match["gap"], match.start("word")
        if count < 2 and first not in self.words.alone and not self.patterns.half_of_next.match(self.norm, end):
            return
        amount = total + current
        if not scale:
            amount, scale, end = self._scaled(amount, end)
        elif half := self.patterns.half.match(self.norm, end):
            amount, end = amount + 5 * _power(scale - 1), half.end()
        yield self._with_unit(Number(start, end, "", amount, scale=scale, spelled=True))

    def _han(self, start: int, end: int) -> Iterator[Number]:
        """Chinese numerals, also mixed with digits; left out where they are words (万一, 十分)."""
        raw = self.norm[start:end]
        if raw[0] in "数數几幾上":
            much = sum(HAN_SCALES[char] for char in raw[1:_LARGEST])
            yield self._with_unit(Number(start, end, "", _power(much), scale=much, vague=True, spelled=True))
            return
        digits = any(char.isdecimal() for char in raw)
        percent = self._han_percent(start)
        counts = len(raw) > 1 and raw[0] not in "千万萬亿億" and any(char in HAN_SCALES for char in raw)
        if digits or percent or counts:
            value, scale = parse_han(raw, self.words.cardinals)
            yield self._with_unit(Number(start, end, "", value, scale=scale, spelled=not digits))


def _addable(current: int, value: int, gap: str) -> bool:
    """Whether `value` can follow `current` within one cardinal (twenty three; خمسة وعشرين; soixante quinze)."""
    if not current or value >= 100:
        return current % 1000 == 0
    if value < 10:
        return current % 10 == 0
    if value < 20:
        return current % 100 in {0, 60, 80} or (value == 10 and current % 100 < 10)
    return current % 100 == 0 or ("و" in gap and current % 100 < 10)


def _multiplied(total: Decimal, current: Decimal, scale: int, power: int) -> tuple[Decimal, Decimal, int]:
    """A cardinal's finished part, its open part and its scale after one more scale word."""
    if power == 2:
        return total, max(Decimal(1), current) * 100, scale
    if total and not current:
        return total * _power(power), current, scale + power
    return total + max(Decimal(1), current) * _power(power), Decimal(0), max(scale, power)


def _add_up(found: list[Number], reader: _Reader) -> list[Number]:
    """`2 milliards 300 millions`, `مليار و200 مليون`: the parts of one amount."""
    out: list[Number] = []
    for number in found:
        last = out[-1] if out else None
        if (
            last
            and _one_amount(last, number)
            and reader.patterns.joined.fullmatch(reader.norm[last.end : number.start])
        ):
            out[-1] = replace(number, start=last.start, value=last.value + number.value, scale=last.scale)
        else:
            out.append(number)
    return out


def _one_amount(first: Number, second: Number) -> bool:
    parts = first.kind == "plain" and not first.unit and second.kind in {"plain", "money"}
    falling = first.scale > second.scale >= 3 and 0 <= second.value < _power(first.scale)
    return parts and falling and not (first.vague or second.vague)


def _share_ranges(found: list[Number], reader: _Reader) -> list[Number]:
    """`10–15 %`, `من 10 إلى 15 مليار`: what follows the second number goes for the first as well."""
    for index in range(len(found) - 2, -1, -1):
        first, second = found[index], found[index + 1]
        bare = first.kind == "plain" and not first.scale and not first.unit and first.value >= 0
        marked = second.scale or second.kind in {"percent", "points", "money"}
        between = reader.norm[first.end : second.start] if bare and marked and first.value < second.value else ""
        if between and len(between) < 12 and reader.patterns.ranged.fullmatch(between):
            value = first.value * _power(second.scale)
            found[index] = replace(first, value=value, kind=second.kind, scale=second.scale, unit=second.unit)
    return found
