"""An outlet put into words is found where an article names its source."""

from __future__ import annotations

import pytest

from tests.eval.names.scenes import errors, find


@pytest.mark.parametrize(
    ("text", "lang", "surface"),
    [
        ("المصدر الأصلي: قلب الآلة", "ar", "قلب الآلة"),
        ("قلب الآلة: “استثمرت الشركة أربعة مليارات دولار”", "ar", "قلب الآلة"),
        ("Source : Cœur de la machine", "fr", "Cœur de la machine"),
    ],
)
def test_an_outlet_named_as_a_source(text: str, lang: str, surface: str) -> None:
    found = errors(find(text, lang))
    assert [(kind, name) for kind, name, _ in found] == [("name_translated_as_common_word", surface)]


@pytest.mark.parametrize(
    ("text", "lang"),
    [("يوجد محرك في قلب الآلة: إنه كبير.", "ar"), ("Le moteur est au cœur de la machine.", "fr")],
)
def test_the_same_words_in_a_sentence_are_words(text: str, lang: str) -> None:
    assert errors(find(text, lang)) == []
