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


IA_THREE_TIMES = "L’IA progresse. L’IA inquiète.\nSelon eux, l’IA coûte cher."


def test_english_letters_among_the_languages_own_are_a_variant() -> None:
    found = find(f"{IA_THREE_TIMES}\nLes modèles AI sont chers.", "fr")
    assert [(f.kind, f.severity, f.canonical) for f in found if f.surface == "AI"] == [
        ("untranslated_pivot_residue", "variant", "IA")
    ]


def test_english_letters_beside_other_residue_are_an_error() -> None:
    found = find(f"{IA_THREE_TIMES}\nLes modèles AI sont chers.\nL’AI-Adoption commence.", "fr")
    assert ("untranslated_pivot_residue", "AI", "IA") in errors(found)


def test_english_letters_that_a_chinese_source_does_not_have_are_an_error() -> None:
    source = "zh:人工智能在进步。人工智能令人担忧。\n他们说，人工智能很贵。\n人工智能模型很贵。"
    found = find(f"{IA_THREE_TIMES}\nLes modèles AI sont chers.", "fr", source=source)
    assert ("untranslated_pivot_residue", "AI", "IA") in errors(found)
