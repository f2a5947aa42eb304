"""What stands in a name's place: who is meant, how far it reaches, and what is no stranger."""

from __future__ import annotations

from tests.eval.names.scenes import errors, find


def test_words_of_the_language_are_taken_as_the_whole_phrase_that_nothing_explains() -> None:
    text = "Sundar Pichai loue le navigateur Renard de feu, selon la presse."
    source = "en:Sundar Pichai praises the browser Firefox, the press says."
    assert errors(find(text, "fr", source=source)) == [("name_translated_as_common_word", "Renard de feu", "Firefox")]


def test_pinyin_stands_for_the_person_and_not_for_the_country_beside() -> None:
    text = "Le dirigeant nord-coréen Jin Zhengen a parlé mardi."
    source = "en:North Korean leader Kim Jong-un spoke on Tuesday."
    assert errors(find(text, "fr", source=source)) == [("romanised_foreign_name", "Jin Zhengen", "Kim Jong-un")]


def test_a_translated_name_said_in_short_is_no_slip() -> None:
    assert not errors(
        find("Il se prépare pour les Olympiques.", "fr", source="en:He is getting ready for the Olympics.")
    )


def test_a_usual_name_where_the_source_has_one_nobody_bears_is_the_source_s_slip() -> None:
    assert not errors(
        find("Son entraîneur a remplacé Kenny Miller.", "fr", source="en:His coach replaced Kenny Miler.")
    )


def test_an_elided_article_is_no_part_of_a_mixed_word() -> None:
    found = errors(find("Le but d’Аguerо compte.", "fr", source="en:The goal of Aguero counts."))
    assert found == [("wrong_script", "Аguerо", "Aguero")]


def test_a_preposition_run_into_its_word_is_no_misspelling() -> None:
    assert not errors(find("تركيزه فيمقاطعة بينيلاس\nكان بمقاطعة بينيلاس\nهذه مقاطعة وتلك مقاطعة", "ar"))
