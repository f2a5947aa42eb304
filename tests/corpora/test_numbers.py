from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpora.numbers import Number, numbers

ALPHABET = "0123456789٠١٢٣۴۵.,٫٬ \u00a0'-–%$€kKMmحمليونو万亿百二十分数ehs/:aبال"
TEXTS = st.one_of(st.text(alphabet=ALPHABET, max_size=40), st.text(max_size=30))
LANGUAGES = st.sampled_from(["ar", "fr", "en", "zh", "de", "es", "ru", "sw"])


def values(text: str, lang: str) -> list[float]:
    return [float(number.value) for number in numbers(text, lang)]


def one(text: str, lang: str) -> Number:
    found = numbers(text, lang)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("lang", "text", "value"),
    [
        ("en", "1,234.5", 1234.5),
        ("en", "1,234", 1234),
        ("en", "1.234", 1.234),
        ("en", "1,234,567", 1_234_567),
        ("en", "12,5", 12.5),
        ("fr", "1 234,5", 1234.5),
        ("fr", "1\u202f234,5", 1234.5),
        ("fr", "12\u00a0300", 12_300),
        ("fr", "1.234", 1234),
        ("de", "1.234,5", 1234.5),
        ("de", "1'234", 1234),
        ("ar", "١٬٢٣٤٫٥", 1234.5),
        ("ar", "۱۲۳", 123),
        ("ar", "1,234", 1234),
        ("ar", "3,5", 3.5),
        ("ar", "76.000", 76_000),
        ("ar", "30،000", 30_000),
        ("zh", "１２３", 123),
        ("en", "(-5)", -5),
    ],
)
def test_digits_are_read_as_the_language_writes_them(lang: str, text: str, value: float) -> None:
    assert values(f"x {text} .", lang) == [value]


@pytest.mark.parametrize(
    ("lang", "text", "value"),
    [
        ("en", "1.2 billion", 1.2e9),
        ("en", "5-million", 5e6),
        ("en", "2 hundred thousand", 2e5),
        ("fr", "1,2 milliard", 1.2e9),
        ("fr", "3 billions", 3e12),
        ("fr", "100 000 millions", 1e11),
        ("fr", "2 milliards 300 millions", 2.3e9),
        ("fr", "1 million et demi", 1.5e6),
        ("fr", "mille milliards", 1e12),
        ("ar", "1.2 مليار", 1.2e9),
        ("ar", "20مليار", 2e10),
        ("ar", "٣ آلاف", 3e3),
        ("ar", "5 تريليونات", 5e12),
        ("ar", "مليار و200 مليون", 1.2e9),
        ("ar", "2 مليون ونصف", 2.5e6),
        ("zh", "1.2万亿", 1.2e12),
        ("zh", "3万5千", 35_000),
        ("zh", "20亿", 2e9),
        ("de", "3 Mrd.", 3e9),
        ("es", "3 mil millones", 3e9),
        ("ru", "3 млрд", 3e9),
        ("en", "two and a half million", 2.5e6),
        ("en", "half a billion", 5e8),
        ("ar", "نصف مليون", 5e5),
        ("fr", "un demi-million", 5e5),
    ],
)
def test_scale_words_multiply(lang: str, text: str, value: float) -> None:
    assert values(text, lang) == [value]


@pytest.mark.parametrize(
    ("lang", "text", "value"),
    [
        ("en", "twenty-three", 23),
        ("en", "two hundred and five", 205),
        ("en", "three thousand five hundred", 3500),
        ("en", "a million", 1e6),
        ("fr", "quatre-vingt-dix-neuf", 99),
        ("fr", "soixante et onze", 71),
        ("fr", "deux cents", 200),
        ("fr", "deux mille trois cents", 2300),
        ("ar", "خمسة وعشرين", 25),
        ("ar", "ثلاثة عشر", 13),
        ("ar", "مليوني", 2e6),
        ("ar", "ثلاثة آلاف", 3000),
        ("ar", "مئة وخمسة وعشرون", 125),
        ("zh", "三百二十", 320),
        ("zh", "两千零五", 2005),
    ],
)
def test_cardinals_in_words(lang: str, text: str, value: float) -> None:
    number = one(f"{text}人" if lang == "zh" else f"– {text} –", lang)
    assert float(number.value) == value
    assert number.spelled


