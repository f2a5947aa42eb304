"""What the source names and nothing in its place renders is missing; what is only said in another way is not."""

from __future__ import annotations

import pytest

from tests.eval.names.scenes import errors, find


@pytest.mark.parametrize(
    ("lang", "text", "source"),
    [
        (
            "fr",
            "Le Conseil a renforcé les sanctions contre la depuis 2006.",
            "Sanctions on North Korea grew since 2006.",
        ),
        ("ar", "وصدر الإعلان في قبل منتصف الليل.", "The announcement was made in Berlin before midnight."),
        ("ar", "غادر الشركة قبل عامين.", "Martin Scorsese left the company two years ago."),
        (
            "ar",
            "تمتد الاتفاقية بين شل و لثلاث سنوات.",
            "The agreement between Shell and Vostrelle runs for three years.",
        ),
    ],
)
def test_a_name_left_out_is_missing(lang: str, text: str, source: str) -> None:
    assert ("missing_name", "", None) in errors(find(text, lang, source=f"en:{source}"))


@pytest.mark.parametrize(
    ("lang", "text", "source"),
    [
        ("ar", "الحكومة الألمانية ترفض ذلك.", "Germany's government refuses."),
        ("ar", "الدوري الممتاز يبدأ في أغسطس.", "The Premier League starts in August."),
        ("fr", "Le gouvernement russe refuse.", "Russia's government refuses."),
        ("fr", "La Cour a tranché mardi.", "The Supreme Court ruled on Tuesday."),
        ("ar", "خروج بريطانيا من الاتحاد الأوروبي مكلف.", "Brexit is costly."),
        (
            "ar",
            "عززمجلسالأمنبالإجماعمنالعقوبات علىكورياالشماليةمنذعام.",
            "The Council boosted sanctions on North Korea.",
        ),
        ("fr", "Le match a eu lieu à Manchester.", "The match took place in Manchester, England."),
    ],
)
def test_a_name_said_in_another_way_is_not(lang: str, text: str, source: str) -> None:
    assert [kind for kind, _, _ in errors(find(text, lang, source=f"en:{source}"))] == []


def test_a_place_named_shortly_before_may_be_left_at_that() -> None:
    source = "Mexico votes on Sunday.\nProtesters marched in Mexico against the law."
    text = "Le Mexique vote dimanche.\nDes manifestants ont défilé contre la loi."
    findings = find(text, "fr", source=f"en:{source}")
    assert [(f.kind, f.severity) for f in findings] == [("missing_name", "variant")]


def test_a_century_is_no_name() -> None:
    assert not find("بُني المسجد في القرن التاسع عشر.", "ar", source="fr:La mosquée date du XIXe siècle.")


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("وحلقت طائرة Su-35 فوق المدينة.", "A Su-35 flew over the city."),
        ("وسويسرا بلد صغير.", "Switzerland is a small country."),
        ("ويتنامى إقبال المستخدمين على التمويل اللامركزي.", "Users flock to DeFi."),
    ],
)
def test_what_stands_there_or_is_translated_is_not_missing(text: str, source: str) -> None:
    assert not errors(find(text, "ar", source=f"en:{source}"))
