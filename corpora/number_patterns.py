"""Language in, the compiled patterns that `corpora.numbers` reads with out.

All of them are matched against text as `corpora.digits.normalise` gives it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from corpora.digits import HAN_NUMERALS
from corpora.number_words import CURRENCY_SIGNS, CURRENCY_WORDS, NumberWords, number_words

BLANK = "[ \u00a0]"


def _longest_first(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word))) or "(?!)"


_SIGN = "[$€£¥₹₽₩₪₺﷼]"
_CODES = _longest_first(code for code in CURRENCY_SIGNS if code.isalpha())
_MONEY_WORDS = "|".join([*(f"(?:{pattern})" for pattern in CURRENCY_WORDS), _CODES])
_FAMILIES = [(re.compile(pattern), family) for pattern, family in CURRENCY_WORDS.items()]

MONEY_BEFORE = re.compile(f"(?:(?:us|a|c|ca|hk|nz|s|r)?(?P<sign>{_SIGN})|(?<!\\w)(?P<word>{_CODES})){BLANK}?$")
MONEY_AFTER = re.compile(
    f"(?:(?<=mrd)\\.|(?<=mio)\\.|(?<=млн)\\.|(?<=млрд)\\.)?-?{BLANK}?(?:of{BLANK}|de{BLANK}|d'|من{BLANK})?"
    f"(?:(?:us|u\\.s\\.|american|canadian|australian){BLANK})?(?:(?:us|a|c|ca|hk|nz)?(?P<sign>{_SIGN})"
    f"|(?:ال)?(?P<word>{_MONEY_WORDS})(?:(?!\\w)|(?<=[\u4e00-\u9fff])))"
)
# Letters that touch digits; and the half of the day behind an hour.
ATTACHED = re.compile("[a-zà-öø-ÿ°][a-zà-öø-ÿ²³/]*")
_HALF = f"{BLANK}?(?:a\\.m|am|p\\.m|pm|صباح|مساء)"
HALF_DAY = re.compile(f"{BLANK}?(?P<half>a\\.m\\.?|am|p\\.m\\.?|pm|صباحا?|مساءا?|ص|م)(?!\\w)")
YEAR_BEFORE = re.compile(f"(?:\\b(?:in|since|en|depuis|année|year|by|im|jahr|año)|عام|سنة|منذ){BLANK}$")
# `15 h`; `1950-53` and `les années 80`.
HOUR = re.compile(f"{BLANK}?h(?![\\w/])")
TWO_DIGITS_OF_YEAR = re.compile(f"(?:(?<![0-9])(?P<century>1[0-9]|20)[0-9]{{2}}[-–]|\\bannées{BLANK})$")
# `30 M€`: matched against the text as it is, since a small m is a metre.
SHORT_MILLION = re.compile(f"{BLANK}?M(?={BLANK}?(?:€|\\$|d['’]|de ))")


def currency(match: re.Match[str]) -> str | None:
    """The family of the sign, code or word that `MONEY_BEFORE` or `MONEY_AFTER` found."""
    found = match["sign"] or match["word"]
    if found in CURRENCY_SIGNS:
        return CURRENCY_SIGNS[found]
    return next((family for pattern, family in _FAMILIES if pattern.fullmatch(found)), None)


@dataclass(frozen=True, slots=True)
class Patterns:
    """One language's patterns.

    Attributes:
        head: where a number may begin; the name of the group that matched says how to read it.
        following: the next number word of a cardinal, after its `gap`.
        linked: the next scale word of a vague amount (hundreds *of billions*).
        half, half_of_next: "two million *and a half*", "two *and a half million*".
        percent, points, ordinal, month_after: matched where the digits end; `month_before` searched before them.
        joined, ranged: what may stand between two parts of one amount, and between the ends of a range.
    """

    words: NumberWords
    head: re.Pattern[str]
    following: re.Pattern[str]
    linked: re.Pattern[str]
    half: re.Pattern[str]
    half_of_next: re.Pattern[str]
    percent: re.Pattern[str]
    points: re.Pattern[str]
    ordinal: re.Pattern[str]
    month_after: re.Pattern[str]
    month_before: re.Pattern[str]
    joined: re.Pattern[str]
    ranged: re.Pattern[str]


@lru_cache(maxsize=64)
def patterns(lang: str) -> Patterns:
    """The patterns for a BCP-47 code."""
    words = number_words(lang)
    scale = _longest_first({**words.scales, **words.plurals})
    any_word = _longest_first({**words.scales, **words.cardinals, **words.plurals})
    return Patterns(
        words=words,
        head=re.compile("|".join(_heads(words, lang.split("-", 1)[0].lower()))),
        following=re.compile(f"(?P<gap>(?:{words.joiner})?)(?:of{BLANK})?(?P<word>{any_word})(?!\\w)"),
        linked=re.compile(f"{BLANK}(?:of{BLANK}|de{BLANK}|d')?(?:ال)?(?P<word>{scale})(?!\\w)"),
        half=re.compile(words.half),
        half_of_next=re.compile(f"(?:{words.half}){BLANK}(?P<word>{scale})(?!\\w)"),
        percent=re.compile(f"{BLANK}?%|[ \u00a0-](?:{words.percent})(?!\\w)"),
        points=re.compile(f"[ \u00a0-]?(?:{words.points})"),
        ordinal=re.compile(f"(?:{words.ordinal})(?!\\w)"),
        month_after=re.compile(
            f"(?:er|st|nd|rd|th)?\\.?{BLANK}(?:de{BLANK}|of{BLANK})?(?:{words.months})(?!\\w)",
        ),
        month_before=re.compile(f"(?<!\\w)(?:{words.months})\\.?{BLANK}(?:the{BLANK})?$"),
        joined=re.compile(f"{words.joiner}|{BLANK}(?:and{BLANK}|et{BLANK}|و)?"),
        ranged=re.compile(f"{BLANK}?[-–—~]{BLANK}?|{BLANK}(?:{words.range}){BLANK}?"),
    )


def _heads(words: NumberWords, base: str) -> list[str]:
    """The ways in which a number may begin, in order of preference."""
    spaces = "|[0-9]{1,3}(?: [0-9]{3})+(?![0-9])(?:[.,٫][0-9]+)?" if words.spaces else ""
    digits = f"[0-9]{{1,3}}(?:[\u00a0'،][0-9]{{3}})+(?![0-9])(?:[.,٫][0-9]+)?{spaces}|[0-9]++(?:[.,٫٬][0-9]++)*+"
    iso, usual = (
        "[0-9]{4}(?P<iso>[-/.])[0-9]{1,2}(?P=iso)[0-9]{1,2}",
        "[0-9]{1,2}(?P<cut>[-/.])[0-9]{1,2}(?P=cut)[0-9]{4}",
    )
    heads = [
        f"(?<![0-9])(?P<time>[0-9]{{1,2}}(?:(?::|{BLANK}?h{BLANK}?)[0-9]{{2}}|\\.[0-9]{{2}}(?={_HALF})))(?![0-9:])",
        f"(?<![0-9])(?P<date>{iso}|{usual})(?![0-9])",
        # Digits behind Latin letters, or behind any letter and a hyphen, belong to a name (H100, GPT-4).
        f"(?<![a-zà-öø-ÿ0-9_])(?<![^\\W\\d_]-)(?P<digits>{digits})",
    ]
    if base in {"zh", "ja"}:
        return [*heads, "(?P<many>[数數几幾上][十百千万萬亿億]+)", f"(?P<han>[{HAN_NUMERALS}]+)"]
    # Clitics stay outside.
    free = "(?<!\\w)(?:[وف]?[بلك]?(?:ال|لل)?)" if base == "ar" else "(?<!\\w)"
    # With the article the tens are ordinals (القرن العشرين).
    tens = _longest_first(word for word, value in words.cardinals.items() if value in range(20, 100, 10))
    ordinal = f"(?!(?<=ال)(?:{tens})(?!\\w))" if base == "ar" else ""
    scale = _longest_first({**words.scales, **words.plurals})
    return [
        *heads,
        f"{free}(?P<half>(?:{words.half_of})(?P<halved>{scale}))(?!\\w)",
        f"{free}(?P<vague>(?:{words.vague}){BLANK}(?P<rough>{scale}))(?!\\w)",
        f"{free}(?P<plural>{_longest_first(words.plurals)})(?!\\w)",
        f"{free}(?P<decade>{_longest_first(words.decades)})(?!\\w)",
        f"{free}{ordinal}(?P<word>{_longest_first({**words.scales, **words.cardinals})})(?!\\w)",
    ]