@pytest.mark.parametrize(
    ("lang", "text", "kind", "unit"),
    [
        ("en", "3.5%", "percent", None),
        ("en", "3 percentage points", "points", None),
        ("fr", "14 %", "percent", None),
        ("fr", "12 pour cent", "percent", None),
        ("ar", "٣٫٥٪", "percent", None),
        ("ar", "5 في المئة", "percent", None),
        ("ar", "14 بالمائة", "percent", None),
        ("zh", "百分之二十", "percent", None),
        ("zh", "5个百分点", "points", None),
        ("en", "US$5", "money", "dollar"),
        ("en", "$80bn", "money", "dollar"),
        ("en", "5 million pounds", "money", "pound"),
        ("fr", "30 M€", "money", "euro"),
        ("fr", "3 milliards d’euros", "money", "euro"),
        ("ar", "20 مليار دولار", "money", "dollar"),
        ("ar", "5 ملايين يورو", "money", "euro"),
        ("zh", "20亿美元", "money", "dollar"),
        ("zh", "3.5亿元", "money", "yuan/yen"),
        ("en", "80GB", "plain", "gb"),
        ("en", "in 2024", "year", None),
        ("en", "the 1990s", "year", None),
        ("fr", "les années 80", "year", None),
        ("ar", "عام ٢٠٢٤", "year", None),
        ("ar", "ثمانينيات", "year", None),
        ("zh", "2024年", "year", None),
        ("en", "May 5", "date", None),
        ("fr", "1er mai", "date", None),
        ("ar", "3 مارس", "date", None),
        ("de", "3. Oktober", "date", None),
        ("en", "5:30 p.m.", "time", None),
        ("en", "7.55am", "time", None),
        ("fr", "17h30", "time", None),
        ("fr", "15 h", "time", None),
        ("en", "20th", "ordinal", None),
        ("fr", "60e", "ordinal", None),
    ],
)
def test_kinds_and_units(lang: str, text: str, kind: str, unit: str | None) -> None:
    number = one(text, lang)
    assert (number.kind, number.unit) == (kind, unit)


def test_values_of_times_and_years() -> None:
    assert one("5:30 p.m.", "en").value == one("17h30", "fr").value == one("5:30 مساءً", "ar").value == Decimal(1050)
    assert values("1950-53", "en") == [1950, 1953]
    assert values("les années 80", "fr") == values("الثمانينيات", "ar") == [1980]
    assert [(number.kind, float(number.value)) for number in numbers("12/03/2024", "fr")] == [
        ("date", 12), ("date", 3), ("year", 2024),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("lang", "text", "value"),
    [
        ("en", "trillions of dollars", 1e12),
        ("en", "hundreds of billions", 1e11),
        ("en", "several billion", 1e9),
        ("fr", "des milliards de dollars", 1e9),
        ("fr", "des centaines de milliards", 1e11),
        ("ar", "تريليونات الدولارات", 1e12),
        ("ar", "مئات المليارات من الدولارات", 1e11),
        ("zh", "数十亿美元", 1e9),
    ],
)
def test_orders_of_magnitude_are_vague(lang: str, text: str, value: float) -> None:
    number = one(text, lang)
    assert number.vague
    assert float(number.value) == value


def test_billion_is_not_billion() -> None:
    assert one("5 billion", "en").value == one("5 milliards", "fr").value == one("5 مليارات", "ar").value == 5 * 10**9
    assert one("5 billions", "fr").value == one("5 trillion", "en").value == one("5万亿", "zh").value == 5 * 10**12


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "GPT-4, H100, GB200, Covid-19, 5G, GPT-4o, 3D and version 2.0.1"),
        ("en", "one of them, a few, second"),
        ("fr", "un homme neuf, une femme"),
        ("ar", "القرن العشرين، في المئة، جي بي تي-4"),
        ("zh", "十分，万一，一些"),
    ],
)
def test_names_and_words_are_no_numbers(lang: str, text: str) -> None:
    assert numbers(text, lang) == []


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("en", "10-15%", [10, 15]),
        ("fr", "10 à 15 millions", [1e7, 1.5e7]),
        ("ar", "من 10 إلى 15 مليار", [1e10, 1.5e10]),
        ("en", "1,2,3", [1, 2, 3]),
        ("en", "a 5-3 win in 2024", [5, 3, 2024]),
    ],
)
def test_ranges_and_lists(lang: str, text: str, expected: list[float]) -> None:
    assert values(text, lang) == expected


def test_a_sign_belongs_to_one_number() -> None:
    found = [(number.text, number.unit) for number in numbers("5€6 and 7 % 8", "en")]
    assert found == [("5€", "euro"), ("6", None), ("7 %", None), ("8", None)]


def test_arabic_clitics_stay_outside() -> None:
    text = "وب20 مليون، والمليارات"
    assert [number.text for number in numbers(text, "ar")] == ["20 مليون", "مليارات"]


@given(TEXTS, LANGUAGES)
def test_numbers_stand_where_they_say_in_order(text: str, lang: str) -> None:
    found = numbers(text, lang)
    assert all(text[number.start : number.end] == number.text for number in found)
    assert all(number.text and number.value.is_finite() for number in found)
    assert all(first.end <= second.start for first, second in pairwise(found))


@given(st.integers(0, 10**12), st.sampled_from(["ar", "fr", "en"]))
def test_every_grouped_integer_reads_as_itself(value: int, lang: str) -> None:
    plain = f"{value:,}"
    written = {"en": plain, "fr": plain.replace(",", "\u202f")}.get(lang) or plain.replace(",", "٬").translate(
        {ord(str(digit)): chr(0x660 + digit) for digit in range(10)}
    )
    assert values(f"({written})", lang) == [value]


@pytest.mark.parametrize(
    "unit",
    [
        "1",
        "1 ",
        "1,",
        "1.",
        "123 ",
        "million ",
        "thousand ",
        "万",
        "数",
        "مليون ",
        "و",
        "1-",
        "$",
        "one two ",
        "12:",
        "٣٫",
    ],
)
@pytest.mark.parametrize("lang", ["en", "fr", "ar", "zh"])
def test_hostile_runs_end_in_linear_time(unit: str, lang: str) -> None:
    text = unit * (10_000 // len(unit))
    assert len(numbers(text, lang)) <= len(text)
