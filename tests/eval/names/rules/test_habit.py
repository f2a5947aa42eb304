"""A name is put right in the capitals that the source gives it, where the language has no form of its own."""

from __future__ import annotations

import pytest

from tests.eval.names.scenes import errors, find


@pytest.mark.parametrize("writing", ["Nvidia", "NVIDIA"])
def test_the_capitals_of_the_source_are_taken_over(writing: str) -> None:
    found = find("Les puces de Nvdia sont chères.", "fr", source=f"en:The chips of {writing} are expensive.")
    assert errors(found) == [("misspelling", "Nvdia", writing)]


def test_the_articles_own_writing_comes_first() -> None:
    text = "Les puces de Nvdia sont chères.\nNVIDIA le sait."
    found = find(text, "fr", source="en:The chips of Nvidia are expensive.\nNvidia knows.")
    assert errors(found) == [("misspelling", "Nvdia", "NVIDIA")]


def test_a_form_of_the_languages_own_is_kept() -> None:
    found = find("قالت إنفيديياا ذلك.", "ar", source="en:NVIDIA said so.")
    assert all(canonical in {None, "إنفيديا"} for _, _, canonical in errors(found))


def test_what_was_left_in_alien_letters_is_not_put_in_another_place() -> None:
    text = "OpenAI et DeepMind construisent un modèle : revenu brut ajusté.\nLa route vers 通用人工智能 est longue."
    assert {canonical for _, _, canonical in errors(find(text, "fr"))} == {"AGI"}
