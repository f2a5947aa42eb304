from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from eval.names.base.fingerprint import FoldedText, fingerprints, fold_key, fold_keys, word_ends
from eval.names.base.index import Claims, NameIndex
from eval.names.base.scan import Scanner

NAMES = [
    "OpenAI",
    "GPT-4",
    "AGI",
    "AT&T",
    "AT",
    "Jensen Huang",
    "الذكاء الاصطناعي",
    "ميتا",
    "وول ستريت",
    "黄仁勋",
    "Tim",
    "Tim Cook",
]


def scanner(keys: list[str]) -> Scanner:
    return Scanner([NameIndex.of([Claims(keys, range(len(keys)), [0] * len(keys))])])


SCANNER = scanner(fold_keys(NAMES))


def found(text: str) -> list[str]:
    return [text[span.start : span.end] for span in SCANNER.scan(text)]


def test_boundaries_follow_the_script() -> None:
    assert found("وOpenAI لـOpenAI d’Openai l’AGI OpenAIs xOpenAI OpenAI’s") == [
        "OpenAI", "OpenAI", "Openai", "AGI", "OpenAI"
    ]  # fmt: skip


def test_clitics_stay_outside_and_the_fused_article_inside() -> None:
    text = "للذكاء الاصطناعي وبالذكاء الاصطناعي وميتا وول ستريت"
    assert found(text) == ["لذكاء الاصطناعي", "الذكاء الاصطناعي", "ميتا", "وول ستريت"]
    assert [span.clitic for span in SCANNER.scan(text)] == [True, True, True, False]


def test_the_longest_name_wins() -> None:
    assert found("Tim Cook and Tim") == ["Tim Cook", "Tim"]


def test_marks_and_digits_around_a_name() -> None:
    assert found("AT&T AT GPT-4 GPT 4 GPT-4.5 GPT-4. GPT-4o O’AT") == ["AT&T", "AT", "GPT-4", "GPT 4", "GPT-4"]


def test_no_name_crosses_a_blank_line() -> None:
    assert found("Tim\nCook") == ["Tim\nCook"]
    assert found("Tim\n\nCook Tim \r\n \r\nCook") == ["Tim", "Tim"]


def test_signs_without_spaces() -> None:
    assert found("英伟达黄仁勋说") == ["黄仁勋"]


def test_invisible_characters_marks_and_letter_variants() -> None:
    assert found("Open\u200bAI \u202bالذّكاء الاصطـناعى\u202c ميتآ Ｏpen\u00adAI") == [
        "Open\u200bAI", "الذّكاء الاصطـناعى", "ميتآ", "Ｏpen\u00adAI"
    ]  # fmt: skip


def test_long_texts_are_cut_without_loss() -> None:
    text = "x" * 65_530 + " Jensen Huang " + "y " * 40_000 + "z" * 70_000 + " Tim Cook"
    assert found(text) == ["Jensen Huang", "Tim Cook"]


@given(
    st.text(alphabet="aAb é'’-.&\n\u0640وبلاتم黄4", max_size=60),
    st.lists(st.text("abé4&-ولاتم", min_size=1, max_size=4)),
)
def test_finds_what_a_naive_search_finds(text: str, names: list[str]) -> None:
    keys = list(dict.fromkeys(key for key in fold_keys(names) if key))
    spans = scanner(keys).scan(text)
    for span in spans:
        surface = fold_key(text[span.start : span.end])
        assert span.key in keys
        assert span.key in (surface, f"ا{surface}")
    assert all(left.end <= right.start for left, right in pairwise(spans))


@given(st.lists(st.text(max_size=12), max_size=8))
def test_keys_are_the_same_one_by_one_and_together(names: list[str]) -> None:
    assert fold_keys(names) == [fold_key(name) for name in names]


@given(st.text(max_size=40))
def test_fingerprints_of_spans_equal_those_of_keys(text: str) -> None:
    folded = FoldedText(text)
    ends = word_ends(folded.codes, folded.classes)
    starts = ends - 1
    keys = [folded.letters[start:end] for start, end in zip(starts.tolist(), ends.tolist(), strict=True)]
    assert folded.hashes(starts, ends).tolist() == fingerprints(keys)[0].tolist()
