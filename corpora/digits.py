"""Text in, the same text with its digits and signs unified out; and digits or hanzi in, their value out.

The lowest step of `corpora.numbers`: nothing here knows what a number is for.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

# Longer runs of digits are no amounts, and would only burden the arithmetic.
LONGEST = 40
HAN_SCALES = {"十": 1, "百": 2, "千": 3, "万": 4, "萬": 4, "亿": 8, "億": 8, "兆": 12}
HAN_NUMERALS = "零〇一二两兩三四五六七八九" + "".join(HAN_SCALES)

_DIGITS = {
    ord(char): str(value)
    for zero in (0x0660, 0x06F0, 0x0966, 0xFF10)
    for value, char in enumerate(map(chr, range(zero, zero + 10)))
}
# One character for one: offsets stay as they are.
_SAME_LENGTH = {
    **_DIGITS,
    **dict.fromkeys(map(ord, "أإآٱ"), "ا"),
    **dict.fromkeys(map(ord, "\u202f\u2007\u2009\u2003\u2002"), "\u00a0"),
    **dict.fromkeys(map(ord, "’ʼ"), "'"),
    **dict.fromkeys(map(ord, "‐‑−"), "-"),
    **dict.fromkeys(map(ord, "٪％﹪"), "%"),
    ord("ى"): "ي",
    ord("．"): ".",
    ord("，"): ",",
    ord("＄"): "$",
}


def normalise(text: str) -> str:
    """Small letters, ASCII digits, bare alef, plain hyphens: one character for one, so that offsets stay."""
    small = text.lower()
    if len(small) != len(text):
        small = "".join(char.lower() if len(char.lower()) == 1 else char for char in text)
    return small.translate(_SAME_LENGTH)


def parse_digits(raw: str, grouping: str, *, dotted_thousands: bool = False) -> list[Decimal]:
    """Digits with signs between them → one value; several for a plain list (1,2,3); none for a version (2.0.1)."""
    if len(raw) > LONGEST:
        return []
    raw = raw.replace("\u00a0", "").replace(" ", "").replace("'", "").replace("٬", "").replace("،", "")
    if "٫" in raw:
        raw = raw.replace(",", "").replace(".", "").replace("٫", ".")
        return [Decimal(raw)] if raw.count(".") == 1 else []
    signs = [char for char in raw if char in ".,"]
    if not signs:
        return [Decimal(raw)]
    if len(set(signs)) == 2:
        if signs.index(signs[-1]) != len(signs) - 1:
            return []
        return [Decimal(raw.replace(signs[0], "").replace(signs[-1], "."))]
    head, *tail = raw.split(signs[0])
    grouped = len(head) <= 3 and head != "0" and len(tail[-1]) == 3 and all(len(part) in {2, 3} for part in tail)
    if len(signs) > 1:
        if grouped and (signs[0] == "," or all(len(part) == 3 for part in tail)):
            return [Decimal(raw.replace(signs[0], ""))]
        return [Decimal(part) for part in (head, *tail)] if signs[0] == "," else []
    if grouped and (signs[0] == grouping or (dotted_thousands and tail[0] == "000")):
        return [Decimal(head + tail[0])]
    return [Decimal(f"{head}.{tail[0]}")]


def parse_han(raw: str, cardinals: Mapping[str, int]) -> tuple[Decimal, int]:
    """Chinese numerals, also mixed with digits (3万5千, 1.2万亿): the value, and the power of the largest sign."""
    total = section = digit = Decimal(0)
    largest = 0
    for piece in re.findall("[0-9.,]+|.", raw[:LONGEST]):
        if piece[0].isdecimal():
            digit = (parse_digits(piece.strip(".,"), ",") or [Decimal(0)])[0]
        elif piece in cardinals:
            digit = Decimal(cardinals[piece])
        elif piece in HAN_SCALES:
            power = HAN_SCALES[piece]
            if power < 4:
                section, digit = section + (digit or 1) * 10**power, Decimal(0)
            else:
                below = section + digit
                total = total + below * 10**power if below else total * 10**power
                section = digit = Decimal(0)
                largest = largest + power if not below else max(largest, power)
            largest = max(largest, power)
    return total + section + digit, largest if largest >= 3 else 0
