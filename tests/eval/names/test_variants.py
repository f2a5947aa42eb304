"""Every spelling of every name over several articles, and the names that the base lacks."""

from __future__ import annotations

from collections.abc import Sequence

from eval.names.detect import find_names
from eval.names.knowledge import Knowledge
from eval.names.mentions import read_names
from eval.names.variants import Tally, Variants, VariantTable

KNOWN = Knowledge.bundled()


def table(texts: Sequence[tuple[str, str]], *, min_count: int = 3) -> VariantTable:
    """The table of articles, each given as language and text, called 0.txt, 1.txt …"""
    from tests.eval.names.scenes import article

    tally = Tally(KNOWN)
    for number, (lang, text) in enumerate(texts):
        read, sentences = article(text, lang, f"{number}.txt")
        tally.add(read_names(read, sentences, KNOWN), find_names(read, sentences))
    return tally.table(min_count=min_count)


def spellings(variants: Variants) -> list[tuple[str, str, str, int, int, str]]:
    return [(s.text, s.lang, s.status, s.count, s.articles, s.first) for s in variants.spellings]


def test_each_spelling_is_counted_by_language_with_its_first_article() -> None:
    found = table(
        [
            ("fr", "La société OpenAI recrute.\nSelon OpenAI, tout va bien."),
            ("fr", "La société Openai recrute.\nLe patron de OpenAI est parti."),
            ("ar", "أعلنت شركة OpenAI عن منتج جديد."),
        ]
    )
    openai = next(one for one in found.known if one.name == "OpenAI")
    assert spellings(openai) == [
        ("OpenAI", "ar", "canonical", 1, 1, "2.txt"),
        ("OpenAI", "fr", "canonical", 3, 2, "0.txt"),
        ("Openai", "fr", "corrupted", 1, 1, "1.txt"),
    ]
    assert (openai.count, openai.corrupted, openai.rivals) == (5, 1, 1)
    assert found.known[0] is openai  # the corrupted come first
    assert found.articles == 3


def test_frequent_names_that_the_base_lacks_are_proposed_with_their_spellings() -> None:
    found = table(
        [
            ("fr", "Le chercheur Vandermolk parle.\nSelon Vandermolk, rien ne change.\nLe modèle ZX300 arrive."),
            ("fr", "Le groupe attend Vandermollk.\nLe modèle ZX200 part. Le modèle ZX200 revient. Le ZX200 dort."),
        ]
    )
    assert [one.name for one in found.proposed] == ["Vandermolk", "ZX200"]
    assert spellings(found.proposed[0]) == [
        ("Vandermolk", "fr", "unknown", 2, 1, "0.txt"),
        ("Vandermollk", "fr", "unknown", 1, 1, "1.txt"),
    ]
    assert found.proposed[0].entity is None


def test_arabic_spellings_are_grouped_with_the_name_that_they_sound_like() -> None:
    found = table(
        [
            ("fr", "L’analyste Raimo Vandermolk est prudent.\nSelon Raimo Vandermolk, la hausse continue."),
            ("ar", "قال المحلل رايمو فاندرمولك إن الارتفاع مستمر.\nوأضاف رايمو فاندرمولك أن الأرباح نمت."),
        ]
    )
    assert [one.name for one in found.proposed] == ["Raimo Vandermolk"]
    assert spellings(found.proposed[0]) == [
        ("رايمو فاندرمولك", "ar", "unknown", 2, 1, "1.txt"),
        ("Raimo Vandermolk", "fr", "unknown", 2, 1, "0.txt"),
    ]


def test_a_capital_on_a_word_that_is_written_small_elsewhere_makes_no_name() -> None:
    found = table([("fr", "Il voit le Grenadier ici.\nUn grenadier passe, puis un grenadier.")], min_count=1)
    assert found.proposed == ()


def test_nothing_read_gives_an_empty_table() -> None:
    assert table([]) == VariantTable(0, (), ())
