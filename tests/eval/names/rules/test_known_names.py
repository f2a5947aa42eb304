"""A name of the base that a witness has: what the article writes in its place is an error only where it is a slip."""

from __future__ import annotations

import pytest

from tests.eval.names.scenes import errors, find


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("Most Democrats voted against it.", "ar:صوّت معظم أعضاء الحزب الديمقراطي ضده."),
        ("The turnout of Republicans matters.", "ar:إن مشاركة الحزب الجمهوري مهمة."),
        ("Most Democrats voted against it.", "fr:La plupart des élus du Parti démocrate ont voté contre."),
    ],
)
def test_a_name_that_the_witness_translates_may_be_said_otherwise(text: str, other: str) -> None:
    assert errors(find(text, "en", other=other)) == []


def test_a_word_of_a_longer_name_is_no_slip_of_a_short_one() -> None:
    assert (
        errors(
            find("A farmer told CBC News that pigs are calm.", "en", other="ar:قال مزارع لسي بي سي نيوز إنها هادئة.")
        )
        == []
    )


@pytest.mark.parametrize(
    ("text", "other"),
    [
        (
            "Le projet coûte neuf millions de livres Sterling par an.",
            "ar:يكلف المشروع تسعة ملايين جنيه إسترليني سنويا.",
        ),
        ("She won four Olympic golds in Atlanta.", "ar:فازت بأربع ذهبيات في الألعاب الأولمبية في أتلانتا."),
    ],
)
def test_what_a_language_counts_takes_a_plural(text: str, other: str) -> None:
    assert errors(find(text, "fr" if text.startswith("Le") else "en", other=other)) == []


def test_an_english_word_is_no_slip_of_a_french_one() -> None:
    text = "Le sigle est MWP (Member of the Welsh Parliament, Membre du Parlement gallois)."
    assert errors(find(text, "fr", other="ar:السمى الجديد هو MWPs (أعضاء في برلمان ويلز).")) == []
