from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpora.script import dominant_script, fold, folded, mixed_scripts, script_of, words

# Letters of several scripts, marks, controls, digits and joiners: where cutting and folding can go wrong.
ALPHABET = "aBéОпαاأيىلـو\u064b\u064e\u200b\u200f\u2066\u2069\ufeffﷲﻻ٢7.,'’-& \n英の한g\u0301ﬁ😀"
TEXTS = st.one_of(st.text(alphabet=ALPHABET, max_size=60), st.text(max_size=40))


def surfaces(text: str) -> list[str]:
    return [word.text for word in words(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("وOpenAI", ["و", "OpenAI"]),
        ("لـOpenAI", ["لـ", "OpenAI"]),
        ("الـGPU", ["الـ", "GPU"]),
        ("AIوالروبوتات", ["AI", "والروبوتات"]),
        ("ب20 مليار", ["ب", "20", "مليار"]),
        ("英伟达GPU和OpenAI", ["英伟达", "GPU", "和", "OpenAI"]),
        ("d’Openai", ["d’", "Openai"]),
        ("l'AGI", ["l'", "AGI"]),
        ("jusqu’à", ["jusqu’", "à"]),
        ("L’IA d'OpenAI", ["L’", "IA", "d'", "OpenAI"]),
        ("aujourd’hui", ["aujourd’hui"]),
        ("O’Brien don't", ["O’Brien", "don't"]),
        ("ChatGPT’s", ["ChatGPT", "’s"]),
        ("it's s'il", ["it", "'s", "s'", "il"]),
        ("GB200 GPT-4o H100 CoWoS DGX-1", ["GB200", "GPT-4o", "H100", "CoWoS", "DGX-1"]),
        ("GPT-3.5, v2.0.1.", ["GPT-3.5", "v2.0.1"]),
        ("U.S. J.K.Rowling AT&T", ["U.S", "J.K", "Rowling", "AT&T"]),
        ("data-driven openai.com", ["data", "driven", "openai", "com"]),
        ("1,234.5 ١٬٢٣٤٫٥ 5G 80GB", ["1,234.5", "١٬٢٣٤٫٥", "5G", "80GB"]),
        ("Open\u200bAI \u2066GPU\u2069", ["Open\u200bAI", "GPU"]),
        ("مُحَمَّدٌ، الذكاء؟", ["مُحَمَّدٌ", "الذكاء"]),
        ("", []),
        ("… – ' ’ -", []),
    ],
)
def test_words_are_cut_where_the_script_says(text: str, expected: list[str]) -> None:
    assert surfaces(text) == expected


def test_each_word_knows_its_script() -> None:
    assert [word.script for word in words("وOpenAI 2024 英伟达 Москва Αθήνα のは 서울")] == [
        "Arab", "Latn", "Zyyy", "Hani", "Cyrl", "Grek", "Hira", "Hang",
    ]  # fmt: skip


@given(TEXTS)
def test_words_stand_where_they_say_in_order_and_lose_no_letter(text: str) -> None:
    found = words(text)
    assert all(text[word.start : word.end] == word.text for word in found)
    assert all(first.end <= second.start for first, second in pairwise(found))
    inside = {index for word in found for index in range(word.start, word.end)}
    assert all(index in inside for index, char in enumerate(text) if char.isalpha() and script_of(char) != "Zzzz")


@pytest.mark.parametrize(
    ("char", "script"),
    [("a", "Latn"), ("é", "Latn"),
     ("О", "Cyrl"), ("ل", "Arab"), ("گ", "Arab"), ("ﻼ", "Arab"), ("7", "Zyyy"), ("٧", "Zyyy"),
     ("،", "Zyyy"), ("仁", "Hani"), ("カ", "Kana"), ("א", "Hebr"), ("ก", "Thai"), ("ᚠ", "Zzzz")],
)  # fmt: skip
def test_script_of(char: str, script: str) -> None:
    assert script_of(char) == script


def test_dominant_script_counts_letters_not_words() -> None:
    assert dominant_script("قالت OpenAI إن النموذج") == "Arab"
    assert dominant_script("I و") == "Latn"
    assert dominant_script("2024 – 15 %") == "Zyyy"
    assert dominant_script("") == "Zyyy"


