"""A name that nobody knows must be copied letter by letter; what has another form in the language is let alone."""

from __future__ import annotations

import pytest

from eval.names.knowledge import Knowledge
from mt.copies import LostCopy, lost_copies


def lost(source: str, output: str, source_lang: str = "en", target_lang: str = "fr") -> list[LostCopy]:
    return lost_copies(source, output, source_lang=source_lang, target_lang=target_lang, knowledge=Knowledge.bundled())


@pytest.mark.parametrize(
    ("source", "output", "langs", "name", "wrong"),
    [
        ("Laiplarix grew.", "Laipix a grandi.", ("en", "fr"), "Laiplarix", "Laipix"),
        ("Drainera moved.", "انتقلت Drianera.", ("en", "ar"), "Drainera", "Drianera"),
        ("نمت Drainera.", "Draner grew.", ("ar", "en"), "Drainera", "Draner"),
        ("The SMX opened.", "افتتحت وSXM.", ("en", "ar"), "SMX", "SXM"),
    ],
)
def test_what_stands_for_it_is_found(source: str, output: str, langs: tuple[str, str], name: str, wrong: str) -> None:
    (found,) = lost(source, output, *langs)
    assert (found.name, output[found.start : found.end]) == (name, wrong)


@pytest.mark.parametrize(
    ("source", "output"),
    [
        ("Laiplarix grew.", "Laiplarix a grandi."),
        ("The President met Moscow’s mayor.", "Le président a rencontré le maire de Moscou."),
        ("Nvidia and Openly agreed.", "Nvidia et Openly se sont entendus."),
        ("Three MWPs met O’Taggan.", "Trois MWP ont rencontré O'Taggan."),
        ("London, Geneva and Egypt.", "Londres, Genève et l’Égypte."),
    ],
)
def test_what_is_right_or_has_another_form_is_let_alone(source: str, output: str) -> None:
    assert lost(source, output) == []


def test_a_name_written_by_its_sound_in_another_script_is_not_lost() -> None:
    assert lost("Karimova spoke.", "تحدثت كريموفا.", "en", "ar") == []


def test_one_that_nothing_stands_for_has_no_place() -> None:
    assert lost("Laiplarix grew fast.", "A vite grandi.") == [LostCopy("Laiplarix")]


def test_two_that_are_as_like_are_not_told_apart() -> None:
    assert lost("Zarqix won.", "Zarqox et Zarqux ont gagné.") == [LostCopy("Zarqix")]
