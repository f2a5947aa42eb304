"""A name that was translated as the words it is made of is found; a phrase is nobody's name."""

from __future__ import annotations

from tests.eval.names.scenes import errors, find


def test_a_family_name_that_is_a_word_is_not_translated() -> None:
    source = "en:Declan Rice signed in May.\nOn Sunday the midfielder Rice scored twice for his club."
    text = "Declan Rice a signé en mai.\nDimanche, le milieu de terrain riz a marqué deux fois pour son club."
    assert ("name_translated_as_common_word", "riz", "Rice") in errors(find(text, "fr", source=source))


def test_a_title_in_quotation_marks_is_no_person() -> None:
    source = "en:“The Vegetable Garden”, directed by Bong Joon-ho, won the prize."
    found = errors(find("« Le Potager », réalisé par Feng Junhao, a remporté le prix.", "fr", source=source))
    assert all(canonical != "Vegetable Garden" for _, _, canonical in found)


def test_half_a_translation_is_a_habit() -> None:
    found = errors(
        find("نشرت مايكروسوفت للأبحاث الدراسة.", "ar", source="en:The study was published by Microsoft Research.")
    )
    assert [kind for kind, _, _ in found if kind == "name_translated_as_common_word"] == []
