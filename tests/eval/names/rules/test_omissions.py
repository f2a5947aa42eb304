"""What the source names and nothing in its place renders is missing; what is only said in another way is not."""

from __future__ import annotations

import pytest

from alignment.beads import Alignment, Bead
from eval.names.detect import find_names
from eval.result import Witness
from tests.eval.names.scenes import article, errors, find


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
        (
            "fr",
            "L’ouragan touche la péninsule de Basse-Californie.",
            "The hurricane hits the Baja California peninsula of Mexico.",
        ),
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


_FRENCH = (
    "Kestrova leads the council.\nThe judge praised Kestrova on Monday.\nA lawyer from Dravenport accused the bank.",
    "Kestrova dirige le conseil.\nLe juge a salué lundi.\nUn avocat de Dravenport a accusé la banque.",
)
_ARABIC = (
    "Kestrova leads the council.\nThe judge praised Kestrova on Monday.\nA lawyer from Dravenport accused the bank.",
    "تقود كيستروفا المجلس.\nأشاد القاضي يوم الاثنين بـ.\nاتهم محام من دريفنبورت البنك.",
)


@pytest.mark.parametrize(("lang", "source", "text"), [("fr", *_FRENCH), ("ar", *_ARABIC)])
def test_a_name_no_base_knows_is_missed_where_nothing_stands_for_it(lang: str, source: str, text: str) -> None:
    found = [finding for finding in find(text, lang, source=f"en:{source}") if finding.severity == "error"]
    assert [(f.kind, f.sentence, f.entity) for f in found] == [("missing_name", 1, None)]
    assert "Kestrova" in found[0].evidence[0].detail


@pytest.mark.parametrize(
    ("lang", "text", "source"),
    [
        ("fr", "Les Gallois ont voté mardi.", "The Welsh voted on Tuesday."),
        ("fr", "Je n’irai pas, a-t-elle dit.", "I'd rather not go, she said. I've no time."),
        ("fr", "Le VIH recule dans la région.", "HIV is receding in the region."),
        ("ar", "التقى الوزير لينشو مساء.", "The minister met Lenschow in the evening."),
        ("ar", "صوّت الديمقراطيون ضد القانون.", "Democrats voted against the law."),
    ],
)
def test_a_name_that_is_translated_or_heard_is_there(lang: str, text: str, source: str) -> None:
    assert not [f for f in find(text, lang, source=f"en:{source}") if f.kind == "missing_name"]


def test_names_left_out_of_one_place_are_one_finding() -> None:
    source = (
        "The museum opened in 1990.\n"
        "The expert, Tessa Vorn of the University of Brask, noted that it was the first bell in the world.\n"
        "Visitors come every day."
    )
    text = (
        "Le musée a ouvert en 1990.\n"
        "Elle note aussi que c’était la première cloche au monde.\n"
        "Des visiteurs viennent chaque jour."
    )
    found = [f for f in find(text, "fr", source=f"en:{source}") if f.kind == "missing_name"]
    assert len(found) == 1
    assert any("Tessa Vorn" in reason.detail for reason in found[0].evidence)


def test_a_bead_that_may_not_belong_together_is_no_error() -> None:
    source, text = "The judge praised Kestrova on Monday.", "Le juge a salué lundi."
    checked, sentences = article(text, "fr")
    theirs, lines = article(source, "en", "source.txt")
    for score, severity in ((1.0, "error"), (0.3, "variant")):
        alignment = Alignment((Bead((0,), (0,), score),), "gold")
        found = find_names(checked, sentences, [Witness("source", theirs, lines, alignment)])
        assert [(f.kind, f.severity) for f in found] == [("missing_name", severity)]
