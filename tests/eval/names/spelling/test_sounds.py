"""What can render a name in Arabic letters, and which spelling it should have had."""

from __future__ import annotations

import pytest

from eval.names.rules.correction import correction
from eval.names.spelling.sounds import resemblance, resemblances, same_sounds, spelling_variants


@pytest.mark.parametrize(
    ("latin", "arabic"),
    [("Lenschow", "لينشو"), ("Noelle", "نويل"), ("Walsh", "والش"), ("Michael", "مايكل"), ("Kavanaugh", "كافانو")],
)
def test_a_rendering_sounds_like_its_name(latin: str, arabic: str) -> None:
    assert resemblance(latin, arabic) >= 0.7
    assert resemblance(latin, "المستثمرين") < 0.5


def test_many_words_at_once_are_heard_as_each_alone() -> None:
    arabic = ["كافانو", "لينشو", "", "والش", "المستثمرين", "تشيخوف"]
    for latin in ("Kavanaugh", "Tchekhov", "x", "Walsh"):
        assert resemblances(latin, arabic) == [resemblance(latin, word) for word in arabic]
    assert resemblances("Walsh", []) == []


def test_transliterators_differ_in_vowels_and_in_the_letters_of_one_sound() -> None:
    assert spelling_variants("هاملتون", "هاميلتون")
    assert same_sounds("ليفينجستون", "ليفينغستون")
    assert not spelling_variants("لينشو", "ليندو")
    assert not same_sounds("لينشو", "ليشنو")


@pytest.mark.parametrize(
    ("latin", "wrong", "right"),
    [("Robert", "روبتر", "روبرت"), ("Martin", "مارنت", "مارتن"), ("Lenschow", "ليشنو", "لينشو")],
)
def test_a_slip_in_a_rendering_is_put_right(latin: str, wrong: str, right: str) -> None:
    found = correction(latin, wrong)
    assert found is not None
    assert found.spelling == right


@pytest.mark.parametrize(("latin", "arabic"), [("Robert", "روبرت"), ("Hamilton", "هاميلتون"), ("Hamilton", "هاملتون")])
def test_a_usual_rendering_may_stand(latin: str, arabic: str) -> None:
    assert correction(latin, arabic) is None
