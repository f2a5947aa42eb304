"""Long sentences are cut where a clause ends, losing nothing, and never into parts that are too long."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mt.parts import clauses, fit


def letters(text: str) -> int:
    return len(text)


def test_clauses_end_at_marks_of_every_script_but_not_inside_numbers() -> None:
    assert clauses("It rose 1,200, then fell; at 10:30, it closed.") == [
        "It rose 1,200, ",
        "then fell; ",
        "at 10:30, ",
        "it closed.",
    ]
    assert clauses("قال الوزير، الاثنين، إن الأمر انتهى.") == ["قال الوزير، ", "الاثنين، ", "إن الأمر انتهى."]
    assert clauses("他说，公司将扩大生产。") == ["他说，", "公司将扩大生产。"]


def test_a_sentence_that_fits_stays_whole() -> None:
    assert fit("Short, and whole.", 50, letters) == ["Short, and whole."]


def test_parts_are_filled_before_the_next_begins() -> None:
    assert fit("aaaa, bbbb, cccc, dddd", 12, letters) == ["aaaa, bbbb,", "cccc, dddd"]


def test_a_long_clause_is_cut_between_words_and_a_long_word_anywhere() -> None:
    assert fit("aaaa bbbb cccc", 10, letters) == ["aaaa bbbb", "cccc"]
    assert fit("x" * 10, 8, letters) == ["xx"] * 5


def test_a_megabyte_without_a_full_stop_is_cut() -> None:
    parts = fit("word " * 200_000, 200, letters)
    assert "".join(parts).replace(" ", "") == "word" * 200_000
    assert max(map(len, parts)) <= 200


@given(st.text("ab ,،;:1\n。", max_size=200), st.integers(4, 40))
def test_nothing_but_white_space_is_lost(text: str, limit: int) -> None:
    parts = fit(text, limit, letters)
    assert "".join("".join(parts).split()) == "".join(text.split())
    assert len(parts) <= 1 or max(map(len, parts)) <= limit
    assert "".join(clauses(text)) == text
