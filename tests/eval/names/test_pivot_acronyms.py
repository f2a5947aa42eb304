"""German letters for what every other language writes in its own: residue of a translation by way of German."""

from __future__ import annotations

import pytest

from tests.eval.names.scenes import errors, find


@pytest.mark.parametrize(
    ("text", "source", "surface", "canonical"),
    [
        ("La KI transforme les entreprises.", "en:AI transforms companies.", "KI", "IA"),
        ("La KI transforme les entreprises.", None, "KI", "IA"),
        ("La EZB relève ses taux.", "en:The ECB raises its rates.", "EZB", "BCE"),
    ],
)
def test_a_german_acronym_in_french_is_residue(text: str, source: str | None, surface: str, canonical: str) -> None:
    assert errors(find(text, "fr", source=source)) == [("untranslated_pivot_residue", surface, canonical)]


def test_people_called_ki_are_left_alone() -> None:
    text = "Selon Ban Ki-moon, M. Ki et Ki Sung-yueng sont là ; le ki est une énergie."
    assert find(text, "fr") == []
