"""Every name of the source is accounted for: what became of it is called by its name."""

from __future__ import annotations

import pytest

from tests.eval.names.scenes import errors, find


@pytest.mark.parametrize(
    ("lang", "text", "source", "expected"),
    [
        (
            "fr",
            "Elon Musc a racheté le réseau.",
            "Elon Musk bought the network.",
            ("name_translated_as_common_word", "Elon Musc", "Elon Musk"),
        ),
        (
            "ar",
            "اشترى إيلون المسك الشبكة.",
            "Elon Musk bought the network.",
            ("name_translated_as_common_word", "إيلون المسك", "إيلون ماسك"),
        ),
        (
            "fr",
            "Le contrat avec Antropic est signé.",
            "The contract with Anthropic is signed.",
            ("misspelling", "Antropic", "Anthropic"),
        ),
        (
            "fr",
            "Huang Zefang dirige le groupe.",
            "Peter Vostrel heads the group.",
            ("romanised_foreign_name", "Huang Zefang", "Peter Vostrel"),
        ),
        (
            "fr",
            "Le groupe est dirigé par Huang Zefang.",
            "The group is headed by Bak Chol-wook.",
            ("romanised_foreign_name", "Huang Zefang", "Bak Chol-wook"),
        ),
        (
            "ar",
            "وحكمت المحكمة لصالح Saint-Gorvaiin في الربيع.",
            "The court found for Saint-Gorvain in the spring.",
            ("misspelling", "Gorvaiin", "Gorvain"),
        ),
        (
            "fr",
            "Le tribunal a donné raison à Saint-Gorvan au printemps.",
            "The court found for Saint-Gorvain in the spring.",
            ("misspelling", "Gorvan", "Gorvain"),
        ),
        (
            "fr",
            "Le système Zx40 est prêt.",
            "The Zq40 system is ready.",
            ("misspelling", "Zx40", "Zq40"),
        ),
    ],
)
def test_what_became_of_a_name(lang: str, text: str, source: str, expected: tuple[str, str, str]) -> None:
    assert errors(find(text, lang, source=f"en:{source}")) == [expected]


@pytest.mark.parametrize(
    ("text", "source", "expected"),
    [
        ("حصل تومي فليتو على نقطة.", "Tommy Fleetwood won a point.", ("truncated_or_garbled", "فليتو", "فليتوود")),
        ("قال مارك مولتمران إنه بريء.", "Mark Molterman said he is innocent.", ("misspelling", "مولتمران", "مولترمان")),
    ],
)
def test_a_slip_in_an_arabic_rendering_is_heard(text: str, source: str, expected: tuple[str, str, str]) -> None:
    assert errors(find(text, "ar", source=f"en:{source}")) == [expected]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("انخفضت أسعار فوكس بيزنس نتورك اليوم.", "Fox Business Network fell today."),
        ("ارتفعت صادرات البلاد.", "The Interior Secretary spoke of the country."),
        ("وصل شون كومز إلى المدينة.", "Sean Combs arrived in the city."),
    ],
)
def test_another_rendering_of_a_name_is_left_alone(text: str, source: str) -> None:
    assert [one for one in errors(find(text, "ar", source=f"en:{source}")) if one[0] != "missing_name"] == []


def test_a_name_that_is_nowhere_is_missing_at_the_end_of_its_sentence() -> None:
    text = "La société a présenté ses chiffres mardi."
    [finding] = find(text, "fr", source="en:Anthropic presented its figures on Tuesday.")
    assert (finding.kind, finding.start, finding.end, finding.canonical) == ("missing_name", len(text), len(text), None)


@pytest.mark.parametrize(
    ("lang", "text", "source"),
    [
        ("ar", "قال رايمو لينشو إن السوق هادئة.", "Raimo Lenschow said the market was calm."),
        ("fr", "La Cour suprême et le Parlement siègent à Moscou.", "The Supreme Court and Parliament sit in Moscow."),
        ("fr", "Le président Trump est arrivé.", "President Donald Trump arrived."),
        ("fr", "Les Américains ont gagné.", "The Americans won."),
        ("ar", "وصل الرئيس ترامب.", "President Donald Trump arrived."),
        ("fr", "Johnson est arrivé, et Johnson est reparti.", "Johnson arrived, and Johnson left."),
    ],
)
def test_a_right_rendering_is_left_alone(lang: str, text: str, source: str) -> None:
    assert errors(find(text, lang, source=f"en:{source}")) == []


def test_words_that_have_other_capitals_than_a_known_name_are_not_it() -> None:
    text, source = "نال صليب فيكتوريا في الحرب.", "fr:Il a reçu la Croix de Victoria pendant la guerre."
    assert not errors(find(text, "ar", source=source))


def test_one_name_in_two_renderings_is_measured_by_the_usual_one() -> None:
    text = "قال فوستريل إن السوق هادئة.\nوأضاف فوستريل أنه متفائل.\nثم غادر فوستليل القاعة."
    source = "en:Vostrel said the market was calm.\nVostrel added that he was hopeful.\nThen Vostrel left the room."
    assert [(kind, surface, canonical) for kind, surface, canonical in errors(find(text, "ar", source=source))] == [
        ("misspelling", "فوستليل", "فوستريل")
    ]


def test_a_phrase_is_measured_by_its_other_mentions() -> None:
    text = "زار المملكة المتحدة.\nعاد إلى المملكة المتحدة.\nغادر الملمكة المتحدة اليوم."
    assert [surface for _, surface, _ in errors(find(text, "ar"))] in (["الملمكة"], ["الملمكة المتحدة"])
