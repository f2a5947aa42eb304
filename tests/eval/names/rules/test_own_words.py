"""A word of an unknown name is a slip where the article has the word right elsewhere; two names are two names."""

from __future__ import annotations

import pytest

from tests.eval.names.scenes import errors, find


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        (
            "fr",
            "Le club de Birkenford a gagné.\nIl affrontera Birkenf dimanche.",
            ("truncated_or_garbled", "Birkenf", "Birkenford"),
        ),
        (
            "ar",
            "زار الوزير مدينة بيركنفورد أمس.\nثم غادر بيركنف في المساء.",
            ("truncated_or_garbled", "بيركنف", "بيركنفورد"),
        ),
        (
            "ar",
            "قال أوسموندل إنه بريء.\nوأضاف أوسموندل أنه باق.\nوسأل الناس أوسمونلد عن ذلك.",
            ("misspelling", "أوسمونلد", "أوسموندل"),
        ),
        (
            "en",
            "She met Tarva Osmundel in May.\nThen Tarva Ossmundel left the city.",
            ("misspelling", "Ossmundel", "Osmundel"),
        ),
        (
            "fr",
            "Pour Osmundel, rien.\nHier Osmundel a signé.\nDepuis, Osmundel attend.\nLe maire et Ormundel parlent.",
            ("misspelling", "Ormundel", "Osmundel"),
        ),
    ],
)
def test_the_article_itself_says_how_a_name_is_written(lang: str, text: str, expected: tuple[str, str, str]) -> None:
    assert errors(find(text, lang)) == [expected]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        # Both once, nothing says which is right, or whether they are one.
        ("Le maire et Osmundel parlent.\nOrmundel répond au maire.", None),
        ("Les Osmondiens arrivent.\nHier les Osmondiens ont signé.\nLes Osmondies sont deux.", None),
        # The witness has both.
        (
            "Il voit Osmundel.\nHier Osmundel a signé.\nDepuis, Osmundel attend.\nLe maire et Ormundel parlent.",
            "He sees Osmundel.\nYesterday Osmundel signed.\nOsmundel waits.\nThe mayor and Ormundel talk.",
        ),
    ],
)
def test_two_names_are_left_alone(text: str, source: str | None) -> None:
    assert errors(find(text, "fr", source=f"en:{source}" if source else None)) == []


def test_two_arabic_spellings_of_one_sound_are_a_habit() -> None:
    assert errors(find("فاز فريق رينجفرز أمس.\nوخسر فريق رانجفرز اليوم..", "ar")) == []
