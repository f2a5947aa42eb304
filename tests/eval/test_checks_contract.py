"""What every check keeps to: an MQM category, evidence, spans inside the text, nothing said about equal empty texts."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpora.article import Sentence
from eval.adequacy import CHECKS
from eval.checks.segment import Passage, Segment
from eval.mqm import LABELS
from eval.settings import DEFAULT

WORDS = st.sampled_from(
    [
        "the",
        "of",
        "2,5",
        "١٢",
        "3 billion",
        "مليار",
        "la",
        "قال",
        "(",
        "“",
        '"',
        "»",
        "города",
        "公司",
        "not",
        "ne",
        "لا",
        ".",
    ]
)
TEXT = st.lists(WORDS, max_size=25).map(" ".join)


def segment(source: str, target: str, langs: tuple[str, str], again: str | None = None) -> Segment:
    sides = [Passage.of([Sentence(7, 7 + len(text), text)]) for text in (source, target)]
    return Segment(*sides, *langs, retranslation=again, direction="forward" if again is not None else None)


@settings(max_examples=150, deadline=None)
@given(TEXT, TEXT, TEXT, st.sampled_from([("en", "ar"), ("fr", "ar"), ("en", "fr"), ("zh-Hans", "ar"), ("xx", "yy")]))
def test_flags_are_well_formed_whatever_the_text(source: str, target: str, again: str, langs: tuple[str, str]) -> None:
    made = segment(source, target, langs, again)
    for check in CHECKS:
        for flag in check(made, DEFAULT):
            assert flag.kind in LABELS
            assert "/" in flag.mqm
            assert flag.detail
            assert all(7 <= a < b <= 7 + len(target) for a, b in flag.spans)
            assert all(7 <= a < b <= 7 + len(source) for a, b in flag.witness_spans)


@pytest.mark.parametrize("langs", [("en", "ar"), ("en", "fr")])
def test_empty_sides_are_nothing_to_judge(langs: tuple[str, str]) -> None:
    for source, target in (("", ""), ("word", ""), ("", "2")):
        assert [flag for check in CHECKS for flag in check(segment(source, target, langs), DEFAULT)] == []