@pytest.mark.parametrize(
    ("token", "scripts"),
    [
        ("Оpenai", ("Cyrl", "Latn")),
        ("Аpple", ("Cyrl", "Latn")),
        ("مايكروsoft", ("Arab", "Latn")),
        ("Microsoفت", ("Latn", "Arab")),
        ("Open\u200bаi", ("Latn", "Cyrl")),
    ],
)
def test_mixed_scripts_finds_forgeries(token: str, scripts: tuple[str, ...]) -> None:
    assert mixed_scripts(token) == scripts


@pytest.mark.parametrize(
    "token",
    ["وOpenAI", "الـGPU", "لـOpenAI", "للـOpenAI", "وبالـAI", "OpenAIفي", "AIوالروبوتات", "英伟达GPU",
     "のカタ漢字", "AI/ذكاء",
     "β-carotene", "µm", "GB200", "Москва", "", "2024"],
)  # fmt: skip
def test_mixed_scripts_leaves_clitics_and_missing_spaces_alone(token: str) -> None:
    assert mixed_scripts(token) == ()


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("مُوَازٍ", "مواز"),
        ("أوبن إيه آي", "اوبن ايه اي"),
        ("گوگل", "كوكل"),
        ("مايکروسافت", "مايكروسافت"),
        ("موسى", "موسي"),
        ("الــذكــاء", "الذكاء"),
        ("ﻻ", "لا"),
        ("\u2067OpenAI\u2069", "OpenAI"),
        ("Ｏｐｅｎ𝐀𝐈", "OpenAI"),
        ("États", "Etats"),
        ("d’IA", "d'IA"),
        ("GPT‑٤", "GPT-4"),
        ("GB\u00a0200", "GB 200"),
    ],
)
def test_fold_unifies(left: str, right: str) -> None:
    assert fold(left).text == fold(right).text


def test_fold_keeps_what_tells_words_apart() -> None:
    assert fold("OpenAI").text != fold("Openai").text
    assert fold("OpenAI", case=True).text == fold("OPENAI", case=True).text == "openai"
    assert fold("한국 がぎ हिन्दी").text == "한국 がぎ हिन्दी"
    assert fold("ة").text == "ة"


def test_span_takes_the_marks_of_the_last_letter_and_leaves_controls() -> None:
    text = "قال مُحَمَّدٌ\u200f لـOpenAI"
    found = fold(text)
    start = found.text.index("محمد")
    assert text[slice(*found.span(start, start + 4))] == "مُحَمَّدٌ"
    start = found.text.index("OpenAI")
    assert text[slice(*found.span(start, start + 6))] == "OpenAI"


@given(TEXTS, st.booleans())
def test_fold_maps_every_character_back(text: str, case: bool) -> None:
    found = fold(text, case=case)
    assert len(found.offsets) == len(found.text)
    assert list(found.offsets) == sorted(found.offsets)
    for index, char in enumerate(found.text):
        assert char in fold(text[found.offsets[index]], case=case).text
    whole = found.span(0, len(found.text))
    assert 0 <= whole[0] <= whole[1] <= len(text)
    assert fold(text[slice(*whole)], case=case).text == found.text


@given(TEXTS, st.booleans())
def test_folded_is_the_text_of_fold(text: str, case: bool) -> None:
    assert folded(text, case=case) == fold(text, case=case).text


@given(TEXTS, st.booleans())
def test_folding_twice_changes_nothing(text: str, case: bool) -> None:
    once = fold(text, case=case).text
    assert fold(once, case=case).text == once


@given(TEXTS, st.integers(0, 60), st.integers(0, 60))
def test_spans_of_neighbours_do_not_overlap(text: str, first: int, second: int) -> None:
    found = fold(text)
    low, high = sorted((min(first, len(found.text)), min(second, len(found.text))))
    left, right = found.span(0, low), found.span(low, high)
    if 0 < low < high and found.offsets[low - 1] != found.offsets[low]:
        assert left[1] <= right[0]


@pytest.mark.parametrize(
    "unit", ["a", ".", "\u200b", "a.", "l'", "'s", "ا\u200f", "a-", "ا\u064b", "1,", "1a", "ـ", "ﷺ"]
)
def test_hostile_runs_end_in_linear_time(unit: str) -> None:
    text = unit * 50_000
    assert len(words(text)) <= len(text)
    assert len(fold(text).text) <= 18 * len(text)
