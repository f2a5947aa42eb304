"""A name that was translated as the words it is made of is found; a phrase is nobody's name."""

from __future__ import annotations

import pytest

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


@pytest.mark.parametrize(
    ("text", "lang", "source", "surface", "canonical"),
    [
        (
            "قالت مجلة الورقة الزرقاء إن السوق نمت.",
            "ar",
            "The magazine Blue Paper said the market grew.",
            "الورقة الزرقاء",
            "Blue Paper",
        ),
        ("ارتفعت أسهم الجبل الأبيض بنسبة ستة في المئة.", "ar", "Shares of White Hill rose six percent.", None, None),
        (
            "قال المدير التنفيذي لشركة الحجر الأسود إن السوق نمت.",
            "ar",
            "The chief executive of Black Stone said the market grew.",
            "الحجر الأسود",
            "Black Stone",
        ),
        (
            "Les actions de Lame d’argent ont gagné six pour cent.",
            "fr",
            "Shares of Silver Blade rose six percent.",
            "Lame d’argent",
            "Silver Blade",
        ),
        (
            "Réseaux de Palo Alto a dépensé quatre milliards.",
            "fr",
            "Palo Alto Networks has spent four billion.",
            "Réseaux de Palo Alto",
            "Palo Alto Networks",
        ),
        (
            "قال الرئيس التنفيذي لشركة البنك الألماني ذلك.",
            "ar",
            "The chief executive of Deutsche Bank said so.",
            "البنك الألماني",
            "دويتشه بنك",
        ),
    ],
)
def test_a_brand_made_of_words_is_not_translated(
    text: str, lang: str, source: str, surface: str | None, canonical: str | None
) -> None:
    expected = [] if surface is None else [("name_translated_as_common_word", surface, canonical)]
    assert [
        found for found in errors(find(text, lang, source=f"en:{source}")) if found[0] != "missing_name"
    ] == expected


@pytest.mark.parametrize(
    ("text", "lang", "source"),
    [
        (
            "أعلن بنك إنجلترا قراره، وقالت وزارة المالية إنه صائب.",
            "ar",
            "The Bank of England and the Ministry of Finance spoke.",
        ),
        (
            "La présidente du Conseil de l’innovation a refusé.",
            "fr",
            "The chief executive of the Innovation Council declined.",
        ),
        ("قالت شركة المياه الوطنية ذلك.", "ar", "The company National Water said so."),
        ("Le chef du Parti vert a parlé aux électeurs.", "fr", "The head of the Green Party spoke to voters."),
        (
            "سار المتظاهرون في الشارع الكبير حتى الجسر القديم.",
            "ar",
            "The protesters walked along Big Street to the Old Bridge.",
        ),
    ],
)
def test_bodies_offices_and_places_are_rightly_translated(text: str, lang: str, source: str) -> None:
    kinds = [kind for kind, _, _ in errors(find(text, lang, source=f"en:{source}"))]
    assert "name_translated_as_common_word" not in kinds


def test_a_name_that_the_article_keeps_elsewhere_is_not_translated_here() -> None:
    source = "en:Red Lion opened in May.\nMany readers like Red Lion.\nCritics praised Red Lion."
    text = "Red Lion a ouvert en mai.\nBeaucoup de lecteurs aiment Lion rouge.\nLa critique a loué Red Lion."
    assert errors(find(text, "fr", source=source)) == [("name_translated_as_common_word", "Lion rouge", "Red Lion")]
