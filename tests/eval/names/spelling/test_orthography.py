from __future__ import annotations

import pytest

from eval.names.entity import Form
from eval.names.knowledge import Knowledge
from eval.names.spelling.orthography import begins_sentence, has_case_of, is_ordinary_case, letters_agree

KNOWN = Knowledge.bundled()


@pytest.mark.parametrize(
    ("surface", "name", "agrees"),
    [
        ("ميتا", "ميتا", True), ("ميتًا", "ميتا", False), ("المرأة", "المرآة", False), ("انتل", "إنتل", True),
        ("وإم", "وام", False), ("أبل", "آبل", False), ("porté", "porte", False), ("Elysee", "Élysée", True),
        ("الذكاء الإصطناعي", "الذكاء الاصطناعي", True), ("إنفيديا", "انفيديا", True),
    ],
)  # fmt: skip
def test_folded_differences_are_looked_at_again(surface: str, name: str, agrees: bool) -> None:
    assert letters_agree(surface, [name]) is agrees


@pytest.mark.parametrize(
    ("surface", "form", "begins", "ordinary"),
    [
        ("meta", "Meta", False, True), ("Meta", "Meta", True, False), ("Un", "UN", True, True),
        ("Un", "UN", False, False), ("Ai", "AI", False, False), ("UN", "UN", True, False),
        ("sida", "sida", False, False), ("L’équipe", "L’Équipe", True, True), ("L’Équipe", "L’Équipe", True, False),
        ("L’équipe", "L’Équipe", False, False), ("Le monde", "Le Monde", True, True), ("Openai", "OpenAI", True, False),
    ],
)  # fmt: skip
def test_ordinary_words_are_known_by_their_case(surface: str, form: str, begins: bool, ordinary: bool) -> None:
    assert is_ordinary_case(surface, form, begins) is ordinary


def test_where_a_sentence_may_begin() -> None:
    text = "Un an. Un jour « Un mot » ; l’Un\nUn"
    places = [place for place in range(len(text)) if text.startswith("Un", place)]
    assert [begins_sentence(text, place) for place in places] == [True, True, True, False, True]


def test_french_names_in_several_words_capitalise_as_they_like() -> None:
    assert has_case_of("Coupe du Monde", [Form("Coupe du monde", "fr")])
    assert not has_case_of("Fox news", [Form("Fox News", "mul")])
    assert not has_case_of("Openai", [Form("OpenAI", "mul")])


def test_the_base_is_large_and_each_claim_has_a_language() -> None:
    assert len(KNOWN.entities) >= 1500
    kinds = {entity.type for entity in KNOWN.entities.values()}
    assert kinds == {"person", "organisation", "product", "place", "outlet", "acronym", "work", "event", "currency"}
    for entity in KNOWN.entities.values():
        assert any(form.status == "canonical" for form in entity.forms), entity.id
        assert KNOWN.canonical(entity, "fr") is not None, entity.id


def test_arabic_forms_are_in_arabic_letters() -> None:
    for entity in KNOWN.entities.values():
        for form in entity.forms:
            if form.lang == "ar" and form.status == "canonical":
                assert any("\u0600" <= char <= "\u06ff" for char in form.text), (entity.id, form.text)


def test_countries_and_currencies_of_cldr() -> None:
    germany, dollar = KNOWN.entities["place:germany"], KNOWN.entities["currency:us-dollar"]
    assert [KNOWN.canonical(germany, lang) for lang in ("ar", "fr", "en")] == ["ألمانيا", "Allemagne", "Germany"]
    assert KNOWN.canonical(dollar, "en") == "US dollar"
    states = KNOWN.entities["place:united-states"]
    assert KNOWN.canonical(states, "fr") == "États-Unis"
    assert {"US", "USA"} <= {form.text for form in states.forms}
