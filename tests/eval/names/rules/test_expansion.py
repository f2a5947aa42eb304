"""An acronym that was expanded to words that mean something else, which no list has, is found through the source."""

from __future__ import annotations

import pytest

from tests.eval.names.scenes import errors, find

API = "en:Developers reach the software through the API and pay for each request."
GDP = "en:The deficit reached five percent of GDP, the ministry said."


@pytest.mark.parametrize(
    ("text", "lang", "source", "surface", "canonical"),
    [
        (
            "يصل المطورون إلى البرنامج عبر رابطة بائعي الزهور ويدفعون مقابل كل طلب.",
            "ar",
            API,
            "رابطة بائعي الزهور",
            "واجهة برمجة التطبيقات",
        ),
        (
            "Les développeurs accèdent au logiciel par l’Institut américain des fleurs et paient chaque demande.",
            "fr",
            API,
            "Institut américain des fleurs",
            "API",
        ),
        (
            "بلغ العجز خمسة في المئة من حزب الشعب الألماني، بحسب الوزارة.",
            "ar",
            GDP,
            "حزب الشعب الألماني",
            "الناتج المحلي الإجمالي",
        ),
        (
            "Le déficit a atteint cinq pour cent du Parti démocrate allemand, selon le ministère.",
            "fr",
            GDP,
            "Parti démocrate allemand",
            "PIB",
        ),
    ],
)
def test_a_wrong_expansion_that_no_list_has(text: str, lang: str, source: str, surface: str, canonical: str) -> None:
    assert errors(find(text, lang, source=source)) == [("acronym_misexpansion", surface, canonical)]


@pytest.mark.parametrize(
    ("text", "lang", "source"),
    [
        ("بلغ العجز خمسة في المئة من الثروة الوطنية، بحسب الوزارة.", "ar", GDP),
        ("Le déficit a atteint cinq pour cent du revenu national, selon le ministère.", "fr", GDP),
        ("قالت منظمة الصحة الدولية إن الوباء انتهى.", "ar", "en:The WHO said the epidemic was over."),
        ("L’organisation onusienne de la santé l’a dit.", "fr", "en:The WHO said so."),
    ],
)
def test_another_wording_is_no_wrong_expansion(text: str, lang: str, source: str) -> None:
    assert "acronym_misexpansion" not in [kind for kind, _, _ in errors(find(text, lang, source=source))]


def test_the_source_itself_says_what_unknown_letters_stand_for() -> None:
    source = "en:Engineers work on quantum machine learning (QML).\nThe company spends money on QML."
    right = "يعمل المهندسون على التعلم الآلي الكمي.\nوتنفق الشركة المال على التعلم الآلي الكمي."
    wrong = "يعمل المهندسون على التعلم الآلي الكمي.\nوتنفق الشركة المال على رابطة المزارعين القطرية."
    assert errors(find(right, "ar", source=source)) == []
    assert errors(find(wrong, "ar", source=source)) == [("acronym_misexpansion", "رابطة المزارعين القطرية", "QML")]
