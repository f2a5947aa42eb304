"""A word that no language has, where a translated name should stand, is a slip; a word that is one is left alone."""

from __future__ import annotations

import pytest

from tests.eval.names.scenes import errors, find


@pytest.mark.parametrize(
    ("lang", "text", "source", "expected"),
    [
        ("fr", "Les négociations avec le Royaaume-Uni durent.", "Talks with the UKX last.", ("Royaaume", "Royaume")),
        ("ar", "ألقى كلمة أمام الجمعاية العامة أمس.", "He spoke to the General Assembly.", ("الجمعاية", "الجمعية")),
    ],
)
def test_a_slip_in_a_translated_name_is_found(lang: str, text: str, source: str, expected: tuple[str, str]) -> None:
    assert ("misspelling", *expected) in errors(find(text, lang, source=f"en:{source}"))


@pytest.mark.parametrize(
    ("lang", "text", "source"),
    [
        ("fr", "Le sélectionneur colombien est parti.", "The Colombian coach left."),
        ("ar", "غادر الوفد التشيلي القاعة.", "The Chilean delegation left the hall."),
    ],
)
def test_an_adjective_of_a_place_is_no_slip_of_it(lang: str, text: str, source: str) -> None:
    assert errors(find(text, lang, source=f"en:{source}")) == []
